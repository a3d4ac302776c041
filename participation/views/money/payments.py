"""Paying: the account of the payer, what waits, a file for the bank, and what came of it."""

import datetime
import uuid
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from participation.actions.money import payments as actions
from participation.iban import opened
from participation.models import Claim, Payer, PaymentBatch, Seen
from participation.money_duties import PAY, UNDO, WHOLE, batches_of, waiting_for
from participation.money_permissions import can_pay
from participation.money_tasks import where_spent
from participation.money_work_forms import MoneyForm, PayerForm, PayOnForm
from participation.pay_preview import left_out
from participation.view_log import saw_each
from participation.views.money.judging import whose
from participation.views.project_common import GET_OR_POST
from portal.core.private import only_post
from portal.organisations.models import Organisation
from portal.organisations.permissions import where_held
from portal.organisations.roles import Role

MOST_BATCHES = 30  # in the list of those that are over


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The organisations for which somebody pays, each with what waits there."""
    waiting = waiting_for(request.user, PAY)
    own = Organisation.objects.filter(pk__in=where_held(request.user, Role.FINANCE_OFFICER))
    found = {one.pk: one for one in own.order_by("sort_key", "pk")}
    for claim in [*waiting, *waiting_for(request.user, UNDO)]:
        found.setdefault(claim.budget.payer.organisation_id, claim.budget.payer.organisation)
    for batch in batches_of(request.user):
        found.setdefault(batch.payer.organisation_id, batch.payer.organisation)
    rows = []
    for one in found.values():
        there = [claim for claim in waiting if claim.budget.payer.organisation_id == one.pk]
        rows.append({"organisation": one, "number": len(there), "amount": sum(claim.amount for claim in there)})
    if not rows:
        raise PermissionDenied(_("Alleen de financiële medewerker van wie betaalt kan dit."))
    return render(request, "participation/money/pay_home.html", {"rows": rows})


# --- One payer -------------------------------------------------------------------------------------------------------


def found_payer(request: HttpRequest, slug: str) -> tuple[Payer, list[Claim]]:
    """(the payer, what waits there for this person). Raises Http404 for who does not pay there.

    An organisation that said nothing yet is a payer that is not saved.
    """
    organisation = get_object_or_404(Organisation.objects.select_related("parent"), slug=slug)
    payer = Payer.objects.select_related("organisation__parent").filter(organisation=organisation).first()
    payer = payer or Payer(organisation=organisation)
    waiting = [one for one in waiting_for(request.user, PAY) if one.budget.payer_id == payer.pk]
    if not waiting and not can_pay.ok(request.user, payer):
        undo = [one for one in waiting_for(request.user, UNDO) if one.budget.payer_id == payer.pk]
        if not undo and not any(one.payer_id == payer.pk for one in batches_of(request.user)):
            raise Http404
    return payer, waiting


def account_end(payer: Payer) -> str:
    """The last four characters of the account, by which its people know it; "" without one."""
    return opened(payer.iban_sealed)[-4:] if payer.iban_sealed else ""


@require_safe
def payer(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits, with a day to choose: it shows at once what cannot be in the file of that day, and why."""
    found, waiting = found_payer(request, slug)
    return _payer_page(request, found, waiting)


def _payer_page(
    request: HttpRequest, found: Payer, waiting: Sequence[Claim], fault: str = "", data: Any = None
) -> HttpResponse:
    today = timezone.localdate()
    asked = PayOnForm(data or request.GET or None)
    chosen = asked.cleaned_data.get("dag") if asked.is_bound and asked.is_valid() else None
    pay_on = chosen if chosen and today <= chosen <= today + actions.LATEST else today
    if not asked.is_bound or not asked.errors:
        asked = PayOnForm(initial={"dag": pay_on})
    refused = left_out(waiting, pay_on, request.user)
    undo = [one for one in waiting_for(request.user, UNDO) if one.budget.payer_id == found.pk]
    saw_each(request, [one.user for one in (*waiting, *undo) if one.user_id], Seen.CLAIM)
    rows = [_row(one, today) for one in waiting]
    batches = found.batches.order_by("-number") if found.pk else PaymentBatch.objects.none()
    context = {
        "payer": found,
        "organisation": found.organisation,
        "account_end": account_end(found),
        "may_change": can_pay.ok(request.user, found),
        "day_form": asked,
        "pay_on": pay_on,
        "was_other_day": chosen is not None and chosen != pay_on,
        "ready": [row for row in rows if row["claim"].pk not in refused],
        "refused": [{**row, "why": refused[row["claim"].pk]} for row in rows if row["claim"].pk in refused],
        "undo": [{"claim": one, "who": whose(one), "where": where_spent(one)} for one in undo],
        "form": MoneyForm(),
        "fault": fault,
        "batches": batches[:MOST_BATCHES],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK
    return render(request, "participation/money/pay_payer.html", context, status=status)


def _row(one: Claim, today: datetime.date) -> dict[str, Any]:
    since = timezone.localtime(one.submitted_at or one.begun_at).date()
    return {"claim": one, "who": whose(one), "where": where_spent(one), "days": (today - since).days,
            "may_fail_again": bool(one.failed_reason)}  # fmt: skip


@GET_OR_POST
def account(request: HttpRequest, slug: str) -> HttpResponse:
    """From which account the organisation pays."""
    found, _waiting = found_payer(request, slug)
    can_pay(request.user, found)
    told = {"account_name": found.account_name, "may_pay_volunteers": found.may_pay_volunteers}
    form = PayerForm(request.POST or None, initial=told)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_payer(organisation=found.organisation, by=request.user, now=timezone.now(),
                               **form.cleaned_data)  # fmt: skip
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, _("Bewaard."))
            return redirect("participation:money-payer", slug)
    context = {"organisation": found.organisation, "form": form, "account_end": account_end(found)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound and form.errors else HTTPStatus.OK
    return render(request, "participation/money/pay_account.html", context, status=status)


@only_post
def make_batch(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a file for the bank of what was ticked; what is left out is told claim by claim."""
    found, waiting = found_payer(request, slug)
    form, day = MoneyForm(request.POST), PayOnForm(request.POST)
    if not form.is_valid() or not day.is_valid():
        return _payer_page(request, found, waiting, _("Kies een dag en vink aan wat u betaalt."), request.POST)
    key = form.cleaned_data["key"]
    ticked = set(request.POST.getlist("declaratie"))
    chosen = [one for one in waiting if str(one.uuid) in ticked]
    if (made := PaymentBatch.objects.filter(uuid=key, payer=found.pk).first()) is not None:  # a second click
        return redirect("participation:money-batch", slug, made.uuid)
    try:
        batch, refused = actions.make_batch(
            payer=found, claims=chosen, pay_on=day.cleaned_data["dag"] or timezone.localdate(), by=request.user,
            now=timezone.now(), key=key,
        ) or (None, {})  # fmt: skip
    except ValidationError as error:
        fault = " ".join(dict.fromkeys(error.messages)) or _("Vink aan wat u betaalt.")
        return _payer_page(request, found, waiting, fault, request.POST)
    _tell_left_out(request, chosen, refused)
    return redirect("participation:money-batch", slug, batch.uuid if batch else key)


def _tell_left_out(request: HttpRequest, chosen: Sequence[Claim], refused: dict[int, str]) -> None:
    """What stays behind, without names: a browser keeps these words for a moment."""
    for one in chosen:
        if one.pk in refused:
            words = {"amount": actions.limits.euros(one.amount), "where": where_spent(one), "why": refused[one.pk]}
            messages.warning(request, _("Niet in dit bestand: %(amount)s voor %(where)s. %(why)s") % words)


def found_batch(request: HttpRequest, slug: str, key: uuid.UUID) -> PaymentBatch:
    """A batch of a payer for which this person pays. Raises Http404 for all others."""
    whole = ("payer__organisation__parent",)
    found = get_object_or_404(PaymentBatch.objects.select_related(*whole), uuid=key, payer__organisation__slug=slug)
    if not can_pay.ok(request.user, found.payer) and found.pk not in {one.pk for one in batches_of(request.user)}:
        raise Http404
    return found


def claims_of(batch: PaymentBatch) -> list[Claim]:
    """What stands in a batch now: what failed left it."""
    return list(batch.claims.select_related(*WHOLE).order_by("pk"))
