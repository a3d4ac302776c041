"""Everything that writes the pulse. No event of the log, no row and no time says who gave which answer."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from participation import pulse_emails as emails
from participation.actions.common import day_of, target_of
from participation.models import Project, PulseAsked, PulseCount, PulseRound
from participation.pulse import DAYS_AFTER, DAYS_OPEN, QUESTIONS, VALUES, Reason, enough, people, reason_to_ask
from participation.states import PULSE, ProjectState, PulseSide, PulseState
from portal.audit.record import record
from portal.audit.revision import raise_revision
from portal.core.workflow import StepNotAllowed

DAYS_TO_REMIND = 10


def open_pulses(now: datetime.datetime) -> int:
    """Open a round where a phase or project ended, or half a year passed; how many. A job of every minute."""
    opened = 0
    ended = Q(ended_at__gte=now - datetime.timedelta(days=DAYS_AFTER))
    for project in Project.objects.filter(Q(state=ProjectState.RUNNING) | ended).order_by("pk"):
        opened += open_pulse(project, now)
    return opened


def open_pulse(project: Project, now: datetime.datetime) -> bool:
    """Ask both sides of one project where there is a reason to; whether that was so."""
    reason = reason_to_ask(project, now)
    return reason is not None and _open(project, reason, now)


def _open(project: Project, reason: Reason, now: datetime.datetime) -> bool:
    """Ask both sides; False when there are no representatives to ask, or another process was first."""
    asked = people(project, reason.at)
    if not asked[PulseSide.PATIENTS]:
        return False
    closes_on = day_of(now) + datetime.timedelta(days=DAYS_OPEN)
    try:
        with transaction.atomic():
            made = PulseRound.objects.create(
                project=project, phase=reason.phase, reason=reason.reason, gate=reason.gate, opened_at=now,
                closes_on=closes_on,
            )  # fmt: skip
            _make_rows(made, asked)
            record("pulse.opened", by=None, target=target_of(project), now=now, reason=reason.reason)
            emails.pulse_asked(made)
    except IntegrityError:
        return False
    return True


def _make_rows(made: PulseRound, asked: Mapping[str, list[Any]]) -> None:
    """Who is asked, and every count at nought: so that an answer only adds one, and rows tell no order."""
    rows = [PulseAsked(round=made, user=user, side=side) for side, users in asked.items() for user in users]
    PulseAsked.objects.bulk_create(rows)
    counts = [
        PulseCount(round=made, side=side, question=question, value=value)
        for side in PulseSide
        for question in QUESTIONS
        for value in VALUES
    ]
    PulseCount.objects.bulk_create(counts)


@transaction.atomic
def answer(*, round_: PulseRound, values: Mapping[int, int], by: Any, now: datetime.datetime) -> None:
    """Answer all six questions ({number of the question: 1 to 5}), once. Who answered what is kept nowhere.

    Raises PermissionDenied, ValidationError by field, StepNotAllowed when it is closed or answered already.
    """
    asked = PulseAsked.objects.filter(round=round_, user=by.pk).first()
    if asked is None:
        raise PermissionDenied(_("U bent voor deze vragen niet gevraagd."))
    faults = {f"q{n}": _("Kies een antwoord.") for n in QUESTIONS if values.get(n) not in VALUES}
    if faults:
        raise ValidationError(faults)
    running = PulseRound.objects.select_for_update().filter(pk=round_.pk, state=PulseState.OPEN)
    if not running.filter(closes_on__gte=day_of(now)).exists():
        raise StepNotAllowed("answer: the round is closed", told=_("U kunt deze vragen niet meer beantwoorden."))
    if not PulseAsked.objects.filter(pk=asked.pk, has_answered=False).update(has_answered=True):
        raise StepNotAllowed("answer: given already", told=_("U hebt deze vragen al beantwoord."))
    for question, value in values.items():
        row = PulseCount.objects.filter(round=round_, side=asked.side, question=question, value=value)
        row.update(number=F("number") + 1)


def close_pulses(now: datetime.datetime) -> int:
    """Close the rounds whose last day is past; how many."""
    found = PulseRound.objects.filter(state=PulseState.OPEN, closes_on__lt=day_of(now)).select_related("project")
    return sum(close_pulse(one, now) for one in found.order_by("pk"))


@transaction.atomic
def close_pulse(one: PulseRound, now: datetime.datetime) -> bool:
    """Close a round whose last day is past; False when another process did so at this moment.

    Who was asked is forgotten, and the counts of a side on which fewer than five people answered too.
    """
    step = PULSE.step(one.state, "close")
    mine = PulseRound.objects.filter(pk=one.pk, state=step.source, closes_on__lt=day_of(now))
    if not mine.update(state=step.target, closed_at=now):
        return False
    PulseAsked.objects.filter(round=one).delete()
    for side in PulseSide:
        if not enough(one, side):
            PulseCount.objects.filter(round=one, side=side).delete()
    record("pulse.closed", by=None, target=target_of(one.project), now=now)
    raise_revision()
    return True


def remind_of_pulses(now: datetime.datetime) -> int:
    """Mail who did not answer yet, once, after ten days; of how many rounds."""
    told = 0
    before = now - datetime.timedelta(days=DAYS_TO_REMIND)
    found = PulseRound.objects.filter(
        state=PulseState.OPEN, reminded_at__isnull=True, opened_at__lte=before, closes_on__gte=day_of(now)
    )
    for one in found.select_related("project").order_by("pk"):
        with transaction.atomic():
            if PulseRound.objects.filter(pk=one.pk, reminded_at__isnull=True).update(reminded_at=now):
                emails.pulse_asked(one)
                told += 1
    return told
