"""What the workspace shows of participation: what somebody has to do on projects."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Q, QuerySet

from participation.models import Project
from portal.organisations.permissions import with_those_below
from portal.organisations.roles import Role
from portal.ui.tasks import Task

# Each part of participation adds a function here: user → what that person has to do.
SOURCES: tuple[Callable[[Any], Iterator[Task]], ...] = ()


def tasks_for(user: Any) -> Iterator[Task]:
    """What `user` has to do now on projects."""
    for source in SOURCES:
        yield from source(user)


def led_by(user: Any) -> QuerySet[Project]:
    """The projects for which `user` acts as a project lead."""
    mine = user.memberships.filter(role=Role.PROJECT_LEAD).values_list("organisation", flat=True)
    return Project.objects.filter(organisation__in=with_those_below(mine))


def followed_by(user: Any) -> QuerySet[Project]:
    """The projects that `user` follows as a coordinator of the patient side."""
    mine = user.memberships.filter(role=Role.COORDINATOR).values_list("organisation", flat=True)
    stand_in = Q(patient_side__isnull=True) if user.memberships.filter(
        role=Role.COORDINATOR, organisation__kind="EXPERTISE_CENTRE"
    ).exists() else Q(pk__in=[])  # fmt: skip
    return Project.objects.filter(Q(patient_side__in=with_those_below(mine)) | stand_in)
