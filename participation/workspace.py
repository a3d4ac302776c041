"""What the workspace shows of participation: what somebody has to do on projects."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from participation.gatekeeping import is_late
from participation.models import GateException, GateReview, Project
from participation.permissions import can_decide_gate, can_grant, stands_in
from participation.states import AssignmentState, ExceptionState, GateState, ProjectState
from portal.organisations.permissions import with_those_below
from portal.organisations.roles import Role
from portal.ui.tasks import Task


def tasks_for(user: Any) -> Iterator[Task]:
    """What `user` has to do now on projects."""
    for source in SOURCES:
        yield from source(user)


# --- Whose projects --------------------------------------------------------------------------------------------------


def _below(user: Any, role: Role) -> set[int]:
    """The organisations for which `user` holds `role`."""
    return with_those_below(user.memberships.filter(role=role).values_list("organisation", flat=True))


def led_by(user: Any) -> QuerySet[Project]:
    """The projects for which `user` acts as a project lead."""
    return Project.objects.filter(organisation__in=_below(user, Role.PROJECT_LEAD))


def followed_by(user: Any) -> QuerySet[Project]:
    """The projects that `user` follows as a coordinator of the patient side."""
    without = Q(patient_side__isnull=True) if stands_in(user, Role.COORDINATOR) else Q(pk__in=[])
    return Project.objects.filter(Q(patient_side__in=_below(user, Role.COORDINATOR)) | without)


def decided_by(user: Any) -> QuerySet[Project]:
    """The projects of which `user` decides on the next phase."""
    return Project.objects.filter(organisation__in=_below(user, Role.GATE_DECIDER))


def worked_on_by(user: Any) -> QuerySet[Project]:
    """The projects on whose team `user` is, or in which they represent patients."""
    running = Q(assignments__user=user) & ~Q(assignments__state=AssignmentState.ENDED)
    return Project.objects.filter(pk__in=Project.objects.filter(Q(team__user=user) | running).values("pk"))


def granted_for_by(user: Any) -> QuerySet[Project]:
    """The projects with an exception on which `user` decides or decided."""
    asked = [one.project_id for one in _exceptions_to_decide(user)]
    return Project.objects.filter(Q(pk__in=asked) | Q(exceptions__decided_by=user)).distinct()


def _exceptions_to_decide(user: Any) -> list[GateException]:
    """The exceptions that were asked and on which `user` may decide."""
    if not user.memberships.filter(role=Role.FUND_MANAGER).exists():
        return []
    asked = GateException.objects.filter(state=ExceptionState.ASKED).select_related("project__organisation__parent")
    return [one for one in asked.order_by("asked_at", "pk") if can_grant.ok(user, one)]


HOME, EXCEPTION = "participation:work-project", "participation:project-exception"
Group = tuple[str | Promise, str, QuerySet[Project]]  # its heading, the page that each leads to, the projects


def projects_of(user: Any) -> list[Group]:
    """Everything that `user` has to do with, each project once: under the first of these that holds."""
    groups: list[Group] = [
        (_("Projecten die u leidt"), HOME, led_by(user)),
        (_("Projecten die u volgt voor patiënten"), HOME, followed_by(user)),
        (_("Projecten waar u over beslist"), HOME, decided_by(user)),
        (_("Projecten waaraan u meewerkt"), HOME, worked_on_by(user)),
        (_("Projecten met een uitzondering waar u over beslist"), EXCEPTION, granted_for_by(user)),
    ]
    seen: set[int] = set()
    once: list[Group] = []
    for label, page, found in groups:
        mine = set(found.values_list("pk", flat=True)) - seen
        seen |= mine
        once.append((label, page, Project.objects.filter(pk__in=mine)))
    return once


def may_manage_programmes(user: Any) -> bool:
    """Whether `user` manages a fund."""
    return bool(user.memberships.filter(role=Role.FUND_MANAGER).exists())


# --- What has to be done ---------------------------------------------------------------------------------------------


def project_tasks(user: Any, project: Project | None = None) -> Iterator[Task]:
    """Gates to decide, exceptions to decide and to mend; of one `project` where it is given."""
    yield from _gate_tasks(user, project)
    for exception in _exceptions_to_decide(user):
        if project is None or exception.project_id == project.pk:
            yield _task(_("Beslis over de uitzondering"), exception.project, "project-exception")
    yield from _repair_tasks(user, project)


def _gate_tasks(user: Any, project: Project | None) -> Iterator[Task]:
    mine = {"project": project} if project else {"project__in": decided_by(user)}
    asked = GateReview.objects.filter(state=GateState.ASKED, **mine).select_related("project__organisation__parent")
    for gate in asked.order_by("asked_at", "pk"):
        if can_decide_gate.ok(user, gate):
            yield _task(_("Beslis over de volgende fase"), gate.project, "project-gate")


def _repair_tasks(user: Any, project: Project | None) -> Iterator[Task]:
    """Exceptions to mend before their day: for who leads the project and who speaks for its patients."""
    today = timezone.localdate()
    mine = Project.objects.filter(Q(pk__in=led_by(user)) | Q(pk__in=followed_by(user)))
    granted = GateException.objects.filter(state=ExceptionState.GRANTED, project__state=ProjectState.RUNNING)
    granted = granted.filter(project=project) if project else granted
    for one in granted.filter(project__in=mine).select_related("project__organisation").order_by("repair_by", "pk"):
        yield Task(
            what=_("Laat weer patiënten meedoen"), title=one.project.name, about=one.project.organisation.name,
            url=reverse("participation:project-exception", args=[one.project.slug]), due=one.repair_by,
            is_late=is_late(one, today),
        )  # fmt: skip


def _task(what: str | Promise, project: Project, page: str) -> Task:
    url = reverse(f"participation:{page}", args=[project.slug])
    return Task(what=what, title=project.name, url=url, about=project.organisation.name)


# Each part of participation adds a function here: user → what that person has to do.
SOURCES: tuple[Callable[[Any], Iterator[Task]], ...] = (project_tasks,)
