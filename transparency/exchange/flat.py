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
from transparency.exchange.composing import code_of, label
from transparency.exchange.readers.limits import too_long
from transparency.exchange.readers.row import Row
from transparency.exchange.report import Change, change
from transparency.field import Field, Kind
from transparency.fields import BY_KEY, ENTRY_FIELDS

META = ("id", "slug", "url", "page", "organisation", "system", "origin", "state", "version", "published_at")
AFTER = ("unknown", "translations", "notices")  # notices only go out: who reads them back ignores them
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


@cache
def _columns() -> dict[str, str]:
    known = {sort_key(label(field.key)): field.key for field in reversed(ENTRY_FIELDS)}
    return {**known, **_ALSO, **{sort_key(name): name for name in headers()}}


@lru_cache(maxsize=2_000)
def column_of(header: str) -> str:
    """Our column that `header` (a key or a Dutch question) stands for, or an empty string."""
    return _columns().get(sort_key(header), "")


def own_row(number: int, raw: dict[str, Any]) -> Row:
    """One row of our columns as our own document."""
    row = Row(number=number, raw=raw, refused=too_long(raw))
    found: dict[str, str] = {}
    for header, cell in raw.items():
        text = unescape(cleaning.plain(cell))
        column = column_of(header)
        if column and text.strip() and column not in found:
            found[column] = text
        elif text.strip():
            reason = "Er is nog een kolom voor dit veld. Die geldt." if column else "Deze kolom kennen wij niet."
            row.changes.append(change(header, cell, None, f"{reason} Deze blijft bewaard."))
    row.own = {name: found[name] for name in META if name in found and name not in {"organisation", "system"}}
    row.own["organisation"] = {"name": found.get("organisation", "")}
    row.own["system"] = {"slug": found.get("system", "")}
    row.own["content"] = _content(found, row.changes)
    return row


def _content(found: Mapping[str, str], changes: list[Change]) -> dict[str, Any]:
    content: dict[str, Any] = {}
    for field in ENTRY_FIELDS:
        if field.key in found or f"{field.key}_text" in found:
            text = found.get(field.key, "")
            value = _in(field, text, found.get(f"{field.key}_text", ""))
            content[field.key] = value
            if value is None:
                changes.append(change(field.key, text, None, "Dit antwoord konden wij niet lezen."))
    if "unknown" in found:
        content["unknown"] = [key.strip() for key in found["unknown"].split(",") if key.strip() in BY_KEY]
    if "translations" in found:
        content["translations"] = _load(found["translations"])
    return {key: value for key, value in content.items() if value is not None}


def _in(field: Field, text: str, more: str) -> Any:
    if field.kind == Kind.CHOICE:
        return code_of(field.vocabulary, text) or None
    if field.kind == Kind.CHOICES:
        codes = [code_of(field.vocabulary, part) for part in re.split(r"[,;\n]", text) if part.strip()]
        return codes if all(codes) else [code for code in codes if code] or None
    if field.kind == Kind.ANSWER:
        first, _, rest = text.partition(".")
        code = code_of(field.vocabulary, first) or code_of(field.vocabulary, re.split(r"[,;: ]", text)[0])
        return {"answer": code, "text": more or rest.strip()} if code else None
    if field.kind == Kind.NUMBER:
        digits = re.sub(r"[.\s]", "", text)
        return int(digits) if re.fullmatch(r"\d{1,9}", digits) else None
    if field.kind in {Kind.ROWS, Kind.GROUP}:
        return _rows(field, text)
    if field.kind == Kind.MONTH:
        return cleaning.month(text)[0]
    return _date(text) if field.kind == Kind.DATE else text


def _date(text: str) -> str | None:
    if match := re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:[T ].*)?", text.strip()):
        return match[1]
    match = re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", text.strip())
    return f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}" if match else None


def _rows(field: Field, text: str) -> list[Any] | None:
    if text.lstrip().startswith("["):
        value = _load(text)
        return value if isinstance(value, list) else None
    lines = [line.strip().removeprefix("- ") for line in text.split("\n") if line.strip()]
    return [{field.parts[0].key: line} for line in lines]


def _load(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
