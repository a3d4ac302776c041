"""Claims of who asks for money: my claims, a new one, its rows, checked before sending, and how it goes on."""

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

from participation.actions.money import claims as actions
from participation.actions.money.failed_accounts import waits_for_account
from participation.actions.money.funds import new_key
from participation.claim_pages import (
    WHOLE,
    chosen_regime,
    claim_for,
    claims_of,
    first_rows,
    is_ready,
    meetings_to_claim,
    next_words,
    promises_to,
    road_of,
)
from participation.claim_standing import months_to_hold, standing_of
from participation.models import Assignment, Attendance, Claim, Seen
from participation.money_claim_forms import AnswerForm, ReceiptForm, rows_of
from participation.money_permissions import can_change_claim, can_claim, can_read_claim
from participation.states import CLAIM, OWN_TURN, Regime
from participation.view_log import saw
from participation.views.money.claim_form import ClaimPage
from participation.views.project_common import GET_OR_POST
from portal.core.private import only_post
from portal.core.workflow import StepNotAllowed

ROLE = ("project__organisation", "project__patient_side", "user")


@require_safe
def my_money(request: HttpRequest) -> HttpResponse:
    """My claims with how each stands, how I want to be paid for each role, and meetings for which I asked nothing."""
    roles = Assignment.objects.filter(user=request.user.pk, active_since__isnull=False).select_related(
        "project", "payment_choice"
    )
    context = {
        "claims": claims_of(request.user.pk),
        "roles": [(one, getattr(one, "payment_choice", None)) for one in roles.order_by("-active_since", "-pk")],
        "meetings": meetings_to_claim(request.user.pk),
        "own_turn": OWN_TURN,
    }
    return render(request, "participation/money/claim_list.html", context)


# --- A new claim -----------------------------------------------------------------------------------------------------


def own_role(request: HttpRequest, key: uuid.UUID) -> Assignment:
    """The signed role `key` of who asks. Raises Http404: that it exists is private."""
    found = get_object_or_404(Assignment.objects.select_related(*ROLE), uuid=key)
    if not can_claim.ok(request.user, found):
        raise Http404
    return found


@GET_OR_POST
def new(request: HttpRequest, key: uuid.UUID, meeting: uuid.UUID | None = None) -> HttpResponse:
    """A new claim for a role, empty or of a meeting that was held: then time and way are filled in."""
    role, attendance = own_role(request, key), None
    if meeting is not None:
        there = Attendance.objects.filter(assignment=role, was_there=True).select_related("meeting")
        attendance = get_object_or_404(there, meeting__uuid=meeting)
        if request.method != "POST" and (asked := claim_for(attendance.meeting, request.user.pk)) is not None:
            return redirect("participation:claim", asked.uuid)
    budget, promises = actions.budget_for(role), list(promises_to(role))
    if budget is None or not promises:
        return render(request, "participation/money/claim_nothing.html", {"role": role, "project": role.project})
    if not is_ready(role):
        messages.info(request, _("Kies eerst hoe u betaald wilt worden. Daarna vult u uw declaratie in."))
        address = reverse("participation:money-choice", args=[key])
        return redirect(f"{address}?gesprek={meeting}" if meeting else address)
    held = attendance.meeting if attendance else None
    claim = Claim(
        assignment=role, budget=budget, project=role.project, user=role.user, meeting=held,
        regime=chosen_regime(role) or Regime.NONE,
    )  # fmt: skip
    page = ClaimPage(request, claim, whose={"assignment": role, "meeting": held})
    return page.answer(lambda: first_rows(claim, attendance, page.kinds, timezone.localdate()))


# --- One claim -------------------------------------------------------------------------------------------------------


def own_claim(request: HttpRequest, key: uuid.UUID) -> Claim:
    """The claim `key` of who asks, or of their organisation. Raises Http404: that it exists is private."""
    found = get_object_or_404(Claim.objects.select_related(*WHOLE), uuid=key)
    if not can_read_claim.ok(request.user, found):
        raise Http404
    return found


@require_safe
def claim(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A claim: before it is sent with what it comes to against each limit, afterwards with who does what next."""
    found = own_claim(request, key)
    if found.typed_out_by_id == request.user.pk:
        saw(request, found.user, Seen.ASSIGNMENT, found.project)
    return show(request, found)


def show(request: HttpRequest, found: Claim, **faulty: Any) -> HttpResponse:
    """The page of a claim; `faulty`: a form that was not right, by its name, or `faults`: what was refused."""
    may_change = can_change_claim.ok(request.user, found)
    is_own_turn = found.state in OWN_TURN and may_change
    today = timezone.localdate()
    items = list(found.items.select_related("rate", "commitment__line").order_by("place"))
    context = {
        "claim": found,
        "project": found.project,
        "items": items,
        "needs_receipt": found.typed_out_by_id is not None or any(one.kind in actions.NEEDS_RECEIPT for one in items),
        "receipts": found.receipts.defer("data").order_by("added_at", "pk"),
        "is_own_turn": is_own_turn,
        "standing": standing_of(found, today) if is_own_turn else None,
        "missing": actions.missing_receipt(found) if is_own_turn else "",
        "months": months_to_hold(today),
        "road": road_of(found),
        "next_words": next_words(found),
        "steps": {step.name for step in CLAIM.steps_from(found.state)} if may_change else set(),
        "needs_account": may_change and waits_for_account(found),
        "is_typed_out": found.typed_out_by_id is not None,
        "is_of_another": found.typed_out_by_id == request.user.pk,
        "receipt_form": ReceiptForm(),
        "answer_form": AnswerForm(),
        "faults": [],
        "key": new_key(),
        **faulty,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faulty else HTTPStatus.OK
    return render(request, "participation/money/claim.html", context, status=status)


@GET_OR_POST
def edit(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Change the rows and the account of a claim that is not sent."""
    found = own_claim(request, key)
    can_change_claim(request.user, found)
    if found.state not in OWN_TURN:
        raise StepNotAllowed(f"edit: claim is {found.state}", told=_("U hebt deze declaratie al verstuurd."))
    if found.assignment is not None:
        found.regime = chosen_regime(found.assignment) or found.regime
    if found.regime == Regime.NONE or found.regime == Regime.ORG_INVOICE:
        messages.info(request, _("U koos om zelf geen geld te vragen. Kies eerst anders, of trek de declaratie in."))
        return redirect("participation:claim", key)
    page = ClaimPage(request, found)
    return page.answer(lambda: rows_of(list(found.items.order_by("place"))))


# --- Its steps -------------------------------------------------------------------------------------------------------


def number_seen(request: HttpRequest) -> int:
    """The revision that the page showed. Raises StepNotAllowed without one."""
    number = request.POST.get("revision", "")
    if not (number.isascii() and number.isdigit() and len(number) < 9):
        raise StepNotAllowed("the form names no revision")
    return int(number)


def key_sent(request: HttpRequest) -> uuid.UUID:
    """The key of the form. Raises StepNotAllowed without one."""
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        raise StepNotAllowed("the form has no key") from None


def _send(found: Claim, request: HttpRequest) -> str:
    actions.submit_claim(
        claim=found, revision=number_seen(request), answer=request.POST.get("answer", ""), by=request.user,
        now=timezone.now(), key=key_sent(request),
    )  # fmt: skip
    return _("Verstuurd. U ziet hier hoe het verdergaat.")


def _hold(found: Claim, request: HttpRequest) -> str:
    months = {f"{month:%Y-%m}": month for month in months_to_hold(timezone.localdate())}
    until = months.get(request.POST.get("until", ""))
    if until is None:
        raise ValidationError(_("Kies tot welke maand u de declaratie bewaart."))
    actions.hold_claim(
        claim=found, revision=number_seen(request), until=until, by=request.user, now=timezone.now(),
        key=key_sent(request),
    )  # fmt: skip
    return _("Bewaard. U krijgt een mail als die maand begint.")


def _cancel(found: Claim, request: HttpRequest) -> str:
    actions.cancel_claim(
        claim=found, revision=number_seen(request), by=request.user, now=timezone.now(), key=key_sent(request)
    )
    return _("U trok deze declaratie in.")


STEPS: dict[str, Callable[[Claim, HttpRequest], str]] = {
    "versturen": _send, "bewaren": _hold, "intrekken": _cancel,
}  # fmt: skip


@only_post
def step(request: HttpRequest, key: uuid.UUID, step: str) -> HttpResponse:
    """Send a claim, keep it for later, or withdraw it. What stands in the way is told on its page."""
    found = own_claim(request, key)
    if step not in STEPS:
        raise Http404
    try:
        told = STEPS[step](found, request)
    except ValidationError as error:
        answer_form = AnswerForm(request.POST) if step == "versturen" else AnswerForm()
        return show(request, found, faults=error.messages, answer_form=answer_form)
    messages.success(request, told)
    return redirect("participation:claim", key)
