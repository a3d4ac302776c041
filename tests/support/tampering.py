"""Changing what may never change, as somebody with the password of the database could; and what is found of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from portal.core import append_only
from transparency.models import LogHead, PublicationEvent, Redaction, RedactionRequest, Seal
from transparency.proof.controleer import GENESIS, line_hash
from transparency.proof.faults import Wrong
from transparency.proof.lines import line_of
from transparency.proof.verify import verify


@contextmanager
def without_triggers() -> Iterator[None]:
    """The triggers of append-only tables lifted, and put back after: nothing else shows that somebody was here."""
    with transaction.atomic():
        append_only.lift(connection, append_only.tables())
        yield
        if connection.vendor == "postgresql":  # a table with checks that wait cannot get a trigger
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        append_only.install(connection, append_only.tables())


def change(number: int, **columns: Any) -> None:
    """Change columns of a line."""
    with without_triggers():
        PublicationEvent.objects.filter(pk=number).update(**columns)


def remove(*numbers: int) -> None:
    """Take lines away with what stands behind them."""
    with without_triggers():
        Redaction.objects.filter(seal__in=numbers)._raw_delete("default")
        RedactionRequest.objects.filter(seal__in=numbers)._raw_delete("default")
        Seal.objects.filter(pk__in=numbers)._raw_delete("default")
        PublicationEvent.objects.filter(pk__in=numbers)._raw_delete("default")


def renumber(moves: dict[int, int]) -> None:
    """Give lines other numbers, with what stands behind them."""
    with without_triggers():
        for step in (1_000_000, -1_000_000):  # by way of numbers that nobody has
            for old, new in moves.items():
                here, there = (old, new + step) if step > 0 else (new - step, new)
                PublicationEvent.objects.filter(pk=here).update(number=there)
                Seal.objects.filter(pk=here).update(event_id=there)


def chain_again(start: int) -> None:
    """Make every hash from line `start` on anew, and the head: what a clever thief would do."""
    with without_triggers():
        event = None
        for event in PublicationEvent.objects.filter(pk__gte=start).order_by("pk"):
            earlier = PublicationEvent.objects.filter(pk__lt=event.pk).order_by("-pk").first()
            event.previous_hash = earlier.own_hash if earlier else GENESIS
            event.own_hash = line_hash(line_of(event))
            PublicationEvent.objects.filter(pk=event.pk).update(
                previous_hash=event.previous_hash, own_hash=event.own_hash
            )
        last = event or PublicationEvent.objects.order_by("-pk").first()
        LogHead.objects.filter(pk=1).update(number=last.number if last else 0, hash=last.own_hash if last else GENESIS)


def forge(number: int, like: int, *, seal: bool = False) -> None:
    """Add a line that looks true: like line `like`, with right hashes of its own, and a seal when asked."""
    with without_triggers():
        event = PublicationEvent.objects.get(pk=like)
        before = PublicationEvent.objects.filter(pk=number - 1).first()
        event.number, event.previous_hash = number, before.own_hash if before else GENESIS
        event.own_hash = line_hash(line_of(event))
        event.save(force_insert=True)
        if seal:
            real = Seal.objects.get(pk=like)
            Seal.objects.create(event=event, fields=real.fields, told=real.told)


def first() -> tuple[int, Wrong] | None:
    """(line, what is wrong) of the first fault that is found; None when all is well."""
    fault = next(verify(), None)
    return (fault.number, fault.wrong) if fault else None


def every() -> list[tuple[int, Wrong]]:
    """(line, what is wrong) of every fault that is found."""
    return [(fault.number, fault.wrong) for fault in verify()]
