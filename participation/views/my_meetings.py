"""A meeting as who goes there sees it: agenda, papers, place, who, and my answer; also by the link of a mail."""

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from participation.actions import attendance as actions
from participation.answer_links import attendance_of
from participation.calendar_file import CONTENT_TYPE, NAME, calendar_file
from participation.meeting_forms import AnswerForm
from participation.models import Attendance, Meeting, MeetingPaper
from participation.papers import ENDINGS
from participation.people import People
from participation.states import MeetingState, PaperForm
from participation.together_permissions import can_answer, can_read_paper, can_work_together
from participation.views.project_common import GET_OR_POST
from portal.core.private import only_post
from portal.core.text import one_line
from portal.core.workflow import StepNotAllowed


def _mine(request: HttpRequest, key: uuid.UUID) -> tuple[Meeting, Attendance | None]:
    """A meeting of a project on which the person works, and what they said. Raises Http404 for all others."""
    meeting = get_object_or_404(Meeting.objects.select_related("project__organisation"), uuid=key)
    if not can_work_together.ok(request.user, meeting.project):
        raise Http404
    found = meeting.attendances.select_related("assignment", "meeting__project")
    return meeting, found.filter(assignment__user=request.user.pk, invited_at__isnull=False).first()


@require_safe
def mine(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The meeting, and two buttons to answer."""
    return _page(request, *_mine(request, key))


def _page(
    request: HttpRequest, meeting: Meeting, attendance: Attendance | None, form: AnswerForm | None = None
) -> HttpResponse:
    people = People(meeting.project)
    invited = meeting.attendances.filter(invited_at__isnull=False).count()
    context = {
        "meeting": meeting,
        "project": meeting.project,
        "attendance": attendance,
        "papers": meeting.papers.without_file().sent().order_by("sent_at", "pk"),
        "invited": invited,
        "functions": [one.function for one in people.team],
        "can_answer": attendance is not None and _is_open(meeting),
        "form": form or AnswerForm(initial={"access_needs": attendance.access_needs if attendance else ""}),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form else HTTPStatus.OK
    return render(request, "participation/meeting_mine.html", context, status=status)


def _is_open(meeting: Meeting) -> bool:
    """Whether one can still answer."""
    return meeting.state == MeetingState.PLANNED and meeting.starts_at > timezone.now()


@only_post
def answer(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Say that I come or not, with what I need."""
    meeting, attendance = _mine(request, key)
    if attendance is None:
        raise PermissionDenied(_("U bent niet uitgenodigd voor dit gesprek."))
    form = AnswerForm(request.POST)
    if form.is_valid():
        read = form.cleaned_data
        try:
            actions.answer(
                attendance=attendance, will_come=read["answer"] == "ja", access_needs=read["access_needs"],
                by=request.user, now=timezone.now(),
            )  # fmt: skip
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, _("Dank u wel. Wij weten het nu."))
            return redirect("participation:meeting-mine", key)
    return _page(request, meeting, attendance, form)


@login_not_required
@GET_OR_POST
def answer_link(request: HttpRequest, token: str) -> HttpResponse:
    """Answer by the link of a mail: it asks first, and a button does it. It shows nothing else, and opens nothing."""
    attendance = attendance_of(token)
    if attendance is None or not can_answer.ok(attendance.assignment.user, attendance):
        return _gone(request)
    meeting = attendance.meeting
    if not _is_open(meeting):
        return _gone(request, meeting)
    form, user, project = AnswerForm(request.POST or None), request.user, meeting.project
    context = {
        "meeting": meeting, "project": project, "attendance": attendance, "form": form,
        "sees_meeting": not user.is_authenticated or can_work_together.ok(user, project),
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        needs = form.cleaned_data["access_needs"].strip()
        try:
            actions.answer(
                attendance=attendance, will_come=form.cleaned_data["answer"] == "ja", access_needs=needs or None,
                by=attendance.assignment.user, now=timezone.now(),
            )  # fmt: skip
        except ValidationError as error:
            form.take(error)
        except StepNotAllowed:
            return _gone(request, meeting)
        else:
            return render(request, "participation/meeting_answered.html", context)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "participation/meeting_answer.html", context, status=status)


def _gone(request: HttpRequest, meeting: Meeting | None = None) -> HttpResponse:
    """The link is too old or made up, or the meeting is over."""
    return render(request, "participation/meeting_answer_gone.html", {"meeting": meeting}, status=HTTPStatus.GONE)


@require_safe
def calendar(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The meeting as a file for a calendar."""
    meeting = get_object_or_404(Meeting.objects.select_related("project__organisation"), uuid=key)
    if not can_work_together.ok(request.user, meeting.project):
        raise Http404
    response = HttpResponse(calendar_file(meeting, timezone.now()), content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{NAME}"'
    return response


@require_safe
def paper(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A paper, for who works on the project: typed text as a page, a file only to keep, never to open here."""
    found = get_object_or_404(MeetingPaper.objects.select_related("meeting__project__organisation"), uuid=key)
    if not can_read_paper.ok(request.user, found):
        raise Http404
    if found.form == PaperForm.TEXT:
        context = {"paper": found, "meeting": found.meeting, "project": found.meeting.project}
        return render(request, "participation/meeting_paper.html", context)
    ending, kind = ENDINGS[PaperForm(found.form)]
    response = HttpResponse(bytes(found.data or b""), content_type=kind)
    named = f"{one_line(found.title, 100).replace('/', '-')}.{ending}"
    response.headers["Content-Disposition"] = str(content_disposition_header(True, named))
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
