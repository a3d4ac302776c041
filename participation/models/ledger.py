"""The ledger: every movement of money, written once and never changed. A correction is another movement."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from participation.models.fund import BudgetLine, Fund
from participation.states import Account


class MoneyCommand(models.Model):
    """One command about money: its key makes that sending it again does nothing again."""

    append_only: ClassVar[bool] = True

    key = models.UUIDField(unique=True)  # of the form that was sent: the same for each click
    kind = models.CharField(max_length=40)  # as the log names it, "commitment.reserved"
    target = models.CharField(max_length=80)  # "claim:<uuid>": no key, so that the row can stay as it is
    actor_id = models.BigIntegerField(null=True)  # the number of a user, or none for a job
    digest = models.CharField(max_length=64)  # SHA-256 of what was asked: another question needs another key
    happened_at = models.DateTimeField()

    class Retention:
        personal = ("actor_id",)
        keep = "for ever, nothing here is ever changed; the number of a user, never a name"

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Booking(models.Model):
    """One movement: its postings are zero together."""

    append_only: ClassVar[bool] = True

    command = models.ForeignKey(MoneyCommand, on_delete=models.PROTECT, related_name="bookings")
    kind = models.CharField(max_length=20)  # "earmark", "commit", "approve": participation/actions/money/ledger.py
    target = models.CharField(max_length=80)  # what it is about: "claim:<uuid>"
    happened_at = models.DateTimeField()

    class Retention:
        personal = ()
        keep = "for ever: no person stands in it"

    def __str__(self) -> str:
        return f"booking {self.pk}: {self.kind}"


class Posting(models.Model):
    """One line of a booking: so many cents came into an account, or (below zero) left it."""

    append_only: ClassVar[bool] = True

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="postings")
    account = models.CharField(max_length=10, choices=Account)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="postings")
    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, null=True, related_name="postings")
    amount = models.BigIntegerField()  # cents, signed

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(account__in=Account.values), name="posting_account"),
            models.CheckConstraint(condition=~Q(amount=0), name="posting_moves_something"),
            models.CheckConstraint(
                condition=Q(account__in=["OUTSIDE", "FUND"], line__isnull=True)
                | Q(~Q(account__in=["OUTSIDE", "FUND"]), line__isnull=False),
                name="posting_account_has_line",
            ),
        ]

    class Retention:
        personal = ()
        keep = "for ever: no person stands in it"

    def __str__(self) -> str:
        return f"{self.amount} on {self.account}"
