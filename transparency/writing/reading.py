"""What was sent with a form, as answers by place; only of the questions that somebody touched."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from portal.core.text import clean
from transparency.field import Field, Kind
from transparency.writing.boxes import ONE_LINE, digest
from transparency.writing.places import ENGLISH, UNKNOWN
from transparency.writing.typed import as_kept

WAS, SEEN = "was.", "seen."  # hidden fields: the digest of what was shown, and the revision in which it stood there


@dataclass(frozen=True, kw_only=True)
class Sent:
    """The answers that somebody changed on a form, and the revision that each was changed from."""

    answers: dict[str, Any]
    seen: dict[str, int]
    rows: dict[str, list[int]]  # of each list of rows: the numbers that its rows had, for their English texts


def sent(fields: Iterable[Field], data: QueryDict, *, english: bool, leave_out: str = "") -> Sent:
    """What `data` changes of the questions `fields`, in Dutch or in English; nothing else in it counts.

    `leave_out` names a row ("evidence.2") that is taken away.
    """
    forms = {name: data.getlist(name) for name in data}
    answers: dict[str, Any] = {}
    rows: dict[str, list[int]] = {}
    for field in fields:
        for place in places_on_form(field, english=english):
            removes = bool(leave_out) and leave_out.rpartition(".")[0] == place
            if not removes and digest(place, forms) == data.get(f"{WAS}{place}", digest(place, {})):
                continue
            answers[place] = _read(field, place, data, leave_out)
            if field.kind == Kind.ROWS and place == field.key:
                numbers = _numbers(place, data, leave_out)
                rows[place] = [number for number in numbers if _row(field, f"{place}.{number}", data)]
    seen = {place: _number(data.get(f"{SEEN}{place}", "")) for place in answers}
    return Sent(answers=answers, seen=seen, rows=rows)


def places_on_form(field: Field, *, english: bool) -> tuple[str, ...]:
    """The places of a question on the form in one of the two languages."""
    if english:
        return (f"{ENGLISH}{field.key}",) if field.translated else ()
    return (field.key, f"{UNKNOWN}{field.key}")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _read(field: Field, place: str, data: QueryDict, leave_out: str) -> Any:
    """The value of the question at `place`; None when there is no answer."""
    if place.startswith(UNKNOWN):
        return True if data.get(place) else None
    if field.kind in {Kind.ROWS, Kind.GROUP}:
        rows = [_row(field, f"{place}.{number}", data) for number in _numbers(place, data, leave_out)]
        if field.kind == Kind.GROUP:
            return (rows or [{}])[0] or None
        kept = rows if place.startswith(ENGLISH) else [row for row in rows if row]
        return kept if any(kept) else None
    if field.kind == Kind.ANSWER:
        parts = {name: clean(data.get(f"{place}.{name}", "")).strip() for name in ("answer", "text")}
        return {name: text for name, text in parts.items() if text} or None
    return _one(field, place, data)


def _one(field: Field, name: str, data: QueryDict) -> Any:
    if field.kind == Kind.CHOICES:
        return [code for code in dict.fromkeys(data.getlist(name)) if code.strip()] or None
    text = clean(data.get(name, ""))
    return as_kept(field.kind, text) if field.kind in ONE_LINE else text.strip() or None


def _row(field: Field, name: str, data: QueryDict) -> dict[str, Any]:
    parts = {part.key: _one(part, f"{name}.{part.key}", data) for part in field.parts}
    return {key: value for key, value in parts.items() if value is not None}


def _numbers(place: str, data: Mapping[str, Any], leave_out: str) -> list[int]:
    """The numbers of the rows that were sent, in their order, without the one that is taken away."""
    start = f"{place}."
    found = {name.removeprefix(start).partition(".")[0] for name in data if name.startswith(start)}
    numbers = sorted(int(one) for one in found if one.isascii() and one.isdigit() and len(one) < 4)
    return [number for number in numbers if f"{place}.{number}" != leave_out]


def follow(english: Any, numbers: list[int]) -> Any:
    """The English rows `english` after their Dutch rows became those that had `numbers`."""
    rows = english if isinstance(english, list) else []
    moved = [rows[number] if number < len(rows) else {} for number in numbers]
    return moved if any(moved) else None
