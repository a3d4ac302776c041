"""Whose projects: those that somebody leads, and those that somebody follows for patients."""

from typing import Any

from django.db.models import Q, QuerySet

from participation.models import Project
from participation.permissions import has_coordinator, stands_in
from portal.organisations.models import Organisation
from portal.organisations.permissions import where_held
from portal.organisations.roles import Role


def led_by(user: Any) -> QuerySet[Project]:
    """The projects for which `user` acts as a project lead."""
    return Project.objects.filter(organisation__in=where_held(user, Role.PROJECT_LEAD))


def followed_by(user: Any) -> QuerySet[Project]:
    """The projects that `user` follows as a coordinator of the patient side."""
    mine = Q(patient_side__in=where_held(user, Role.COORDINATOR))
    if stands_in(user, Role.COORDINATOR):
        sides = Organisation.objects.filter(projects_followed__isnull=False).select_related("parent").distinct()
        mine |= Q(patient_side__isnull=True) | Q(patient_side__in=[one.pk for one in sides if not has_coordinator(one)])
    return Project.objects.filter(mine)
