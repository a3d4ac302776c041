"""Budgets in the workspace of who manages the fund: open one, set money apart, lower, move, close; its promises."""

import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from participation.actions.money import funds as actions
from participation.forms import Form
from participation.fund_page import shown
from participation.models import Budget, Commitment, Fund, Payer
from participation.money_fund_forms import BudgetForm, CloseForm, EarmarkForm, LowerForm, MoveForm, projects_to_choose
from participation.money_permissions import can_manage_fund
from participation.promises import WHOLE, promises_of, shown_promises
from participation.states import LineKind
from participation.views.money.commitments import ask_from_budget, taken
from participation.views.money.confirming import MoneyStep, sent, take_money_step
from participation.views.money.funds import managed_fund, seen_fund
from participation.views.project_common import GET_OR_POST
from portal.core.money import euros


def managed_budget(user: Any, slug: str, key: uuid.UUID) -> Budget:
    """The budget `key` of a fund that `user` manages. Raises Http404."""
    return _budget(managed_fund(user, slug), key)


def seen_budget(user: Any, slug: str, key: uuid.UUID) -> Budget:
    """The same, also for who stands in for a promise that waits too long."""
    return _budget(seen_fund(user, slug), key)


def _budget(fund: Fund, key: uuid.UUID) -> Budget:
    whole = ("project__organisation", "project__patient_side", "payer__organisation")
    found = get_object_or_404(fund.budgets.select_related(*whole).prefetch_related("lines"), uuid=key)
    found.fund = fund
    return found


def payers_for(fund: Fund) -> list[Payer]:
    """Who can pay out for a fund: real for real, invented for invented; its own organisation first."""
    same = Payer.objects.filter(organisation__is_example=fund.organisation.is_example)
    found = same.select_related("organisation").order_by("organisation__sort_key", "pk")
    return sorted(found, key=lambda one: one.organisation_id != fund.organisation_id)


@GET_OR_POST
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Open a budget, without money yet."""
    fund = managed_fund(request.user, slug)
    form = BudgetForm(
        sent(request), payers=payers_for(fund),
        projects=projects_to_choose(is_example=fund.organisation.is_example),
        initial={"starts_on": timezone.localdate(), "ends_on": fund.ends_on},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and (made := _opened(request, fund, form)) is not None:
        messages.success(request, _("Het budget is open. Zet er nu geld voor apart."))
        return redirect("participation:work-budget", slug, made.uuid)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound and form.errors else HTTPStatus.OK
    context = {"fund": fund, "form": form, "has_payers": bool(form.payer_of)}
    return render(request, "participation/money/fund_budget_form.html", context, status=status)


def _opened(request: HttpRequest, fund: Fund, form: BudgetForm) -> Budget | None:
    told = form.cleaned_data
    payer, project = form.payer_of.get(told["payer"]), form.project_of.get(told["project"])
    if payer is None:
        form.add_error("payer", _("Kies wie uitbetaalt."))
    if not told["starts_on"] or not told["ends_on"]:
        form.add_error("ends_on", _("Kies een eerste en een laatste dag."))
    if form.errors or payer is None:
        return None
    try:
        return actions.open_budget(
            fund=fund, payer=payer, project=project, purpose=told["purpose"], purpose_en=told["purpose_en"],
            starts_on=told["starts_on"], ends_on=told["ends_on"], by=request.user, now=timezone.now(),
        )  # fmt: skip
    except ValidationError as error:
        form.take(error)
        return None


@require_safe
def budget(request: HttpRequest, slug: str, key: uuid.UUID) -> HttpResponse:
    """How a budget stands, with its promises."""
    found = seen_budget(request.user, slug, key)
    context = {
        "may_manage": can_manage_fund.ok(request.user, found.fund),
        "fund": found.fund,
        "one": shown(found, timezone.localdate()),
        "budget": found,
        "promises": shown_promises(request.user, promises_of([found])),
    }
    return render(request, "participation/money/fund_budget.html", context)


# --- Steps -----------------------------------------------------------------------------------------------------------

Made = tuple[Form, MoneyStep]


def _earmark(request: HttpRequest, found: Budget) -> Made:
    def act(form: Form) -> str:
        told = form.cleaned_data
        actions.earmark(
            budget=found, kind=LineKind(told["kind"]), cents=told["amount"], by=request.user, now=timezone.now(),
            key=told["key"],
        )  # fmt: skip
        return _("%(amount)s is apart gezet.") % {"amount": euros(told["amount"])}

    return EarmarkForm(sent(request)), MoneyStep(
        title=_("Zet geld apart"), button=_("Zet apart"), who_sees=_("Iedereen ziet dit"), act=act,
        question=lambda form: _("U zet %(amount)s apart voor “%(kind)s”. Klopt dat?") % _told(form, "kind"),
        hint=_("In het fonds is nog %(free)s vrij.") % {"free": euros(found.fund.amount - found.fund.earmarked)},
    )  # fmt: skip


def _lower(request: HttpRequest, found: Budget) -> Made:
    def act(form: Form) -> str:
        told, line = form.cleaned_data, form.chosen  # type: ignore[attr-defined]
        actions.lower(line=line, cents=told["amount"], by=request.user, now=timezone.now(), key=told["key"])
        return _("%(amount)s ging terug naar het fonds.") % {"amount": euros(told["amount"])}

    return LowerForm(sent(request), lines=_lines(found)), MoneyStep(
        title=_("Geef geld terug aan het fonds"), button=_("Geef terug"), who_sees=_("Iedereen ziet dit"), act=act,
        question=lambda form: _("U geeft %(amount)s van “%(line)s” terug aan het fonds. Klopt dat?")
        % _told(form, "line"),
        hint=_("Alleen wat nog niet is toegezegd."),
    )  # fmt: skip


def _move(request: HttpRequest, found: Budget) -> Made:
    def act(form: Form) -> str:
        told, line = form.cleaned_data, form.chosen  # type: ignore[attr-defined]
        actions.move(
            line=line, kind=LineKind(told["kind"]), cents=told["amount"], by=request.user, now=timezone.now(),
            key=told["key"],
        )  # fmt: skip
        return _("%(amount)s is verplaatst.") % {"amount": euros(told["amount"])}

    return MoveForm(sent(request), lines=_lines(found)), MoneyStep(
        title=_("Verplaats geld binnen het budget"), button=_("Verplaats"), who_sees=_("Iedereen ziet dit"), act=act,
        question=lambda form: _("U verplaatst %(amount)s van “%(line)s” naar “%(kind)s”. Klopt dat?")
        % _told(form, "line", "kind"),
        hint=_("Alleen wat nog niet is toegezegd."),
    )  # fmt: skip


def _close(request: HttpRequest, found: Budget) -> Made:
    def act(form: Form) -> str:
        told = form.cleaned_data
        actions.close_budget(budget=found, text=told["text"], by=request.user, now=timezone.now(), key=told["key"])
        return _("Het budget is afgesloten.")

    free = sum(line.free for line in found.lines.all())
    return CloseForm(sent(request)), MoneyStep(
        title=_("Sluit het budget af"), button=_("Sluit af"), who_sees=_("Iedereen ziet dit"), act=act,
        question=lambda form: _("U sluit dit budget af. %(free)s gaat terug naar het fonds. Klopt dat?")
        % {"free": euros(free)},
        hint=_("Dit kunt u niet terugdraaien. %(free)s is niet toegezegd.") % {"free": euros(free)},
    )  # fmt: skip


def _lines(found: Budget) -> list[Any]:
    lines = sorted(found.lines.all(), key=lambda line: list(LineKind).index(LineKind(line.kind)))
    for line in lines:
        line.budget = found
    return lines


def _told(form: Form, *kinds: str) -> dict[str, str]:
    words = {name: str(LineKind(form.cleaned_data[name]).label) for name in kinds}
    return {"amount": euros(form.cleaned_data["amount"]), **words}


STEPS: dict[str, Callable[[HttpRequest, Budget], Made]] = {
    "apart": _earmark,
    "terug": _lower,
    "schuif": _move,
    "sluiten": _close,
}


@GET_OR_POST
def step(request: HttpRequest, slug: str, key: uuid.UUID, step: str) -> HttpResponse:
    """One step of a budget."""
    found = managed_budget(request.user, slug, key)
    back = reverse("participation:work-budget", args=[slug, key])
    if step == "vraag":
        return ask_from_budget(request, found, back)
    if step not in STEPS:
        raise Http404
    form, made = STEPS[step](request, found)
    for name in ("kind", "line"):
        if name in form.fields:
            form.fields[name].required = True
            form.fields[name].error_messages["required"] = _("Kies iets uit de lijst.")
    return take_money_step(request, form, made, back=back, around={"fund": found.fund, "budget": found})


@GET_OR_POST
def promise_step(request: HttpRequest, slug: str, key: uuid.UUID, promise: uuid.UUID, step: str) -> HttpResponse:
    """One step with a promise out of the budget, as who manages the fund: a representative is a number here."""
    found = seen_budget(request.user, slug, key)
    one = get_object_or_404(Commitment.objects.select_related(*WHOLE), uuid=promise, line__budget=found)
    stays = can_manage_fund.ok(request.user, found.fund)  # who stands in may see it until it is decided
    back = reverse("participation:work-budget", args=[slug, key]) if stays else reverse("work")
    return taken(request, one, step, back=back, around={"fund": found.fund, "budget": found})
