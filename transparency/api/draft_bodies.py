"""What programs send about drafts: read strictly, with every fault at once."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rest_framework.request import Request

from portal.api.problems import InvalidQuestion
from portal.api.views import sent_json
from portal.core.text import hidden_characters
from portal.keys.api import program_of
from portal.organisations.models import Organisation
from portal.organisations.permissions import with_those_below
from transparency.document import missing
from transparency.fields import ENTRY_FIELDS
from transparency.models import AISystem, Draft, Entry
from transparency.shape import problems
from transparency.states import Origin

LONGEST_REASON = 2_000  # characters
LONGEST_NAME = 200  # characters of a wrong key that are repeated
Faults = list[dict[str, str]]


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A draft to begin."""

    content: dict[str, Any]
    organisation: Organisation | None = None
    entry: Entry | None = None
    system: AISystem | None = None


def wrong(name: str, detail: str) -> dict[str, str]:
    """One fault of a body."""
    return {"in": "body", "name": name[:LONGEST_NAME].encode(errors="replace").decode(), "detail": detail}


def _object(request: Request, keys: tuple[str, ...]) -> tuple[dict[str, Any], Faults]:
    sent = sent_json(request)
    if not isinstance(sent, dict):
        raise InvalidQuestion([wrong("", "Stuur een JSON-object.")])
    known = ", ".join(keys)
    return sent, [wrong(key, f"Deze sleutel kennen wij niet. Kies uit: {known}.") for key in sent if key not in keys]


def _content(sent: Mapping[str, Any], *, needs_name: bool = False) -> tuple[dict[str, Any], Faults]:
    """The answers that were sent, and what is wrong with them; null takes an answer away."""
    content = sent.get("content")
    if not isinstance(content, dict):
        return {}, [wrong("content", "Geef een object met de antwoorden.")]
    there = {key: value for key, value in content.items() if value is not None}
    faults = [wrong(f"content.{one.key}", one.message) for one in problems(there, ENTRY_FIELDS)]
    known = {field.key for field in ENTRY_FIELDS} | {"unknown", "translations"}
    faults += [
        wrong(f"content.{key}", "Deze vraag kennen we niet.") for key in content if key not in known | set(there)
    ]
    if needs_name and not str(there.get("name") or "").strip():
        faults.append(wrong("content.name", "Geef de toepassing een naam."))
    return content, faults


def begun(request: Request) -> Sent:
    """A draft to begin. Raises InvalidQuestion."""
    sent, faults = _object(request, ("organisation", "entry", "system", "content"))
    content, more = _content(sent, needs_name="entry" not in sent)
    faults += more
    ours = with_those_below([program_of(request).key.organisation_id])
    entries = Entry.objects.filter(organisation__in=ours).exclude(origin=Origin.EDITORIAL)
    owners = Organisation.objects.filter(pk__in=ours).select_related("parent")
    named = {
        "organisation": (owners, "Dit is niet uw organisatie."),
        "entry": (entries.select_related("organisation__parent", "current_version"),
                  "Dit is geen toepassing van uw organisatie."),
        "system": (AISystem.objects.public(), "Dit AI-systeem kennen wij niet."),
    }  # fmt: skip
    found: dict[str, Any] = {}
    for name, (choices, words) in named.items():
        if name in sent:
            code = _uuid(sent[name])
            found[name] = choices.filter(uuid=code).first() if code else None
            faults += [] if found[name] else [wrong(name, words)]
    faults += [
        wrong(name, "Dit hoort bij een nieuwe toepassing. Laat het weg bij entry.")
        for name in ("organisation", "system")
        if "entry" in sent and name in sent
    ]
    if faults:
        raise InvalidQuestion(faults)
    answers = {key: value for key, value in content.items() if value is not None} if "entry" not in sent else content
    return Sent(content=answers, **found)


def _uuid(value: Any) -> uuid.UUID | None:
    try:
        return uuid.UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None


def content_of_change(request: Request) -> dict[str, Any]:
    """The answers to change. Raises InvalidQuestion."""
    sent, faults = _object(request, ("content",))
    content, more = _content(sent)
    if faults or more:
        raise InvalidQuestion([*faults, *more])
    return content


def submitted(request: Request) -> dict[str, str]:
    """Why a draft is submitted. Raises InvalidQuestion."""
    sent, faults = _object(request, ("reason", "reason_en"))
    for name in ("reason", "reason_en"):
        faults += [
            wrong(name, message) for message in _text_faults(sent.get(name, "" if name == "reason_en" else None))
        ]
    if not faults and not sent["reason"].strip():
        faults.append(wrong("reason", "Schrijf in een of twee zinnen wat er nieuw is."))
    if faults:
        raise InvalidQuestion(faults)
    return sent


def _text_faults(value: Any) -> Iterator[str]:
    if not isinstance(value, str):
        yield "Geef een tekst."
    elif len(value) > LONGEST_REASON:
        yield f"Er passen {LONGEST_REASON} tekens."
    elif hidden_characters(value):
        yield "Er staan onzichtbare tekens in de tekst. Haal ze weg."


def check_complete(draft: Draft) -> None:
    """Raises InvalidQuestion with every question that keeps `draft` from being submitted."""
    faults = [wrong(f"content.{one.key}", one.message) for one in problems(draft.content, ENTRY_FIELDS)]
    is_ours = draft.entry is not None and draft.entry.origin == Origin.PROVIDER
    lacking = [f for f in missing(draft.content, ENTRY_FIELDS) if is_ours or f.key == "name"]
    faults += [wrong(f"content.{field.key}", "Dit antwoord ontbreekt nog.") for field in lacking]
    if faults:
        raise InvalidQuestion(faults)
