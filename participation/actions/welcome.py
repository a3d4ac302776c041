"""Everything that writes how somebody settles in: first steps, what they need, a buddy."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from participation import starting_emails as emails
from participation.actions.common import target_of
from participation.models import Assignment, WelcomeStep
from participation.starting_permissions import (
    can_act_for,
    can_answer_as_buddy,
    can_choose_buddy,
    possible_buddies,
)
from participation.states import AssignmentState, WelcomeKind
from portal.audit.record import record
from portal.core.text import clean
from portal.core.workflow import StepNotAllowed

LONGEST = 1000


@transaction.atomic
def tick(*, assignment: Assignment, kind: str, is_done: bool, by: Any, now: datetime.datetime) -> None:
    """Tick a first step off, or put it back; twice is once. Raises PermissionDenied, ValidationError."""
    can_act_for(by, assignment)
    if kind not in WelcomeKind.values:
        raise ValidationError(_("Kies een stap uit de lijst."))
    if is_done:
        WelcomeStep.objects.get_or_create(assignment=assignment, kind=kind, defaults={"done_at": now})
    else:
        assignment.welcome_steps.filter(kind=kind).delete()


@transaction.atomic
def tell_needs(*, assignment: Assignment, text: str, by: Any, now: datetime.datetime) -> None:
    """Tell what one needs to take part, or erase it with an empty text.

    Raises PermissionDenied, ValidationError, StepNotAllowed when it ended.
    """
    can_act_for(by, assignment)
    needs = clean(text).strip()
    if len(needs) > LONGEST:
        raise ValidationError(
            {"text": _("De tekst is te lang. Er passen %(most)d tekens.") % {"most": LONGEST}}
        )  # fmt: skip
    open_ones = Assignment.objects.filter(pk=assignment.pk)
    if needs:  # erasing is always possible
        open_ones = open_ones.exclude(state=AssignmentState.ENDED)
    if not open_ones.update(access_needs=needs, access_needs_at=now if needs else None):
        raise StepNotAllowed("needs: it is over")
    assignment.refresh_from_db()


# --- A buddy ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def ask_buddy(*, assignment: Assignment, buddy: Any, by: Any, now: datetime.datetime) -> None:
    """Ask somebody of the patient side to be a buddy, in the place of who was asked before.

    Raises PermissionDenied, ValidationError for who cannot be asked, StepNotAllowed when it ended.
    """
    can_choose_buddy(by, assignment)
    if buddy is None or not possible_buddies(assignment).filter(pk=buddy.pk).exists():
        raise ValidationError({"buddy": _("Kies iemand uit de lijst.")})
    running = Assignment.objects.running().filter(pk=assignment.pk)
    if not running.update(buddy=buddy, buddy_agreed_at=None):
        raise StepNotAllowed("buddy: it is over")
    assignment.refresh_from_db()
    record("buddy.asked", by=by, target=target_of(assignment.project), now=now, assignment=str(assignment.uuid))
    emails.buddy_asked(assignment)


@transaction.atomic
def agree_as_buddy(*, assignment: Assignment, by: Any, now: datetime.datetime) -> None:
    """Say yes to being a buddy. Raises PermissionDenied, StepNotAllowed when that was done or taken back."""
    can_answer_as_buddy(by, assignment)
    asked = Assignment.objects.running().filter(pk=assignment.pk, buddy=by, buddy_agreed_at__isnull=True)
    if not asked.update(buddy_agreed_at=now):
        raise StepNotAllowed("buddy: agreed already, or asked no more")
    assignment.refresh_from_db()
    record("buddy.agreed", by=by, target=target_of(assignment.project), now=now, assignment=str(assignment.uuid))
    emails.buddy_agreed(assignment)


@transaction.atomic
def leave_buddy(*, assignment: Assignment, by: Any, now: datetime.datetime) -> None:
    """Go on without this buddy: who takes part, the buddy or PC. Raises PermissionDenied, StepNotAllowed."""
    if not can_act_for.ok(by, assignment) and not can_answer_as_buddy.ok(by, assignment):
        can_choose_buddy(by, assignment)
    there = Assignment.objects.filter(pk=assignment.pk, buddy=assignment.buddy_id, buddy__isnull=False)
    if not there.update(buddy=None, buddy_agreed_at=None):
        raise StepNotAllowed("buddy: there is none")
    assignment.refresh_from_db()
    record("buddy.left", by=by, target=target_of(assignment.project), now=now, assignment=str(assignment.uuid))
