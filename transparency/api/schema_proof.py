"""JSON Schema of the publication log and of the proof beside a text."""

from typing import Any

from transparency.states import EventKind, SubjectType

Schema = dict[str, Any]
HASH: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
SALT: Schema = {"type": "string", "pattern": "^[0-9a-f]{32}$"}
NUMBER: Schema = {"type": "integer", "minimum": 1, "description": "Het nummer van de regel in het publicatielogboek."}
MOMENT: Schema = {"type": "string", "format": "date-time", "description": "Moment in UTC."}


def _object(properties: dict[str, Schema], *optional: str) -> Schema:
    return {"type": "object", "properties": properties, "required": [key for key in properties if key not in optional]}


def mark_schema() -> Schema:
    """What stands where the law took a value away."""
    text: Schema = {"type": "string"}
    return _object({"reason": text, "reason_en": text, "date": {"type": "string", "format": "date"}}, "reason_en")


def proof_properties() -> dict[str, Schema]:
    """What a text or an act says of its place in the log."""
    sealed = _object({"salt": SALT, "hash": HASH, "redacted": mark_schema()}, "salt", "redacted")
    told = "Per waarde het zout en de hash: SHA-256 over de canonieke JSON van [zout, plaats, waarde]."
    return {
        "log_number": NUMBER,
        "proof": {"type": "object", "additionalProperties": sealed, "description": told},
    }


def act_schema() -> Schema:
    """A public act that is no text of an entry or a product."""
    address: Schema = {"type": "string", "pattern": "^https?://"}
    properties: dict[str, Schema] = {
        "kind": {"type": "string", "enum": EventKind.values},
        "entry": address,
        "system": address,
        "version": {"type": ["integer", "null"]},
        "published_at": MOMENT,
        "values": {"type": "object", "description": "Wat er openbaar werd, per plaats."},
        **proof_properties(),
    }
    return {"title": "Handeling", **_object(properties, "entry", "system")}


def line_schema() -> Schema:
    """A line of the publication log."""
    properties: dict[str, Schema] = {
        "content_hash": HASH | {"description": "Over de hashes van alle waarden."},
        "example": {"type": "boolean", "description": "Verzonnen: de inhoud staat niet in de open data."},
        "hash": HASH | {"description": "Over deze regel zonder deze hash."},
        "kind": {"type": "string", "enum": EventKind.values},
        "moment": MOMENT,
        "number": NUMBER,
        "previous_hash": HASH | {"description": "De hash van de regel ervoor."},
        "subject": {"type": "string", "format": "uuid", "description": "De id van de toepassing of het AI-systeem."},
        "subject_type": {"type": "string", "enum": SubjectType.values},
        "version": {"type": ["integer", "null"]},
    }
    return {"title": "Regel van het publicatielogboek", **_object(properties)}
