"""Who works on a project, who leads it, and how it ends."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from participation.actions import projects as project_actions
from participation.actions import team as actions
from participation.forms import ColleagueForm, EndForm, HandOverForm
from participation.models import Project
from participation.permissions import can_lead
from participation.views.project_common import GET_OR_POST, shows_how_it_stands, visible_project


def _led(request: HttpRequest, slug: str) -> Project:
    project = visible_project(request.user, slug)
    can_lead(request.user, project)
    return project


@GET_OR_POST
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """The team; by POST a colleague joins it."""
    project = _led(request, slug)
    form = ColleagueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_colleague(project=project, by=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, _("Uw collega staat in het team."))
            return redirect("participation:project-people", slug)
    return _people_page(request, project, form, HandOverForm(prefix="leiding"))


def _people_page(
    request: HttpRequest, project: Project, colleague: ColleagueForm, hand_over: HandOverForm
) -> HttpResponse:
    context = {
        "project": project,
        "team": project.team.select_related("user").order_by("since", "pk"),
        "colleague": colleague,
        "hand_over": hand_over,
    }
    is_wrong = any(form.is_bound and form.errors for form in (colleague, hand_over))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK
    return render(request, "participation/project_people_work.html", context, status=status)


@require_POST
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a colleague off the team; one who is gone already stays gone."""
    project = _led(request, slug)
    member = project.team.select_related("project__organisation").filter(pk=pk).first()
    if member is not None:
        try:
            actions.remove_colleague(member=member, by=request.user, now=timezone.now())
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Deze collega werkt niet meer mee."))
    return redirect("participation:project-people", slug)


@require_POST
def hand_over(request: HttpRequest, slug: str) -> HttpResponse:
    """Let a colleague lead the project."""
    project = _led(request, slug)
    form = HandOverForm(request.POST, prefix="leiding")
    if form.is_valid():
        try:
            actions.hand_over(project=project, by=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, _("Uw collega leidt nu het project."))
            return redirect("participation:work-project", slug)
    return _people_page(request, project, ColleagueForm(), form)


@GET_OR_POST
@shows_how_it_stands("work-project")
def end(request: HttpRequest, slug: str) -> HttpResponse:
    """Stop or close the project; the page says first what that means."""
    project = _led(request, slug)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            project_actions.end_project(
                project=project, name=form.cleaned_data["how"], reason=form.cleaned_data["reason"], by=request.user,
                now=timezone.now(),
            )  # fmt: skip
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, _("Het project is voorbij. Iedereen kan lezen waarom."))
            return redirect("participation:work-project", slug)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound and form.errors else HTTPStatus.OK
    return render(request, "participation/project_end.html", {"project": project, "form": form}, status=status)
