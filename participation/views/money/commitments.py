"""Promises of money: on the work of a project for both sides, and out of a fund for who manages it."""

import uuid
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from participation.actions.money import commitments as actions
from participation.forms import Form
from participation.fund_page import shown
from participation.models import Assignment, Budget, Commitment, Project, Seen
from participation.money_fund_forms import AskForm, KeyForm, RefuseForm
from participation.money_permissions import (
    can_ask_commitment,
    can_decide_commitment,
    can_release_commitment,
    can_see_promises,
)
from participation.people import People
from participation.promises import (
    WHOLE,
    budgets_of,
    lines_of,
    patient_organisations_for,
    promises_of,
    receiver_of,
    receivers_of,
    shown_promises,
    without_promise,
)
from participation.starting_permissions import can_manage
from participation.states import BudgetState, ProjectState
from participation.view_log import saw_each
from participation.views.money.confirming import MoneyStep, sent, take_money_step
from participation.views.project_common import GET_OR_POST, visible_project
from portal.core.money import euros


def _project(request: HttpRequest, slug: str) -> Project:
    whole = ("organisation__parent", "patient_side__parent", "programme")
    found = Project.objects.select_related(*whole).filter(slug=slug).first()
    if found is not None and can_see_promises.ok(request.user, found):
        return found
    can_manage(request.user, visible_project(request.user, slug))
    raise Http404


@require_safe
def commitments(request: HttpRequest, slug: str) -> HttpResponse:
    """The money of a project: its budgets, what is promised to whom, and who was promised nothing yet."""
    project = _project(request, slug)
    people, budgets = People(project), budgets_of(project)
    promises = promises_of(budgets)
    empty = without_promise(project)
    named = [one.assignment.user for one in promises if one.assignment] + [one.user for one in empty]
    saw_each(request, named, Seen.PEOPLE, project)
    is_open = any(one.state == BudgetState.OPEN for one in budgets)
    context = {
        "project": project,
        "budgets": [shown(one, timezone.localdate()) for one in budgets],
        "promises": shown_promises(request.user, promises, people),
        "without": [people.known_as(one) for one in empty],
        "may_ask": can_manage.ok(request.user, project) and is_open and project.state == ProjectState.RUNNING,
    }
    return render(request, "participation/money/commitment_list.html", context)


@GET_OR_POST
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask to promise money, as one of both sides of a project."""
    project = _project(request, slug)
    can_manage(request.user, project)
    people, budgets = People(project), budgets_of(project)
    form = AskForm(sent(request), lines=lines_of(budgets), receivers=receivers_of(project, people))
    saw_each(request, [one.user for one in people.assignments], Seen.PEOPLE, project)
    back = reverse("participation:commitments", args=[slug])
    return take_money_step(request, form, _asking(request), back=back, around={"project": project})


def ask_from_budget(request: HttpRequest, budget: Budget, back: str) -> HttpResponse:
    """Ask out of a budget without a project, as who manages the fund; another manager decides."""
    if budget.project is not None:
        raise Http404
    can_ask_commitment(request.user, budget)
    form = AskForm(sent(request), lines=lines_of([budget]), receivers=patient_organisations_for(budget))
    return take_money_step(request, form, _asking(request), back=back, around={"fund": budget.fund, "budget": budget})


def _asking(request: HttpRequest) -> MoneyStep:
    def act(form: Any) -> str:
        told = form.cleaned_data
        line, receiver = form.line_of.get(told["line"]), form.receiver_of.get(told["receiver"])
        if line is None:
            raise ValidationError({"line": _("Kies waar het geld vandaan komt.")})
        is_person = isinstance(receiver, Assignment)
        actions.ask_commitment(
            line=line, cents=told["amount"], what_for=told["what_for"], by=request.user, now=timezone.now(),
            assignment=receiver if is_person else None, organisation=None if is_person else receiver, key=told["key"],
        )  # fmt: skip
        return _("Gevraagd. Wie beslist, krijgt een mail.")

    def question(form: Any) -> str:
        told, choices = form.cleaned_data, dict(form.fields["receiver"].choices)
        asked = _("U vraagt om %(amount)s toe te zeggen aan %(who)s. Klopt dat?")
        return asked % {"amount": euros(told["amount"]), "who": choices.get(told["receiver"], "…")}

    return MoneyStep(
        title=_("Vraag om geld toe te zeggen"), button=_("Vraag het"), act=act, question=question,
        who_sees=_("Alleen het project en het fonds zien dit"),
        hint=_("De andere kant van het project beslist. Boven € 1.000 voor één persoon beslist het fonds."),
    )  # fmt: skip


# --- What is done with one -------------------------------------------------------------------------------------------


def _agree(request: HttpRequest, one: Commitment, who: str) -> tuple[Form, MoneyStep]:
    can_decide_commitment(request.user, one, actions.promised_in_all(one))

    def act(form: Form) -> str:
        actions.agree(commitment=one, by=request.user, now=timezone.now(), key=form.cleaned_data["key"])
        return _("%(amount)s is toegezegd.") % {"amount": euros(one.amount)}

    told = _("U zegt %(amount)s toe aan %(who)s. Het is voor: %(what)s.")
    asked = told % {"amount": euros(one.amount), "who": who, "what": one.what_for}
    return KeyForm(sent(request)), MoneyStep(
        title=_("Zeg geld toe"), button=_("Zeg toe"), act=act,
        who_sees=_("Alleen het project, het fonds en wie het krijgt zien dit"),
        question=lambda form: f"{asked} {_('Klopt dat?')}", hint=asked,
    )  # fmt: skip


def _refuse(request: HttpRequest, one: Commitment, who: str) -> tuple[Form, MoneyStep]:
    can_decide_commitment(request.user, one, actions.promised_in_all(one))

    def act(form: Form) -> str:
        told = form.cleaned_data
        actions.refuse(commitment=one, reason=told["reason"], by=request.user, now=timezone.now(), key=told["key"])
        return _("Dit geld is niet toegezegd. Wie het vroeg, krijgt een mail met uw reden.")

    told = _("Gevraagd: %(amount)s voor %(who)s. Het is voor: %(what)s.")
    hint = told % {"amount": euros(one.amount), "who": who, "what": one.what_for}
    return RefuseForm(sent(request)), MoneyStep(
        title=_("Zeg het geld niet toe"), button=_("Zeg niet toe"), act=act,
        who_sees=_("Alleen het project en het fonds zien dit"),
        question=lambda form: _("U zegt %(amount)s niet toe. Klopt dat?") % {"amount": euros(one.amount)},
        hint=hint,
    )  # fmt: skip


def _withdraw(request: HttpRequest, one: Commitment, who: str) -> tuple[Form, MoneyStep]:
    can_ask_commitment(request.user, one.line.budget)

    def act(form: Form) -> str:
        actions.withdraw(commitment=one, by=request.user, now=timezone.now())
        return _("De vraag is ingetrokken.")

    return Form(sent(request)), MoneyStep(
        title=_("Trek de vraag in"), button=_("Trek in"), act=act,
        who_sees=_("Alleen het project en het fonds zien dit"), question=lambda form: "",
    )  # fmt: skip


def _release(request: HttpRequest, one: Commitment, who: str) -> tuple[Form, MoneyStep]:
    can_release_commitment(request.user, one)

    def act(form: Form) -> str:
        actions.release(commitment=one, by=request.user, now=timezone.now(), key=form.cleaned_data["key"])
        return _("De toezegging is afgesloten. Wie het geld zou krijgen, krijgt een mail.")

    told = _("U sluit de toezegging aan %(who)s af. %(left)s komt weer vrij. Wat al is gevraagd, gaat gewoon door.")
    asked = told % {"who": who, "left": euros(one.left)}
    return KeyForm(sent(request)), MoneyStep(
        title=_("Sluit een toezegging af"), button=_("Sluit af"), act=act,
        question=lambda form: f"{asked} {_('Klopt dat?')}",
        who_sees=_("Alleen het project, het fonds en wie het krijgt zien dit"), hint=asked,
    )  # fmt: skip


STEPS: dict[str, Callable[[HttpRequest, Commitment, str], tuple[Form, MoneyStep]]] = {
    "akkoord": _agree,
    "weigeren": _refuse,
    "intrekken": _withdraw,
    "afsluiten": _release,
}


@GET_OR_POST
def step(request: HttpRequest, slug: str, key: uuid.UUID, step: str) -> HttpResponse:
    """One step with a promise, as one of both sides of the project."""
    project = _project(request, slug)
    found = get_object_or_404(Commitment.objects.select_related(*WHOLE), uuid=key, line__budget__project=project)
    if found.assignment is not None:
        saw_each(request, [found.assignment.user], Seen.PEOPLE, project)
    stays = can_manage.ok(request.user, project)  # who stands in may see it until it is decided
    back = reverse("participation:commitments", args=[slug]) if stays else reverse("work")
    return taken(request, found, step, back=back, around={"project": project}, people=People(project))


def taken(
    request: HttpRequest, found: Commitment, step: str, *, back: str, around: dict[str, Any],
    people: People | None = None,
) -> HttpResponse:  # fmt: skip
    """The same, for a caller who found the promise and knows that `request.user` may see it. Raises Http404."""
    if step not in STEPS:
        raise Http404
    form, made = STEPS[step](request, found, receiver_of(found, people))
    return take_money_step(request, form, made, back=back, around=around)


def shown_for_fund(user: Any, waiting: list[Commitment]) -> list[Any]:
    """Those of `waiting` on which `user` can decide now."""
    return [one for one in shown_promises(user, waiting) if one.may_decide]
