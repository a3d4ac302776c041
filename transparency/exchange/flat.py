"""One entry as one row of cells, for CSV and XLSX, and back: every answer under its key.

An ANSWER has two columns (`can_refuse`, `can_refuse_text`), CHOICES are codes with commas, ROWS and translations are
JSON in their cell. On the way in a cell may also hold the Dutch words of a code, and a header the Dutch question.
"""

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from portal.core.cells import unescape
from portal.core.text import sort_key
from transparency.exchange import cleaning
from transparency.exchange.composing import label
from transparency.exchange.own_cells import labels_in, load, read, read_answer
from transparency.exchange.readers.limits import too_long
from transparency.exchange.readers.row import Row
from transparency.exchange.report import Change, change
from transparency.field import Field, Kind
from transparency.fields import ENTRY_FIELDS

META = ("id", "slug", "url", "page", "organisation", "system", "origin", "state", "version", "published_at")
AFTER = ("unknown", "translations", "notices")  # notices only go out: who reads them back leaves them, and says so
_ALSO = {"organisatie": "organisation", "zorgaanbieder": "organisation", "zorgverlener": "organisation",
         "instelling": "organisation", "ziekenhuis": "organisation"}  # fmt: skip


# --- Out -------------------------------------------------------------------------------------------------------------


@cache
def headers() -> tuple[str, ...]:
    """The columns in their order."""
    content = [name for f in ENTRY_FIELDS for name in ((f.key, f"{f.key}_text") if f.kind == Kind.ANSWER else (f.key,))]
    return (*META, *content, *AFTER)


def cells(document: Mapping[str, Any]) -> list[str]:
    """Our own document of an entry as one row."""
    content = document["content"]
    meta = {
        **document,
        "organisation": document["organisation"]["name"],
        "system": (document["system"] or {}).get("slug"),
    }
    row = [cleaning.plain(meta.get(name)) for name in META]
    for field in ENTRY_FIELDS:
        row += _out(field, content.get(field.key))
    unknown = ", ".join(content.get("unknown", []))
    translations = _json(content["translations"]) if content.get("translations") else ""
    return [*row, unknown, translations, _standing(document.get("notices", []))]


def _standing(notices: Iterable[Mapping[str, Any]]) -> str:
    """What people must know now, a notice a line: kind, day and text; those that are over stay in the JSON."""
    return "\n".join(
        f"{one['kind']} {one['published_at'][:10]}: {' '.join(one['text'].split())}"
        for one in notices
        if one.get("closed") is None
    )


def _out(field: Field, value: Any) -> list[str]:
    if field.kind == Kind.ANSWER:
        return [value.get("answer", ""), value.get("text", "")] if value else ["", ""]
    if value in (None, "", [], {}):
        return [""]
    if field.kind == Kind.CHOICES:
        return [", ".join(value)]
    return [_json(value) if field.kind in {Kind.ROWS, Kind.GROUP} else str(value)]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


# --- In --------------------------------------------------------------------------------------------------------------

_PLACE = re.compile(r"( \(\d+\))+$")  # what a reader puts behind a name that stands there again
_ALSO_THERE = "Er is nog een kolom voor dit veld. Die geldt. Deze blijft bewaard."
_TWICE = "Deze kolom staat er twee keer. In de eerste staat niets; deze geldt."
_UNKNOWN = "Deze kolom kennen wij niet. Deze blijft bewaard."
_NO_ENGLISH = "Deze Engelse teksten konden wij niet lezen: het is geen goede JSON."


@cache
def _questions() -> dict[str, str]:
    """{folded Dutch question or key: key}."""
    return {sort_key(name): field.key for field in reversed(ENTRY_FIELDS) for name in (label(field.key), field.key)}


@cache
def _columns() -> dict[str, str]:
    return {**_questions(), **_ALSO, **{sort_key(name): name for name in headers()}}


@lru_cache(maxsize=2_000)
def column_of(header: str) -> str:
    """Our column that `header` (a key or a Dutch question) stands for, or an empty string."""
    return _columns().get(sort_key(header), "")


def own_row(number: int, raw: dict[str, Any]) -> Row:
    """One row of our columns as our own document."""
    row = Row(number=number, raw=raw, refused=too_long(raw))
    found = _found(raw, row.changes)
    row.own = {name: found[name] for name in (*META, "notices") if name in found}
    row.own["organisation"] = {"name": found.get("organisation", "")}
    row.own["system"] = {"slug": found.get("system", "")}
    row.own["content"] = _content(found, row.changes)
    return row


def _found(raw: Mapping[str, Any], changes: list[Change]) -> dict[str, str]:
    """{our column: its text} of every cell with something in it."""
    found: dict[str, str] = {}
    for header, cell in raw.items():
        text = unescape(cleaning.plain(cell))
        column = column_of(header) or column_of(_PLACE.sub("", header))
        if not text.strip():
            continue
        if not column or column in found:
            changes.append(change(header, cell, None, _ALSO_THERE if column else _UNKNOWN))
            continue
        found[column] = text
        if not column_of(header):
            changes.append(change(header, cell, text, _TWICE))
    return found


def _content(found: Mapping[str, str], changes: list[Change]) -> dict[str, Any]:
    content: dict[str, Any] = {}
    for field in ENTRY_FIELDS:
        text, more = found.get(field.key, ""), found.get(f"{field.key}_text", "")
        if field.kind == Kind.ANSWER and (text or more):
            content[field.key] = read_answer(field, text, more, changes)
        elif text:
            content[field.key] = read(field, text, changes)
    if "unknown" in found:
        content["unknown"] = labels_in(found["unknown"], _questions())
    if "translations" in found:
        content["translations"] = load("translations", found["translations"], changes)
        if content["translations"] is None:
            changes.append(change("translations", found["translations"], None, _NO_ENGLISH))
    return {key: value for key, value in content.items() if value is not None}
