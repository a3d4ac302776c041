"""Claims: what somebody asks back or is paid, its rows and receipts, and what somebody chose about payment.

Amounts are whole euro cents. Who claims, what and where it is paid to is seen by that person and the payer only.
"""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from participation.models.assignment import Assignment
from participation.models.fund import Budget, Commitment
from participation.models.meeting import Meeting
from participation.models.payment import PaymentBatch
from participation.models.project import Project
from participation.models.rate import VolunteerRate
from participation.states import ClaimState, ItemKind, Regime
from portal.organisations.models import Organisation


def _person(name: str) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name=name)


class PaymentChoice(models.Model):
    """How somebody wants to be paid for one role. None: they have not chosen."""

    assignment = models.OneToOneField(Assignment, on_delete=models.CASCADE, related_name="payment_choice")
    regime = models.CharField(max_length=12, choices=Regime)
    chosen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(regime__in=Regime.values), name="payment_choice_regime")
        ]

    class Retention:
        personal = ("regime", "chosen_at")
        keep = "until 24 months after the project ended"

    def __str__(self) -> str:
        return f"payment choice of assignment {self.assignment_id}"


class PaymentProfile(models.Model):
    """What somebody told us so that a claim stays under the limits: for that person alone."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="payment_profile")
    is_21 = models.BooleanField(null=True)  # none: not asked yet
    turns_21_in = models.DateField(null=True)  # the first day of the month; erased after that month
    ceiling = models.PositiveIntegerField(null=True)  # cents a month: an own limit, lower than the national one
    usual_km = models.PositiveIntegerField(null=True)  # tenths of one, there and back, of the last claim

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(turns_21_in__isnull=True) | Q(is_21=False), name="payment_profile_month_only_when_young"
            )
        ]

    class Retention:
        personal = ("user", "is_21", "turns_21_in", "ceiling", "usual_km")
        keep = "as long as the account; the month until somebody is 21"

    def __str__(self) -> str:
        return f"payment profile of {self.user_id}"


class PaidElsewhere(models.Model):
    """What somebody says to get from others in a month as a volunteer: an own figure, so that our sum is right."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="paid_elsewhere")
    month = models.DateField()  # its first day
    amount = models.PositiveIntegerField()  # cents

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "month"], name="paid_elsewhere_once")]

    class Retention:
        personal = ("user", "month", "amount")
        keep = "until the end of the year after"

    def __str__(self) -> str:
        return f"paid elsewhere to {self.user_id} in {self.month}"


class PeriodTotal(models.Model):
    """What somebody gets as a volunteer in a month ("2026-11") or year ("2026"), over all organisations together.

    Written by one conditional update, so that two claims at once never pass a limit together.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="period_totals")
    period = models.CharField(max_length=7)
    amount = models.BigIntegerField(default=0)  # cents, of claims that count (states.COUNTED)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="period_total_not_below_zero"),
            models.UniqueConstraint(fields=["user", "period"], name="period_total_once"),
        ]

    class Retention:
        personal = ("user", "period", "amount")
        keep = "7 years, as the claims that it counts"

    def __str__(self) -> str:
        return f"total of {self.user_id} in {self.period}"


class Claim(models.Model):
    """What one person, or a patient organisation, asks to be paid. Claimant, checker, approver and payer all differ."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, related_name="claims")
    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="claims")  # says who decides and who pays
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, null=True, related_name="claims")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="money_claims")
    user = _person("money_claims")  # who claims: for an organisation its coordinator
    typed_out_by = _person("money_claims_typed_out")  # the coordinator, of what was asked on a signed paper
    meeting = models.ForeignKey(Meeting, on_delete=models.SET_NULL, null=True, related_name="claims")
    state = models.CharField(max_length=10, choices=ClaimState, default=ClaimState.DRAFT)
    revision = models.PositiveIntegerField(default=0)  # nobody decides on what they did not see
    regime = models.CharField(max_length=12, choices=Regime)
    amount = models.BigIntegerField(default=0)  # cents: its rows together
    begun_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)  # the first time
    held_until = models.DateField(null=True)  # the first day of the month for which it is kept
    reminded_at = models.DateTimeField(null=True)  # that this month has come
    counts_in = models.DateField(null=True)  # the first day of the month in whose limit it counts
    question = models.TextField(blank=True)  # of who returned it the last time
    answer = models.TextField(blank=True)  # what was said to that
    reason = models.TextField(blank=True)  # why it is rejected, or reversed
    checked_by = _person("money_claims_checked")
    checked_at = models.DateTimeField(null=True)
    approved_by = _person("money_claims_approved")
    approved_at = models.DateTimeField(null=True)
    batch = models.ForeignKey(PaymentBatch, on_delete=models.PROTECT, null=True, related_name="claims")
    paid_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failed_reason = models.CharField(max_length=200, blank=True)  # what the bank said of the last time
    reversal_asked_by = _person("reversals_asked")
    reversal_asked_at = models.DateTimeField(null=True)
    reversed_by = _person("money_claims_reversed")
    reversed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # withdrawn, rejected or reversed
    holder = models.CharField(max_length=70, blank=True)  # whose account it is
    iban_sealed = models.TextField(blank=True)
    iban_end = models.CharField(max_length=4, blank=True)  # the last characters, for the person to recognise it

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=ClaimState.values), name="money_claim_state"),
            models.CheckConstraint(
                condition=Q(regime__in=Regime.values) & ~Q(regime="NONE"), name="money_claim_regime"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="money_claim_amount"),
            models.CheckConstraint(
                condition=Q(assignment__isnull=False, organisation__isnull=True)
                | Q(assignment__isnull=True, organisation__isnull=False),
                name="money_claim_is_of_one",
            ),
            models.CheckConstraint(
                condition=(Q(checked_by__isnull=True) | ~Q(checked_by=models.F("user")))
                & (Q(approved_by__isnull=True) | ~Q(approved_by=models.F("user")))
                & (Q(approved_by__isnull=True) | ~Q(approved_by=models.F("checked_by")))
                & (Q(checked_by__isnull=True) | Q(typed_out_by__isnull=True) | ~Q(checked_by=models.F("typed_out_by")))
                & (
                    Q(approved_by__isnull=True)
                    | Q(typed_out_by__isnull=True)
                    | ~Q(approved_by=models.F("typed_out_by"))
                ),
                name="money_claim_is_judged_by_others",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["APPROVED", "EXPORTED", "PAID"]) | Q(amount__gt=0, approved_at__isnull=False),
                name="money_claim_approved_has_amount",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["EXPORTED", "PAID"]) | Q(batch__isnull=False), name="money_claim_paid_in_batch"
            ),
        ]

    class Retention:
        personal = (
            "user", "typed_out_by", "checked_by", "approved_by", "reversal_asked_by", "reversed_by", "question",
            "answer", "reason", "holder", "iban_sealed", "iban_end",
        )  # fmt: skip
        keep = "7 years after it ended; the account number until 30 days after it was paid or ended"

    def __str__(self) -> str:
        return f"claim {self.pk}"


class ClaimItem(models.Model):
    """One row of a claim; it draws on one commitment."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="items")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=ItemKind)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="items")
    day = models.DateField()
    quantity = models.PositiveIntegerField(default=0)  # minutes, or tenths of a kilometre
    rate = models.ForeignKey(VolunteerRate, on_delete=models.PROTECT, null=True, related_name="items")
    amount = models.BigIntegerField()  # cents, rounded down; 0 as long as no rate of its day is known
    text = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=ItemKind.values), name="money_claim_item_kind"),
            models.CheckConstraint(  # hours and kilometres of a day of which no rate is known yet come to nothing
                condition=Q(amount__gt=0)
                | Q(amount=0, rate__isnull=True, quantity__gt=0, kind__in=["TIME", "DISTANCE"]),
                name="money_claim_item_amount",
            ),
            models.UniqueConstraint(fields=["claim", "place"], name="money_claim_item_place_once"),
        ]

    class Retention:
        personal = ("day", "quantity", "text")
        keep = "as long as the claim"

    def __str__(self) -> str:
        return f"row {self.place} of claim {self.claim_id}"


class Receipt(models.Model):
    """A receipt: an image made anew from what was sent, or a PDF. It stands in the database and opens nowhere here."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="receipts")
    form = models.CharField(max_length=4, choices=[("JPG", "JPG"), ("PDF", "PDF")])
    data = models.BinaryField()
    size = models.PositiveIntegerField()  # bytes
    added_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(form__in=["JPG", "PDF"]), name="receipt_form")]

    class Retention:
        personal = ("data", "added_at")
        keep = "7 years after the claim ended; of one that was never sent as long as the draft"

    def __str__(self) -> str:
        return f"receipt {self.pk} of claim {self.claim_id}"
