"""Receipts of a claim: added and taken off by whose claim it is, as long as it is not sent."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from participation.models import Claim, Receipt
from participation.money_permissions import can_change_claim
from participation.receipts import MOST_RECEIPTS, made_receipt
from participation.states import OWN_TURN
from portal.audit.record import record
from portal.core.workflow import StepNotAllowed


@transaction.atomic
def add_receipt(*, claim: Claim, data: bytes, by: Any, now: datetime.datetime) -> Receipt | None:
    """Put a receipt with a claim that is not sent; the same file again is added once, then it gives None.

    Raises PermissionDenied, ValidationError {"receipt": …}, StepNotAllowed.
    """
    can_change_claim(by, claim)
    try:
        form, kept = made_receipt(data)
    except ValidationError as error:
        raise ValidationError({"receipt": error.messages}) from error
    _take_turn(claim)
    there = claim.receipts.order_by("pk")
    if there.filter(size=len(kept), form=form, data=kept).exists():
        return None
    if there.count() >= MOST_RECEIPTS:
        told = _("Er passen %(most)d bonnen bij een declaratie. Maak er twee declaraties van.")
        raise ValidationError({"receipt": told % {"most": MOST_RECEIPTS}})
    made = Receipt.objects.create(claim=claim, form=form, data=kept, size=len(kept), added_at=now)
    record("money.receipt_added", by=by, target=f"moneyclaim:{claim.uuid}", now=now)
    return made


@transaction.atomic
def remove_receipt(*, receipt: Receipt, by: Any, now: datetime.datetime) -> None:
    """Take a receipt off a claim that is not sent. Raises PermissionDenied, StepNotAllowed."""
    can_change_claim(by, receipt.claim)
    _take_turn(receipt.claim)
    receipt.delete()
    record("money.receipt_removed", by=by, target=f"moneyclaim:{receipt.claim.uuid}", now=now)


def _take_turn(claim: Claim) -> None:
    """Hold the claim while its receipts change: nobody sends it meanwhile, and one that is sent keeps what it has.

    Its revision goes up: who looked at it before looks again.
    """
    if not Claim.objects.filter(pk=claim.pk, state__in=OWN_TURN).update(revision=F("revision") + 1):
        raise StepNotAllowed("receipt: the claim was sent", told=_("De declaratie is al verstuurd."))
