"""The workspace of projects: all I have to do with, a new one, its home, its text."""

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from participation.actions import projects as actions
from participation.forms import NewProjectForm, ProjectForm, funds_of, initial_of, organisations_led_by
from participation.fund_page import funds_of_manager
from participation.gatekeeping import gate_asked, is_late
from participation.models import Project
from participation.permissions import can_lead, can_see_home
from participation.project_home import groups_for
from participation.project_list import with_numbers
from participation.project_page import context_of
from participation.states import Phase
from participation.views.candidates import coordinated_by
from participation.views.project_common import GET_OR_POST, shows_how_it_stands, visible_project
from participation.workspace import projects_of, tasks_for, tasks_on
from portal.core.text import clean
from transparency.service import read_live

CHECKED = ("question", "summary")  # the texts of a project that can be checked while typing
CHECKED_OF_ADVICE = ("text", "aanpassen-text", "verbeteren-text", "antwoord-reason", "antwoord-promise",
                     "beter-antwoord-reason", "beter-antwoord-promise", "gedaan-finish_text",
                     "niet-doen-finish_text")  # fmt: skip


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every project that the person leads, follows, takes part in or decides on, and what is due."""
    today = timezone.localdate()
    due = list(tasks_for(request.user))
    groups = [
        (label, page, with_numbers(found.select_related("organisation"), today).in_order())
        for label, page, found in projects_of(request.user)
    ]
    may_begin = funds_of(request.user)
    context = {
        "tasks": sorted(due, key=lambda task: (not task.is_late, task.due or today)),
        "groups": [group for group in groups if group[2]],
        "may_start": bool(organisations_led_by(request.user)),
        "may_begin_programmes": bool(may_begin),
        "sees_funds": bool(may_begin or funds_of_manager(request.user)),
        "may_put_forward": bool(coordinated_by(request.user)),
        "late": _("Te laat"),
    }
    return render(request, "participation/work_projects.html", context)


@GET_OR_POST
def new(request: HttpRequest) -> HttpResponse:
    """Start a project."""
    if not organisations_led_by(request.user):
        raise PermissionDenied(_("Alleen projectleiders van een gecontroleerde organisatie kunnen dit."))
    if request.method != "POST":
        start = {"key": uuid.uuid4(), "starts_on": timezone.localdate(), "entry_phase": Phase.IDEA}
        return _form_page(request, NewProjectForm(user=request.user, initial=start))
    form = NewProjectForm(request.POST, user=request.user)
    if "controleer" in request.POST or not form.is_valid():
        return _form_page(request, form)
    try:
        made = _start(request, form)
    except ValidationError as error:
        first = Project.objects.filter(uuid=form.cleaned_data["key"], lead=request.user.pk).first()
        if first is None:
            form.take(error)
            return _form_page(request, form)
        made = first  # two clicks at the same moment
    messages.success(request, _("Het project is begonnen. Iedereen kan het nu lezen."))
    return redirect("participation:work-project", made.slug)


def _start(request: HttpRequest, form: NewProjectForm) -> Project:
    read, fields = form.cleaned_data, form.texts()
    if made := Project.objects.filter(uuid=read["key"], lead=request.user.pk).first():
        return made  # a second click
    return actions.start_project(
        organisation=form.own[read["organisation"]], slug=actions.free_slug(clean(fields["name"])), fields=fields,
        by=request.user, now=timezone.now(), entry_phase=Phase(read.get("entry_phase") or Phase.IDEA),
        entry_reason=read.get("entry_reason", ""), patient_side=form.chosen_patient_side(), roles=form.roles(),
        programme=form.chosen_programme(), is_policy=read.get("is_policy", False), uuid=read["key"], **form.links(),
    )  # fmt: skip


@require_safe
def home(request: HttpRequest, slug: str) -> HttpResponse:
    """The home of a project, for both sides."""
    project = visible_project(request.user, slug)
    can_see_home(request.user, project)
    today = timezone.localdate()
    context = context_of(project) | {
        "groups": groups_for(request.user, project),
        "tasks": tasks_on(request.user, project),
        "team": project.team.select_related("user").order_by("since", "pk"),
        "gate": gate_asked(project),
        "late_exceptions": [one for one in project.exceptions.select_related("project") if is_late(one, today)],
        "leads": can_lead.ok(request.user, project),
        "late": _("Te laat"),
    }
    return render(request, "participation/work_project.html", context)


@GET_OR_POST
@shows_how_it_stands("work-project")
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the text and the plans of a project."""
    project = visible_project(request.user, slug)
    can_lead(request.user, project)
    own = [project.organisation_id]
    if request.method != "POST":
        return _form_page(request, ProjectForm(organisations=own, initial=initial_of(project)), project)
    form = ProjectForm(request.POST, organisations=own)
    if "controleer" in request.POST or not form.is_valid():
        return _form_page(request, form, project)
    side = None if project.patient_side else form.chosen_patient_side()
    try:
        actions.change_project(
            project=project, fields=form.texts(), roles=form.roles(), patient_side=side, by=request.user,
            now=timezone.now(), **form.links(),
        )  # fmt: skip
    except ValidationError as error:
        form.take(error)
        return _form_page(request, form, project)
    messages.success(request, _("Bewaard. Iedereen kan het nu lezen."))
    return redirect("participation:work-project", slug)


def _form_page(request: HttpRequest, form: ProjectForm, project: Project | None = None) -> HttpResponse:
    reader = f"user {request.user.pk}"
    asked = "controleer" in request.POST
    context = {
        "form": form,
        "project": project,
        "is_new": project is None,
        "told": {name: read_live(clean(request.POST.get(name, "")), reader) for name in CHECKED} if asked else {},
    }
    # Only the language was asked: what is not filled in yet is no fault.
    is_wrong = not asked and bool(form.is_bound and form.errors)
    context["shows_faults"] = is_wrong
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK
    return render(request, "participation/project_form.html", context, status=status)


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """What the language check says of the text `veld` of a form, for htmx while somebody types; nothing is stored."""
    name = request.POST.get("veld", "")
    if name not in (*CHECKED, *CHECKED_OF_ADVICE):
        raise Http404
    told = read_live(clean(request.POST.get(name, "")), f"user {request.user.pk}")
    return render(request, "participation/language_told.html", {"told": told})
