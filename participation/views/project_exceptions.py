"""The exception to a gate: asked by the project, decided by a fund, mended by the coordinator."""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from participation.actions import exceptions
from participation.actions.exceptions import MONTHS_TO_REPAIR
from participation.contributions import findings_of
from participation.emails import granters
from participation.forms import ExceptionForm, Form, ReasonForm
from participation.gatekeeping import entered_by_exception, is_late, missing_words
from participation.models import GateException, Project
from participation.models.gate import SHORTEST_REASON
from participation.permissions import can_follow, can_grant, can_lead, can_see_home
from participation.project_page import gates as gates_shown
from participation.states import ExceptionState, ProjectState, phase_after
from participation.views.project_common import Steps, parsed_key, shows_how_it_stands, step_taken, visible_project
from portal.core.dates import add_months
from portal.core.workflow import StepNotAllowed


@require_safe
def exception(request: HttpRequest, slug: str) -> HttpResponse:
    """The exceptions of a project, and what can be done with the one that runs."""
    return _exception_page(request, visible_project(request.user, slug))


def _running(project: Project) -> GateException | None:
    states = [ExceptionState.ASKED, ExceptionState.GRANTED]
    return project.exceptions.filter(state__in=states).select_related("project__organisation").first()


def _exception_page(request: HttpRequest, project: Project, step: str = "", faulty: Form | None = None) -> HttpResponse:
    today, current, user = timezone.localdate(), _running(project), request.user
    forms = _exception_forms()
    if faulty is not None:
        forms[step] = faulty
    goes_on = project.state == ProjectState.RUNNING and phase_after(project.phase) is not None
    is_asked = current is not None and current.state == ExceptionState.ASKED
    is_granted = current is not None and current.state == ExceptionState.GRANTED
    twice = entered_by_exception(project)
    grants = current is not None and is_asked and can_grant.ok(user, current)
    usable = current is not None and current.from_phase == project.phase and current.repair_by > today
    context = gates_shown(project) | {
        "project": project,
        "works_here": can_see_home.ok(request.user, project),
        "current": current,
        "is_late": current is not None and is_late(current, today),
        "twice": twice,
        "missing": missing_words(findings_of(project)),
        "can_ask": goes_on and current is None and not twice and can_lead.ok(user, project),
        "can_grant": grants and goes_on and usable,
        "can_refuse": grants,
        "can_withdraw": is_asked and can_lead.ok(user, project),
        "can_repair": is_granted and can_follow.ok(user, project),
        "somebody_grants": bool(granters(project)),
        "forms": forms,
        "faulty": faulty,
        "least": SHORTEST_REASON,
        "last_day": add_months(today, MONTHS_TO_REPAIR),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faulty else HTTPStatus.OK
    return render(request, "participation/project_exception.html", context, status=status)


def _exception_forms(data: Any = None) -> dict[str, Form]:
    public = _("Iedereen kan dit lezen. Het blijft altijd staan.")
    return {
        "vragen": ExceptionForm(data, prefix="vragen"),
        "geven": ReasonForm(data, prefix="geven", label=_("Waarom vindt u dit goed?"), help_text=public),
        "weigeren": ReasonForm(data, prefix="weigeren", label=_("Waarom vindt u dit niet goed?"), help_text=public),
        "intrekken": Form(data, prefix="intrekken"),
        "hersteld": Form(data, prefix="hersteld"),
    }


def _decided(request: HttpRequest, project: Project) -> GateException:
    """The exception that the page was about: an old page decides nothing on one that was asked after it."""
    found = project.exceptions.select_related("project__organisation").filter(uuid=parsed_key(request)).first()
    if found is None:
        raise StepNotAllowed("decide: no such exception")
    return found


def _ask_exception(project: Project, form: Form, request: HttpRequest) -> str:
    exceptions.ask_exception(project=project, by=request.user, now=timezone.now(), **form.cleaned_data)
    return _("Gevraagd. Een fonds van een andere organisatie beslist.")


def _grant(project: Project, form: Form, request: HttpRequest) -> str:
    exceptions.grant_exception(
        exception=_decided(request, project), text=form.cleaned_data["text"], by=request.user, now=timezone.now()
    )
    return _("De uitzondering is gegeven.")


def _refuse_exception(project: Project, form: Form, request: HttpRequest) -> str:
    exceptions.refuse_exception(
        exception=_decided(request, project), text=form.cleaned_data["text"], by=request.user, now=timezone.now()
    )
    return _("De uitzondering is geweigerd.")


def _withdraw(project: Project, form: Form, request: HttpRequest) -> str:
    exceptions.withdraw_exception(exception=_decided(request, project), by=request.user, now=timezone.now())
    return _("De vraag is ingetrokken.")


def _repair(project: Project, form: Form, request: HttpRequest) -> str:
    exceptions.repair_exception(exception=_decided(request, project), by=request.user, now=timezone.now())
    return _("Gemeld: er doen weer patiënten mee.")


EXCEPTION_STEPS: Steps = {
    "vragen": _ask_exception, "geven": _grant, "weigeren": _refuse_exception, "intrekken": _withdraw,
    "hersteld": _repair,
}  # fmt: skip


@require_POST
@shows_how_it_stands("project-exception")
def exception_step(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    """One step of an exception. What is not right comes back with what was typed."""
    project = visible_project(request.user, slug)
    if step not in EXCEPTION_STEPS:
        raise Http404
    form = _exception_forms(request.POST)[step]
    if step_taken(request, form, lambda: EXCEPTION_STEPS[step](project, form, request)):
        return redirect("participation:project-exception", slug)
    return _exception_page(request, project, step, form)
