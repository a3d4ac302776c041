"""How a claim stands against the limits before it is sent: "Met dit bedrag komt u deze maand op € 212 van € 220."."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from participation.actions.money.claims import MOST_MONTHS_HELD, drawn, is_example
from participation.actions.money.limits import counted, no_rate
from participation.models import Claim, PaidElsewhere, PaymentProfile
from participation.rates import limits_of, month_of, rate_on
from participation.states import CommitmentState, Regime
from portal.core.dates import add_months
from portal.core.money import euros


@dataclass(frozen=True, kw_only=True)
class Line:
    """One limit: what it is, in words, and whether this claim passes it."""

    text: str
    is_over: bool = False


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Everything that stands in the way of sending, or not; `room`: cents that still fit, none where no limit holds."""

    lines: tuple[Line, ...] = ()
    stops: tuple[str, ...] = ()  # why it cannot be sent now
    room: int | None = None

    @property
    def is_over(self) -> bool:
        """Whether a limit or a promise is passed: lower it, or keep it for later."""
        return any(line.is_over for line in self.lines)

    @property
    def can_send(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.stops and not self.is_over


def standing_of(claim: Claim, today: datetime.date) -> Standing:
    """How `claim` stands when it would be sent today."""
    lines, stops, room = list(_promises(claim)), [], None
    unknown = {item.day.year for item in claim.items.all() if item.amount == 0}
    stops += [no_rate(year) for year in sorted(unknown)]
    if claim.regime == Regime.VOLUNTEER and claim.user_id is not None:
        month = month_of(today)
        rate = rate_on(month, is_example=is_example(claim))
        if rate is None:
            stops += [no_rate(month.year)] if month.year not in unknown else []
        else:
            in_month, in_year = limits_of(claim.user_id, month, rate)
            had_month, had_year = counted(claim.user_id, month)
            room = max(0, min(in_month - had_month, in_year - had_year))
            lines += _limits(claim, month, (rate.month, rate.year), (had_month, had_year))
    return Standing(lines=tuple(lines), stops=tuple(stops), room=room)


def _limits(claim: Claim, month: datetime.date, most: tuple[int, int], had: tuple[int, int]) -> Iterator[Line]:
    """The month, an own ceiling, and the year: with what somebody says to get elsewhere."""
    told = dict(PaidElsewhere.objects.filter(user=claim.user_id, month__year=month.year).values_list("month", "amount"))
    in_month = had[0] + told.get(month, 0) + claim.amount
    in_year = had[1] + sum(told.values()) + claim.amount
    yield Line(
        text=_("Met dit bedrag komt u deze maand op %(sum)s van %(most)s.") % _words(in_month, most[0]),
        is_over=in_month > most[0],
    )
    ceiling = PaymentProfile.objects.filter(user=claim.user_id).values_list("ceiling", flat=True).first()
    if ceiling is not None and ceiling < most[0]:
        yield Line(
            text=_("Uw eigen grens: u komt deze maand op %(sum)s van %(most)s.") % _words(in_month, ceiling),
            is_over=in_month > ceiling,
        )
    yield Line(
        text=_("Met dit bedrag komt u dit jaar op %(sum)s van %(most)s.") % _words(in_year, most[1]),
        is_over=in_year > most[1],
    )


def _words(reached: int, most: int) -> dict[str, str]:
    return {"sum": euros(reached), "most": euros(most)}


def _promises(claim: Claim) -> Iterator[Line]:
    """What is left of each promise that the claim draws on."""
    for commitment, cents in drawn(claim):
        left = commitment.left if commitment.state == CommitmentState.RESERVED else 0
        words = {"what": commitment.what_for, "left": euros(left), "sum": euros(cents)}
        yield Line(text=_("Voor “%(what)s” is nog %(left)s over. U vraagt nu %(sum)s.") % words, is_over=cents > left)


def months_to_hold(today: datetime.date) -> list[datetime.date]:
    """The months until which a claim can be kept, the next one first."""
    return [add_months(month_of(today), number) for number in range(1, MOST_MONTHS_HELD + 1)]
