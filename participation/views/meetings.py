"""Meetings in the workspace of a project: all of them, a new one, another time or place."""

import uuid
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from participation.actions import meetings as actions
from participation.meeting_forms import MeetingForm, initial_of
from participation.models import Meeting, Project
from participation.states import MeetingState, ProjectState
from participation.together_permissions import can_run_meetings, can_work_together
from participation.views.project_common import GET_OR_POST, visible_project


def shared_project(user: Any, slug: str) -> Project:
    """The project `slug` on which `user` works. Raises Http404 when nobody may know of it, else PermissionDenied."""
    project = visible_project(user, slug)
    can_work_together(user, project)
    return project


def found_meeting(request: HttpRequest, slug: str, key: uuid.UUID) -> Meeting:
    """A meeting of the project, for who plans its meetings."""
    project = shared_project(request.user, slug)
    can_run_meetings(request.user, project)
    meeting = get_object_or_404(project.meetings, uuid=key)
    meeting.project = project
    return meeting


@require_safe
def meetings(request: HttpRequest, slug: str) -> HttpResponse:
    """Every meeting of the project, what comes first."""
    project = shared_project(request.user, slug)
    found = list(project.meetings.order_by("-starts_at", "-pk"))
    today = timezone.localdate()
    context = {
        "project": project,
        "coming": [_line(one, today) for one in reversed(found) if one.state == MeetingState.PLANNED],
        "over": [_line(one, today) for one in found if one.state != MeetingState.PLANNED],
        "runs": can_run_meetings.ok(request.user, project),
        "may_plan": can_run_meetings.ok(request.user, project) and project.state == ProjectState.RUNNING,
    }
    return render(request, "participation/meeting_list.html", context)


def _line(meeting: Meeting, today: Any) -> tuple[Meeting, bool]:
    return meeting, meeting.papers_are_late(today)


@GET_OR_POST
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Plan a meeting."""
    project = shared_project(request.user, slug)
    can_run_meetings(request.user, project)
    if request.method != "POST":
        return _form_page(request, project, MeetingForm(initial={"key": uuid.uuid4()}))
    form = MeetingForm(request.POST)
    if not form.is_valid():
        return _form_page(request, project, form)
    key = form.cleaned_data.get("key") or uuid.uuid4()
    made = project.meetings.filter(uuid=key).first()  # a second click
    try:
        made = made or actions.plan_meeting(
            project=project, fields=form.fields_of_meeting(), by=request.user, now=timezone.now(), uuid=key
        )
    except ValidationError as error:
        form.take(error)
        return _form_page(request, project, form)
    messages.success(request, _("Het gesprek staat gepland. Nodig nu mensen uit."))
    return redirect("participation:meeting", slug, made.uuid)


@GET_OR_POST
def edit(request: HttpRequest, slug: str, key: uuid.UUID) -> HttpResponse:
    """Change a meeting while it is planned. Who was second sees what is there now, and keeps what was typed."""
    meeting = found_meeting(request, slug, key)
    if request.method != "POST":
        return _form_page(request, meeting.project, MeetingForm(initial=initial_of(meeting)), meeting)
    form = MeetingForm(request.POST)
    if not form.is_valid():
        return _form_page(request, meeting.project, form, meeting)
    seen = form.cleaned_data.get("revision")
    try:
        actions.change_meeting(
            meeting=meeting, fields=form.fields_of_meeting(), revision=-1 if seen is None else seen, by=request.user,
            now=timezone.now(),
        )  # fmt: skip
    except ValidationError as error:
        if getattr(error, "code", "") == actions.CHANGED:
            return _second(request, meeting, error)
        form.take(error)
        return _form_page(request, meeting.project, form, meeting)
    messages.success(request, _("Bewaard. Wie is uitgenodigd, krijgt een mail als de tijd of de plaats anders is."))
    return redirect("participation:meeting", slug, key)


def _second(request: HttpRequest, meeting: Meeting, error: ValidationError) -> HttpResponse:
    """The form with what was typed, and beside it what somebody else just saved."""
    meeting.refresh_from_db()
    typed = request.POST.copy()
    typed["revision"] = str(meeting.revision)
    form = MeetingForm(typed)
    form.is_valid()
    form.take(error)
    return _form_page(request, meeting.project, form, meeting, status=HTTPStatus.CONFLICT)


def _form_page(
    request: HttpRequest, project: Project, form: MeetingForm, meeting: Meeting | None = None,
    status: HTTPStatus | None = None,
) -> HttpResponse:  # fmt: skip
    wrong = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound and form.errors else HTTPStatus.OK
    context = {
        "project": project,
        "meeting": meeting,
        "form": form,
        "saved_by_other": meeting if status == HTTPStatus.CONFLICT else None,
    }
    return render(request, "participation/meeting_form.html", context, status=status or wrong)
