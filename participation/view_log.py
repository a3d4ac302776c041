"""Saying that a page showed data of a representative; every view that does calls `saw`."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from participation.actions.viewings import record_viewing
from participation.models import Project, Seen, ViewerRole
from participation.permissions import assignment_of, can_follow, can_lead, stand_ins
from portal.core.after_reading import after_reading
from portal.organisations.models import Organisation
from portal.organisations.permissions import roles_of
from portal.organisations.roles import Role


def saw(request: HttpRequest, subject: Any, what: Seen, project: Project | None = None) -> None:
    """Log that who asks sees `what` of the user `subject`, once the page is made; nothing for their own data.

    `subject` may be None: a candidate without an account, or an assignment of which the person was erased.
    """
    saw_each(request, [subject], what, project)


def saw_each(request: HttpRequest, subjects: Iterable[Any], what: Seen, project: Project | None = None) -> None:
    """The same of everybody on a page that shows several."""
    others = {one.pk: one for one in subjects if one is not None and one.pk != request.user.pk}
    if not others:
        return
    role, organisation = _as_whom(request.user, project)
    after_reading(
        request, record_viewing, subjects=list(others.values()), by=request.user, role=role, organisation=organisation,
        project=project, what=what, now=timezone.now(),
    )  # fmt: skip


def _as_whom(user: Any, project: Project | None) -> tuple[ViewerRole, Organisation | None]:
    """In which role, and for which organisation, `user` looks at something of `project`."""
    if project is not None:
        if can_lead.ok(user, project):
            return ViewerRole.LEAD, project.organisation
        if can_follow.ok(user, project):
            return ViewerRole.COORDINATOR, project.patient_side or _stand_in(user)
        if Role.GATE_DECIDER in roles_of(user, project.organisation):
            return ViewerRole.DECIDER, project.organisation
        if project.team.filter(user=user).exists():
            return ViewerRole.TEAM, project.organisation
        if assignment_of(user, project):
            return ViewerRole.REPRESENTATIVE, None
        if (centre := _stand_in(user)) is not None:  # for somebody who cannot decide on themselves
            return ViewerRole.COORDINATOR, centre
    first = user.memberships.select_related("organisation").order_by("organisation__sort_key", "pk").first()
    return ViewerRole.OTHER, first.organisation if first else None


def _stand_in(user: Any) -> Organisation | None:
    """The expertise centre for which `user` acts."""
    found = stand_ins(Role.COORDINATOR).filter(user=user).select_related("organisation").order_by("pk").first()
    return found.organisation if found else None
