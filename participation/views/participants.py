"""Who takes part in a project, for who leads it and who follows it: what is missing, asking, stopping."""

import datetime
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.actions import agreements, assignments, offers, welcome
from participation.forms import Form
from participation.models import Assignment, Interest, Project, Seen
from participation.permissions import can_follow, can_lead
from participation.starting import Readiness, newest_by_person, readiness
from participation.starting_forms import BuddyForm, OfferForm, PaperForm, TextForm
from participation.starting_permissions import can_manage, can_record_paper, can_resume, can_sign
from participation.states import AssignmentState, ProjectState, SigningSide
from participation.view_log import saw_each
from participation.views.project_common import GET_OR_POST, step_taken, visible_project
from participation.views.starting import WHOLE
from portal.core.private import only_post

Act = Callable[[Assignment, Any, HttpRequest], str]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One who takes part or is asked to, with what can be done."""

    assignment: Assignment
    ready: Readiness
    may_sign: bool
    may_resume: bool
    forms: dict[str, Form]


def _managed(request: HttpRequest, slug: str) -> Project:
    project = visible_project(request.user, slug)
    can_manage(request.user, project)
    return project


@GET_OR_POST
def participants(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody who takes part; by POST the project asks somebody by mail."""
    project = _managed(request, slug)
    if request.method != "POST":
        return _page(request, project)
    can_lead(request.user, project)
    form = OfferForm(request.POST, prefix="vraag")
    if form.is_valid():
        try:
            offers.offer_role(project=project, by=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, _("Verstuurd. Als deze persoon ja zegt, ziet u dat hier."))
            return redirect("participation:participants", slug)
    return _page(request, project, offering=form)


def _page(
    request: HttpRequest, project: Project, offering: OfferForm | None = None,
    faulty: tuple[uuid.UUID, str, Form] | None = None,
) -> HttpResponse:  # fmt: skip
    today, found = timezone.localdate(), project.assignments.select_related(*WHOLE)
    running = [_row(request, one, today, faulty) for one in found.running().order_by("number")]
    ended = list(found.filter(state=AssignmentState.ENDED).order_by("number"))
    saw_each(request, [one.user for one in (*(row.assignment for row in running), *ended)], Seen.PEOPLE, project)
    wrong = offering or (faulty[2] if faulty else None)
    context = {
        "project": project,
        "rows": running,
        "ended": ended,
        "offers": project.role_offers.order_by("offered_at", "pk"),
        "team": _team(project),
        "may_ask": can_lead.ok(request.user, project) and project.state == ProjectState.RUNNING,
        "follows": can_follow.ok(request.user, project),
        "offer": offering or OfferForm(prefix="vraag"),
        "faulty": wrong,
        "now": timezone.now(),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "participation/participants.html", context, status=status)


def _team(project: Project) -> list[tuple[Any, Interest | None]]:
    """The team with what each declared last: only how far it is, not the text."""
    newest = newest_by_person(project)
    return [(one, newest.get(one.user_id)) for one in project.team.select_related("user").order_by("since", "pk")]


def _row(
    request: HttpRequest, assignment: Assignment, today: datetime.date, faulty: tuple[uuid.UUID, str, Form] | None
) -> Row:
    user, project = request.user, assignment.project
    forms: dict[str, Form] = {
        "pauze": _reason_form("pauze", assignment),
        "stoppen": _reason_form("stoppen", assignment),
    }
    proposed = assignment.state == AssignmentState.PROPOSED
    if can_follow.ok(user, project):
        forms["buddy"] = BuddyForm(prefix=_prefix("buddy", assignment), assignment=assignment)
    if proposed and assignment.representative_signed_at is None and can_record_paper.ok(user, assignment):
        forms["papier"] = PaperForm(prefix=_prefix("papier", assignment))
    if faulty is not None and faulty[0] == assignment.uuid:
        forms[faulty[1]] = faulty[2]
    return Row(
        assignment=assignment,
        ready=readiness(assignment, today),
        may_sign=proposed
        and assignment.project_signed_at is None
        and can_sign.ok(user, assignment, SigningSide.PROJECT),
        may_resume=assignment.state == AssignmentState.PAUSED and can_resume.ok(user, assignment),
        forms=forms,
    )


# --- Its steps -------------------------------------------------------------------------------------------------------


def _prefix(step: str, assignment: Assignment) -> str:
    return f"{step}-{assignment.number}"


def _reason_form(step: str, assignment: Assignment, data: Any = None) -> TextForm:
    told = _("Deze persoon krijgt dit te lezen.")
    why = _("Waarom doet deze persoon even niet mee?") if step == "pauze" else _("Waarom stopt deze persoon?")
    return TextForm(data, prefix=_prefix(step, assignment), label=why, help_text=told)


def _form(step: str, assignment: Assignment, data: Any) -> Form:
    if step in ("pauze", "stoppen"):
        return _reason_form(step, assignment, data)
    if step == "buddy":
        return BuddyForm(data, prefix=_prefix(step, assignment), assignment=assignment)
    if step == "papier":
        return PaperForm(data, prefix=_prefix(step, assignment))
    return Form(data, prefix=_prefix(step, assignment))


def _pause(found: Assignment, form: Any, request: HttpRequest) -> str:
    assignments.pause(assignment=found, reason=form.cleaned_data["text"], by=request.user, now=timezone.now())
    return _("Deze persoon doet even niet mee en krijgt een mail.")


def _resume(found: Assignment, form: Any, request: HttpRequest) -> str:
    assignments.resume(assignment=found, by=request.user, now=timezone.now())
    return _("Deze persoon doet weer mee.")


def _end(found: Assignment, form: Any, request: HttpRequest) -> str:
    assignments.end(assignment=found, reason=form.cleaned_data["text"], by=request.user, now=timezone.now())
    return _("Deze persoon is gestopt en krijgt een mail.")


def _buddy(found: Assignment, form: Any, request: HttpRequest) -> str:
    welcome.ask_buddy(assignment=found, buddy=form.chosen(), by=request.user, now=timezone.now())
    return _("Gevraagd. De buddy zegt zelf ja of nee.")


def _no_buddy(found: Assignment, form: Any, request: HttpRequest) -> str:
    welcome.leave_buddy(assignment=found, by=request.user, now=timezone.now())
    return _("Deze persoon heeft nu geen buddy.")


def _paper(found: Assignment, form: Any, request: HttpRequest) -> str:
    agreements.record_paper(
        assignment=found, typed_name=form.cleaned_data["typed_name"], by=request.user, now=timezone.now()
    )
    return _("Bewaard: op papier getekend.")


STEPS: dict[str, Act] = {
    "pauze": _pause, "verder": _resume, "stoppen": _end, "buddy": _buddy, "buddy-weg": _no_buddy, "papier": _paper,
}  # fmt: skip


@only_post
def participant_step(request: HttpRequest, slug: str, key: uuid.UUID, step: str) -> HttpResponse:
    """One step for one who takes part. What is not right comes back with what was typed."""
    project = _managed(request, slug)
    if step not in STEPS:
        raise Http404
    found = get_object_or_404(project.assignments.select_related(*WHOLE, "agreement"), uuid=key)
    form = _form(step, found, request.POST)
    if step_taken(request, form, lambda: STEPS[step](found, form, request)):
        return redirect("participation:participants", slug)
    return _page(request, project, faulty=(key, step, form))


@only_post
def withdraw_offer(request: HttpRequest, slug: str, key: uuid.UUID) -> HttpResponse:
    """Take back what was asked by mail."""
    project = _managed(request, slug)
    can_lead(request.user, project)
    offer = project.role_offers.select_related("project__organisation").filter(uuid=key).first()
    if offer is not None:
        offers.withdraw_offer(offer=offer, by=request.user, now=timezone.now())
    messages.success(request, _("De vraag is ingetrokken. De link werkt niet meer."))
    return redirect("participation:participants", slug)
