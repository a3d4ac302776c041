"""Whose projects: those that somebody leads, and those that somebody follows for patients."""

from typing import Any

from django.db.models import Q, QuerySet

from participation.models import Project
from participation.permissions import has_coordinator, stands_in
from portal.organisations.models import Organisation
from portal.organisations.permissions import with_those_below
from portal.organisations.roles import MONEY, Role


def below(user: Any, role: Role) -> set[int]:
    """The organisations for which `user` holds `role`."""
    own = user.memberships.filter(role=role).values_list("organisation", flat=True)
    return set(own) if role in MONEY else with_those_below(own)


def led_by(user: Any) -> QuerySet[Project]:
    """The projects for which `user` acts as a project lead."""
    return Project.objects.filter(organisation__in=below(user, Role.PROJECT_LEAD))


def followed_by(user: Any) -> QuerySet[Project]:
    """The projects that `user` follows as a coordinator of the patient side."""
    mine = Q(patient_side__in=below(user, Role.COORDINATOR))
    if stands_in(user, Role.COORDINATOR):
        sides = Organisation.objects.filter(projects_followed__isnull=False).select_related("parent").distinct()
        mine |= Q(patient_side__isnull=True) | Q(patient_side__in=[one.pk for one in sides if not has_coordinator(one)])
    return Project.objects.filter(mine)
