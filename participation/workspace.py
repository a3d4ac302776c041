"""What the workspace shows of participation: what somebody has to do on projects."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from participation import advice_tasks
from participation.claim_tasks import claim_tasks
from participation.gatekeeping import is_late
from participation.models import GateException, GateReview, Project, PulseAsked
from participation.money_rate_tasks import rate_tasks
from participation.money_tasks import money_tasks
from participation.permissions import can_decide_gate, can_grant
from participation.promise_tasks import promise_tasks
from participation.starting_tasks import starting_tasks
from participation.states import AccountState, AssignmentState, ExceptionState, GateState, ProjectState
from participation.together_tasks import together_tasks
from participation.vacancy_tasks import vacancy_tasks
from participation.whose import followed_by, led_by
from portal.organisations.permissions import remembered_roles, where_held
from portal.organisations.roles import Role
from portal.ui.tasks import Task


def tasks_for(user: Any) -> list[Task]:
    """What `user` has to do now on projects."""
    with remembered_roles(user):
        return [task for source in SOURCES for task in source(user)]


def tasks_on(user: Any, project: Project) -> list[Task]:
    """What `user` has to do now on the pages of the work on `project`."""
    pages = reverse(HOME, args=[project.slug])
    return [task for task in tasks_for(user) if task.url.startswith(pages)]


# --- Whose projects --------------------------------------------------------------------------------------------------


def decided_by(user: Any) -> QuerySet[Project]:
    """The projects of which `user` decides on the next phase."""
    return Project.objects.filter(organisation__in=where_held(user, Role.GATE_DECIDER))


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


# --- What has to be done ---------------------------------------------------------------------------------------------


def project_tasks(user: Any) -> Iterator[Task]:
    """Gates to decide, exceptions to decide and to mend."""
    yield from _gate_tasks(user)
    for exception in _exceptions_to_decide(user):
        yield _task(_("Beslis over de uitzondering"), exception.project, "project-exception")
    yield from _repair_tasks(user)


def _gate_tasks(user: Any) -> Iterator[Task]:
    asked = GateReview.objects.filter(state=GateState.ASKED, project__in=decided_by(user))
    asked = asked.select_related("project__organisation__parent")
    for gate in asked.order_by("asked_at", "pk"):
        if can_decide_gate.ok(user, gate):
            yield _task(_("Beslis over de volgende fase"), gate.project, "project-gate")


def _repair_tasks(user: Any) -> Iterator[Task]:
    """Exceptions to mend before their day: for who leads the project and who speaks for its patients."""
    today = timezone.localdate()
    mine = Project.objects.filter(Q(pk__in=led_by(user)) | Q(pk__in=followed_by(user)))
    granted = GateException.objects.filter(state=ExceptionState.GRANTED, project__state=ProjectState.RUNNING)
    for one in granted.filter(project__in=mine).select_related("project__organisation").order_by("repair_by", "pk"):
        yield Task(
            what=_("Laat weer patiënten meedoen"), title=one.project.name, about=one.project.organisation.name,
            url=reverse("participation:project-exception", args=[one.project.slug]), due=one.repair_by,
            is_late=is_late(one, today),
        )  # fmt: skip


def _task(what: str | Promise, project: Project, page: str) -> Task:
    url = reverse(f"participation:{page}", args=[project.slug])
    return Task(what=what, title=project.name, url=url, about=project.organisation.name)


def tasks_with_advice(user: Any) -> Iterator[Task]:
    """Advice to read, answer, carry out or judge."""
    yield from advice_tasks.tasks_for(user, led=led_by(user), followed=followed_by(user))


def work_together_tasks(user: Any) -> Iterator[Task]:
    """Meetings to answer, to prepare and to write down; tasks to do, and those that are late."""
    yield from together_tasks(user, Project.objects.filter(Q(pk__in=led_by(user)) | Q(pk__in=followed_by(user))))


def account_tasks(user: Any) -> Iterator[Task]:
    """Closing accounts to write for a project that ended, and to agree to."""
    ended = led_by(user).exclude(state=ProjectState.RUNNING).exclude(account__state__in=["OFFERED", "AGREED"])
    for project in ended.select_related("organisation").order_by("ended_at", "pk"):
        yield _task(_("Schrijf de verantwoording"), project, "account")
    offered = followed_by(user).filter(account__state=AccountState.OFFERED)
    for project in offered.select_related("organisation").order_by("account__offered_at", "pk"):
        yield _task(_("Lees de verantwoording"), project, "account")


def pulse_tasks(user: Any) -> Iterator[Task]:
    """Questions about working together to answer."""
    asked = PulseAsked.objects.filter(user=user.pk, has_answered=False, round__closes_on__gte=timezone.localdate())
    for one in asked.select_related("round__project__organisation").order_by("round__closes_on", "pk"):
        project = one.round.project
        yield Task(
            what=_("Vertel hoe het samenwerken gaat"), title=project.name, about=project.organisation.name,
            url=reverse("participation:pulse", args=[one.round.uuid]), due=one.round.closes_on,
        )  # fmt: skip


# Each part of participation adds a function here: user → what that person has to do.
SOURCES: tuple[Callable[[Any], Iterator[Task]], ...] = (
    project_tasks,
    vacancy_tasks,
    starting_tasks,
    work_together_tasks,
    tasks_with_advice,
    account_tasks,
    pulse_tasks,
    claim_tasks,
    money_tasks,
    rate_tasks,
    promise_tasks,
)
