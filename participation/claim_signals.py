"""What stands out in a claim, in plain words, for who checks and approves it. None of it decides: people do.

Everything is read for a whole list at once. A signal tells nothing of somebody's other projects or payments.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.actions.money.claims import NEEDS_RECEIPT
from participation.models import Attendance, Claim, ClaimItem, PeriodTotal, VolunteerRate
from participation.rates import periods, rate_on
from participation.states import COUNTED, ClaimState, ItemKind, Regime
from portal.core.dates import long_date
from portal.core.money import euros

FEWEST_TO_COMPARE = 5  # earlier claims on a budget, before we call an amount more than usual
MUCH_MORE = 2  # times what is usual
CLOSE = 90  # percent of a limit
# With which a row is compared. One that is kept for later is seen by nobody else: it is compared when it is sent.
ASKED_BEFORE = (*COUNTED, ClaimState.RETURNED)
WITH_A_DAY = (ItemKind.TIME, ItemKind.DISTANCE, ItemKind.TICKET)


@dataclass(frozen=True, kw_only=True)
class MeetingFact:
    """A meeting at which the person was: when, and how long it took them with what they prepared."""

    title: str
    day: datetime.date
    minutes: int  # as written down at the meeting, else its length
    is_told: bool  # the minutes were written down


@dataclass
class _Read:
    """What the database says about a list of claims."""

    items: dict[int, list[ClaimItem]] = field(default_factory=lambda: defaultdict(list))
    earlier: dict[str, list[ClaimItem]] = field(default_factory=lambda: defaultdict(list))
    meetings: dict[int, list[MeetingFact]] = field(default_factory=lambda: defaultdict(list))
    receipts: dict[int, int] = field(default_factory=dict)
    usual: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    totals: dict[tuple[int, str], int] = field(default_factory=dict)


class Signals:
    """What stands out in each of `claims` (read with money_duties.WHOLE)."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self.claims = list(claims)
        self.read = _Read()
        self._rates: dict[datetime.date, VolunteerRate | None] = {}
        if self.claims:
            self._read_rows()
            self._read_meetings()
            self._read_amounts()

    # --- Reading -----------------------------------------------------------------------------------------------------

    def _read_rows(self) -> None:
        numbers = [one.pk for one in self.claims]
        for item in ClaimItem.objects.filter(claim__in=numbers).select_related("commitment__line").order_by("place"):
            self.read.items[item.claim_id].append(item)
        counted = Claim.objects.filter(pk__in=numbers).annotate(number=Count("receipts")).order_by("pk")
        self.read.receipts = dict(counted.values_list("pk", "number"))
        roles = [one.assignment_id for one in self.claims if one.assignment_id]
        sides = [one.organisation_id for one in self.claims if one.organisation_id]
        same = Q(claim__assignment__in=roles) | Q(claim__organisation__in=sides)
        before = ClaimItem.objects.filter(same, claim__state__in=ASKED_BEFORE).select_related("claim")
        for item in before.order_by("claim__begun_at", "pk"):
            self.read.earlier[_whose(item.claim)].append(item)

    def _read_meetings(self) -> None:
        roles = [one.assignment_id for one in self.claims if one.assignment_id]
        there = Attendance.objects.filter(assignment__in=roles, was_there=True).select_related("meeting")
        for one in there.order_by("meeting__starts_at", "pk"):
            meeting = one.meeting
            length = int((meeting.ends_at - meeting.starts_at).total_seconds()) // 60
            self.read.meetings[one.assignment_id].append(
                MeetingFact(
                    title=meeting.title, day=timezone.localtime(meeting.starts_at).date(),
                    minutes=length if one.minutes is None else one.minutes, is_told=one.minutes is not None,
                )
            )  # fmt: skip

    def _read_amounts(self) -> None:
        asked = Claim.objects.filter(budget__in={one.budget_id for one in self.claims}, state__in=COUNTED)
        for budget, amount in asked.order_by("pk").values_list("budget", "amount"):
            self.read.usual[budget].append(amount)
        people = {one.user_id for one in self.claims if one.user_id and one.regime == Regime.VOLUNTEER}
        for user, period, amount in PeriodTotal.objects.filter(user__in=people).values_list("user", "period", "amount"):
            self.read.totals[user, period] = amount

    # --- What is shown -----------------------------------------------------------------------------------------------

    def items(self, claim: Claim) -> list[ClaimItem]:
        """The rows of a claim, in their order."""
        return self.read.items[claim.pk]

    def meetings(self, claim: Claim) -> list[MeetingFact]:
        """The meetings at which the person was, on a day of the claim, or the one that the claim is about."""
        days = {item.day for item in self.items(claim)}
        if claim.meeting is not None:
            days.add(timezone.localtime(claim.meeting.starts_at).date())
        return [one for one in self._was_at(claim) if one.day in days]

    def of(self, claim: Claim) -> list[str]:
        """Everything that stands out in `claim`, the heaviest first."""
        return [
            *self._doubles(claim), *self._hours(claim), *self._days(claim), *self._missing(claim),
            *self._amount(claim), *self._limit(claim),
        ]  # fmt: skip

    def _was_at(self, claim: Claim) -> list[MeetingFact]:
        return self.read.meetings[claim.assignment_id] if claim.assignment_id else []

    # --- What stands out ---------------------------------------------------------------------------------------------

    def _doubles(self, claim: Claim) -> list[str]:
        """The same row twice in it, or in another claim of the same person on this project; time twice on one day."""
        told, seen = [], set()
        others = [one for one in self.read.earlier[_whose(claim)] if one.claim_id != claim.pk]
        for item in self.items(claim):
            same, words = _facts(item), {"row": item.place, "day": long_date(item.day)}
            if same in seen:
                told.append(_("Regel %(row)d staat er twee keer in (%(day)s).") % words)
            elif any(_facts(one) == same for one in others):
                told.append(_("Regel %(row)d staat ook in een andere declaratie (%(day)s).") % words)
            elif item.kind == ItemKind.TIME and any(one.kind == item.kind and one.day == item.day for one in others):
                told.append(_("Ook in een andere declaratie staat tijd op %(day)s.") % words)
            seen.add(same)
        return told

    def _hours(self, claim: Claim) -> list[str]:
        """More time on the day of a meeting than was written down there."""
        if claim.assignment_id is None:
            return []
        asked: dict[datetime.date, int] = defaultdict(int)
        known: dict[datetime.date, int] = defaultdict(int)
        for item in self.items(claim):
            if item.kind == ItemKind.TIME:
                asked[item.day] += item.quantity
        for one in self._was_at(claim):
            known[one.day] += one.minutes
        return [
            _("Op %(day)s: %(asked)s gevraagd. Bij het gesprek staat %(known)s, met voorbereiden.")
            % {"day": long_date(day), "asked": hours(minutes), "known": hours(known[day])}
            for day, minutes in sorted(asked.items())
            if day in known and minutes > known[day]
        ]  # fmt: skip

    def _days(self, claim: Claim) -> list[str]:
        """Days on which there was no meeting with this person."""
        if claim.assignment_id is None:
            return []
        met = {one.day for one in self._was_at(claim)}
        days = {item.day for item in self.items(claim) if item.kind in WITH_A_DAY} - met
        return [_("Er was geen gesprek met deze persoon op %(day)s.") % {"day": long_date(day)} for day in sorted(days)]

    def _missing(self, claim: Claim) -> list[str]:
        needed = sum(item.kind in NEEDS_RECEIPT for item in self.items(claim))
        there = self.read.receipts.get(claim.pk, 0)
        if there >= needed:
            return []
        return [_("Bonnen: %(there)d, voor %(needed)d regels.") % {"there": there, "needed": needed}]

    def _amount(self, claim: Claim) -> list[str]:
        """Much more than others ask on this budget."""
        others = list(self.read.usual[claim.budget_id])
        if claim.amount in others and claim.state in COUNTED:
            others.remove(claim.amount)
        if len(others) < FEWEST_TO_COMPARE or claim.amount <= MUCH_MORE * median(others):
            return []
        return [_("Dit is veel meer dan anders: meestal is het ongeveer %(usual)s.") % {"usual": euros(_usual(others))}]

    def _limit(self, claim: Claim) -> list[str]:
        """Close to what the law allows; an own limit of somebody is nobody's business."""
        if claim.regime != Regime.VOLUNTEER or claim.user_id is None or claim.counts_in is None:
            return []
        if claim.counts_in not in self._rates:
            example = claim.budget.fund.organisation.is_example
            self._rates[claim.counts_in] = rate_on(claim.counts_in, is_example=example)
        rate = self._rates[claim.counts_in]
        of_month, of_year = (self.read.totals.get((claim.user_id, name), 0) for name in periods(claim.counts_in))
        if rate is None:
            return []
        close = [name for name, total, most in (
            (_("de maand"), of_month, rate.month), (_("het jaar"), of_year, rate.year)) if total * 100 >= most * CLOSE
        ]  # fmt: skip
        return [_("Dit komt dicht bij het hoogste bedrag voor %(when)s.") % {"when": name} for name in close]


def _whose(claim: Claim) -> str:
    return f"role {claim.assignment_id}" if claim.assignment_id else f"organisation {claim.organisation_id}"


def _facts(item: ClaimItem) -> tuple[object, ...]:
    return item.kind, item.day, item.quantity, item.amount


def _usual(amounts: Sequence[int]) -> int:
    """The median in whole euros: what one other person asked cannot be read from it."""
    return round(median(amounts) / 100) * 100


def hours(minutes: int) -> str:
    """Minutes as people say them: "2 uur en 30 minuten"."""
    whole, rest = divmod(minutes, 60)
    if not rest:
        return _("%(hours)d uur") % {"hours": whole}
    if not whole:
        return _("%(minutes)d minuten") % {"minutes": rest}
    return _("%(hours)d uur en %(minutes)d minuten") % {"hours": whole, "minutes": rest}
