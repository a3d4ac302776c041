"""What a provider finds wrong in a text of our editors: they look at it, show it and answer."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from portal.accounts.permissions import can_edit_for_portal
from portal.core.private import only_post
from transparency.actions import claims as actions
from transparency.faults import Fault, faults_of
from transparency.models import Claim
from transparency.permissions import can_approve_answer, can_judge_claim
from transparency.states import ClaimKind, ClaimOutcome, ClaimState, ReturnGround

_ANSWER, _NOTE, _GROUND = "antwoord", "toelichting", "reden"


def _dispute(user: Any, key: UUID) -> Claim:
    """The dispute `key`, for our editors. Raises Http404, PermissionDenied."""
    can_edit_for_portal(user)
    needed = ("entry__organisation", "entry__current_version", "version", "asked_by", "decided_by", "answered_by")
    filed = Claim.objects.filter(kind=ClaimKind.DISPUTE, filed_at__isnull=False)
    return get_object_or_404(filed.select_related(*needed), uuid=key)


@require_safe
def dispute(request: HttpRequest, key: UUID) -> HttpResponse:
    """One dispute, and what the editor can do with it."""
    return _page(request, _dispute(request.user, key))


def _page(request: HttpRequest, claim: Claim, *, faults: list[Fault] | None = None) -> HttpResponse:
    judges = can_judge_claim.ok(request.user, claim)
    context = {
        "claim": claim,
        "entry": claim.entry,
        "can_look": judges and claim.state == ClaimState.FILED,
        "can_answer": judges and claim.state == ClaimState.SHOWN,
        "can_approve": claim.state == ClaimState.ANSWERING and can_approve_answer.ok(request.user, claim),
        "spoke_for_provider": not judges,
        "grounds": ReturnGround.choices,
        "outcomes": ClaimOutcome.choices,
        "sent": {key: request.POST.get(key, "") for key in (_ANSWER, _NOTE, _GROUND, "uitkomst")},
        "faults": faults or [],
        "wrong": {fault.field for fault in faults or []},
        "most": actions.LONGEST,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    return render(request, "transparency/editorial_dispute.html", context, status=status)


def _more(request: HttpRequest, step: str) -> dict[str, Any]:
    """What a step needs from the form. Raises ValidationError ({field: message}) when a choice is missing."""
    if step == "terugsturen":
        ground = _chosen(request, _GROUND, ReturnGround.values)
        return {"ground": ReturnGround(ground), "note": request.POST.get(_NOTE, "")}
    if step == "antwoorden":
        outcome = _chosen(request, "uitkomst", ClaimOutcome.values)
        return {"outcome": ClaimOutcome(outcome), "text": request.POST.get(_ANSWER, "")}
    return {"note": request.POST.get(_NOTE, "")} if step == "antwoord-terugsturen" else {}


def _chosen(request: HttpRequest, field: str, codes: list[str]) -> str:
    code = request.POST.get(field, "")
    if code not in codes:
        raise ValidationError({field: gettext_lazy("Kies een van de antwoorden.")})
    return code


STEPS: dict[str, tuple[Callable[..., None], Any, str]] = {
    "tonen": (actions.show, gettext_lazy("Iedereen kan dit nu lezen."), ""),
    "terugsturen": (actions.return_claim, gettext_lazy("De zorgverlener krijgt bericht."), _NOTE),
    "antwoorden": (actions.answer, gettext_lazy("Een andere redacteur krijgt uw antwoord te lezen."), _ANSWER),
    "goedkeuren": (actions.approve_answer, gettext_lazy("Iedereen kan het antwoord nu lezen."), ""),
    "antwoord-terugsturen": (actions.return_answer, gettext_lazy("Uw collega krijgt bericht."), _NOTE),
}


@only_post
def dispute_step(request: HttpRequest, key: UUID, step: str) -> HttpResponse:
    """One step with a dispute."""
    claim = _dispute(request.user, key)
    if step not in STEPS:
        raise Http404
    act, said, field = STEPS[step]
    try:
        act(claim=claim, by=request.user, now=timezone.now(), **_more(request, step))
    except ValidationError as error:
        fields = {name: f"{name}-{code}" for name, code in (
            (_GROUND, ReturnGround.values[0]), ("uitkomst", ClaimOutcome.values[0]),
        )}  # fmt: skip
        return _page(request, claim, faults=faults_of(error, fields, field=field))
    messages.success(request, said)
    return redirect("transparency:editorial-dispute", claim.uuid)
