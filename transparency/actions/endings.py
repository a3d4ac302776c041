"""Everything that ends an entry by two people: one asks, another confirms; at once, or on a day by the clock."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.audit.record import record
from portal.audit.revision import raise_revision
from portal.core.text import clean
from portal.core.workflow import StepNotAllowed
from transparency import emails
from transparency.actions.draft_steps import end_drafts
from transparency.actions.publishing import end_entry, lock_entry
from transparency.models import Ending, Entry
from transparency.permissions import can_cancel_ending, can_decide_ending, can_write_entry
from transparency.plain_language import check_reason
from transparency.records import refresh_entry
from transparency.states import ENDING, State


@transaction.atomic
def ask(
    *,
    entry: Entry,
    reason: str,
    by: Any,
    now: datetime.datetime,
    reason_en: str = "",
    successor: Entry | None = None,
    end_on: datetime.date | None = None,
) -> Ending:
    """Ask that `entry` leaves the register; `end_on`: the first day on which it is gone, else once it is confirmed.

    Raises PermissionDenied, ValidationError, StepNotAllowed.
    """
    can_write_entry(by, entry)
    _check(entry, reason, successor, end_on, now)
    try:
        with transaction.atomic():
            ending = Ending.objects.create(
                entry=entry, reason=clean(reason).strip(), reason_en=clean(reason_en).strip(), successor=successor,
                end_on=end_on, asked_by=by, asked_at=now,
            )  # fmt: skip
    except IntegrityError as error:
        told = _("Een collega vroeg dit al. Bekijk die vraag.")
        raise StepNotAllowed(f"ask: the end of {entry.slug} is asked for", told=told) from error
    record("ending.asked", by=by, target=f"entry:{entry.uuid}", now=now, ending=str(ending.uuid))
    emails.ending_to_confirm(ending, by=by)
    return ending


def _check(
    entry: Entry, reason: str, successor: Entry | None, end_on: datetime.date | None, now: datetime.datetime
) -> None:
    if not entry.is_listed:
        told = _("Deze toepassing staat niet in het register.")
        raise StepNotAllowed(f"ask: {entry.slug} is not listed", told=told)
    if not clean(reason).strip():
        raise ValidationError({"reason": _("Schrijf op waarom de toepassing weggaat. Iedereen kan dat lezen.")})
    check_reason(entry, reason)
    if successor is not None and (successor.pk == entry.pk or successor.state != State.PUBLISHED):
        raise ValidationError({"successor": _("Kies een toepassing die nu in het register staat.")})
    if end_on is not None and end_on <= timezone.localdate(now):
        raise ValidationError({"end_on": _("Kies een dag na vandaag. Of laat de dag leeg: dan gaat het meteen.")})


def _take(ending: Ending, name: str, **fields: Any) -> None:
    """One step by compare-and-set. Raises StepNotAllowed when someone else was first."""
    step = ENDING.step(ending.state, name)
    if not Ending.objects.filter(pk=ending.pk, state=step.source).update(state=step.target, **fields):
        told = _("Iemand anders was u net voor. Bekijk hoe het er nu voor staat.")
        raise StepNotAllowed(f"{name}: the ending changed meanwhile", told=told)
    ending.refresh_from_db()


def _end(ending: Ending, *, by: Any, now: datetime.datetime) -> None:
    """The end itself, of an entry that is locked: as in an approval the entry comes first, then its drafts."""
    end_drafts(entry=ending.entry, by=by, now=now)
    entry = Entry.objects.select_related("organisation", "current_version", "system__current_version").get(
        pk=ending.entry_id
    )
    end_entry(entry=entry, reason=ending.reason, reason_en=ending.reason_en, successor=ending.successor, by=by, now=now)


@transaction.atomic
def confirm(*, ending: Ending, by: Any, now: datetime.datetime) -> None:
    """Say as the second person that the entry goes: now, or on the day asked for. Raises as `ask` does."""
    can_decide_ending(by, ending)
    lock_entry(ending.entry_id)
    if ending.end_on is not None and ending.end_on > timezone.localdate(now):
        _take(ending, "plan", decided_by=by, decided_at=now)
        record("ending.planned", by=by, target=f"entry:{ending.entry.uuid}", now=now, ending=str(ending.uuid))
        refresh_entry(ending.entry)  # its page says when it goes
        raise_revision()
        return
    _take(ending, "confirm", decided_by=by, decided_at=now)
    _end(ending, by=by, now=now)


@transaction.atomic
def cancel(*, ending: Ending, by: Any, now: datetime.datetime) -> None:
    """Let the entry stay. Raises PermissionDenied, StepNotAllowed."""
    can_cancel_ending(by, ending)
    lock_entry(ending.entry_id)
    _take(ending, "cancel", decided_by=by, decided_at=now)
    record("ending.cancelled", by=by, target=f"entry:{ending.entry.uuid}", now=now, ending=str(ending.uuid))
    refresh_entry(ending.entry)
    raise_revision()


@transaction.atomic
def end_planned(*, ending: Ending, now: datetime.datetime) -> None:
    """End an entry on its day; whoever confirmed that did so. Raises StepNotAllowed."""
    lock_entry(ending.entry_id)
    _take(ending, "end")
    _end(ending, by=ending.decided_by, now=now)
