"""Checking and approving claims: what waits, one claim with everything that is needed to judge it, and the steps."""

import uuid
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from participation.actions.money import judging, payments
from participation.claim_signals import Signals
from participation.forms import Form
from participation.models import Claim, Receipt, Seen
from participation.money_duties import CHECK, WHOLE, waiting_for
from participation.money_permissions import (
    can_agree_reversal,
    can_approve,
    can_ask_reversal,
    can_check,
    can_see_claim,
)
from participation.money_tasks import where_spent
from participation.money_work_forms import ClaimStepForm
from participation.states import ClaimState
from participation.view_log import saw, saw_each
from portal.core.private import only_post
from portal.core.workflow import StepNotAllowed

RECEIPTS = {"JPG": ("jpg", "image/jpeg"), "PDF": ("pdf", "application/pdf")}


def whose(claim: Claim) -> str:
    """Who asks: the name, for who decides about it; an organisation by its own name."""
    if claim.organisation is not None:
        return claim.organisation.name
    if claim.user is not None:
        return claim.user.get_full_name()
    return _("iemand die geen account meer heeft")


def lines_of(claims: Iterable[Claim], signals: Signals) -> list[dict[str, Any]]:
    """The claims as rows of a list: what stands out comes first."""
    rows = [
        {"claim": one, "who": whose(one), "where": where_spent(one), "signals": signals.of(one)} for one in claims
    ]  # fmt: skip
    return sorted(rows, key=lambda row: not row["signals"])


@require_safe
def to_check(request: HttpRequest) -> HttpResponse:
    """The claims that wait for a look, by project; what stands out comes first."""
    claims = waiting_for(request.user, CHECK)
    saw_each(request, [one.user for one in claims if one.user_id], Seen.CLAIM)
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in lines_of(claims, Signals(claims)):
        groups.setdefault(row["where"], []).append(row)
    return render(request, "participation/money/judge_list.html", {"groups": sorted(groups.items())})


# --- One claim -------------------------------------------------------------------------------------------------------


def found_claim(request: HttpRequest, key: uuid.UUID) -> Claim:
    """The claim. Raises Http404 for who may not know of it."""
    claim = get_object_or_404(Claim.objects.select_related(*WHOLE, "checked_by", "approved_by"), uuid=key)
    if not can_see_claim.ok(request.user, claim):
        raise Http404
    return claim


@require_safe
def claim(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One claim: its rows, receipts, the meetings of those days, what stands out, and what can be done with it."""
    return _page(request, found_claim(request, key))


def _page(request: HttpRequest, found: Claim, step: str = "", faulty: Form | None = None) -> HttpResponse:
    saw(request, found.user, Seen.CLAIM, found.project)
    signals, forms = Signals([found]), _forms(found)
    if faulty is not None:
        forms[step] = faulty
    user, state = request.user, found.state
    can_judge = (state == ClaimState.SUBMITTED and can_check.ok(user, found)) or (
        state == ClaimState.CHECKED and can_approve.ok(user, found)
    )
    undoable = state in (ClaimState.APPROVED, ClaimState.PAID)
    context = {
        "claim": found,
        "who": whose(found),
        "role": _role(found),
        "where": where_spent(found),
        "items": signals.items(found),
        "meetings": signals.meetings(found),
        "signals": signals.of(found) if state in (ClaimState.SUBMITTED, ClaimState.CHECKED) else [],
        "receipts": list(found.receipts.defer("data").order_by("pk")),
        "promises": _promises(signals, found),
        "forms": forms,
        "faulty": faulty,
        "can_judge": can_judge,
        "can_ask_undo": undoable and found.reversal_asked_at is None and can_ask_reversal.ok(user, found),
        "can_undo": undoable and found.reversal_asked_at is not None and can_agree_reversal.ok(user, found),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faulty else HTTPStatus.OK
    return render(request, "participation/money/judge_claim.html", context, status=status)


def _role(found: Claim) -> str:
    """As what the person takes part, as others on the project know them."""
    if found.assignment is None or found.project is None:
        return ""
    return _("patiëntvertegenwoordiger %(number)d") % {"number": found.assignment.number}


def _promises(signals: Signals, found: Claim) -> list[dict[str, Any]]:
    """Out of which promises it is paid, and what is left of each after this claim."""
    once = {item.commitment_id: item.commitment for item in signals.items(found)}
    return [{"what": one.what_for, "kind": one.line.get_kind_display(), "left": one.left} for one in once.values()]


def _forms(found: Claim, data: Any = None) -> dict[str, Form]:
    """The forms of every step, by its name in the address."""
    them = _("Wie de declaratie stuurde, leest dit.")
    labels: dict[str, tuple[Any, Any]] = {
        "nagekeken": (None, ""),
        "goedkeuren": (None, ""),
        "terug": (_("Wat wilt u weten?"), them),
        "afwijzen": (_("Waarom niet?"), them),
        "terugdraaien-vragen": (_("Waarom moet het terug?"), _("Wie betaalt leest dit, en wie de declaratie stuurde.")),
        "terugdraaien": (None, ""),
        "laten-staan": (None, ""),
    }
    seen = {"revision": found.revision}
    return {
        name: ClaimStepForm(data, prefix=name, label=label, help_text=help_text, initial=seen)
        for name, (label, help_text) in labels.items()
    }


Act = Callable[[Claim, dict[str, Any], Any], str]


def _booked(action: Callable[..., Any], told: Any, text: str = "") -> Act:
    """An action with a key as a step of the page; `text`: what it calls the words that were typed."""

    def act(found: Claim, read: dict[str, Any], user: Any) -> str:
        words = {text: read["text"]} if text else {}
        action(claim=found, revision=read["revision"], key=read["key"], by=user, now=timezone.now(), **words)
        return str(told)

    return act


def _ask_undo(found: Claim, read: dict[str, Any], user: Any) -> str:
    _same(found, read)
    payments.ask_reversal(claim=found, reason=read["text"], by=user, now=timezone.now())
    return _("Gevraagd. Iemand die betaalt, beslist erover.")


def _leave(found: Claim, read: dict[str, Any], user: Any) -> str:
    _same(found, read)
    payments.refuse_reversal(claim=found, by=user, now=timezone.now())
    return _("De declaratie blijft zoals zij was. Wie het vroeg, krijgt een mail.")


def _same(found: Claim, read: dict[str, Any]) -> None:
    if found.revision != read["revision"]:
        raise StepNotAllowed("the claim changed meanwhile")


def _acts() -> dict[str, Act]:
    """What each step does, and its words afterwards in the language of the page."""
    return {
        "nagekeken": _booked(judging.check_claim, _("Nagekeken. De beheerder van het fonds keurt haar goed.")),
        "goedkeuren": _booked(judging.approve_claim, _("Goedgekeurd. Nu kan er betaald worden.")),
        "terug": _booked(judging.return_claim, _("Uw vraag is verstuurd."), "question"),
        "afwijzen": _booked(judging.reject_claim, _("Afgewezen. De reden is gemaild."), "reason"),
        "terugdraaien-vragen": _ask_undo,
        "terugdraaien": _booked(payments.agree_reversal, _("Teruggedraaid. Het geld is weer vrij.")),
        "laten-staan": _leave,
    }


@only_post
def claim_step(request: HttpRequest, key: uuid.UUID, step: str) -> HttpResponse:
    """One step on a claim. What is missing comes back with what was typed."""
    acts = _acts()
    if step not in acts:
        raise Http404
    found = found_claim(request, key)
    form = _forms(found, request.POST)[step]
    if form.is_valid():
        try:
            told = acts[step](found, form.cleaned_data, request.user)
        except ValidationError as error:
            form.take(_at_text(error))
        else:
            messages.success(request, told)
            return redirect("participation:money-work-claim", key)
    return _page(request, found, step, form)


def _at_text(error: ValidationError) -> ValidationError:
    """A fault of an action at the one field of these forms."""
    return ValidationError({"text": error.messages})


# --- A receipt -------------------------------------------------------------------------------------------------------


@require_safe
def receipt(request: HttpRequest, key: uuid.UUID, receipt: uuid.UUID) -> HttpResponse:
    """A receipt to keep: a file that opens nowhere here."""
    claim = found_claim(request, key)
    found = get_object_or_404(Receipt, claim=claim, uuid=receipt)
    saw(request, claim.user, Seen.CLAIM, claim.project)
    ending, kind = RECEIPTS[found.form]
    response = HttpResponse(bytes(found.data), content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="bon-{found.uuid}.{ending}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
