"""Everything that writes who takes part in a project, from being asked to stopping."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from participation import starting_emails as emails
from participation.actions.activation import tell_public
from participation.actions.agreements import fix_agreement, new_link
from participation.actions.common import day_of, hold_running, needed, target_of
from participation.actions.money.ends import end_asked_for
from participation.models import Assignment, Project
from participation.permissions import can_lead
from participation.starting import is_clear
from participation.starting_permissions import can_act_for, can_resume, can_stop
from participation.states import ASSIGNMENT, Influence, SigningSide
from portal.audit.record import record
from portal.audit.revision import raise_revision
from portal.core.workflow import StepNotAllowed
from portal.organisations.models import Organisation

MOST_TRIES = 5


@transaction.atomic
def propose(
    *,
    project: Project,
    user: Any,
    influence: Influence,
    by: Any,
    now: datetime.datetime,
    phases: Sequence[str] = (),
    organisation: Organisation | None = None,
) -> Assignment:
    """Ask `user` to take part, in a role and for `phases` (none: all). Both sides sign before it is active.

    The clauses of the newest agreement are fixed for it, and that person gets a mail with which they can sign.
    Raises PermissionDenied, and ValidationError when that person takes part already or works on the project.
    """
    can_lead(by, project)
    return place(
        project=project, user=user, influence=influence, by=by, now=now, phases=phases, organisation=organisation
    )


def place(
    *, project: Project, user: Any, influence: Influence, by: Any, now: datetime.datetime,
    phases: Sequence[str] = (), organisation: Organisation | None = None,
) -> Assignment:  # fmt: skip
    """The same, for a caller who has looked whether this may, and holds a transaction."""
    hold_running(project, "propose")
    _refuse_own_people(project, user)
    made = _numbered(project, user=user, influence=influence, phases=list(phases), organisation=organisation, now=now)
    agreement = fix_agreement(assignment=made, now=now)
    if is_clear(made, day_of(now)):  # declared and decided not long ago, on this same project
        Assignment.objects.filter(pk=made.pk).update(interests_cleared_at=now)
        made.refresh_from_db()
    record("assignment.proposed", by=by, target=target_of(project), now=now, assignment=str(made.uuid))
    if user is not None:
        emails.role_proposed(made, new_link(agreement=agreement, user=user, side=SigningSide.REPRESENTATIVE, now=now))
    else:
        emails.role_proposed(made, "")
    raise_revision()
    return made


def _refuse_own_people(project: Project, user: Any) -> None:
    if user is None:
        return
    if project.assignments.running().filter(user=user).exists():
        raise ValidationError(_("Deze persoon doet al mee aan het project."))
    if user.pk == project.lead_id or project.team.filter(user=user).exists():
        raise ValidationError(_("Deze persoon werkt zelf in het team van het project."))


def _numbered(project: Project, *, now: datetime.datetime, **fields: Any) -> Assignment:
    """A new assignment with the next number. Raises ValidationError when others keep taking it."""
    for _attempt in range(MOST_TRIES):
        number = (project.assignments.aggregate(most=Max("number"))["most"] or 0) + 1
        try:
            with transaction.atomic():
                return Assignment.objects.create(project=project, number=number, proposed_at=now, **fields)
        except IntegrityError:  # somebody else took the number at the same moment, or asked the same person
            _refuse_own_people(project, fields["user"])
    raise ValidationError(_("Het is nu erg druk. Probeer het nog eens."))


def _take(assignment: Assignment, name: str, **fields: Any) -> None:
    """Take the step `name` from the state that was seen. Raises StepNotAllowed when it is another by now."""
    step = ASSIGNMENT.step(assignment.state, name)
    changed = Assignment.objects.filter(pk=assignment.pk, state=step.source).update(state=step.target, **fields)
    if not changed:
        raise StepNotAllowed(f"{name}: the assignment changed meanwhile")
    assignment.refresh_from_db()


def _reason(assignment: Assignment, reason: str, by: Any) -> str:
    """Who takes part needs no reason; the other side does. Raises ValidationError."""
    if can_act_for.ok(by, assignment):
        return ""
    return needed(reason, _("Schrijf waarom. Deze persoon krijgt uw reden te lezen."), "text")


@transaction.atomic
def pause(*, assignment: Assignment, by: Any, now: datetime.datetime, reason: str = "") -> None:
    """Stop for a while. Raises PermissionDenied, ValidationError without a reason of the other side, StepNotAllowed."""
    can_stop(by, assignment)
    _take(assignment, "pause", reason=_reason(assignment, reason, by))
    record("assignment.paused", by=by, target=target_of(assignment.project), now=now, assignment=str(assignment.uuid))
    emails.assignment_paused(assignment, by)
    tell_public(assignment.project, now)


@transaction.atomic
def resume(*, assignment: Assignment, by: Any, now: datetime.datetime) -> None:
    """Go on after a pause. Raises PermissionDenied, ValidationError while interests are in the way, StepNotAllowed."""
    can_resume(by, assignment)
    ASSIGNMENT.step(assignment.state, "resume")
    if assignment.interests_cleared_at is None or not is_clear(assignment, day_of(now), may_be_old=True):
        raise ValidationError(_("Dit kan pas als er opnieuw over de belangen is besloten."))
    _take(assignment, "resume", reason="")
    record("assignment.resumed", by=by, target=target_of(assignment.project), now=now, assignment=str(assignment.uuid))
    emails.assignment_resumed(assignment, by)
    tell_public(assignment.project, now)


@transaction.atomic
def end(*, assignment: Assignment, by: Any, now: datetime.datetime, reason: str = "") -> None:
    """Stop for good: who takes part without a reason, the other side with one. Raises as `pause` does."""
    can_stop(by, assignment)
    _end(assignment, _reason(assignment, reason, by), by=by, now=now)
    emails.assignment_ended(assignment, by)
    tell_public(assignment.project, now)


def _end(assignment: Assignment, reason: str, *, by: Any, now: datetime.datetime) -> None:
    _take(assignment, "end", ended_at=now, reason=reason)
    assignment.agreement.signing_links.all().delete()
    end_asked_for(assignment, by=by, now=now)
    record("assignment.ended", by=by, target=target_of(assignment.project), now=now, assignment=str(assignment.uuid))


def end_assignments(*, project: Project, reason: str, by: Any, now: datetime.datetime) -> None:
    """End every role of a project that ends, and tell each; for a caller who may end it and holds a transaction."""
    whole = ("project__organisation", "organisation", "user", "agreement")
    for assignment in project.assignments.running().select_related(*whole).order_by("pk"):
        _end(assignment, reason, by=by, now=now)
        emails.project_over(assignment)
