"""What the register does by the clock. Each may run in several processes at once: a thing is done once."""

import datetime
import logging
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.record import record
from portal.core.workflow import StepNotAllowed
from transparency import emails
from transparency.actions.claims import show
from transparency.actions.draft_steps import give_back
from transparency.actions.drafts import publish_scheduled
from transparency.actions.endings import end_planned
from transparency.actions.proposals import follow_law
from transparency.models import Claim, Draft, Ending, Entry, Reminder
from transparency.people import WRITERS, colleagues
from transparency.states import ClaimState, DraftState, EndingState
from transparency.workspace import name_of_entry

REMIND = (60, 30, 0)  # days before a text must be checked
_log = logging.getLogger(__name__)
_WHOLE = ("entry__organisation", "entry__current_version", "entry__system__current_version")


def publish_due_drafts(now: datetime.datetime) -> int:
    """Publish every scheduled draft whose moment has come; returns how many. One that cannot be, goes back."""
    done = 0
    due = Draft.objects.filter(state=DraftState.SCHEDULED, publish_at__lte=now).order_by("publish_at", "pk")
    for draft in due.select_related(*_WHOLE, "system", "decided_by", "submitted_by", "edited_by"):
        try:
            publish_scheduled(draft=draft, now=now)
            done += 1
        except (StepNotAllowed, ValidationError) as error:
            _return(draft.pk, error, now)
    return done


def _return(pk: int, error: StepNotAllowed | ValidationError, now: datetime.datetime) -> None:
    """Give a draft back that could not be published, unless another process did what had to be done."""
    draft = Draft.objects.select_related("entry", "system", "decided_by", "submitted_by", "edited_by").get(pk=pk)
    if draft.state != DraftState.SCHEDULED:
        return
    _log.warning("draft %s cannot be published: %s", pk, type(error).__name__)
    with translation.override("nl"):
        if isinstance(error, ValidationError):
            why = " ".join(error.messages)
        else:
            why = str(error.told or _("De toepassing veranderde intussen."))
        try:
            give_back(draft=draft, why=why, now=now)
        except StepNotAllowed:
            _log.info("draft %s was taken back meanwhile", pk)


def end_due_entries(now: datetime.datetime) -> int:
    """End every entry whose planned day has come (Amsterdam time); returns how many."""
    done = 0
    due = Ending.objects.filter(state=EndingState.PLANNED, end_on__lte=timezone.localdate(now))
    for ending in due.select_related(*_WHOLE, "successor", "decided_by").order_by("end_on", "pk"):
        try:
            end_planned(ending=ending, now=now)
            done += 1
        except StepNotAllowed:
            _log.info("ending %s was done or called off meanwhile", ending.pk)
    return done


def remind(now: datetime.datetime) -> int:
    """Mail writers which texts must be checked, 60, 30 and 0 days before; returns how many texts.

    A text of which nobody was told at an earlier mark is told once, at the nearest one.
    """
    today = timezone.localdate(now)
    until = (today + datetime.timedelta(days=max(REMIND))).isoformat()
    due = Entry.objects.listed().exclude(record__due="").filter(record__due__lte=until).select_related("record")
    told = set(Reminder.objects.filter(entry__in=due).values_list("entry", "due", "days"))
    waiting: list[tuple[int, datetime.date, int]] = []
    for pk, text in due.order_by("record__due", "pk").values_list("pk", "record__due"):
        day = datetime.date.fromisoformat(text)
        mark = min(days for days in REMIND if (day - today).days <= days)
        if (pk, day, mark) not in told:
            waiting.append((pk, day, mark))
    return _remind_of(waiting, now) if waiting else 0


@transaction.atomic
def _remind_of(waiting: Iterable[tuple[int, datetime.date, int]], now: datetime.datetime) -> int:
    """Write the rows and send a mail to each person, with all their texts in it."""
    lines: dict[User, list[emails.Due]] = {}
    people: dict[tuple[int, str], list[User]] = {}
    done = 0
    for pk, day, mark in waiting:
        entry = Entry.objects.select_related("organisation", "current_version").get(pk=pk)
        key = (entry.organisation_id, entry.origin)
        if key not in people:
            people[key] = list(colleagues(entry, WRITERS))
        if not people[key]:
            continue  # nobody to tell yet
        _row, is_new = Reminder.objects.get_or_create(entry=entry, due=day, days=mark, defaults={"sent_at": now})
        if not is_new:
            continue  # another process is at it
        record("entry.reminded", by=None, target=f"entry:{entry.uuid}", now=now, days=mark)
        done += 1
        line = emails.Due(title=name_of_entry(entry), due=day, is_late=day < timezone.localdate(now))
        for person in people[key]:
            lines.setdefault(person, []).append(line)
    for person, theirs in lines.items():
        emails.review_due(person, theirs)
    return done


def show_due_disputes(now: datetime.datetime) -> int:
    """Show every dispute that our editors did not look at in time; returns how many."""
    done = 0
    due = Claim.objects.filter(state=ClaimState.FILED, show_at__lte=now).order_by("show_at", "pk")
    for claim in due.select_related("entry__organisation", "entry__current_version", "asked_by", "decided_by"):
        try:
            show(claim=claim, by=None, now=now)
            done += 1
        except StepNotAllowed:
            _log.info("dispute %s was decided meanwhile", claim.pk)
    return done


def flag_law(now: datetime.datetime) -> int:
    """Flag the entries that a changed or long unchecked line of the law touches; returns how many flags are new."""
    return follow_law(now=now)
