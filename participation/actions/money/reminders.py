"""What comes by the clock for who claims: the month of a kept claim begins."""

import datetime

from django.db import transaction

from participation.actions.common import day_of
from participation.models import Claim
from participation.money_claim_emails import month_has_come
from participation.states import ClaimState


def remind_of_held_claims(now: datetime.datetime) -> int:
    """Mail each whose claim was kept until this month or an earlier one, once; how many that were. A job."""
    waiting = Claim.objects.filter(state=ClaimState.HELD, held_until__lte=day_of(now), reminded_at=None)
    told = 0
    for claim in waiting.select_related("user", "typed_out_by").order_by("pk"):
        with transaction.atomic():
            still = Claim.objects.filter(
                pk=claim.pk, state=ClaimState.HELD, reminded_at=None, held_until__lte=day_of(now)
            )
            if not still.update(reminded_at=now):
                continue
            month_has_come(claim)
        told += 1
    return told
