"""How the text of an entry came to us from another register: what came, what we changed of it and why."""

import json
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from portal.core.public import public_page
from transparency.document import translated
from transparency.exchange.moved import MOVED
from transparency.exchange.national import BY_KEY as NATIONAL
from transparency.exchange.national import OLDER, key_of
from transparency.exchange.received import Received, earlier, is_known, newest, record_of, source_of
from transparency.exchange.report import shown
from transparency.fields import BY_KEY
from transparency.views.entry import public_entry


@dataclass(frozen=True, kw_only=True)
class Line:
    """One value that we changed, for people."""

    label: str
    is_dutch: bool  # the label has no English: it is the register's own word
    raw: str
    cleaned: str
    is_shown: bool
    reason: str


@public_page
def received(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of what came. A 404 for an entry that came from nowhere else or is no longer listed."""
    entry = public_entry(slug)
    kept = record_of(entry)
    if kept is None or entry.current_version is None:
        raise Http404(slug)
    came = newest(kept)
    name, name_language = translated(entry.current_version.content, "name")
    context = {
        "entry": entry,
        "name": name,
        "name_language": name_language,
        "source": source_of(kept).label,
        "lars": kept.lars,
        "standard_version": came.standard_version,
        "received_at": came.received_at,
        "withheld": [shown(column) for column in came.withheld],
        "lines": _lines(came),
        "earlier": [{"received_at": old.received_at, "count": len(old.report)} for old in earlier(kept)],
    }
    return render(request, "transparency/received.html", context)


def _lines(came: Received) -> list[Line]:
    return [_line(came, row) for row in came.report]


def _line(came: Received, row: dict[str, str]) -> Line:
    label, is_dutch = _label(row["field"])
    return Line(
        label=label,
        is_dutch=is_dutch,
        raw=_readable(row["raw"]),
        cleaned=_moved_to(row["field"], _readable(row["cleaned"])),
        is_shown=is_known(came.form, row["field"]),
        reason=row["reason"],
    )


def _label(field: str) -> tuple[str, bool]:
    """The words for a key or column, and whether they are the register's own, in Dutch only."""
    key = key_of(field)
    if key in NATIONAL or key in OLDER:
        return NATIONAL[key].label if key in NATIONAL else OLDER[key], True
    ours = BY_KEY.get(field.partition(".")[0])
    return (str(ours.label), False) if ours else (field, True)


def _readable(value: str) -> str:
    """A list or rows of the report as a sentence would write them; anything else as it is."""
    if not value.startswith("["):
        return value
    try:
        items = json.loads(value)
    except ValueError:  # the report cut it off
        return value
    return "; ".join(_item(item) for item in items)


def _item(item: Any) -> str:
    if not isinstance(item, dict):
        return str(item)
    return ": ".join(str(part) for part in item.values() if part)


def _moved_to(field: str, cleaned: str) -> str:
    """Where an answer of an older version stands now, by the words of the field instead of its key."""
    target, _heading = MOVED.get(key_of(field), ("", ""))
    return cleaned.replace(f"{target}: ", f"{NATIONAL[target].label}: ", 1) if target else cleaned
