"""The next phase: asked and decided, with what was found in plain words."""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from participation.actions import gates
from participation.contributions import findings_of
from participation.emails import deciders
from participation.forms import Form, ReasonForm
from participation.gatekeeping import gate_asked, missing_words, open_advice, usable_exception, what_is_needed
from participation.models import GateReview, Project
from participation.permissions import can_decide_gate, can_lead, can_see_home
from participation.project_page import gates as gates_shown
from participation.states import ASKED_FOR, Phase, ProjectState, phase_after
from participation.views.project_common import Steps, parsed_key, shows_how_it_stands, step_taken, visible_project
from portal.core.workflow import StepNotAllowed


@require_safe
def gate(request: HttpRequest, slug: str) -> HttpResponse:
    """What stands at the gate out of the phase of now, and what can be done about it."""
    return _gate_page(request, visible_project(request.user, slug))


def _gate_page(request: HttpRequest, project: Project, step: str = "", faulty: Form | None = None) -> HttpResponse:
    found, asked, today = findings_of(project), gate_asked(project), timezone.localdate()
    running = project.state == ProjectState.RUNNING and phase_after(project.phase) is not None
    forms: dict[str, Form] = _gate_forms()
    if faulty is not None:
        forms[step] = faulty
    usable = usable_exception(project, today)
    context = gates_shown(project) | {
        "project": project,
        "works_here": can_see_home.ok(request.user, project),
        "found": found,
        "asked_for": ASKED_FOR[Phase(project.phase)],
        "missing": missing_words(found),
        "needed": what_is_needed(found),
        "open_advice": open_advice(found),
        "gate": asked,
        "next_phase": phase_after(project.phase),
        "usable": usable,
        "is_open": found.is_open or usable is not None,
        "can_ask": running and asked is None and can_lead.ok(request.user, project),
        "can_withdraw": asked is not None and can_lead.ok(request.user, project),
        "can_decide": running and asked is not None and can_decide_gate.ok(request.user, asked),
        "can_except": running and usable is None and can_lead.ok(request.user, project),
        "nobody_decides": running and not deciders(project),
        "forms": forms,
        "faulty": faulty,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faulty else HTTPStatus.OK
    return render(request, "participation/project_gate.html", context, status=status)


def _gate_forms(data: Any = None) -> dict[str, Form]:
    public = _("Iedereen kan dit lezen. Het blijft altijd staan.")
    return {
        "vragen": ReasonForm(data, prefix="vragen", label=_("Waarom kan het project verder?"), help_text=public),
        "goedkeuren": ReasonForm(data, prefix="goedkeuren", label=_("Waarom mag het verder?"), help_text=public),
        "weigeren": ReasonForm(data, prefix="weigeren", label=_("Wat moet er eerst gebeuren?"), help_text=public),
        "intrekken": Form(data, prefix="intrekken"),
    }


def _decided(request: HttpRequest, project: Project) -> GateReview:
    """The gate that the page was about: an old page decides nothing on one that was asked after it."""
    key = parsed_key(request)
    found = project.gate_reviews.select_related("project__organisation").filter(uuid=key).first()
    if found is None:
        raise StepNotAllowed("decide: no such gate")
    return found


def _ask(project: Project, form: Form, request: HttpRequest) -> str:
    gates.ask_gate(project=project, text=form.cleaned_data["text"], by=request.user, now=timezone.now())
    return _("Gevraagd. Wie beslist, krijgt een mail.")


def _pass(project: Project, form: Form, request: HttpRequest) -> str:
    gates.pass_gate(
        gate=_decided(request, project), text=form.cleaned_data["text"], by=request.user, now=timezone.now()
    )
    return _("Het project is nu in de volgende fase.")


def _refuse(project: Project, form: Form, request: HttpRequest) -> str:
    gates.refuse_gate(
        gate=_decided(request, project), text=form.cleaned_data["text"], by=request.user, now=timezone.now()
    )
    return _("Het project mag nog niet verder. Wie het vroeg, krijgt een mail.")


def _withdraw(project: Project, form: Form, request: HttpRequest) -> str:
    gates.withdraw_gate(gate=_decided(request, project), by=request.user, now=timezone.now())
    return _("De vraag is ingetrokken.")


GATE_STEPS: Steps = {"vragen": _ask, "goedkeuren": _pass, "weigeren": _refuse, "intrekken": _withdraw}


@require_POST
@shows_how_it_stands("project-gate")
def gate_step(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    """One step at the gate. What is missing comes back with what was typed."""
    project = visible_project(request.user, slug)
    if step not in GATE_STEPS:
        raise Http404
    form = _gate_forms(request.POST)[step]
    if step_taken(request, form, lambda: GATE_STEPS[step](project, form, request)):
        return redirect("participation:project-gate", slug)
    return _gate_page(request, project, step, form)
