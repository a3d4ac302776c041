"""How long people wait for their money, per payer: never of fewer than five payments or five people."""

from dataclasses import dataclass
from statistics import median_low

from django.utils import timezone

from participation.models import Claim, Payer
from participation.states import ClaimState

FEWEST = 5


@dataclass(frozen=True, kw_only=True)
class PaymentTimes:
    """Days between sending a claim and the money."""

    median: int
    p90: int  # nine of ten were paid within so many days
    count: int  # payments


def payment_times(payer: Payer) -> PaymentTimes | None:
    """The times of everything that `payer` paid; None when it is about fewer than five payments or people."""
    paid = Claim.objects.filter(
        budget__payer=payer, state=ClaimState.PAID, paid_at__isnull=False, submitted_at__isnull=False
    )
    days, people = [], set()
    for sent, done, user, assignment in paid.values_list("submitted_at", "paid_at", "user", "assignment"):
        days.append((timezone.localtime(done).date() - timezone.localtime(sent).date()).days)
        people.add(user or f"role {assignment}")
    if len(days) < FEWEST or len(people) < FEWEST:
        return None
    days.sort()
    return PaymentTimes(median=median_low(days), p90=days[-(-9 * len(days) // 10) - 1], count=len(days))
