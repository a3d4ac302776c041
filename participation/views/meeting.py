"""One meeting in the workspace of its project: who is asked, its papers, its steps, and what was said."""

import uuid
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from participation.actions import meeting_papers
from participation.actions import meetings as actions
from participation.forms import Form, ReasonForm
from participation.meeting_forms import HeldForm, PaperForm, initial_of_held
from participation.models import Meeting, MeetingPaper, Seen
from participation.papers import LARGEST
from participation.people import People
from participation.states import MeetingState, ProjectState
from participation.view_log import saw_each
from participation.views.meetings import found_meeting
from participation.views.project_common import GET_OR_POST, step_taken
from portal.core.private import only_post, takes_files
from portal.core.text import clean
from transparency.service import read_live

ROOM = 300_000  # bytes of a form around its file


@require_safe
def meeting(request: HttpRequest, slug: str, key: uuid.UUID) -> HttpResponse:
    """A meeting with who is asked, its papers, and what can be done now."""
    return _page(request, found_meeting(request, slug, key))


def _step_forms(data: Any = None) -> dict[str, Form]:
    return {
        "uitnodigen": Form(data, prefix="uitnodigen"),
        "stukken-sturen": Form(data, prefix="stukken-sturen"),
        "afzeggen": ReasonForm(
            data, prefix="afzeggen", label=_("Waarom gaat het niet door?"),
            help_text=_("Wie is uitgenodigd, leest dit in een mail."),
        ),
    }  # fmt: skip


def _page(
    request: HttpRequest, meeting: Meeting, faulty: Form | None = None, step: str = "", paper: PaperForm | None = None
) -> HttpResponse:
    now, people = timezone.now(), People(meeting.project)
    forms: dict[str, Form] = _step_forms() | ({step: faulty} if faulty else {})
    asked = meeting.attendances.select_related("assignment__user").order_by("assignment__number")
    papers = list(meeting.papers.without_file().order_by("added_at", "pk"))
    planned, invited = meeting.state == MeetingState.PLANNED, list(asked)
    saw_each(request, [one.assignment.user for one in invited], Seen.MEETING, meeting.project)
    context = {
        "project": meeting.project,
        "meeting": meeting,
        "asked": [(one, people.known_as(one.assignment)) for one in invited],
        "answers": [sum(one.will_come is said for one in invited) for said in (True, False, None)],
        "papers": papers,
        "is_late": meeting.papers_are_late(timezone.localdate()),
        "can_change": planned and meeting.project.state == ProjectState.RUNNING,
        "can_invite": planned and meeting.starts_at > now and meeting.project.state == ProjectState.RUNNING,
        "can_send": planned and bool(invited) and any(one.sent_at is None for one in papers),
        "is_planned": planned,
        "can_hold": planned and meeting.starts_at <= now,
        "forms": {name.replace("-", "_"): form for name, form in forms.items()},
        "paper_form": paper or PaperForm(),
        "faulty": faulty or (paper if paper and paper.errors else None),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if context["faulty"] else HTTPStatus.OK
    return render(request, "participation/meeting.html", context, status=status)


def _invite(meeting: Meeting, form: Form, by: Any) -> str:
    number = actions.invite(meeting=meeting, by=by, now=timezone.now())
    return _("Uitgenodigd: %(number)d. Elk krijgt een mail.") % {"number": number} if number else _(
        "Iedereen die meedoet in deze fase, was al uitgenodigd."
    )  # fmt: skip


def _send(meeting: Meeting, form: Form, by: Any) -> str:
    meeting_papers.send_papers(meeting=meeting, by=by, now=timezone.now())
    return _("De stukken zijn verstuurd. Wie is uitgenodigd, krijgt een mail.")


def _cancel(meeting: Meeting, form: Form, by: Any) -> str:
    actions.cancel_meeting(meeting=meeting, reason=form.cleaned_data["text"], by=by, now=timezone.now())
    return _("Het gesprek is afgezegd. Wie was uitgenodigd, krijgt een mail.")


STEPS = {"uitnodigen": _invite, "stukken-sturen": _send, "afzeggen": _cancel}


@only_post
def take_step(request: HttpRequest, slug: str, key: uuid.UUID, step: str) -> HttpResponse:
    """One step of a meeting; what is missing comes back with what was typed."""
    meeting = found_meeting(request, slug, key)
    if step not in STEPS:
        raise Http404
    form = _step_forms(request.POST)[step]
    if step_taken(request, form, lambda: STEPS[step](meeting, form, request.user)):
        return redirect("participation:meeting", slug, key)
    return _page(request, meeting, form, step)


@takes_files(LARGEST + ROOM)
@only_post
def add_paper(request: HttpRequest, slug: str, key: uuid.UUID) -> HttpResponse:
    """Put a paper with the meeting: a file or a pasted text."""
    meeting = found_meeting(request, slug, key)
    form = PaperForm(request.POST, request.FILES)
    if form.is_valid():
        sent = form.cleaned_data.get("file")
        try:
            meeting_papers.add_paper(
                meeting=meeting, title=form.cleaned_data["title"], text=form.cleaned_data["text"],
                name=sent.name if sent else "", data=sent.read() if sent else None, by=request.user,
                now=timezone.now(),
            )  # fmt: skip
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, _("Het stuk staat erbij. Stuur het als alles er is."))
            return redirect("participation:meeting", slug, key)
    return _page(request, meeting, paper=form)


@only_post
def remove_paper(request: HttpRequest, slug: str, key: uuid.UUID, paper: uuid.UUID) -> HttpResponse:
    """Take a paper off that nobody got yet; one that is gone already stays gone."""
    meeting = found_meeting(request, slug, key)
    found = MeetingPaper.objects.without_file().filter(meeting=meeting, uuid=paper).first()
    if found is not None:
        found.meeting = meeting
        meeting_papers.remove_paper(paper=found, by=request.user, now=timezone.now())
        messages.success(request, _("Het stuk is weg."))
    return redirect("participation:meeting", slug, key)


@GET_OR_POST
def held(request: HttpRequest, slug: str, key: uuid.UUID) -> HttpResponse:
    """Tell who was there and what was said."""
    meeting = found_meeting(request, slug, key)
    everyone = People(meeting.project)
    people = [(one, everyone.known_as(one)) for one in actions.could_be_there(meeting)]
    saw_each(request, [one.user for one, _name in people], Seen.MEETING, meeting.project)
    if request.method != "POST":
        known = {one.assignment_id: one for one in meeting.attendances.all()}
        return _held_page(request, meeting, HeldForm(people=people, initial=initial_of_held(meeting, known, people)))
    form = HeldForm(request.POST, people=people)
    if "controleer" in request.POST or not form.is_valid():
        return _held_page(request, meeting, form)
    try:
        actions.hold_meeting(
            meeting=meeting, there=form.there(), team_present=form.cleaned_data["team_present"], texts=form.texts(),
            by=request.user, now=timezone.now(),
        )  # fmt: skip
    except ValidationError as error:
        form.take(error)
        return _held_page(request, meeting, form)
    messages.success(request, _("Bewaard. Iedereen kan lezen wat er is gezegd."))
    return redirect("participation:meeting", slug, key)


def _held_page(request: HttpRequest, meeting: Meeting, form: HeldForm) -> HttpResponse:
    asked = "controleer" in request.POST
    reader = f"user {request.user.pk}"
    is_wrong = not asked and bool(form.is_bound and form.errors)  # only the language was asked: the rest is no fault
    context = {
        "project": meeting.project,
        "meeting": meeting,
        "form": form,
        "told": read_live(clean(request.POST.get("summary", "")), reader) if asked else None,
        "shows_faults": is_wrong,
        "can_hold": meeting.state == MeetingState.PLANNED and meeting.starts_at <= timezone.now(),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK
    return render(request, "participation/meeting_held.html", context, status=status)
