"""Everything that writes payments: batches for the bank, paid, failed, undone."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from participation import money_emails
from participation.actions.common import day_of, needed
from participation.actions.money import ledger, limits
from participation.actions.money.claims import claim_target, drawn, is_example, record_claim, take, uncount
from participation.actions.money.commands import money_command
from participation.iban import sealed
from participation.models import Claim, MoneyCommand, Payer, PaymentBatch
from participation.money_permissions import (
    can_agree_reversal,
    can_ask_reversal,
    can_handle_batch,
    can_make_batch,
    can_mark_batch,
    can_pay,
    can_pay_claim,
)
from participation.rates import month_of
from participation.states import BATCH, CLAIM, ClaimState, Regime
from portal.audit.record import record
from portal.audit.revision import raise_revision
from portal.core.workflow import StepNotAllowed
from portal.organisations.models import Organisation

LATEST = datetime.timedelta(days=60)  # that a payment is planned ahead


def batch_target(batch: PaymentBatch) -> str:
    """The batch as the log names it."""
    return f"batch:{batch.uuid}"


@transaction.atomic
def save_payer(
    *, organisation: Organisation, account_name: str, iban: str, may_pay_volunteers: bool, by: Any,
    now: datetime.datetime,
) -> Payer:  # fmt: skip
    """Say from which account an organisation pays; an empty `iban` leaves what is there.

    Raises PermissionDenied, ValidationError by field.
    """
    payer = Payer.objects.filter(organisation=organisation).first() or Payer(organisation=organisation)
    can_pay(by, payer)
    payer.account_name = needed(account_name, _("Vul in op welke naam de rekening staat."), "account_name")[:70]
    payer.may_pay_volunteers = may_pay_volunteers
    if iban.strip():
        payer.iban_sealed, _end = sealed(iban)
    payer.save()
    record("money.payer_changed", by=by, target=f"organisation:{organisation.uuid}", now=now)
    return payer


# --- A file for the bank ---------------------------------------------------------------------------------------------


@money_command("money.batch_made", about=lambda payer, claims, pay_on: f"payer:{payer.pk}")
def make_batch(
    *, command: MoneyCommand, payer: Payer, claims: Sequence[Claim], pay_on: datetime.date, by: Any,
    now: datetime.datetime,
) -> tuple[PaymentBatch, dict[int, str]]:  # fmt: skip
    """Pay these approved claims together on `pay_on`.

    The limit of the month counts when it is paid: what does not fit in that month any more, or may not be paid by
    this person, stays approved. Gives the batch and {number of a claim: why it is not in it}. Raises PermissionDenied,
    ValidationError when no claim is left.
    """
    can_make_batch(by, payer, claims)
    today = day_of(now)
    if not today <= pay_on <= today + LATEST:
        raise ValidationError({"pay_on": _("Kies vandaag of een dag in de komende twee maanden.")})
    if not payer.iban_sealed:
        raise ValidationError({"pay_on": _("Vul eerst de rekening in om van te betalen.")})
    chosen, left_out = [], {}
    list(Claim.objects.select_for_update(no_key=True).filter(pk__in=[one.pk for one in claims]).order_by("pk"))
    for claim in sorted(claims, key=lambda one: (one.user_id or 0, one.pk)):
        try:
            with transaction.atomic():
                _take_in(claim, payer, month_of(pay_on), by)
        except limits.LimitReached:
            left_out[claim.pk] = limits.too_much()
        except (PermissionDenied, ValidationError) as error:
            left_out[claim.pk] = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        except StepNotAllowed:
            left_out[claim.pk] = _("Deze declaratie is ondertussen veranderd.")
        else:
            chosen.append(claim)
    if not chosen:
        raise ValidationError(list(left_out.values()) or _("Kies minstens één declaratie."))
    batch = _numbered(payer, pay_on, chosen, command)
    Claim.objects.filter(pk__in=[one.pk for one in chosen]).update(
        state=ClaimState.EXPORTED, batch=batch, failed_at=None, failed_reason="", revision=F("revision") + 1
    )
    record("money.batch_made", by=by, target=batch_target(batch), now=now, count=batch.count, cents=batch.amount)
    return batch, left_out


def refuse_unready(claim: Claim) -> None:
    """Raise ValidationError when an approved claim cannot be in any file now."""
    if claim.reversal_asked_at is not None:
        raise ValidationError(_("Iemand vroeg om deze declaratie terug te draaien."))
    if not claim.iban_sealed:
        raise ValidationError(_("Er is geen rekeningnummer meer. Vraag het opnieuw."))


def _take_in(claim: Claim, payer: Payer, month: datetime.date, by: Any) -> None:
    """Count one claim, that is locked, in the month in which it is paid. Raises what keeps it out."""
    can_pay_claim(by, claim)
    locked = Claim.objects.get(pk=claim.pk)
    CLAIM.step(locked.state, "export")
    if claim.budget.payer_id != payer.pk:
        raise ValidationError(_("Deze declaratie hoort bij iemand anders die betaalt."))
    refuse_unready(locked)
    old = locked.counts_in
    if locked.regime == Regime.VOLUNTEER and locked.user_id is not None and old is not None and old != month:
        limits.move_period(locked.user_id, old, month, locked.amount, is_example=is_example(claim))
    Claim.objects.filter(pk=claim.pk).update(counts_in=month)


def _numbered(payer: Payer, pay_on: datetime.date, claims: Sequence[Claim], command: MoneyCommand) -> PaymentBatch:
    Payer.objects.select_for_update(no_key=True).get(pk=payer.pk)  # one number each
    newest = payer.batches.aggregate(newest=Max("number"))["newest"] or 0
    return PaymentBatch.objects.create(
        uuid=command.key, payer=payer, number=newest + 1, pay_on=pay_on, count=len(claims),
        amount=sum(one.amount for one in claims), made_by_id=command.actor_id, made_at=command.happened_at,
    )  # fmt: skip


def _take_batch(name: str, batch: PaymentBatch, **fields: Any) -> None:
    step = BATCH.step(batch.state, name)
    if not PaymentBatch.objects.filter(pk=batch.pk, state=step.source).update(state=step.target, **fields):
        raise StepNotAllowed(f"{name}: the batch changed meanwhile")


def _of(batch: PaymentBatch) -> list[Claim]:
    """The claims of a batch that wait for the bank, locked: one of which it is told now that it failed is not there."""
    whole = ("budget__fund__organisation", "budget__payer__organisation", "user", "organisation", "project")
    locked = batch.claims.select_for_update(of=("self",), no_key=True).filter(state=ClaimState.EXPORTED)
    waiting = locked.select_related(*whole)
    return list(waiting.order_by("pk"))


@money_command("money.batch_paid", about=lambda batch, reference: batch_target(batch))
def mark_paid(*, command: MoneyCommand, batch: PaymentBatch, reference: str, by: Any, now: datetime.datetime) -> None:
    """The bank paid, with this reference. What failed is told claim by claim. Raises as `cancel_batch` does."""
    can_mark_batch(by, batch)
    told = needed(reference, _("Vul het kenmerk van de bank in."), "reference")[:100]
    _take_batch("pay", batch, paid_at=now, reference=told)
    claims = _of(batch)
    if not claims:
        raise StepNotAllowed("pay: nothing waits", told=_("In dit bestand staat niets meer. Trek het in."))
    for claim in claims:
        take(CLAIM.step(claim.state, "pay"), claim, seen={}, paid_at=now)
        for commitment, cents in drawn(claim):
            ledger.pay(command, commitment, cents, claim_target(claim))
        money_emails.paid(claim, batch)
    record("money.batch_paid", by=by, target=batch_target(batch), now=now)
    raise_revision()


@money_command("money.batch_cancelled", about=lambda batch: batch_target(batch))
def cancel_batch(*, command: MoneyCommand, batch: PaymentBatch, by: Any, now: datetime.datetime) -> None:
    """Take a file back that was not given to the bank: its claims are approved again.

    Raises PermissionDenied, StepNotAllowed.
    """
    can_handle_batch(by, batch)
    _take_batch("cancel", batch, cancelled_at=now)
    waiting = batch.claims.filter(state=ClaimState.EXPORTED)
    waiting.update(state=ClaimState.APPROVED, batch=None, revision=F("revision") + 1)
    record("money.batch_cancelled", by=by, target=batch_target(batch), now=now)


@money_command("money.claim_failed", about=lambda claim, reason: claim_target(claim))
def mark_failed(*, command: MoneyCommand, claim: Claim, reason: str, by: Any, now: datetime.datetime) -> None:
    """The bank did not pay one claim, or it came back: it is approved again, and can be in another batch.

    Nobody says so of a claim on which they did another step: it could be paid twice. Raises PermissionDenied,
    ValidationError, StepNotAllowed when it is not in the batch any more in which it was seen.
    """
    can_pay_claim(by, claim)
    told = needed(reason, _("Schrijf wat de bank zei."), "reason")[:200]
    step = CLAIM.step(claim.state, "fail")
    take(step, claim, seen={"batch": claim.batch_id}, batch=None, paid_at=None, failed_at=now, failed_reason=told)
    if step.source == ClaimState.PAID:
        for commitment, cents in drawn(claim):
            ledger.bounce(command, commitment, cents, claim_target(claim))
    record_claim("money.claim_failed", claim, by=by, now=now)
    money_emails.failed(claim, told)
    raise_revision()


# --- Undoing ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def ask_reversal(*, claim: Claim, reason: str, by: Any, now: datetime.datetime) -> None:
    """Ask the payer to undo an approved or paid claim, with a reason. Raises PermissionDenied, ValidationError,
    StepNotAllowed.
    """
    can_ask_reversal(by, claim)
    told = needed(reason, _("Schrijf waarom het terug moet."), "reason")
    step = CLAIM.step(claim.state, "reverse")
    there = Claim.objects.filter(pk=claim.pk, state=step.source, reversal_asked_at=None)
    if not there.update(reversal_asked_by=by, reversal_asked_at=now, reason=told, revision=F("revision") + 1):
        raise StepNotAllowed("ask reversal: the claim changed meanwhile")
    record_claim("money.reversal_asked", claim, by=by, now=now)


@transaction.atomic
def refuse_reversal(*, claim: Claim, by: Any, now: datetime.datetime) -> None:
    """Leave it as it is. Raises PermissionDenied, StepNotAllowed when nobody asked or it is undone already."""
    can_agree_reversal(by, claim)
    step = CLAIM.step(claim.state, "reverse")
    there = Claim.objects.filter(pk=claim.pk, state=step.source, reversal_asked_at__isnull=False)
    if not there.update(reversal_asked_by=None, reversal_asked_at=None, reason="", revision=F("revision") + 1):
        raise StepNotAllowed("refuse reversal: nobody asked")
    record_claim("money.reversal_refused", claim, by=by, now=now)
    money_emails.reversal_refused(claim)


@money_command("money.claim_reversed", about=lambda claim, revision: claim_target(claim))
def agree_reversal(*, command: MoneyCommand, claim: Claim, revision: int, by: Any, now: datetime.datetime) -> None:
    """Undo a claim: the money is free for the promise again. Raises PermissionDenied, StepNotAllowed."""
    can_agree_reversal(by, claim)
    step = CLAIM.step(claim.state, "reverse")
    seen = {"revision": revision, "reversal_asked_at__isnull": False}
    take(step, claim, seen=seen, reversed_by=by, reversed_at=now, ended_at=now, counts_in=None)
    for commitment, cents in drawn(claim):
        ledger.reverse(command, commitment, cents, claim_target(claim), was_paid=step.source == ClaimState.PAID)
    uncount(claim)
    record_claim("money.claim_reversed", claim, by=by, now=now)
    money_emails.undone(claim)
    raise_revision()
