"""Where a page of the work on a project stands: the way back, for each of those who work on it."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation.models import Assignment, Project
from participation.permissions import can_see_home
from portal.ui.templatetags.ui import breadcrumb

register = template.Library()

# The pages that others stand under: their words, and the name of their address.
PLACES: dict[str, tuple[str | Promise, str]] = {
    "advice": (gettext_lazy("Advies van patiënten"), "participation:work-advice"),
    "meetings": (gettext_lazy("Gesprekken"), "participation:meetings"),
    "people": (gettext_lazy("Wie doet mee"), "participation:participants"),
    "claims": (gettext_lazy("Declaraties op papier"), "participation:claims-on-paper"),
    "vacancies": (gettext_lazy("Vacatures"), "participation:project-vacancies"),
}


@register.inclusion_tag("ui/breadcrumb.html", takes_context=True)
def project_breadcrumb(context: template.Context, here: str, *steps: str, under: str = "") -> dict[str, Any]:
    """The way to a page called `here`: the projects of the reader, this `project`, a place of PLACES, then `steps`."""
    project: Project = context["project"]
    way = [*_to_project(context["request"].user, project)]
    if under:
        label, name = PLACES[under]
        way += [str(label), reverse(name, args=[project.slug])]
    return breadcrumb(*way, *steps, here)


def _to_project(user: Any, project: Project) -> tuple[str, str, str, str]:
    """(label, address) twice: to the own role of a representative, else to the work or the public page."""
    mine = Assignment.objects.running().filter(project=project, user=user.pk).first()
    if mine is not None:
        first = (_("Mijn deelname"), reverse("participation:deelname"))
        return *first, project.name, reverse("participation:assignment", args=[mine.uuid])
    works = can_see_home.ok(user, project)
    page = reverse("participation:work-project", args=[project.slug]) if works else project.get_absolute_url()
    return _("Mijn projecten"), reverse("participation:work-projects"), project.name, page
