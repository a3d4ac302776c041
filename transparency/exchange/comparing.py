"""What differs between a record that came in and what stands here."""

from collections.abc import Mapping
from typing import Any

from transparency.exchange.exporting import content_of, national_record
from transparency.exchange.national import BY_KEY, SYSTEM_KEYS
from transparency.exchange.report import Change, change
from transparency.exchange.understanding import POORER, Understood, same_words
from transparency.field import Content
from transparency.models import Entry

_ASSIGNED = SYSTEM_KEYS | {"lars", "publication_dt"}  # the register sets these; they are no difference
_KEPT_OURS = "In het bestand staat iets anders. Onze tekst blijft zoals hij is."
_KEPT_EDIT = "Deze tekst is hier bewerkt. Wij lieten hem staan."


def differences(entry: Entry, understood: Understood) -> list[Change]:
    """Where `understood` says something else than our own `entry`."""
    if understood.row.own is not None:
        ours = content_of(entry)
        return _between(understood.content, {key: ours.get(key) for key in understood.said})
    ours = national_record(entry).record
    keys = [key for key in understood.national if key in BY_KEY and key not in _ASSIGNED]
    same = same_words if understood.form in POORER else lambda new, old: False
    keys = [key for key in keys if not same(understood.national[key], ours.get(key))]
    return _between({k: understood.national[k] for k in keys}, {k: ours.get(k) for k in keys})


def _between(theirs: Mapping[str, Any], ours: Mapping[str, Any]) -> list[Change]:
    return [
        change(key, theirs.get(key), ours.get(key), _KEPT_OURS)
        for key in sorted({*theirs, *ours})
        if (theirs.get(key) or None) != (ours.get(key) or None)
    ]


def merged(before: Content, here: Content, theirs: Content) -> tuple[dict[str, Any], list[Change]]:
    """`theirs` over `here`, but an answer that was edited here since `before` stays; and which ones did."""
    content: dict[str, Any] = {}
    kept: list[Change] = []
    for key in {**here, **theirs}:
        is_edited = here.get(key) != before.get(key)
        value = here.get(key) if is_edited else theirs.get(key)
        if is_edited and theirs.get(key) != before.get(key):
            kept.append(change(key, theirs.get(key), here.get(key), _KEPT_EDIT))
        if value is not None:
            content[key] = value
    return content, kept
