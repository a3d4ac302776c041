"""Everything that writes interests: declaring them, deciding, asking again after a year."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from participation import starting_emails as emails
from participation.actions.activation import bar, clear_interests
from participation.actions.common import day_of, hold_running, needed, target_of
from participation.actions.erasing import note
from participation.erasure import work as erased
from participation.models import Interest, Project
from participation.starting import interests_to_renew
from participation.starting_permissions import can_decide_interest, declares_for
from participation.states import INTEREST, InterestDecision, InterestState
from portal.audit.record import record
from portal.audit.revision import raise_revision
from portal.core.dates import add_months
from portal.core.text import clean
from portal.core.workflow import StepNotAllowed

MONTHS_VALID = 12
LONGEST = 1000
AGAIN_AFTER = datetime.timedelta(days=30)  # between two reminders


@transaction.atomic
def declare(*, project: Project, has_none: bool, text: str, by: Any, now: datetime.datetime) -> Interest:
    """Declare one's interests for a year: none, or what they are. Again is a new row.

    Raises PermissionDenied, ValidationError, and StepNotAllowed while one waits or when the project ended.
    """
    mine = declares_for(by, project)
    hold_running(project, "declare")
    told = "" if has_none else _short(needed(text, _("Schrijf welke belangen u hebt, of kies “geen”."), "text"), "text")
    try:
        with transaction.atomic():
            made = Interest.objects.create(
                project=project, user=by, assignment=mine, has_none=has_none, text=told,
                declared_at=now, valid_until=add_months(day_of(now), MONTHS_VALID),
            )  # fmt: skip
    except IntegrityError as error:
        raise StepNotAllowed("declare: one is waiting for a decision") from error
    record("interest.declared", by=by, target=target_of(project), now=now, interest=str(made.uuid))
    emails.interest_declared(made)
    return made


def _short(text: str, field: str) -> str:
    if len(text) > LONGEST:
        raise ValidationError({field: _("De tekst is te lang. Er passen %(most)d tekens.") % {"most": LONGEST}})
    return text


@transaction.atomic
def decide(*, interest: Interest, decision: str, text: str, by: Any, now: datetime.datetime) -> None:
    """Decide what follows from interests; every decision but "no objection" has a text, without a name.

    Raises PermissionDenied, ValidationError by field, StepNotAllowed when it was decided.
    """
    can_decide_interest(by, interest)
    if decision not in InterestDecision.values:
        raise ValidationError({"decision": _("Kies wat u besluit.")})
    written = clean(text).strip()
    if decision == InterestDecision.NONE:
        written = ""
    else:
        written = _short(needed(written, _("Schrijf wat u besluit en waarom, zonder naam."), "text"), "text")
    step = INTEREST.step(interest.state, "decide")
    waiting = Interest.objects.filter(pk=interest.pk, state=step.source)
    if not waiting.update(
        state=step.target, decision=decision, decision_text=written, decided_by=by, decided_at=now
    ):  # fmt: skip
        raise StepNotAllowed("decide: somebody was first")
    interest.refresh_from_db()
    record("interest.decided", by=by, target=target_of(interest.project), now=now, interest=str(interest.uuid))
    emails.interest_decided(interest)
    _carry_out(interest, by, now)
    raise_revision()


def _carry_out(interest: Interest, by: Any, now: datetime.datetime) -> None:
    """What the decision means for who takes part. Who is of the team is told to the lead by mail."""
    assignment = interest.assignment
    if assignment is None or not assignment.is_running:
        return
    if interest.decision == InterestDecision.EXCLUDE:
        bar(assignment=assignment, reason=interest.decision_text, by=by, now=now)
    else:
        clear_interests(assignment=assignment, by=by, now=now)


@transaction.atomic
def remind_interests(now: datetime.datetime) -> int:
    """Mail who has to declare again: two weeks before the year is over, then every month; how many. A job."""
    reminded = 0
    for interest in interests_to_renew(day_of(now)):
        fresh = Interest.objects.filter(pk=interest.pk, reminded_at=interest.reminded_at)
        if interest.reminded_at is not None and interest.reminded_at > now - AGAIN_AFTER:
            continue
        if fresh.update(reminded_at=now):
            emails.interest_again(interest)
            reminded += 1
    return reminded


def drop_undecided(*, project: Project, now: datetime.datetime) -> None:
    """Erase what nobody decides on any more; for a caller who ends the project and holds a transaction."""
    for interest in project.interests.filter(state=InterestState.DECLARED).order_by("pk"):
        note(erased.INTEREST, interest, now)
        interest.delete()
