"""A file of payments for the bank of a payer."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from participation.models.fund import Payer
from participation.states import BatchState


class PaymentBatch(models.Model):
    """Approved claims that are paid together. The file for the bank is made when somebody takes it, never kept."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    payer = models.ForeignKey(Payer, on_delete=models.PROTECT, related_name="batches")
    number = models.PositiveIntegerField()  # of this payer
    state = models.CharField(max_length=10, choices=BatchState, default=BatchState.MADE)
    pay_on = models.DateField()  # the day on which the bank pays: its month is the one whose limit counts
    count = models.PositiveIntegerField()  # of payments
    amount = models.BigIntegerField()  # cents, together
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="batches")
    made_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)
    reference = models.CharField(max_length=100, blank=True)  # of the bank
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=BatchState.values), name="batch_state"),
            models.CheckConstraint(condition=Q(count__gt=0, amount__gt=0), name="batch_has_payments"),
            models.CheckConstraint(
                condition=~Q(state=BatchState.PAID) | (Q(paid_at__isnull=False) & ~Q(reference="")),
                name="batch_paid_has_reference",
            ),
            models.UniqueConstraint(fields=["payer", "number"], name="batch_number_once"),
        ]

    class Retention:
        personal = ("made_by",)
        keep = "7 years after it was paid; who made it as long as they have an account"

    def __str__(self) -> str:
        return f"batch {self.number} of payer {self.payer_id}"
