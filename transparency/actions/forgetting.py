"""What the workspace of the register no longer needs is erased, on the terms that each model declares (Retention)."""

import datetime
from typing import Any

from django.db.models import Q
from django.db.models.functions import Coalesce

from transparency.models import (
    Claim,
    Draft,
    Ending,
    LeaveOut,
    Merge,
    Proposal,
    ReadingAnswer,
    ReadingLink,
    Reminder,
)
from transparency.states import OPEN_CLAIM, OPEN_DRAFT, OPEN_ENDING, OPEN_MERGE, LeaveOutState

TWO_YEARS = datetime.timedelta(days=731)  # also when one of them is a leap year
AFTER_EXPIRY = datetime.timedelta(days=30)


def forget_old_work(now: datetime.datetime) -> int:
    """Erase what is past its term, and leave out the people of what stays for ever; how many rows it touched."""
    before = now - TWO_YEARS
    gone = (
        Draft.objects.exclude(state__in=OPEN_DRAFT).filter(decided_at__lt=before),
        Ending.objects.exclude(state__in=OPEN_ENDING).filter(decided_at__lt=before),
        LeaveOut.objects.exclude(state__in=[LeaveOutState.ASKED, LeaveOutState.ACCEPTED]).filter(decided_at__lt=before),
        Proposal.objects.filter(decided_at__lt=before),
        Reminder.objects.filter(sent_at__lt=before),
        ReadingLink.objects.filter(expires_at__lt=now - AFTER_EXPIRY),
    )
    touched = sum(chosen.delete()[0] for chosen in gone)
    closed = Claim.objects.exclude(state__in=OPEN_CLAIM).annotate(
        closed_at=Coalesce("withdrawn_at", "answered_at", "decided_at", "asked_at")
    )
    touched += _without_people(closed.filter(closed_at__lt=before), *Claim.Retention.personal)
    # A merge that stands may be undone, but by two editors of now: who did it then no longer matters.
    decided = Merge.objects.exclude(state__in=set(OPEN_MERGE) - {"DONE"}).filter(decided_at__lt=before)
    touched += _without_people(decided, *Merge.Retention.personal)
    old = ReadingAnswer.objects.filter(reading__closed_at__lt=before).exclude(remarks="")
    return touched + old.update(remarks="")


def _without_people(chosen: Any, *names: str) -> int:
    """Empty the fields `names` of the rows that still hold somebody."""
    held = Q()
    for name in names:
        held |= Q(**{f"{name}__isnull": False})
    return int(chosen.filter(held).update(**dict.fromkeys(names)))
