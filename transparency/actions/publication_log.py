"""The only writer of the publication log: one call per public act, in the transaction of that act.

The row of the head is locked when a number is taken, until the transaction ends: no two acts get one number and no
number is left out, on both databases. Whoever holds that row holds the revision's row too, taken first, so that two
acts that also raise the revision never wait for each other.
"""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from portal.audit.revision import raise_revision
from transparency.models import (
    AISystem,
    DailyHead,
    Entry,
    LogHead,
    Notice,
    PublicationEvent,
    Redaction,
    Seal,
    SystemVersion,
    Version,
)
from transparency.proof.controleer import content_hash, line_hash
from transparency.proof.lines import ending_values, line_of, notice_name, notice_values, sealed, text_values
from transparency.states import EventKind, State, SubjectType


def log_version(version: Version, *, now: datetime.datetime) -> PublicationEvent:
    """A text of an entry was published."""
    about = _entry(version.entry) | {"version": version.number}
    return _append(EventKind.ENTRY_PUBLISHED, about, text_values(version), now=now, version=version)


def log_system_version(version: SystemVersion, *, now: datetime.datetime) -> PublicationEvent:
    """A text of a product was published."""
    about = _system(version.system) | {"version": version.number}
    return _append(EventKind.SYSTEM_PUBLISHED, about, text_values(version), now=now, system_version=version)


def log_ending(entry: Entry, *, now: datetime.datetime) -> PublicationEvent:
    """An entry was withdrawn or replaced; its state says which."""
    kind = EventKind.ENTRY_REPLACED if entry.state == State.REPLACED else EventKind.ENTRY_WITHDRAWN
    return _append(kind, _entry(entry), ending_values(entry), now=now)


def log_notice(notice: Notice, *, now: datetime.datetime) -> PublicationEvent:
    """A notice was published."""
    return _append(EventKind.NOTICE_PUBLISHED, _entry(notice.entry), notice_values(notice), now=now)


def log_notice_step(kind: EventKind, notice: Notice, *, now: datetime.datetime, **told: str | None) -> PublicationEvent:
    """A notice was confirmed, corrected or closed; `told` is what that said ("text", "reason", …), if anything."""
    return _append(kind, _entry(notice.entry), {**notice_name(notice), **told}, now=now)


def log_redaction(redaction: Redaction, *, now: datetime.datetime) -> PublicationEvent:
    """A value of an earlier act was taken away by law."""
    event = redaction.seal.event
    about = {
        "subject": event.subject,
        "subject_type": event.subject_type,
        "is_example": event.is_example,
        "version": event.version,
    }
    values = {
        "line": event.number,
        "key": redaction.key,
        "places": redaction.places,
        "reason": redaction.mark["reason"],
        "reason_en": redaction.mark.get("reason_en", ""),
    }
    return _append(EventKind.TEXT_REDACTED, about, values, now=now)


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "subject": entry.uuid,
        "subject_type": SubjectType.ENTRY,
        "is_example": entry.organisation.is_example,
    }


def _system(system: AISystem) -> dict[str, Any]:
    return {"subject": system.uuid, "subject_type": SubjectType.SYSTEM, "is_example": False}


def _append(
    kind: EventKind, about: Mapping[str, Any], values: Mapping[str, Any], *, now: datetime.datetime, **text: Any
) -> PublicationEvent:
    """Add a line. Must run inside the transaction of the act it tells of."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a line of the log outside a transaction")
    fields = sealed(values)  # before the lock: others wait as short as can be
    number, before = _take_number()
    event = PublicationEvent(
        number=number, kind=kind, happened_at=now, content_hash=content_hash(fields), previous_hash=before, **about
    )
    event.own_hash = line_hash(line_of(event))
    event.save(force_insert=True)
    Seal.objects.create(event=event, fields=fields, told={} if text else dict(values), **text)
    LogHead.objects.filter(pk=1, number=number).update(hash=event.own_hash)
    return event


def _take_number() -> tuple[int, str]:
    """(the number of the next line, the hash of the line before); nobody else gets one until the transaction ends."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # SQLite has one writer at a time
            cursor.execute("SELECT 1 FROM audit_revision WHERE id = 1 FOR UPDATE")
        cursor.execute("UPDATE transparency_loghead SET number = number + 1 WHERE id = 1")
        cursor.execute("SELECT number, hash FROM transparency_loghead WHERE id = 1")
        number, before = cursor.fetchone()
    return int(number), str(before)


def publish_daily_head(now: datetime.datetime) -> int:
    """Keep the last line as the head of this day in Amsterdam, once a day; returns how many were made (0 or 1)."""
    day = timezone.localdate(now)
    head = LogHead.objects.get(pk=1)
    if head.number == 0 or DailyHead.objects.filter(day=day).exists():
        return 0
    try:
        with transaction.atomic():
            raise_revision()  # the page with the heads is public
            DailyHead.objects.create(day=day, number=head.number, hash=head.hash, made_at=now)
    except IntegrityError:  # another server was first
        return 0
    return 1
