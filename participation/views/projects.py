"""Programmes and projects, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from participation.models import Programme, Project
from participation.project_page import context_of
from portal.core.public import public_page


@public_page
def projects(request: HttpRequest) -> HttpResponse:
    """Every project, the newest first; examples after what is real."""
    found = Project.objects.select_related("organisation").order_by("organisation__is_example", "-starts_on", "pk")
    return render(request, "participation/project_list.html", {"projects": found})


@public_page
def project(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a project."""
    found = get_object_or_404(Project.objects.select_related("organisation", "programme", "patient_side"), slug=slug)
    return render(request, "participation/project.html", context_of(found))


@public_page
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a programme, with its projects."""
    found = get_object_or_404(Programme.objects.select_related("organisation"), slug=slug)
    mine = found.projects.select_related("organisation").order_by("-starts_on", "pk")
    context = {"programme": found, "projects": mine, "partners": found.partners.order_by("sort_key")}
    return render(request, "participation/programme.html", context)
