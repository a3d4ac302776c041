"""Columns and answers in the words of the person who filled in the file."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from transparency.exchange import flat, national
from transparency.exchange.composing import as_text
from transparency.exchange.readers.row import Row
from transparency.exchange.report import shown
from transparency.fields import BY_KEY

_FIELDS: dict[str, str | Promise] = {
    "": _("hele regel"),
    "organisation": _("organisatie"),
    "organization": _("organisatie"),
    "id": _("nummer (id)"),
    "system": _("AI-systeem"),
    "state": _("staat in het register"),
    "notices": _("Meldingen"),
    "unknown": _("weten we nog niet"),
    "translations": _("Engelse teksten"),
}
_NOT_OURS = "Versie 1.0 heeft dit veld niet. "  # a standard of which who fills in a list knows nothing


def label_of(field: str) -> str:
    """The question or column `field` in words; a part of one ("sources.link") as its question."""
    key = field.partition(".")[0]
    if key in BY_KEY:
        return str(BY_KEY[key].label)
    theirs = national.BY_KEY[key].label if key in national.BY_KEY else national.OLDER.get(key, field)
    return str(_FIELDS.get(key, theirs))


def columns_of(row: Row) -> dict[str, str]:
    """{key: the name above its column, as the person wrote it} for a row of cells; a key of ours is nobody's word."""
    key_of = national.key_of if row.own is None else flat.column_of
    names = list(row.raw) if isinstance(row.raw, Mapping) else []
    found = {key: name for name in reversed(names) if (key := key_of(name)) and key != name.strip()}
    return {"organisation": found["organization"], **found} if "organization" in found else found


def words_of(key: str, value: Any) -> str:
    """The answer `value` to the question `key` as people read it, with its codes written out."""
    if value in (None, "", [], {}):
        return ""
    if key == "unknown":
        return ", ".join(map(label_of, value))
    if key == "translations":
        return "\n".join(f"{label_of(one)}: {words_of(one, said)}" for one, said in value.get("en", {}).items())
    return as_text(key, value) if key in BY_KEY else shown(value)


def looks_same(key: str, one: Any, other: Any) -> bool:
    """Whether nobody can see the difference between two answers: spaces, or an explanation that is empty."""
    return _lines(words_of(key, one)) == _lines(words_of(key, other))


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.strip().splitlines()]


def in_words(told: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """What is told of the values of a row, without what changes nothing that a person can see."""
    return [_worded(one) for one in told if not _is_unseen(one)]


def _is_unseen(one: Mapping[str, str]) -> bool:
    """Whether a value stays what it is; a list that is now plain text elsewhere does not."""
    field = national.BY_KEY.get(one["field"])
    is_list = field is not None and field.shape == national.Shape.LINKS
    return bool(one["value"]) and one["value"] == one["cleaned"] and not is_list


def _worded(one: Mapping[str, str]) -> dict[str, str]:
    place, colon, heading = one["cleaned"].partition(": ")
    is_moved = bool(colon) and place in national.BY_KEY
    return {
        "label": one.get("column") or label_of(one["field"]),
        "value": one["value"],
        "cleaned": f"{national.BY_KEY[place].label}: {heading}" if is_moved else _plain(one["cleaned"]),
        "reason": one["reason"].removeprefix(_NOT_OURS),
    }


def _plain(text: str) -> str:
    """A list or object that came as JSON as words; one that was cut off says nothing to anybody."""
    if not text.startswith(('["', '[{"', '{"', "[]", "{}")):
        return text
    try:
        return ", ".join(_leaves(json.loads(text)))
    except ValueError:
        return "" if text.endswith("…") else text


def _leaves(value: Any) -> list[str]:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [leaf for part in parts for leaf in _leaves(part)] if parts else [str(value)] if value else []
