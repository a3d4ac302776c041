"""What pages show held against the publication log: nothing is public without a line or says something else."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from django.db.models import F, QuerySet

from transparency.models import Entry, Notice, Redaction, Seal, SystemVersion, Version
from transparency.proof.faults import Fault, Wrong
from transparency.proof.lines import exact_moment
from transparency.states import EventKind, State

BATCH = 500
ENDINGS = (EventKind.ENTRY_WITHDRAWN, EventKind.ENTRY_REPLACED)
NOTICES = (EventKind.NOTICE_PUBLISHED, EventKind.NOTICE_CORRECTED)
Told = tuple[int, dict[str, Any], dict[str, Any]]  # line, what it said, its hashes
One = TypeVar("One")


def faults() -> Iterator[Fault]:
    """Everything that pages show and the log does not say, a batch at a time."""
    yield from _texts_without_line()
    yield from _redactions_without_line()
    yield from _endings()
    yield from _notices()
    older = Entry.objects.filter(versions__number__gt=F("current_version__number")).distinct().order_by("slug")
    for slug in older.values_list("slug", flat=True).iterator():
        yield Fault(number=0, wrong=Wrong.CONTENT, detail=f"{slug} toont niet de nieuwste versie")


def _texts_without_line() -> Iterator[Fault]:
    texts = Version.objects.filter(seal__isnull=True).order_by("pk").values_list("number", "entry__slug")
    products = SystemVersion.objects.filter(seal__isnull=True).order_by("pk").values_list("number", "system__slug")
    for rows in (texts, products):
        for number, slug in rows.iterator():
            yield Fault(number=0, wrong=Wrong.NO_LINE, detail=f"versie {number} van {slug}")


def _redactions_without_line() -> Iterator[Fault]:
    told = Seal.objects.filter(event__kind=EventKind.TEXT_REDACTED).values_list("told", flat=True)
    known = {(one.get("line"), one.get("key")) for one in told.iterator()}
    for line, key in Redaction.objects.order_by("pk").values_list("seal_id", "key").iterator():
        if (line, key) not in known:
            yield Fault(number=line, wrong=Wrong.REDACTION, detail=key)


def _endings() -> Iterator[Fault]:
    ended = Entry.objects.exclude(state__in=[State.DRAFT, State.PUBLISHED]).order_by("pk")
    for batch in _batches(ended.values_list("uuid", "slug", "ending_reason").iterator(chunk_size=BATCH)):
        said = {subject: told for subject, told in _told(ENDINGS, {uuid for uuid, _slug, _reason in batch})}
        for uuid, slug, reason in batch:
            if uuid not in said:
                yield Fault(number=0, wrong=Wrong.NO_LINE, detail=f"het einde van {slug}")
            else:
                yield from _held("reason", reason, said[uuid])


def _notices() -> Iterator[Fault]:
    rows = Notice.objects.order_by("entry_id", "pk")
    shown = rows.values_list("entry__uuid", "entry__slug", "kind", "published_at", "text")
    for batch in _batches(shown.iterator(chunk_size=BATCH)):
        said = {
            (subject, told[1].get("notice_kind"), told[1].get("notice_published_at")): told
            for subject, told in _told(NOTICES, {row[0] for row in batch})
            if "text" in told[2]
        }
        for uuid, slug, kind, at, text in batch:
            told = said.get((uuid, kind, exact_moment(at)))
            if told is None:
                yield Fault(number=0, wrong=Wrong.NO_LINE, detail=f"een melding bij {slug}")
            else:
                yield from _held("text", text, told)


def _told(kinds: Iterable[EventKind], subjects: set[Any]) -> Iterator[tuple[Any, Told]]:
    """What the lines of `kinds` about `subjects` said, oldest first."""
    seals: QuerySet[Seal] = Seal.objects.filter(event__kind__in=kinds, event__subject__in=subjects).order_by("pk")
    for subject, number, told, fields in seals.values_list("event__subject", "pk", "told", "fields"):
        yield subject, (number, told, fields)


def _held(place: str, shown: str, told: Told) -> Iterator[Fault]:
    """A fault when a page shows something else than its line said, unless that was taken away by law."""
    number, said, fields = told
    if "salt" in fields.get(place, {}) and said.get(place) != shown:
        yield Fault(number=number, wrong=Wrong.CONTENT, detail=place)


def _batches(rows: Iterator[One]) -> Iterator[list[One]]:
    while batch := list(islice(rows, BATCH)):
        yield batch
