"""One file of payments: taking it to the bank, saying that it was paid, or what was not."""

import uuid
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from participation.actions.money import payments as actions
from participation.actions.money.bank import take_file
from participation.bank_file import FORMS
from participation.forms import Form
from participation.models import Claim, PaymentBatch, Seen
from participation.money_duties import WHOLE
from participation.money_permissions import can_handle_batch, can_mark_batch, can_pay_claim
from participation.money_tasks import where_spent
from participation.money_work_forms import FailedForm, MoneyForm, ReferenceForm
from participation.states import BatchState, ClaimState
from participation.view_log import saw_each
from participation.views.money.judging import whose
from participation.views.money.payments import claims_of, found_batch
from portal.core.private import only_post

FAILING = (ClaimState.EXPORTED, ClaimState.PAID)


@require_safe
def batch(request: HttpRequest, slug: str, key: uuid.UUID) -> HttpResponse:
    """The payments of one file and what can be done with it."""
    return _page(request, found_batch(request, slug, key))


def _page(
    request: HttpRequest, found: PaymentBatch, step: str = "", faulty: Form | None = None, about: str = ""
) -> HttpResponse:
    claims = claims_of(found)
    saw_each(request, [one.user for one in claims if one.user_id], Seen.CLAIM)
    rows = [
        {
            "claim": one, "who": whose(one), "where": where_spent(one), "is_open": about == str(one.uuid),
            "form": faulty if faulty is not None and about == str(one.uuid) else FailedForm(prefix=one.uuid.hex),
            "can_fail": one.state in FAILING and can_pay_claim.ok(request.user, one),
        }
        for one in claims
    ]  # fmt: skip
    waits = found.state == BatchState.MADE
    mine = waits and can_handle_batch.ok(request.user, found)
    here = [one for one in claims if one.state == ClaimState.EXPORTED]
    context: dict[str, Any] = {
        "batch": found,
        "organisation": found.payer.organisation,
        "rows": rows,
        "amount_here": sum(one.amount for one in claims),
        "is_less": len(claims) != found.count,
        "can_take": mine and bool(here),
        "can_cancel": mine,
        "can_mark": waits and bool(here) and can_mark_batch.ok(request.user, found),
        "paid_form": faulty if step == "betaald" and faulty is not None else ReferenceForm(prefix="betaald"),
        "cancel_form": MoneyForm(prefix="intrekken"),
        "faulty": faulty,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faulty else HTTPStatus.OK
    return render(request, "participation/money/pay_batch.html", context, status=status)


@only_post
def file(request: HttpRequest, slug: str, key: uuid.UUID, form: str) -> HttpResponse:
    """The file itself, made now: only to keep, never to open here, and no browser keeps it."""
    if form not in FORMS:
        raise Http404
    made = take_file(batch=found_batch(request, slug, key), form=form, by=request.user, now=timezone.now())
    response = HttpResponse(made.data, content_type=made.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@only_post
def step(request: HttpRequest, slug: str, key: uuid.UUID, step: str) -> HttpResponse:
    """Say that the bank paid, or take the file back."""
    found = found_batch(request, slug, key)
    forms: dict[str, Form] = {
        "betaald": ReferenceForm(request.POST, prefix="betaald"),
        "intrekken": MoneyForm(request.POST, prefix="intrekken"),
    }
    if step not in forms:
        raise Http404
    form = forms[step]
    if form.is_valid():
        read, common = form.cleaned_data, {"by": request.user, "now": timezone.now()}
        try:
            if step == "betaald":
                actions.mark_paid(batch=found, reference=read["reference"], key=read["key"], **common)
                told = _("Betaald. Iedereen krijgt er een mail over.")
            else:
                actions.cancel_batch(batch=found, key=read["key"], **common)
                told = _("Het bestand is ingetrokken. Wat erin stond, wacht weer.")
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, told)
            return redirect("participation:money-batch", slug, key)
    return _page(request, found, step, form)


@only_post
def failed(request: HttpRequest, slug: str, key: uuid.UUID, claim: uuid.UUID) -> HttpResponse:
    """Say that the bank could not pay one claim of this file, or that the money came back."""
    found = found_batch(request, slug, key)
    form = FailedForm(request.POST, prefix=claim.hex)
    one = get_object_or_404(Claim.objects.select_related(*WHOLE), uuid=claim, budget__payer=found.payer_id)
    one.batch = found  # as the page showed it: in another file meanwhile, and the action refuses
    if form.is_valid():
        try:
            actions.mark_failed(
                claim=one, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now(),
                key=form.cleaned_data["key"],
            )  # fmt: skip
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, _("Gemeld. Wij vragen een ander rekeningnummer."))
            return redirect("participation:money-batch", slug, key)
    return _page(request, found, "mislukt", form, str(claim))
