"""Checking the whole publication log in the database: line by line, in constant memory; each thing wrong is a Fault."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from django.db import connection

from portal.core import append_only
from transparency.models import DailyHead, LogHead, PublicationEvent, Seal
from transparency.proof import live
from transparency.proof.controleer import GENESIS, content_hash, line_hash, values_of_text, wrong_values
from transparency.proof.faults import Fault, Wrong
from transparency.proof.lines import line_of
from transparency.states import EventKind

BATCH = 500
TELL_EVERY = 5_000
_LINE = ("number", "kind", "subject", "subject_type", "version", "is_example", "happened_at", "content_hash",
         "previous_hash", "own_hash")  # fmt: skip
_SEAL = ("seal__fields", "seal__told")
_TEXTS = {
    EventKind.ENTRY_PUBLISHED: ("seal__version__", "entry__uuid"),
    EventKind.SYSTEM_PUBLISHED: ("seal__system_version__", "system__uuid"),
}
_PARTS = ("content", "reason", "reason_en", "responsible", "number", "published_at")


@dataclass
class _Walk:
    """Where a walk along the lines is, and which heads it has to meet."""

    expected: int = 1
    before: str = GENESIS
    heads: dict[int, list[tuple[str, str]]] = field(default_factory=dict)  # number → [(name, hash)]
    gone: list[tuple[int, str]] = field(default_factory=list)  # (line, place) of values that were taken away


def verify(
    *, kept_heads: Iterable[tuple[str, int, str]] = (), progress: Callable[[int], None] = lambda number: None
) -> Iterator[Fault]:
    """Everything that is wrong, in the order of the log; `kept_heads` (name, number, hash) were kept elsewhere.

    Publishing may go on meanwhile: what comes after the walk began is not looked at.
    """
    yield from (Fault(number=0, wrong=Wrong.TRIGGER, detail=name) for name in append_only.missing(connection))
    head, last = _ends()
    walk = _Walk(heads=_heads(kept_heads))
    for row in _rows(upto=last):
        yield from _line_faults(row, walk, head)
        yield from _text_faults(row, walk)
        if row.number % TELL_EVERY == 0:
            progress(row.number)
    yield from _end_faults(walk, head)
    yield from _redaction_faults(walk)
    yield from live.faults()


# --- Lines -----------------------------------------------------------------------------------------------------------


def _ends() -> tuple[LogHead, int]:
    """The head, and the number of the last line, as they are at one moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, hash, (SELECT coalesce(max(number), 0) FROM transparency_publicationevent) "
            "FROM transparency_loghead WHERE id = 1"
        )
        row = cursor.fetchone()
    number, own, last = row if row is not None else (0, GENESIS, 0)
    return LogHead(number=number, hash=own), int(last)


def _heads(kept: Iterable[tuple[str, int, str]]) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = {}
    days = DailyHead.objects.order_by("day").values_list("day", "number", "hash")
    for name, number, own in [*((str(day), number, own) for day, number, own in days), *kept]:
        found.setdefault(number, []).append((name, own))
    return found


def _rows(upto: int) -> Iterator[Any]:
    """Every line up to number `upto` with its seal and the text behind it."""
    texts = [f"{start}{part}" for start, owner in _TEXTS.values() for part in (*_PARTS, owner)]
    names = (*_LINE, *_SEAL, *texts)
    lines = PublicationEvent.objects.filter(number__lte=upto).order_by("number").values_list(*names)
    for values in lines.iterator(chunk_size=BATCH):
        yield SimpleNamespace(**dict(zip(names, values, strict=True)))


def _line_faults(row: Any, walk: _Walk, head: LogHead) -> Iterator[Fault]:
    if row.number > walk.expected:
        missed = row.number - walk.expected
        detail = "" if missed == 1 else f"en nog {missed - 1} regels erna"
        yield Fault(number=walk.expected, wrong=Wrong.MISSING, detail=detail)
    right = line_hash(line_of(row)) == row.own_hash
    follows = row.previous_hash == walk.before or row.number > walk.expected
    if row.number > head.number:
        yield Fault(number=row.number, wrong=Wrong.INSERTED, detail="na de laatste regel die de kop kent")
    elif not right and not follows and _was_elsewhere(row):
        yield Fault(number=row.number, wrong=Wrong.MOVED)
    elif not right:
        yield Fault(number=row.number, wrong=Wrong.CHANGED)
    elif not follows:
        yield Fault(number=row.number, wrong=Wrong.INSERTED, detail="sluit niet aan op de regel ervoor")
    for name, own in walk.heads.pop(row.number, ()):
        if own != row.own_hash:
            yield Fault(number=row.number, wrong=Wrong.HEAD, detail=name)
    walk.expected, walk.before = row.number + 1, row.own_hash


def _was_elsewhere(row: Any) -> bool:
    """Whether `row` is a true line with the number of another place."""
    before = PublicationEvent.objects.filter(own_hash=row.previous_hash).values_list("number", flat=True)[:2]
    places = {1, row.number - 1, row.number + 1, *(place for number in before for place in (number, number + 1))}
    return any(line_hash({**line_of(row), "number": place}) == row.own_hash for place in places)


def _end_faults(walk: _Walk, head: LogHead) -> Iterator[Fault]:
    last = walk.expected - 1
    if last < head.number:
        yield Fault(number=last + 1, wrong=Wrong.TRUNCATED, detail=f"de kop zegt {head.number}")
    elif last == head.number and walk.before != head.hash:
        yield Fault(number=last, wrong=Wrong.HEAD, detail="de laatste regel")
    for number, missed in sorted(walk.heads.items()):
        yield Fault(number=min(number, last + 1), wrong=Wrong.TRUNCATED, detail=f"{missed[0][0]} noemt regel {number}")


# --- What stands behind a line ---------------------------------------------------------------------------------------


def _text_faults(row: Any, walk: _Walk) -> Iterator[Fault]:
    if row.seal__fields is None:
        yield Fault(number=row.number, wrong=Wrong.NO_CONTENT)
        return
    if _hash_of(row.seal__fields) != row.content_hash:
        yield Fault(number=row.number, wrong=Wrong.CONTENT, detail="de hashes van de waarden")
    values = row.seal__told
    if row.kind in _TEXTS:
        start, owner = _TEXTS[EventKind(row.kind)]
        text = {part: getattr(row, f"{start}{part}") for part in (*_PARTS, owner)}
        if text["content"] is None:
            yield Fault(number=row.number, wrong=Wrong.NO_CONTENT)
            return
        if (text[owner], text["number"], text["published_at"]) != (row.subject, row.version, row.happened_at):
            yield Fault(number=row.number, wrong=Wrong.CONTENT, detail="van iets anders dan de regel zegt")
        values = values_of_text(text)
    for place in wrong_values(row.seal__fields, values):
        yield Fault(number=row.number, wrong=Wrong.CONTENT, detail=place)
    for place, kept in row.seal__fields.items():
        if "redacted" in kept:
            walk.gone.append((row.number, place))


def _hash_of(fields: dict[str, Any]) -> str:
    try:
        return content_hash(fields)
    except (KeyError, TypeError, AttributeError):
        return ""


def _redaction_faults(walk: _Walk) -> Iterator[Fault]:
    """Every value that was taken away and of which no line says so."""
    told = Seal.objects.filter(event__kind=EventKind.TEXT_REDACTED).values_list("told", flat=True).iterator()
    known = {(one.get("line"), place) for one in told for place in one.get("places", [])}
    for number, place in walk.gone:
        if (number, place) not in known:
            yield Fault(number=number, wrong=Wrong.REDACTION, detail=place)
