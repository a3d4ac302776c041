"""What would be left out of a file for the bank, and why, before anybody makes it. Nothing is written."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError

from participation.actions.money.claims import is_example
from participation.actions.money.limits import no_rate, too_much
from participation.actions.money.payments import refuse_unready
from participation.models import Claim, PeriodTotal, VolunteerRate
from participation.money_permissions import can_pay_claim
from participation.rates import limits_of, month_of, periods, rate_on
from participation.states import Regime


def left_out(claims: Sequence[Claim], pay_on: datetime.date, by: Any) -> dict[int, str]:
    """{number of a claim: why `by` cannot pay it on `pay_on`}, in the order in which `make_batch` takes them.

    No amount stands in it: what somebody gets elsewhere is not for who pays.
    """
    month, refused = month_of(pay_on), {}
    room = _Room(claims)
    for claim in sorted(claims, key=lambda one: one.pk):
        if why := _why_not(claim, month, by, room):
            refused[claim.pk] = why
    return refused


def _why_not(claim: Claim, month: datetime.date, by: Any, room: "_Room") -> str:
    try:
        can_pay_claim(by, claim)
        refuse_unready(claim)
    except PermissionDenied as error:
        return str(error)
    except ValidationError as error:
        return " ".join(error.messages)
    if claim.regime == Regime.VOLUNTEER and claim.user_id is not None and claim.counts_in != month:
        return room.take(claim, month)
    return ""


class _Room:
    """What still fits under the limits of each person while claims are taken one after the other."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        people = {one.user_id for one in claims if one.user_id is not None}
        found = PeriodTotal.objects.filter(user__in=people).values_list("user", "period", "amount")
        self.totals = {(user, period): amount for user, period, amount in found}

    def take(self, claim: Claim, month: datetime.date) -> str:
        """Count `claim` in `month` and no more in its own; why not, when it does not fit."""
        rate = rate_on(month, is_example=is_example(claim))
        if rate is None:
            return no_rate(month.year)
        person = claim.user_id or 0
        changed = self._moved(claim, person, month)
        if not self._fits(changed, person, month, rate):
            return too_much()
        self.totals |= changed
        return ""

    def _moved(self, claim: Claim, person: int, month: datetime.date) -> dict[tuple[int, str], int]:
        changed: dict[tuple[int, str], int] = {}
        moves = [(month, claim.amount)]
        if claim.counts_in is not None:
            moves.append((claim.counts_in, -claim.amount))
        for when, cents in moves:
            for name in periods(when):
                known = changed.get((person, name), self.totals.get((person, name), 0))
                changed[person, name] = known + cents
        return changed

    def _fits(
        self, changed: dict[tuple[int, str], int], person: int, month: datetime.date, rate: VolunteerRate
    ) -> bool:
        limits = limits_of(person, month, rate)
        return all(changed[person, name] <= limit for name, limit in zip(periods(month), limits, strict=True))
