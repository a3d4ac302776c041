"""Our JSON document of a draft, for programs of its organisation."""

from typing import Any

from portal.api.describing import ID, MOMENT, SLUG, TEXT, Schema
from portal.keys.models import Scope
from transparency.api.documents import ENTRIES, ORGANISATIONS, SYSTEMS, address_of, moment
from transparency.api.schema import entry_content_schema
from transparency.document import missing
from transparency.fields import ENTRY_FIELDS
from transparency.models import Draft, Entry
from transparency.states import DraftPurpose, DraftState, State

DRAFTS = "concepten"
_MOMENTS = ("started_at", "edited_at", "submitted_at", "decided_at", "publish_at")


def draft_document(draft: Draft) -> dict[str, Any]:
    """Everything of a draft of an entry, but who wrote it: how it stands, what is missing, what was remarked."""
    entry = draft.entry
    assert entry is not None  # noqa: S101 (callers take drafts of entries)
    return {
        "id": str(draft.uuid),
        "url": address_of(DRAFTS, draft),
        "entry": _entry(entry),
        "organisation": {"id": str(entry.organisation.uuid), "name": entry.organisation.name,
                         "url": address_of(ORGANISATIONS, entry.organisation)},
        "system": address_of(SYSTEMS, entry.system) if entry.system else None,
        "purpose": draft.purpose,
        "state": draft.state,
        "revision": draft.revision,
        **{name: _moment(getattr(draft, name)) for name in _MOMENTS},
        "reason": draft.reason,
        "missing": [field.key for field in missing(draft.content, ENTRY_FIELDS)],
        "remarks": [
            {"key": remark.key, "text": remark.text, "written_at": moment(remark.written_at), "is_done":
             remark.done_at is not None, "is_return": remark.is_return}
            for remark in sorted(draft.comments.all(), key=lambda one: (one.written_at, one.pk))
        ],
        "content": draft.content,
    }  # fmt: skip


def _entry(entry: Entry) -> dict[str, Any]:
    is_public = entry.state != State.DRAFT
    return {
        "id": str(entry.uuid),
        "slug": entry.slug,
        "state": entry.state,
        "url": address_of(ENTRIES, entry) if is_public else None,
    }


def _moment(value: Any) -> str | None:
    return None if value is None else moment(value)


# --- Schemas ---------------------------------------------------------------------------------------------------------


def _object(properties: dict[str, Schema], *, optional: tuple[str, ...] = ()) -> Schema:
    return {"type": "object", "properties": properties, "required": [key for key in properties if key not in optional]}


def draft_schema() -> Schema:
    """The schema of `draft_document`."""
    address: Schema = {"type": ["string", "null"]}
    flag: Schema = {"type": "boolean"}
    remark = {"key": TEXT, "text": TEXT, "written_at": MOMENT, "is_done": flag, "is_return": flag}
    moments = {name: {**MOMENT, "type": ["string", "null"]} for name in _MOMENTS}
    entry = {"id": ID, "slug": SLUG, "state": _codes(State), "url": address}
    return _object({
        "id": ID, "url": TEXT, "entry": _object(entry),
        "organisation": _object({"id": ID, "name": TEXT, "url": TEXT}), "system": address,
        "purpose": _codes(DraftPurpose), "state": _codes(DraftState),
        "revision": {"type": "integer", "minimum": 1, "description": "Ook de ETag."},
        **moments, "reason": TEXT,
        "missing": {"type": "array", "items": TEXT, "description": "Vragen die nog een antwoord nodig hebben."},
        "remarks": {"type": "array", "items": _object(remark)},
        "content": {"type": "object", "description": "De antwoorden zoals mensen en programma’s ze schreven."},
    })  # fmt: skip


def _codes(choices: Any) -> Schema:
    words = "; ".join(f"{one.value}: {one.label}" for one in choices)
    return {"type": "string", "enum": list(choices.values), "description": f"{words}."}


def begin_schema() -> Schema:
    """What is sent to begin a draft."""
    given = {
        "organisation": {**ID, "description": "Van wie de nieuwe toepassing is; zonder dit van uw organisatie."},
        "entry": {**ID, "description": "De toepassing waar een nieuwe tekst van komt; zonder dit een nieuwe."},
        "system": {**ID, "description": "Het AI-systeem van een nieuwe toepassing."},
        "content": {**entry_content_schema(), "description": "De antwoorden, per sleutel."},
    }
    return {**_object(given, optional=("organisation", "entry", "system")), "additionalProperties": False}


def change_schema() -> Schema:
    """What is sent to change a draft."""
    content = {"type": "object", "description": "De antwoorden, per sleutel; null haalt een antwoord weg."}
    return {**_object({"content": content}), "additionalProperties": False}


def submission_schema() -> Schema:
    """What is sent to submit a draft."""
    said = {"type": "string", "minLength": 1, "maxLength": 2000,
            "description": "Wat er nieuw is en waarom, in een of twee zinnen. Iedereen kan dat lezen."}  # fmt: skip
    english = {"type": "string", "maxLength": 2000, "description": "Hetzelfde in het Engels."}
    given = {"reason": said, "reason_en": english}
    return {**_object(given, optional=("reason_en",)), "additionalProperties": False}


SCOPES = {scope.value: str(scope.label) for scope in Scope}
