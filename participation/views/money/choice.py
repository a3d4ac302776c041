"""How somebody wants to be paid for a role, and what they tell so that it stays under the limits."""

import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.actions.money import claims as actions
from participation.actions.money import telling
from participation.claim_pages import OWN_REGIMES, REGIME_WORDS, chosen_regime, is_ready, promises_to
from participation.forms import Form
from participation.models import Assignment, PaidElsewhere, PaymentProfile
from participation.money_claim_forms import AgeForm, CeilingForm, ElsewhereForm, RegimeForm
from participation.rates import is_young, month_of, rate_on
from participation.states import Regime
from participation.views.money.claims import own_role
from participation.views.project_common import GET_OR_POST
from portal.core.dates import add_months, long_month
from portal.core.money import CENTS

MONTHS_SHOWN = 12  # back and ahead, of what others pay


@GET_OR_POST
def choice(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The page; by POST one of its forms."""
    role = own_role(request, key)
    if request.method != "POST":
        return _page(request, role)
    name = request.POST.get("stap", "")
    if name not in STEPS:
        raise Http404
    form = _forms(role, request.POST)[name]
    if form.is_valid():
        try:
            STEPS[name](role, form, request)
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, _("Bewaard."))
            wanted = meeting_wanted(request)
            address = reverse("participation:money-choice", args=[key])
            return redirect(f"{address}?gesprek={wanted}" if wanted else address)
    return _page(request, role, name, form)


def meeting_wanted(request: HttpRequest) -> uuid.UUID | None:
    """The meeting for which somebody came to ask money, before they had chosen."""
    try:
        return uuid.UUID(request.GET.get("gesprek", ""))
    except ValueError:
        return None


def _months() -> list[tuple[str, str]]:
    this_month = month_of(timezone.localdate())
    found = [add_months(this_month, number) for number in range(-MONTHS_SHOWN, MONTHS_SHOWN + 1)]
    return [(f"{month:%Y-%m}", long_month(f"{month:%Y-%m}")) for month in found]


def _forms(role: Assignment, data: Any = None) -> dict[str, Any]:
    profile = PaymentProfile.objects.filter(user=role.user_id).first()
    ceiling = profile.ceiling if profile and profile.ceiling is not None else None
    age: dict[str, str] = {}
    if profile and profile.is_21 is not None:
        age = {"is_21": "ja" if profile.is_21 else "nee"}
        if profile.turns_21_in:
            age["turns_21_in"] = f"{profile.turns_21_in.month}-{profile.turns_21_in.year}"
    today = timezone.localdate()
    return {
        "keuze": RegimeForm(data, regimes=actions.regimes_for(actions.budget_for(role)),
                            initial={"regime": chosen_regime(role)}),
        "leeftijd": AgeForm(data, initial=age),
        "grens": CeilingForm(data, initial={"ceiling": _typed(ceiling)}),
        "elders": ElsewhereForm(data, months=_months(), initial={"month": f"{today:%Y-%m}"}),
    }  # fmt: skip


def _typed(cents: int | None) -> str:
    """An amount as somebody would type it."""
    if cents is None:
        return ""
    return f"{cents // CENTS},{cents % CENTS:02d}" if cents % CENTS else str(cents // CENTS)


def _page(request: HttpRequest, role: Assignment, step: str = "", faulty: Form | None = None) -> HttpResponse:
    forms, today, chosen = _forms(role), timezone.localdate(), chosen_regime(role)
    if faulty is not None:
        forms[step] = faulty
    budget = actions.budget_for(role)
    profile = PaymentProfile.objects.filter(user=role.user_id).first()
    rate = rate_on(today, is_example=role.project.organisation.is_example)
    context = {
        "role": role,
        "project": role.project,
        "forms": forms,
        "faulty": faulty,
        "options": [(option, REGIME_WORDS[Regime(option.data["value"])]) for option in forms["keuze"]["regime"]],
        "chosen": chosen,
        "rate": rate,
        "hour": (rate.hour_young if is_young(profile, today) else rate.hour) if rate else 0,
        "has_limits": chosen == Regime.VOLUNTEER,
        "elsewhere": PaidElsewhere.objects.filter(user=role.user_id).order_by("-month"),
        "payer": budget.payer.organisation if budget else None,
        "claim_url": _claim_url(request, role),
        "can_claim_now": is_ready(role) and chosen in OWN_REGIMES and promises_to(role).exists(),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faulty else HTTPStatus.OK
    return render(request, "participation/money/claim_choice.html", context, status=status)


def _claim_url(request: HttpRequest, role: Assignment) -> str:
    """Where to go on when everything is told: the meeting for which somebody came, or an empty claim."""
    if (wanted := meeting_wanted(request)) is not None:
        return reverse("participation:claim-for-meeting", args=[role.uuid, wanted])
    return reverse("participation:claim-new", args=[role.uuid])


def _choose(role: Assignment, form: Any, request: HttpRequest) -> None:
    regime = form.cleaned_data["regime"]
    actions.choose_regime(assignment=role, regime=regime, by=request.user, now=timezone.now())


def _age(role: Assignment, form: Any, request: HttpRequest) -> None:
    telling.tell_age(by=request.user, now=timezone.now(), **form.age())


def _ceiling(role: Assignment, form: Any, request: HttpRequest) -> None:
    telling.set_ceiling(cents=form.cleaned_data["ceiling"], by=request.user, now=timezone.now())


def _elsewhere(role: Assignment, form: Any, request: HttpRequest) -> None:
    read = form.cleaned_data
    year, month = read["month"].split("-")
    telling.tell_elsewhere(
        month=timezone.localdate().replace(year=int(year), month=int(month), day=1), cents=read["amount"],
        by=request.user, now=timezone.now(),
    )  # fmt: skip


STEPS: dict[str, Callable[[Assignment, Any, HttpRequest], None]] = {
    "keuze": _choose, "leeftijd": _age, "grens": _ceiling, "elders": _elsewhere,
}  # fmt: skip
