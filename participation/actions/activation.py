"""The one way to become active: both sides signed, and the interests are decided and no reason to stay out."""

import datetime
from typing import Any

from django.db.models import Q

from participation import starting_emails as emails
from participation.actions.common import day_of, target_of
from participation.entry_summary import tell_entries
from participation.models import Assignment, Project
from participation.starting import is_clear
from participation.states import ASSIGNMENT, AssignmentState, ProjectState
from portal.audit.record import record
from portal.audit.revision import raise_revision

# The constraints of Assignment say the same to the database.
IS_READY = Q(
    representative_signed_at__isnull=False, project_signed_at__isnull=False, interests_cleared_at__isnull=False
)


def activate_when_ready(*, assignment: Assignment, by: Any, now: datetime.datetime) -> bool:
    """Make it active when nothing is missing any more; whether this call did.

    Every step that may be the last one calls this, inside its own transaction. `by`: who took that step.
    """
    project = assignment.project
    if project.state != ProjectState.RUNNING or not is_clear(assignment, day_of(now)):
        return False
    step = ASSIGNMENT.step(AssignmentState.PROPOSED, "activate")
    ready = Assignment.objects.filter(IS_READY, pk=assignment.pk, state=step.source)
    if not ready.update(state=step.target, active_since=now):
        return False
    assignment.refresh_from_db()
    record("assignment.activated", by=by, target=target_of(project), now=now, assignment=str(assignment.uuid))
    emails.assignment_active(assignment)
    tell_public(project, now)
    return True


def clear_interests(*, assignment: Assignment, by: Any, now: datetime.datetime) -> None:
    """Note that the interests are decided and no reason to stay out; then it may become active."""
    Assignment.objects.running().filter(pk=assignment.pk).update(interests_cleared_at=now)
    assignment.refresh_from_db()
    activate_when_ready(assignment=assignment, by=by, now=now)


def bar(*, assignment: Assignment, reason: str, by: Any, now: datetime.datetime) -> None:
    """Note that the interests are a reason to stay out; who is active pauses until a new declaration is decided."""
    step = ASSIGNMENT.step(AssignmentState.ACTIVE, "pause")
    active = Assignment.objects.filter(pk=assignment.pk, state=step.source)
    if active.update(state=step.target, interests_cleared_at=None, reason=reason):
        target = target_of(assignment.project)
        record("assignment.paused", by=by, target=target, now=now, assignment=str(assignment.uuid))
        tell_public(assignment.project, now)
    Assignment.objects.running().filter(pk=assignment.pk).update(interests_cleared_at=None)
    assignment.refresh_from_db()


def tell_public(project: Project, now: datetime.datetime) -> None:
    """Show a change of who takes part: on the page of the project and on the entries that it is about."""
    tell_entries(project, now)
    raise_revision()
