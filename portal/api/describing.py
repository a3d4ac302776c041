"""Building blocks of the OpenAPI document, and the parts of it that the apps of the portal add."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.api.parameters import Parameter
from portal.api.problems import PROBLEM

Schema = dict[str, Any]
HEADERS = {
    "API-Version": {"description": "De hele versie van deze API.", "schema": {"type": "string"}},
    "Access-Control-Allow-Origin": {"description": "Iedere website mag dit lezen.", "schema": {"type": "string"}},
}
RETRY = {"Retry-After": {"description": "Over hoeveel seconden het weer kan.", "schema": {"type": "integer"}}}
PROBLEMS = {400: "De vraag klopt niet; alle fouten staan erin.", 401: "Er is geen sleutel die werkt.",
            403: "De sleutel mag dit niet.", 404: "Dit bestaat niet.", 409: "Dit kan niet zoals het er nu voor staat.",
            412: "Het concept is veranderd nadat u het las.", 422: "Bij deze Idempotency-Key hoort een andere vraag.",
            428: "De header If-Match ontbreekt.",
            405: "Deze methode mag niet.", 408: "De inhoud kwam niet helemaal aan.", 411: "Content-Length ontbreekt.",
            413: "Wat u stuurt is te groot.", 415: "De inhoud is geen JSON.", 429: "U vraagt te vaak.",
            500: "Er ging iets mis bij ons.", 503: "Dit werkt nu niet."}  # fmt: skip


# --- Parts -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Part:
    """What one app adds to the description: made anew for each answer, in Dutch."""

    tags: Mapping[str, str]  # name → what it is
    paths: Callable[[], dict[str, Any]]
    documents: Callable[[], Mapping[str, Schema]]  # name → its schema; each gets one of its list too
    schemas: Mapping[str, Callable[[], Schema]] = field(default_factory=dict)  # those with an address of their own


_PARTS: list[Part] = []


def describe(part: Part) -> None:
    """Add a part. Call it once, in `ready` of the app."""
    _PARTS.append(part)


def parts() -> tuple[Part, ...]:
    """What the apps added."""
    return tuple(_PARTS)


# --- Paths -----------------------------------------------------------------------------------------------------------


def reference(name: str) -> Schema:
    """A reference to the schema `name` of the document."""
    return {"$ref": f"#/components/schemas/{name}"}


def list_path(
    operation: str, tag: str, name: str, parameters: Iterable[Parameter], *, example: str = ""
) -> dict[str, Any]:
    """The path of a list of documents `name`; with `example`, an id, it belongs to one thing."""
    summary = f"Een bladzijde uit de lijst: {operation}."
    given = [*([key(example)] if example else []), *(parameter.as_openapi() for parameter in parameters)]
    return get_path(
        operation, tag, summary, reference(f"{name}Lijst"), given, problems=(400, *((404,) if example else ()))
    )


def one_path(operation: str, tag: str, schema: Schema, *, example: str = "") -> dict[str, Any]:
    """The path of one document; with `example`, an id, of one of many."""
    given = [key(example)] if example else []
    summary = f"Eén document: {operation}."
    return get_path(operation, tag, summary, schema, given, problems=(400, 404) if given else (400,))


def key(example: str) -> dict[str, Any]:
    """The id in a path."""
    return {
        "name": "id",
        "in": "path",
        "required": True,
        "description": "Het id (UUID, kleine letters).",
        "schema": {"type": "string", "format": "uuid"},
        "example": example,
    }


def get_path(
    operation: str,
    tag: str,
    summary: str,
    schema: Schema,
    parameters: list[dict[str, Any]],
    *,
    problems: tuple[int, ...],
    media: str = "application/json",
) -> dict[str, Any]:
    """A path that is only read."""
    return {
        "get": {
            "operationId": operation,
            "tags": [tag],
            "summary": summary,
            "description": summary,
            "parameters": parameters,
            "responses": responses(schema, problems, media),
        }
    }


def responses(schema: Schema, problems: tuple[int, ...], media: str = "application/json") -> dict[str, Any]:
    """The good answer, and the problems that every address may answer beside its own."""
    good = {"description": "Gelukt.", "headers": HEADERS, "content": {media: {"schema": schema}}}
    bad = {str(status): problem(status) for status in sorted({*problems, 405, 413, 500})}
    return {"200": good, **bad}


def problem(status: int, headers: dict[str, Any] = HEADERS) -> dict[str, Any]:
    """An answer with problem details."""
    headers = headers | RETRY if status in {429, 503} else headers
    return {
        "description": PROBLEMS[status],
        "headers": headers,
        "content": {PROBLEM: {"schema": reference("Probleem")}},
    }


# --- Schemas ---------------------------------------------------------------------------------------------------------

MOMENT: Schema = {"type": "string", "format": "date-time", "description": "Moment in UTC."}
DAY: Schema = {"type": "string", "format": "date"}
ID: Schema = {"type": "string", "format": "uuid", "description": "Verandert nooit."}
URL: Schema = {"type": "string", "pattern": "^https?://"}
SLUG: Schema = {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}
COUNT: Schema = {"type": "integer", "minimum": 1}
NUMBER: Schema = {"type": "integer", "minimum": 0}
TEXT: Schema = {"type": "string"}
YES_OR_NO: Schema = {"type": "boolean"}


def codes(choices: Iterable[tuple[str, Any]]) -> Schema:
    """One of the codes of `choices` (code, label), each with its words."""
    told = [(str(code), label) for code, label in choices]
    words = "; ".join(f"{code}: {label}" for code, label in told)
    return {"type": "string", "enum": [code for code, _label in told], "description": f"{words}."}


def object_schema(properties: Mapping[str, Schema], required: Iterable[str]) -> Schema:
    """An object. More keys may come: that is a change that nobody has to prepare for."""
    return {"type": "object", "properties": dict(properties), "required": list(required)}


def whole_schema(properties: Mapping[str, Schema]) -> Schema:
    """An object in which every key always stands."""
    return object_schema(properties, properties)


def rows_schema(properties: Mapping[str, Schema]) -> Schema:
    """A list of such objects."""
    return {"type": "array", "items": whole_schema(properties)}


def or_null(schema: Schema) -> Schema:
    """The same, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def short_schema(**more: Schema) -> Schema:
    """Another thing in short: its id, name and where its document is."""
    return object_schema(
        {"id": ID, "slug": SLUG, "name": TEXT, **more, "url": URL}, required=("id", "slug", "name", "url")
    )


def list_schema(name: str) -> Schema:
    """A page of documents `name`."""
    return {
        "type": "object",
        "properties": {
            "total": {"type": "integer", "minimum": 0, "description": "Hoeveel er in totaal passen."},
            "next": {"type": ["string", "null"], "description": "Het adres van de volgende bladzijde."},
            "items": {"type": "array", "items": reference(name)},
        },
        "required": ["total", "next", "items"],
    }


def problem_schema() -> Schema:
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
