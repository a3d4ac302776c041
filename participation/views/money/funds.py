"""Funds in the workspace of who manages them: begin one, its text, money in and out, what it plans."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from participation.actions.money import funds as actions
from participation.forms import Form, funds_of
from participation.fund_page import context_of, funds_of_manager, waiting_for
from participation.models import Fund
from participation.money_fund_forms import AmountForm, FundForm, PlanForm
from participation.money_permissions import can_manage_fund, can_see_fund
from participation.views.money.commitments import shown_for_fund
from participation.views.money.confirming import MoneyStep, sent, take_money_step
from participation.views.project_common import GET_OR_POST
from portal.core.money import euros
from portal.core.permissions import Check
from portal.core.text import clean
from transparency.service import read_live


def managed_fund(user: Any, slug: str) -> Fund:
    """The fund `slug`. Raises Http404 when there is none that `user` manages."""
    return _fund(user, slug, can_manage_fund)


def seen_fund(user: Any, slug: str) -> Fund:
    """The same, also for who stands in for a promise that waits too long."""
    return _fund(user, slug, can_see_fund)


def _fund(user: Any, slug: str, check: Check[Any]) -> Fund:
    found = get_object_or_404(Fund.objects.select_related("organisation__parent"), slug=slug)
    if not check.ok(user, found):
        raise Http404
    return found


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every fund that somebody manages, and a way to begin one."""
    own = funds_of_manager(request.user)
    may_begin = bool(funds_of(request.user))
    if not own and not may_begin:
        raise PermissionDenied(_("Alleen de beheerder van een fonds kan dit."))
    context = {"funds": [(one, len(waiting_for(one))) for one in own], "may_begin": may_begin}
    return render(request, "participation/money/fund_list.html", context)


@require_safe
def fund(request: HttpRequest, slug: str) -> HttpResponse:
    """How a fund stands."""
    found = seen_fund(request.user, slug)
    context = context_of(found, timezone.localdate())
    context["waiting"] = shown_for_fund(request.user, context["waiting"])
    context["may_manage"] = can_manage_fund.ok(request.user, found)
    return render(request, "participation/money/fund.html", context)


# --- Its text --------------------------------------------------------------------------------------------------------


@GET_OR_POST
def new(request: HttpRequest) -> HttpResponse:
    """Begin a fund."""
    own = funds_of(request.user)
    if not own:
        raise PermissionDenied(_("Alleen de beheerder van een fonds kan dit."))
    form = FundForm(sent(request), own=own)
    if request.method == "POST" and "controleer" not in request.POST and form.is_valid():
        organisation = form.own.get(form.cleaned_data["organisation"], own[0])
        try:
            made = actions.begin_fund(
                organisation=organisation, fields=form.texts(), by=request.user, now=timezone.now()
            )
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, _("Het fonds staat erop. Iedereen kan het nu lezen."))
            return redirect("participation:work-fund", made.slug)
    return _text_page(request, form, None)


@GET_OR_POST
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what a fund says of itself."""
    found = managed_fund(request.user, slug)
    start = {name: getattr(found, name) for name in FundForm.TEXTS} | {"organisation": found.organisation.slug}
    form = FundForm(sent(request), own=[found.organisation], initial=start)
    if request.method == "POST" and "controleer" not in request.POST and form.is_valid():
        try:
            actions.change_fund(fund=found, fields=form.texts(), by=request.user, now=timezone.now())
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, _("Bewaard. Iedereen kan het nu lezen."))
            return redirect("participation:work-fund", slug)
    return _text_page(request, form, found)


def _text_page(request: HttpRequest, form: FundForm, found: Fund | None) -> HttpResponse:
    asked = "controleer" in request.POST
    told = read_live(clean(request.POST.get("summary", "")), f"user {request.user.pk}") if asked else None
    is_wrong = not asked and form.is_bound and bool(form.errors)
    context = {"form": form, "fund": found, "is_new": found is None, "told": told, "shows_faults": is_wrong}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK
    return render(request, "participation/money/fund_form.html", context, status=status)


# --- Money in and out ------------------------------------------------------------------------------------------------


@GET_OR_POST
def step(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    """Put money into the fund, or take out what is not set apart."""
    found = managed_fund(request.user, slug)
    steps = {"erbij": _provide, "eruit": _take_out}
    if step not in steps:
        raise Http404
    back = reverse("participation:work-fund", args=[slug])
    form = AmountForm(sent(request))
    return take_money_step(request, form, steps[step](request, found), back=back, around={"fund": found})


def _provide(request: HttpRequest, found: Fund) -> MoneyStep:
    def act(form: Form) -> str:
        told = form.cleaned_data
        actions.provide(fund=found, cents=told["amount"], by=request.user, now=timezone.now(), key=told["key"])
        return _("%(amount)s staat nu in het fonds.") % {"amount": euros(told["amount"])}

    return MoneyStep(
        title=_("Zet geld in het fonds"), button=_("Zet erin"), who_sees=_("Iedereen ziet dit"), act=act,
        question=lambda form: _("U zet %(amount)s in het fonds %(name)s. Klopt dat?")
        % {"amount": euros(form.cleaned_data["amount"]), "name": found.name},
        hint=_("Het portaal heeft zelf geen geld. U schrijft hier op hoeveel uw organisatie geeft."),
    )  # fmt: skip


def _take_out(request: HttpRequest, found: Fund) -> MoneyStep:
    def act(form: Form) -> str:
        told = form.cleaned_data
        actions.take_out(fund=found, cents=told["amount"], by=request.user, now=timezone.now(), key=told["key"])
        return _("%(amount)s is uit het fonds.") % {"amount": euros(told["amount"])}

    return MoneyStep(
        title=_("Haal geld uit het fonds"), button=_("Haal eruit"), who_sees=_("Iedereen ziet dit"), act=act,
        question=lambda form: _("U haalt %(amount)s uit het fonds %(name)s. Klopt dat?")
        % {"amount": euros(form.cleaned_data["amount"]), "name": found.name},
        hint=_("Alleen wat nog niet apart is gezet. Nu is dat %(free)s.")
        % {"free": euros(found.amount - found.earmarked)},
    )  # fmt: skip


# --- What it plans ---------------------------------------------------------------------------------------------------


@GET_OR_POST
def plan(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """What the fund means to spend in a year: nothing is booked for it."""
    found = managed_fund(request.user, slug)
    if not found.starts_on.year <= year <= found.ends_on.year:
        raise Http404

    def act(form: Form) -> str:
        amounts = form.amounts()  # type: ignore[attr-defined]
        actions.plan(fund=found, year=year, amounts=amounts, by=request.user, now=timezone.now())
        return _("Het plan voor %(year)d is bewaard.") % {"year": year}

    shown = MoneyStep(
        title=_("Plan voor %(year)d") % {"year": year}, button=_("Bewaar het plan"), who_sees=_("Iedereen ziet dit"),
        act=act, question=lambda form: "",
        hint=_("Een plan zet nog geen geld apart. U kunt het later veranderen."),
    )  # fmt: skip
    form = PlanForm(sent(request), planned=found.plans.filter(year=year))
    back = reverse("participation:work-fund", args=[slug])
    return take_money_step(request, form, shown, back=back, around={"fund": found})
