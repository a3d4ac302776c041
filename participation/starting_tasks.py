"""What somebody has to do so that people can start: sign, declare interests, decide, answer as a buddy."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from participation.models import Assignment, Interest, Project
from participation.starting import has_to_declare
from participation.starting_permissions import can_decide_interest
from participation.states import AssignmentState, InterestState, ProjectState
from portal.organisations.permissions import where_held
from portal.organisations.roles import Role
from portal.ui.tasks import Group, Task

DECIDING = (Role.COORDINATOR, Role.FUND_MANAGER)


def starting_tasks(user: Any) -> Iterator[Task]:
    """Everything of starting that waits for `user`."""
    today = timezone.localdate()
    yield from _signing(user)
    yield from _declaring(user, today)
    yield from _deciding(user)
    yield from _buddy(user)


def _task(what: str | Promise, project: Project, url: str, **more: Any) -> Task:
    return Task(what=what, title=project.name, url=url, about=project.organisation.name, **more)


def of_person(user: Any) -> QuerySet[Assignment]:
    """The assignments for which `user` acts: their own, and those of the organisations they coordinate."""
    coordinated = where_held(user, Role.COORDINATOR)
    return Assignment.objects.filter(Q(user=user) | Q(user__isnull=True, organisation__in=coordinated))


def _running(user: Any) -> QuerySet[Assignment]:
    return of_person(user).exclude(state=AssignmentState.ENDED).filter(project__state=ProjectState.RUNNING)


def _signing(user: Any) -> Iterator[Task]:
    """Agreements to sign: of one's own, and for the projects that one leads."""
    whole = ("project__organisation",)
    waiting = Assignment.objects.filter(state=AssignmentState.PROPOSED, project__state=ProjectState.RUNNING)
    own = _running(user).filter(state=AssignmentState.PROPOSED, representative_signed_at__isnull=True)
    for one in own.select_related(*whole).order_by("proposed_at", "pk"):
        url = reverse("participation:agreement", args=[one.uuid])
        yield _task(_("Lees en teken de afspraken"), one.project, url, group=Group.FIRST)
    led_here = where_held(user, Role.PROJECT_LEAD)
    leads = Q(project__lead=user) | Q(project__lead__isnull=True, project__organisation__in=led_here)
    led = waiting.filter(leads, project_signed_at__isnull=True).exclude(user=user)
    for one in led.select_related(*whole).order_by("proposed_at", "pk"):
        url = reverse("participation:agreement", args=[one.uuid])
        yield _task(_("Teken de afspraken voor het project"), one.project, url, group=Group.DECIDE)


def _declaring(user: Any, today: datetime.date) -> Iterator[Task]:
    """Interests to declare (again), in each project once."""
    roles = {one.project_id: one for one in _running(user).select_related("project__organisation").order_by("pk")}
    team = Project.objects.filter(Q(team__user=user) | Q(lead=user), state=ProjectState.RUNNING).distinct()
    projects = {one.project_id: one.project for one in roles.values()}
    projects |= {one.pk: one for one in team.select_related("organisation")}
    declared = Interest.objects.filter(user=user, project__in=projects).order_by("declared_at", "pk")
    newest = {one.project_id: one for one in declared}
    for number, project in sorted(projects.items()):
        last = newest.get(number)
        if not has_to_declare(last, today):
            continue
        role = roles.get(number)
        page = ("assignment", role.uuid) if role else ("interests", project.slug)
        again = {"due": last.valid_until, "is_late": last.valid_until < today} if last else {}
        url = reverse(f"participation:{page[0]}", args=[page[1]])
        yield _task(_("Meld uw belangen"), project, f"{url}#belangen", **again)


def _deciding(user: Any) -> Iterator[Task]:
    """Interests on which `user` decides; each project once."""
    if not user.memberships.filter(role__in=DECIDING).exists():
        return
    waiting = Interest.objects.filter(state=InterestState.DECLARED, project__state=ProjectState.RUNNING)
    whole = ("project__organisation__parent", "project__patient_side__parent", "assignment", "user")
    seen = set()
    for one in waiting.exclude(user=user).select_related(*whole).order_by("declared_at", "pk"):
        if one.project_id not in seen and can_decide_interest.ok(user, one):
            seen.add(one.project_id)
            url = reverse("participation:interests", args=[one.project.slug])
            yield _task(_("Beslis over gemelde belangen"), one.project, url, group=Group.DECIDE)


def _buddy(user: Any) -> Iterator[Task]:
    """Questions to be a buddy."""
    asked = Assignment.objects.running().filter(buddy=user, buddy_agreed_at__isnull=True)
    for one in asked.select_related("project__organisation").order_by("pk"):
        yield _task(_("Zeg of u buddy wilt zijn"), one.project, f"{reverse('participation:deelname')}#buddy")
