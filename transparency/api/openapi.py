"""The OpenAPI document: paths by hand, query keys and schemas from the tables that the answers are made of."""

from typing import Any

from django.conf import settings
from django.utils import translation

from portal.api.describing import (
    HEADERS,
    Schema,
    get_path,
    list_path,
    list_schema,
    one_path,
    parts,
    problem,
    problem_schema,
    reference,
    responses,
)
from portal.api.paging import PAGING
from portal.api.version import PATH, VERSION
from transparency.api.draft_documents import begin_schema, change_schema, draft_schema, submission_schema
from transparency.api.language_check import EXAMPLE_TEXT, answer_schema, question_schema
from transparency.api.openapi_drafts import ABOUT, TAG, draft_paths, security_schemes
from transparency.api.parameters import entry_parameters, organisation_parameters, system_parameters
from transparency.api.schema import (
    DIALECT,
    entry_schema,
    national_schema,
    organisation_schema,
    received_schema,
    schema_names,
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
De gegevens zijn vrij van rechten (CC0). Voor lezen hebt u geen sleutel nodig. Met een sleutel van uw organisatie zet
uw programma teksten klaar. Uitleg, voorbeelden en wat er veranderde staan op
{url}/ontwikkelaars/."""


def openapi() -> dict[str, Any]:
    """The whole document, in Dutch (ADR, doc-language)."""
    with translation.override("nl"):
        tags = {name: text for part in parts() for name, text in part.tags.items()}
        return {
            "openapi": "3.1.0",
            "jsonSchemaDialect": DIALECT,
            "info": _info(),
            "servers": [{"url": f"{settings.PUBLIC_URL}{PATH}"}],
            "tags": [{"name": name, "description": text} for name, text in (TAGS | tags).items()],
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
    entries, systems, organisations = (EXAMPLES[name] for name in ("toepassingen", "ai-systemen", "organisaties"))
    received, added = EXAMPLES["aanlevering"], (part.paths() for part in parts())
    return {
        "/toepassingen": list_path("toepassingen", "Toepassingen", "Toepassing", entry_parameters()),
        "/toepassingen/{id}": one_path("toepassing", "Toepassingen", reference("Toepassing"), example=entries),
        "/toepassingen/{id}/versies": list_path("versies", "Toepassingen", "Versie", PAGING, example=entries),
        "/toepassingen/{id}/aanlevering": one_path(
            "aanlevering", "Toepassingen", reference("Aanlevering"), example=received
        ),
        "/toepassingen/{id}/landelijke-registratie": one_path(
            "landelijkeRegistratie", "Toepassingen", reference("LandelijkeRegistratie"), example=entries
        ),
        "/ai-systemen": list_path("aiSystemen", "AI-systemen", "AiSysteem", system_parameters()),
        "/ai-systemen/{id}": one_path("aiSysteem", "AI-systemen", reference("AiSysteem"), example=systems),
        "/organisaties": list_path("organisaties", "Organisaties", "Organisatie", organisation_parameters()),
        "/organisaties/{id}": one_path("organisatie", "Organisaties", reference("Organisatie"), example=organisations),
        **{path: told for paths in added for path, told in paths.items()},
        **draft_paths(_private_responses, reference),
        "/taalcheck": _language_check(),
        "/openapi.json": one_path("openapi", "Beschrijving", {"type": "object"}),
        "/schema/{bestand}": _schema_path(),
    }


def _schema_path() -> dict[str, Any]:
    name = {"name": "bestand", "in": "path", "required": True, "description": "Van welk document.",
            "schema": {"type": "string", "enum": [f"{name}.json" for name in schema_names()]},
            "example": "toepassing.json"}  # fmt: skip
    return get_path("schema", "Beschrijving", "Het JSON Schema van een document.", {"type": "object"}, [name],
                    problems=(400, 404), media="application/schema+json")  # fmt: skip


def _language_check() -> dict[str, Any]:
    summary = "Controleer hoe goed een Nederlandse tekst te lezen is."
    description = (
        f"{summary} De tekst wordt niet bewaard. Een bezoeker heeft {LIMIT.capacity} controles; per seconde komen er "
        f"{LIMIT.per_second} bij. Elke {CHARACTERS_A_TOKEN} tekens extra tellen als een controle meer."
    )
    sent = {"required": True, "description": "De tekst.", "content": {"application/json": {
        "schema": reference("TaalcheckVraag"), "example": {"text": EXAMPLE_TEXT, "to_reader": True},
    }}}  # fmt: skip
    return {
        "post": {
            "operationId": "taalcheck",
            "tags": ["Taalcheck"],
            "summary": summary,
            "description": description,
            "parameters": [],
            "requestBody": sent,
            "responses": responses(reference("Taalcheck"), (400, 408, 411, 415, 429, 503)),
        }
    }


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
    bad = {str(status): problem(status, own) for status in sorted({*problems, 405, 413, 500})}
    return {good: made, **bad}


# --- Schemas ---------------------------------------------------------------------------------------------------------


def _schemas() -> dict[str, Schema]:
    documents = {
        "Toepassing": entry_schema(),
        "Versie": version_schema(),
        "AiSysteem": system_schema(),
        "Organisatie": organisation_schema(),
    }
    documents |= {name: schema for part in parts() for name, schema in part.documents().items()}
    lists = {f"{name}Lijst": list_schema(name) for name in documents}
    alone = {"Aanlevering": received_schema(), "LandelijkeRegistratie": national_schema()}
    check = {"Taalcheck": answer_schema(), "TaalcheckVraag": question_schema()}
    drafts = {"Concept": draft_schema(), "ConceptLijst": list_schema("Concept"), "ConceptNieuw": begin_schema(),
              "ConceptAntwoorden": change_schema(), "Indiening": submission_schema()}  # fmt: skip
    return {**documents, **lists, **alone, **check, **drafts, "Probleem": problem_schema()}
