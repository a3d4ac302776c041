"""What the portal holds of somebody who claims: account numbers, receipts, who asked, and what they told of themselves.

What a claim came to stays: the ledger and every total rest on it. Who it was, and what was in it, goes.
"""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from participation.actions.money.limits import give_period
from participation.erasure.kind import Kind, begun, erase_row
from participation.models import Claim, ClaimItem, PaidElsewhere, PaymentChoice, PaymentProfile, PeriodTotal, Receipt
from participation.states import COUNTED, OWN_TURN, ClaimState, Regime
from portal.core.dates import add_months, months_before

IBAN_DAYS, CLAIM_MONTHS, DRAFT_MONTHS, CHOICE_MONTHS = 30, 7 * 12, 24, 24
ENDED = (ClaimState.PAID, ClaimState.CANCELLED, ClaimState.REJECTED, ClaimState.REVERSED)


def _erase_account_number(claim: Claim, now: datetime.datetime) -> None:
    Claim.objects.filter(pk=claim.pk).update(holder="", iban_sealed="", iban_end="", question="", answer="")


def _erase_claim(claim: Claim, now: datetime.datetime) -> None:
    """Who it was, when and for what; of one that counts the amount stays, of others nothing."""
    claim.receipts.all().delete()
    still = Claim.objects.filter(pk=claim.pk)
    if claim.state not in COUNTED:
        claim.items.all().delete()
        still.update(amount=0)
    elif claim.regime == Regime.VOLUNTEER and claim.user_id is not None and claim.counts_in is not None:
        give_period(claim.user_id, claim.counts_in, claim.amount)
    for item in claim.items.all():
        ClaimItem.objects.filter(pk=item.pk).update(day=item.day.replace(month=1, day=1), text="", quantity=0)
    still.update(
        user=None, typed_out_by=None, checked_by=None, approved_by=None, reversal_asked_by=None, reversed_by=None,
        question="", answer="", reason="", holder="", iban_sealed="", iban_end="",
    )  # fmt: skip


def _erase_draft(claim: Claim, now: datetime.datetime) -> None:
    """A claim that nobody ever sent goes whole: nothing was booked for it."""
    with transaction.atomic():
        claim.receipts.all().delete()
        claim.items.all().delete()
        claim.delete()


def _erase_month(profile: PaymentProfile, now: datetime.datetime) -> None:
    """The month has come and gone: somebody is 21, and when that was we need no more."""
    PaymentProfile.objects.filter(pk=profile.pk).update(is_21=True, turns_21_in=None)


def _whole() -> QuerySet[Claim]:
    return Claim.objects.order_by("pk")


NOTHING = {"iban_sealed": "", "iban_end": "", "holder": "", "question": "", "answer": ""}


def _moment(claim: Claim) -> datetime.datetime:
    """An account number that was given after a payment failed is another one."""
    return claim.failed_at or claim.begun_at


ACCOUNT_NUMBER = Kind(
    code="account_number", label="account numbers and questions of claims", every=lambda: _whole().exclude(**NOTHING),
    named=lambda claim: str(claim.uuid), since=_moment, erase=_erase_account_number,
)  # fmt: skip
CLAIM = Kind(
    code="money_claim", label="claims", every=lambda: _whole().exclude(state__in=OWN_TURN),
    named=lambda claim: str(claim.uuid), since=lambda claim: claim.begun_at, erase=_erase_claim,
)  # fmt: skip
DRAFT = Kind(
    code="money_claim_draft", label="claims that were never sent", every=lambda: _whole().filter(submitted_at=None),
    named=lambda claim: str(claim.uuid), since=lambda claim: claim.begun_at, erase=_erase_draft,
)  # fmt: skip
CHOICE = Kind(
    code="payment_choice", label="choices how to be paid",
    every=lambda: PaymentChoice.objects.select_related("assignment").order_by("pk"),
    named=lambda choice: str(choice.assignment.uuid), since=lambda choice: choice.chosen_at, erase=erase_row,
)  # fmt: skip
MONTH_OF_21 = Kind(
    code="turns_21", label="months of turning 21",
    every=lambda: PaymentProfile.objects.filter(turns_21_in__isnull=False).select_related("user").order_by("pk"),
    named=lambda profile: f"{profile.user_id} {begun(profile.user.joined_at)} {profile.turns_21_in}",
    since=lambda profile: profile.user.joined_at, erase=_erase_month,
)  # fmt: skip
ELSEWHERE = Kind(
    code="paid_elsewhere", label="what others pay",
    every=lambda: PaidElsewhere.objects.select_related("user").order_by("pk"),
    named=lambda row: f"{row.user_id} {begun(row.user.joined_at)} {row.month}",
    since=lambda row: row.user.joined_at, erase=erase_row,
)  # fmt: skip
TOTAL = Kind(
    code="period_total", label="totals of months and years",
    every=lambda: PeriodTotal.objects.select_related("user").order_by("pk"),
    named=lambda row: f"{row.user_id} {begun(row.user.joined_at)} {row.period}",
    since=lambda row: row.user.joined_at, erase=erase_row,
)  # fmt: skip
OF_MONEY = (ACCOUNT_NUMBER, CLAIM, DRAFT, CHOICE, MONTH_OF_21, ELSEWHERE, TOTAL)


# --- What is past its term -------------------------------------------------------------------------------------------


def _ended() -> Any:
    """Claims that came to an end, with when that was."""
    return _whole().filter(state__in=ENDED).annotate(over_at=Coalesce(F("ended_at"), F("paid_at")))


def old_account_numbers(now: datetime.datetime) -> QuerySet[Claim]:
    """Of claims that were paid, or ended otherwise, 30 days ago."""
    found: QuerySet[Claim] = _ended().exclude(**NOTHING).filter(over_at__lte=now - datetime.timedelta(days=IBAN_DAYS))
    return found


def old_claims(now: datetime.datetime) -> QuerySet[Claim]:
    """Claims that ended seven years ago, of which we still hold something of somebody."""
    people = ("user", "typed_out_by", "checked_by", "approved_by", "reversal_asked_by", "reversed_by")
    told = ClaimItem.objects.filter(claim=OuterRef("pk")).exclude(day__month=1, day__day=1, text="", quantity=0)
    known: Any = Q(*((f"{name}__isnull", False) for name in people), _connector=Q.OR) | ~Q(reason="") | Exists(told)
    known |= Exists(Receipt.objects.filter(claim=OuterRef("pk")))
    found: QuerySet[Claim] = _ended().filter(known, over_at__lte=months_before(now, CLAIM_MONTHS))
    return found


def old_drafts(now: datetime.datetime) -> QuerySet[Claim]:
    """Claims that nobody sent in two years: the days in them are too old to ask money for."""
    return DRAFT.every().filter(state__in=OWN_TURN, begun_at__lte=months_before(now, DRAFT_MONTHS))


def old_choices(now: datetime.datetime) -> QuerySet[PaymentChoice]:
    """Of projects that ended 24 months ago."""
    return CHOICE.every().filter(assignment__project__ended_at__lte=months_before(now, CHOICE_MONTHS))


def months_of_21_over(now: datetime.datetime) -> QuerySet[PaymentProfile]:
    """Months of turning 21 that are over; as long as a claim waits to be sent, its days before still need it."""
    this_month = _today(now).replace(day=1)
    waiting = Claim.objects.filter(state__in=OWN_TURN, user__isnull=False).values("user")
    return MONTH_OF_21.every().filter(turns_21_in__lte=add_months(this_month, -1)).exclude(user__in=waiting)


def old_figures_of_others(now: datetime.datetime) -> QuerySet[PaidElsewhere]:
    """What others paid, after the end of the year after."""
    return ELSEWHERE.every().filter(month__lt=datetime.date(_today(now).year - 1, 1, 1))


def empty_totals(now: datetime.datetime) -> QuerySet[PeriodTotal]:
    """Totals of seven years ago in which no claim counts any more."""
    return TOTAL.every().filter(amount=0, period__lt=f"{_today(now).year - CLAIM_MONTHS // 12}")


def _today(now: datetime.datetime) -> datetime.date:
    return timezone.localtime(now).date()


DUE: tuple[tuple[Kind, Any], ...] = (
    (ACCOUNT_NUMBER, old_account_numbers),
    (DRAFT, old_drafts),
    (CLAIM, old_claims),
    (CHOICE, old_choices),
    (MONTH_OF_21, months_of_21_over),
    (ELSEWHERE, old_figures_of_others),
    (TOTAL, empty_totals),
)
