"""How long somebody waits for their money: from when a claim was sent first until the bank paid it."""

import math
from dataclasses import dataclass
from statistics import median

from django.utils import timezone

from participation.models import Claim, Payer

FEWEST = 5  # payments, and people: below it one person's claim could be read from the figure


@dataclass(frozen=True, kw_only=True)
class PaymentTimes:
    """Days, over all payments of a payer: half were at most `median`, nine of ten at most `p90`."""

    median: float
    p90: int
    count: int


def payment_times(payer: Payer) -> PaymentTimes | None:
    """The payment time of `payer`; None below five payments or five people or organisations that were paid.

    Days are those of the calendar in Amsterdam. What was undone later was paid all the same.
    """
    paid = Claim.objects.filter(budget__payer=payer, paid_at__isnull=False, submitted_at__isnull=False)
    rows = list(paid.order_by("pk").values_list("submitted_at", "paid_at", "user", "organisation", "assignment"))
    # Somebody whose account is gone still counts as the one person that had the role.
    people = {(organisation, None if organisation else user or -role) for _s, _p, user, organisation, role in rows}
    if len(rows) < FEWEST or len(people) < FEWEST:
        return None
    days = sorted(
        max(0, (timezone.localtime(end).date() - timezone.localtime(begin).date()).days)
        for begin, end, *_who in rows
        if begin is not None and end is not None
    )
    return PaymentTimes(median=median(days), p90=days[math.ceil(0.9 * len(days)) - 1], count=len(days))
