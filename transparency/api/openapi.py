"""The OpenAPI document: paths by hand, query keys and schemas from the tables that the answers are made of."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import translation

from portal.api.paging import PAGING
from portal.api.parameters import Parameter
from portal.api.problems import PROBLEM
from portal.api.version import PATH, VERSION
from transparency.api.draft_documents import begin_schema, change_schema, draft_schema, submission_schema
from transparency.api.language_check import EXAMPLE_TEXT, answer_schema, question_schema
from transparency.api.openapi_drafts import ABOUT, TAG, draft_paths, security_schemes
from transparency.api.parameters import entry_parameters, organisation_parameters, system_parameters
from transparency.api.schema import (
    DIALECT,
    SCHEMAS,
    Schema,
    entry_schema,
    national_schema,
    organisation_schema,
    received_schema,
    system_schema,
    version_schema,
)
from transparency.readability.public_check import CHARACTERS_A_TOKEN, LIMIT

# Real things that anybody may try; `manage.py load_content` brings them.
EXAMPLES = {
    "toepassingen": "9491a990-c054-459e-9475-5a39e56407bb",
    "aanlevering": "3ba4a0f0-1617-47d4-a82c-0b6c01ae3e9c",  # an example of our own: nothing real was taken over yet
    "ai-systemen": "2ef716f0-99e7-468f-8cb8-44147ce01a26",
    "organisaties": "733b509b-cc55-46d4-9070-c876c1d90792",
}
DESCRIPTION = """Alles wat in het openbare register van AI in de zorg staat, om te lezen. En een taalcheck.
De gegevens zijn vrij van rechten (CC0). Voor lezen heeft u geen sleutel nodig. Met een sleutel van uw organisatie zet
uw programma teksten klaar. Uitleg, voorbeelden en wat er veranderde staan op
{url}/ontwikkelaars/."""
HEADERS = {
    "API-Version": {"description": "De hele versie van deze API.", "schema": {"type": "string"}},
    "Access-Control-Allow-Origin": {"description": "Iedere website mag dit lezen.", "schema": {"type": "string"}},
}

RETRY = {"Retry-After": {"description": "Over hoeveel seconden het weer kan.", "schema": {"type": "integer"}}}


def openapi() -> dict[str, Any]:
    """The whole document, in Dutch (ADR, doc-language)."""
    with translation.override("nl"):
        return {
            "openapi": "3.1.0",
            "jsonSchemaDialect": DIALECT,
            "info": _info(),
            "servers": [{"url": f"{settings.PUBLIC_URL}{PATH}"}],
            "tags": [{"name": name, "description": text} for name, text in TAGS.items()],
            "paths": _paths(),
            "security": [],
            "components": {"schemas": _schemas(), "securitySchemes": security_schemes()},
        }


TAGS = {
    "Toepassingen": "Het gebruik van een AI-systeem door een zorgverlener.",
    "AI-systemen": "Producten, wie ze ook gebruikt.",
    "Organisaties": "Zorgverleners en andere organisaties.",
    "Taalcheck": "Hoe goed een Nederlandse tekst te lezen is.",
    TAG: ABOUT,
    "Beschrijving": "Wat deze API is, voor machines.",
}


def _info() -> dict[str, Any]:
    return {
        "title": "AI in mijn zorg",
        "version": VERSION,
        "description": DESCRIPTION.format(url=settings.PUBLIC_URL),
        "contact": {
            "name": "Redactie van AI in mijn zorg",
            "email": settings.CONTACT_EMAIL,
            "url": f"{settings.PUBLIC_URL}/ontwikkelaars/",
        },
        "license": {"name": "CC0 1.0 (de gegevens)", "url": "https://creativecommons.org/publicdomain/zero/1.0/"},
    }


# --- Paths -----------------------------------------------------------------------------------------------------------


def _paths() -> dict[str, Any]:
    return {
        "/toepassingen": _list("toepassingen", "Toepassingen", "Toepassing", entry_parameters()),
        "/toepassingen/{id}": _one("toepassing", "Toepassingen", _ref("Toepassing"), key_of="toepassingen"),
        "/toepassingen/{id}/versies": _list("versies", "Toepassingen", "Versie", PAGING, key_of="toepassingen"),
        "/toepassingen/{id}/aanlevering": _one(
            "aanlevering", "Toepassingen", _ref("Aanlevering"), key_of="aanlevering"
        ),
        "/toepassingen/{id}/landelijke-registratie": _one(
            "landelijkeRegistratie", "Toepassingen", _ref("LandelijkeRegistratie"), key_of="toepassingen"
        ),
        "/ai-systemen": _list("aiSystemen", "AI-systemen", "AiSysteem", system_parameters()),
        "/ai-systemen/{id}": _one("aiSysteem", "AI-systemen", _ref("AiSysteem"), key_of="ai-systemen"),
        "/organisaties": _list("organisaties", "Organisaties", "Organisatie", organisation_parameters()),
        "/organisaties/{id}": _one("organisatie", "Organisaties", _ref("Organisatie"), key_of="organisaties"),
        **draft_paths(_private_responses, _ref),
        "/taalcheck": _language_check(),
        "/openapi.json": _one("openapi", "Beschrijving", {"type": "object"}),
        "/schema/{bestand}": _schema_path(),
    }


def _list(operation: str, tag: str, name: str, parameters: Iterable[Parameter], *, key_of: str = "") -> dict[str, Any]:
    summary = f"Een bladzijde uit de lijst: {operation}."
    given = [*([_key(key_of)] if key_of else []), *(parameter.as_openapi() for parameter in parameters)]
    return _get(operation, tag, summary, _ref(f"{name}Lijst"), given, problems=(400, *((404,) if key_of else ())))


def _one(operation: str, tag: str, schema: Schema, *, key_of: str = "") -> dict[str, Any]:
    given = [_key(key_of)] if key_of else []
    return _get(operation, tag, f"Eén document: {operation}.", schema, given, problems=(400, 404) if given else (400,))


def _schema_path() -> dict[str, Any]:
    name = {"name": "bestand", "in": "path", "required": True, "description": "Van welk document.",
            "schema": {"type": "string", "enum": [f"{name}.json" for name in SCHEMAS]},
            "example": "toepassing.json"}  # fmt: skip
    return _get("schema", "Beschrijving", "Het JSON Schema van een document.", {"type": "object"}, [name],
                problems=(400, 404), media="application/schema+json")  # fmt: skip


def _language_check() -> dict[str, Any]:
    summary = "Controleer hoe goed een Nederlandse tekst te lezen is."
    description = (
        f"{summary} De tekst wordt niet bewaard. Een bezoeker heeft {LIMIT.capacity} controles; per seconde komen er "
        f"{LIMIT.per_second} bij. Elke {CHARACTERS_A_TOKEN} tekens extra tellen als een controle meer."
    )
    sent = {"required": True, "description": "De tekst.", "content": {"application/json": {
        "schema": _ref("TaalcheckVraag"), "example": {"text": EXAMPLE_TEXT, "to_reader": True},
    }}}  # fmt: skip
    return {
        "post": {
            "operationId": "taalcheck",
            "tags": ["Taalcheck"],
            "summary": summary,
            "description": description,
            "parameters": [],
            "requestBody": sent,
            "responses": _responses(_ref("Taalcheck"), (400, 408, 411, 415, 429, 503)),
        }
    }


def _key(collection: str) -> dict[str, Any]:
    return {
        "name": "id",
        "in": "path",
        "required": True,
        "description": "Het id (UUID, kleine letters).",
        "schema": {"type": "string", "format": "uuid"},
        "example": EXAMPLES[collection],
    }


def _get(
    operation: str,
    tag: str,
    summary: str,
    schema: Schema,
    parameters: list[dict[str, Any]],
    *,
    problems: tuple[int, ...],
    media: str = "application/json",
) -> dict[str, Any]:
    return {
        "get": {
            "operationId": operation,
            "tags": [tag],
            "summary": summary,
            "description": summary,
            "parameters": parameters,
            "responses": _responses(schema, problems, media),
        }
    }


PROBLEMS = {400: "De vraag klopt niet; alle fouten staan erin.", 401: "Er is geen sleutel die werkt.",
            403: "De sleutel mag dit niet.", 404: "Dit bestaat niet.", 409: "Dit kan niet zoals het er nu voor staat.",
            412: "Het concept is veranderd nadat u het las.", 422: "Bij deze Idempotency-Key hoort een andere vraag.",
            428: "De header If-Match ontbreekt.",
            405: "Deze methode mag niet.", 408: "De inhoud kwam niet helemaal aan.", 411: "Content-Length ontbreekt.",
            413: "Wat u stuurt is te groot.", 415: "De inhoud is geen JSON.", 429: "U vraagt te vaak.",
            500: "Er ging iets mis bij ons.", 503: "Dit werkt nu niet."}  # fmt: skip


def _responses(schema: Schema, problems: tuple[int, ...], media: str = "application/json") -> dict[str, Any]:
    """The good answer, and the problems that every address may answer beside its own."""
    good = {"description": "Gelukt.", "headers": HEADERS, "content": {media: {"schema": schema}}}
    bad = {str(status): _problem(status) for status in sorted({*problems, 405, 413, 500})}
    return {"200": good, **bad}


def _private_responses(
    schema: Schema, problems: tuple[int, ...], *, good: str = "200", headers: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The answers for a program with a key: no other website may read them."""
    own = {"API-Version": HEADERS["API-Version"]}
    made = {
        "description": "Gelukt.",
        "headers": own | (headers or {}),
        "content": {"application/json": {"schema": schema}},
    }
    bad = {str(status): _problem(status, own) for status in sorted({*problems, 405, 413, 500})}
    return {good: made, **bad}


def _problem(status: int, headers: dict[str, Any] = HEADERS) -> dict[str, Any]:
    headers = headers | RETRY if status in {429, 503} else headers
    return {"description": PROBLEMS[status], "headers": headers, "content": {PROBLEM: {"schema": _ref("Probleem")}}}


# --- Schemas ---------------------------------------------------------------------------------------------------------


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _schemas() -> dict[str, Schema]:
    documents = {
        "Toepassing": entry_schema(),
        "Versie": version_schema(),
        "AiSysteem": system_schema(),
        "Organisatie": organisation_schema(),
    }
    lists = {f"{name}Lijst": _list_schema(name) for name in documents}
    alone = {"Aanlevering": received_schema(), "LandelijkeRegistratie": national_schema()}
    check = {"Taalcheck": answer_schema(), "TaalcheckVraag": question_schema()}
    drafts = {"Concept": draft_schema(), "ConceptLijst": _list_schema("Concept"), "ConceptNieuw": begin_schema(),
              "ConceptAntwoorden": change_schema(), "Indiening": submission_schema()}  # fmt: skip
    return {**documents, **lists, **alone, **check, **drafts, "Probleem": _problem_schema()}


def _list_schema(name: str) -> Schema:
    return {
        "type": "object",
        "properties": {
            "total": {"type": "integer", "minimum": 0, "description": "Hoeveel er in totaal passen."},
            "next": {"type": ["string", "null"], "description": "Het adres van de volgende bladzijde."},
            "items": {"type": "array", "items": _ref(name)},
        },
        "required": ["total", "next", "items"],
    }


def _problem_schema() -> Schema:
    """RFC 9457, with every fault of the question in `errors`."""
    error = {name: {"type": "string"} for name in ("in", "name", "detail")}
    return {
        "type": "object",
        "properties": {
            "status": {"type": "integer"},
            "title": {"type": "string"},
            "detail": {"type": "string"},
            "errors": {"type": "array", "items": {"type": "object", "properties": error, "required": list(error)}},
        },
        "required": ["status", "title", "detail"],
    }
