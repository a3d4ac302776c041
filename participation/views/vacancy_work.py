"""Vacancies in the workspace: written by the project, opened by the patient side, ended by both."""

import datetime
import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from participation.actions import vacancies as actions
from participation.actions import vacancy_ends as ends
from participation.forms import Form, ReasonForm
from participation.models import Project, Seen, Vacancy
from participation.permissions import can_lead
from participation.states import CandidacyState, ProjectState, VacancyState
from participation.vacancy_forms import ADD, OutcomeForm, VacancyForm, initial_of
from participation.vacancy_page import context_of
from participation.vacancy_permissions import can_agree_outcome, can_finish, can_review, can_see_vacancies
from participation.view_log import saw_each
from participation.views.project_common import GET_OR_POST, step_taken, visible_project
from portal.core.text import clean
from portal.core.workflow import StepNotAllowed
from transparency.service import read_live

CHECKED = ("tasks", "fee_offer", "learning_offer", "support_offer")
WITHDRAWABLE = actions.WITHDRAWABLE


def seen_project(request: HttpRequest, slug: str) -> Project:
    """The project, for one of its two sides. Raises Http404 when it is not theirs to see, PermissionDenied."""
    project = visible_project(request.user, slug)
    can_see_vacancies(request.user, project)
    return project


def seen_vacancy(request: HttpRequest, slug: str, key: UUID) -> Vacancy:
    """A vacancy of it, whatever its state."""
    project = seen_project(request, slug)
    found = get_object_or_404(project.vacancies.all(), uuid=key)
    found.project = project
    return found


@require_safe
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """Every vacancy of a project."""
    project = seen_project(request, slug)
    context = {
        "project": project,
        "vacancies": project.vacancies.order_by("-created_at", "-pk"),
        "can_write": project.state == ProjectState.RUNNING and can_lead.ok(request.user, project),
    }
    return render(request, "participation/work_vacancies.html", context)


@GET_OR_POST
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a vacancy."""
    project = seen_project(request, slug)
    can_lead(request.user, project)
    if request.method != "POST":
        start = {"places": 1, "influence": "ADVISER"}
        return _form_page(request, VacancyForm(initial=start), project, key=uuid.uuid4())
    key = _typed_key(request)
    form = VacancyForm(request.POST)
    if _saves_nothing(request) or not form.is_valid():
        return _form_page(request, form, project, key=key)
    made = project.vacancies.filter(uuid=key).first()  # a second click
    if made is None:
        try:
            made = actions.write_vacancy(
                project=project, fields=form.values(), criteria=form.rows(), by=request.user, now=timezone.now(),
                uuid=key,
            )  # fmt: skip
        except ValidationError as error:
            form.take(error)
            return _form_page(request, form, project, key=key)
    messages.success(request, _("Bewaard. Alleen uw project en de coördinator zien dit."))
    return redirect("participation:work-vacancy", slug, made.uuid)


def _saves_nothing(request: HttpRequest) -> bool:
    """Whether the button only asks for the page again, with what was typed."""
    return "controleer" in request.POST or ADD in request.POST


def _typed_key(request: HttpRequest) -> UUID:
    """The key that the form was made with: one form makes one vacancy."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid.uuid4()


@GET_OR_POST
def edit(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    """Change a draft."""
    found = seen_vacancy(request, slug, key)
    can_lead(request.user, found.project)
    if found.state != VacancyState.DRAFT:
        raise StepNotAllowed("change: the vacancy is no draft", told=_("Deze vacature kunt u niet meer veranderen."))
    if request.method != "POST":
        return _form_page(request, VacancyForm(initial=initial_of(found)), found.project, vacancy=found)
    form = VacancyForm(request.POST)
    if _saves_nothing(request) or not form.is_valid():
        return _form_page(request, form, found.project, vacancy=found)
    try:
        actions.change_vacancy(
            vacancy=found, fields=form.values(), criteria=form.rows(), by=request.user, now=timezone.now()
        )
    except ValidationError as error:
        form.take(error)
        return _form_page(request, form, found.project, vacancy=found)
    messages.success(request, _("Bewaard. Alleen uw project en de coördinator zien dit."))
    return redirect("participation:work-vacancy", slug, key)


def _form_page(
    request: HttpRequest, form: VacancyForm, project: Project, *, vacancy: Vacancy | None = None,
    key: UUID | None = None,
) -> HttpResponse:  # fmt: skip
    reader, asked = f"user {request.user.pk}", "controleer" in request.POST
    is_wrong = not _saves_nothing(request) and bool(form.is_bound and form.errors)
    context = {
        "form": form,
        "project": project,
        "vacancy": vacancy,
        "key": key,
        "told": {name: read_live(clean(request.POST.get(name, "")), reader) for name in CHECKED} if asked else {},
        "shows_faults": is_wrong,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK
    return render(request, "participation/vacancy_form.html", context, status=status)


# --- One vacancy and its steps ---------------------------------------------------------------------------------------


@require_safe
def vacancy(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    """One vacancy: its text, who replied, and what can be done now."""
    return _vacancy_page(request, seen_vacancy(request, slug, key))


def _forms(found: Vacancy, data: Any = None) -> dict[str, Form]:
    public = _("Iedereen kan dit lezen. Wie zich meldde, krijgt het in een mail.")
    return {
        "indienen": Form(data, prefix="indienen"),
        "terug": ReasonForm(data, prefix="terug", label=_("Wat moet er beter?"),
                            help_text=_("Alleen het project ziet dit.")),
        "openen": Form(data, prefix="openen"),
        "sluiten": Form(data, prefix="sluiten"),
        "intrekken": ReasonForm(data, prefix="intrekken", label=_("Waarom trekt u de vacature in?"), help_text=public),
        "afloop": OutcomeForm(data, prefix="afloop", vacancy=found),
        "akkoord": Form(data, prefix="akkoord"),
    }  # fmt: skip


def _vacancy_page(request: HttpRequest, found: Vacancy, step: str = "", faulty: Form | None = None) -> HttpResponse:
    user, state, forms = request.user, found.state, _forms(found)
    if faulty is not None:
        forms[step] = faulty
    runs, leads = found.project.state == ProjectState.RUNNING, can_lead.ok(user, found.project)
    reviews = state == VacancyState.IN_REVIEW and can_review.ok(user, found)
    replied = found.candidacies.received().filter(erased_at=None).select_related("user").order_by("confirmed_at", "pk")
    candidates = [one for one in replied if one.user_id is None or one.user_id != user.pk]
    saw_each(request, [one.user for one in candidates], Seen.CANDIDACY, found.project)
    context = context_of(found) | {
        "candidates": candidates,
        "undecided": replied.filter(state__in=[CandidacyState.SUBMITTED, CandidacyState.SHORTLISTED]).count(),
        "can_edit": leads and runs and state == VacancyState.DRAFT,
        "can_review": reviews,
        "can_open": reviews and runs,
        "can_close": leads and state == VacancyState.OPEN,
        "can_withdraw": leads and state in WITHDRAWABLE,
        "can_end": state == VacancyState.CLOSED and can_finish.ok(user, found),
        "can_agree": state == VacancyState.CLOSED and bool(found.proposed) and can_agree_outcome.ok(user, found),
        "forms": forms,
        "faulty": faulty,
        "seen": found.proposed_at.isoformat() if found.proposed_at else "",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faulty else HTTPStatus.OK
    return render(request, "participation/work_vacancy.html", context, status=status)


def moment_seen(request: HttpRequest) -> datetime.datetime:
    """The proposal that a page showed, by its moment. Raises StepNotAllowed without one."""
    try:
        seen = parse_datetime(request.POST.get("voorstel", ""))
    except ValueError:
        seen = None
    if seen is None or seen.tzinfo is None:
        raise StepNotAllowed("agree: the form names no proposal")
    return seen


def _submit(found: Vacancy, form: Form, request: HttpRequest) -> str:
    actions.submit_vacancy(vacancy=found, by=request.user, now=timezone.now())
    return _("Ingediend. De coördinator kijkt de vacature na.")


def _return(found: Vacancy, form: Form, request: HttpRequest) -> str:
    actions.return_vacancy(vacancy=found, by=request.user, now=timezone.now(), **form.cleaned_data)
    return _("De vacature is terug bij het project.")


def _open(found: Vacancy, form: Form, request: HttpRequest) -> str:
    actions.open_vacancy(vacancy=found, by=request.user, now=timezone.now())
    return _("De vacature is open. Iedereen kan haar lezen.")


def _close(found: Vacancy, form: Form, request: HttpRequest) -> str:
    actions.close_vacancy(vacancy=found, by=request.user, now=timezone.now())
    return _("De vacature is gesloten.")


def _withdraw(found: Vacancy, form: Form, request: HttpRequest) -> str:
    actions.withdraw_vacancy(vacancy=found, by=request.user, now=timezone.now(), **form.cleaned_data)
    return _("De vacature is ingetrokken. Wie zich meldde, krijgt een mail.")


def _propose(found: Vacancy, form: Form, request: HttpRequest) -> str:
    read = {"missing": (), **form.cleaned_data}
    ends.propose_outcome(vacancy=found, by=request.user, now=timezone.now(), **read)
    return _("Uw voorstel staat klaar. De andere kant moet akkoord gaan.")


def _agree(found: Vacancy, form: Form, request: HttpRequest) -> str:
    ends.agree_outcome(vacancy=found, seen=moment_seen(request), by=request.user, now=timezone.now())
    return _("Klaar. Iedereen kan lezen hoe het afliep.")


STEPS: dict[str, Callable[[Vacancy, Form, HttpRequest], str]] = {
    "indienen": _submit, "terug": _return, "openen": _open, "sluiten": _close, "intrekken": _withdraw,
    "afloop": _propose, "akkoord": _agree,
}  # fmt: skip


@require_POST
def step(request: HttpRequest, slug: str, key: UUID, step: str) -> HttpResponse:
    """One step of a vacancy. What is not right comes back with what was typed."""
    found = seen_vacancy(request, slug, key)
    if step not in STEPS:
        raise Http404
    form = _forms(found, request.POST)[step]
    if step_taken(request, form, lambda: STEPS[step](found, form, request)):
        return redirect("participation:work-vacancy", slug, key)
    return _vacancy_page(request, found, step, form)
