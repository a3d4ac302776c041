"""The public money of funds: what is set apart, and what may be told of what was promised and spent (money_privacy).

What is set apart is told at once. What people were promised and got is told at the end of a quarter, when enough of
them stand behind it. Everything that shows money in public reads it here: pages, figures, API and files.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from participation.models import Budget, Fund, FundPlan
from participation.money_facts import Earmark, earmarks_of, first_day, movements_of, quarter_of
from participation.money_privacy import Movement, Quarter, Told, told
from participation.states import BudgetState, LineKind

MIXED = "MIXED"  # of several lines together, because each alone is of too few people


@dataclass(frozen=True, kw_only=True)
class QuarterMoney:
    """One budget in one quarter. `promised` and `spent` are told in the quarter in which a period ends."""

    quarter: Quarter
    earmarked: int
    promised: int | None = None
    spent: int | None = None
    since: Quarter | None = None  # where the period begins, when it is longer than this quarter
    later: Quarter | None = None  # told in this later quarter
    state: str = "none"  # "told", "later", "shared" (counted with the fund), "waiting" (too few people), "none"


@dataclass(frozen=True, kw_only=True)
class BudgetMoney:
    """What is public of one budget; None where nothing may be told of it alone."""

    budget: Budget
    earmarked: int
    promised: int | None
    spent: int | None
    went_back: int | None
    is_partial: bool  # a part of it is not told of this budget alone
    quarters: Sequence[QuarterMoney]

    @property
    def is_closed(self) -> bool:
        """Whether it takes no promises any more."""
        return self.budget.state == BudgetState.CLOSED


@dataclass(frozen=True, kw_only=True)
class LineMoney:
    """One kind of cost over the whole fund."""

    kind: str
    earmarked: int
    promised: int
    spent: int

    @property
    def label(self) -> str:
        """The kind in words; MIXED has none of its own."""
        return str(LineKind(self.kind).label) if self.kind != MIXED else ""


@dataclass(frozen=True, kw_only=True)
class FundMoney:
    """Everything that is public of the money of a fund."""

    fund: Fund
    earmarked: int
    promised: int
    spent: int
    went_back: int
    lines: Sequence[LineMoney]
    budgets: Sequence[BudgetMoney]
    today: datetime.date
    told_until: datetime.date  # the last day of the newest quarter that is over
    is_partial: bool  # somewhere people wait for enough others
    plans: Mapping[int, Mapping[str, int]] = field(default_factory=dict)  # year → kind → cents

    @property
    def free(self) -> int:
        """Cents of the fund that are not set apart, as far as may be told: what went back untold is not in it."""
        return max(0, self.fund.amount - self.earmarked)

    @property
    def left(self) -> int:
        """Cents that are set apart and promised to nobody, as far as may be told."""
        return max(0, self.earmarked - self.promised)

    @property
    def time(self) -> int:
        """The percentage of the time of the fund that is past."""
        return share_of_time(self.fund.starts_on, self.fund.ends_on, self.today)


def share_of_time(starts: datetime.date, ends: datetime.date, today: datetime.date) -> int:
    """The percentage of the days from `starts` to `ends` that are past."""
    return max(0, min(100, 100 * (today - starts).days // ((ends - starts).days + 1)))


def money_of(funds: Iterable[Fund], today: datetime.date) -> list[FundMoney]:
    """The public money of `funds`, in their order; in the same number of questions however many there are."""
    chosen = list(funds)
    keys = [fund.pk for fund in chosen]
    budgets = defaultdict[int, list[Budget]](list)
    whole = ("project__organisation", "payer__organisation", "fund__organisation")
    for budget in Budget.objects.filter(fund__in=keys).select_related(*whole).order_by("starts_on", "pk"):
        budgets[budget.fund_id].append(budget)
    plans = defaultdict[int, dict[int, dict[str, int]]](dict)
    for plan in FundPlan.objects.filter(fund__in=keys).order_by("year", "pk"):
        plans[plan.fund_id].setdefault(plan.year, {})[plan.kind] = plan.amount
    apart, moved = earmarks_of(keys), movements_of(keys)
    return [
        _fund(fund, budgets[fund.pk], apart[fund.pk], _told(moved[fund.pk], budgets[fund.pk], today), plans[fund.pk],
              today)
        for fund in chosen
    ]  # fmt: skip


def _told(movements: Sequence[Movement], budgets: Sequence[Budget], today: datetime.date) -> Told:
    closed = {
        one.pk: quarter_of(timezone.localtime(one.closed_at).date()) for one in budgets if one.closed_at is not None
    }
    return told(movements, until=quarter_of(today) - 1, ended=closed)


def _fund(
    fund: Fund, budgets: Sequence[Budget], apart: Sequence[Earmark], known: Told,
    plans: Mapping[int, Mapping[str, int]], today: datetime.date,
) -> FundMoney:  # fmt: skip
    shown = [_budget(one, [row for row in apart if row.budget == one.pk], known, today) for one in budgets]
    went_back = sum(one.went_back or 0 for one in shown)
    return FundMoney(
        fund=fund, earmarked=sum(row.cents for row in apart) - went_back,
        promised=sum(block.promised for block in known.blocks), spent=sum(block.spent for block in known.blocks),
        went_back=went_back, lines=_lines(apart, known), budgets=shown, plans=plans, today=today,
        told_until=first_day(quarter_of(today)) - datetime.timedelta(days=1),
        is_partial=any(known.is_waiting(one) for one in known.waiting),
    )  # fmt: skip


def _lines(apart: Sequence[Earmark], known: Told) -> list[LineMoney]:
    """Each kind of cost; what is only told of several together stands in a row of its own."""
    made = []
    for kind in [*LineKind.values, MIXED]:
        blocks = [one for one in known.blocks if (one.kinds == {kind} if kind != MIXED else len(one.kinds) > 1)]
        earmarked = sum(row.cents for row in apart if row.kind == kind)
        if earmarked or blocks:
            promised, spent = sum(one.promised for one in blocks), sum(one.spent for one in blocks)
            made.append(LineMoney(kind=kind, earmarked=earmarked, promised=promised, spent=spent))
    return made


def _budget(budget: Budget, apart: Sequence[Earmark], known: Told, today: datetime.date) -> BudgetMoney:
    blocks = known.of(budget.pk)
    is_partial = known.is_waiting(budget.pk) or bool(known.shared(budget.pk))
    has_told = bool(blocks) or not is_partial
    is_ended = budget.state == BudgetState.CLOSED and known.is_whole(budget.pk)
    return BudgetMoney(
        budget=budget, earmarked=sum(row.cents for row in apart),
        promised=sum(one.promised for one in blocks) if has_told else None,
        spent=sum(one.spent for one in blocks) if has_told else None,
        went_back=budget.went_back if is_ended else None, is_partial=is_partial,
        quarters=_quarters(budget, apart, known, today),
    )  # fmt: skip


def _quarters(budget: Budget, apart: Sequence[Earmark], known: Told, today: datetime.date) -> list[QuarterMoney]:
    """Each quarter from the first movement until now."""
    blocks, shared, waiting = known.of(budget.pk), known.shared(budget.pk), known.waiting.get(budget.pk, ())
    waits = known.is_waiting(budget.pk)
    begun = (
        [row.quarter for row in apart] + [one.since for one in (*blocks, *shared)] + [one.quarter for one in waiting]
    )
    if not begun:
        return []
    made, waits_since = [], min((one.quarter for one in waiting), default=None) if waits else None
    ends = sorted({one.until for one in blocks})
    for quarter in range(min(begun), quarter_of(today) + 1):
        earmarked = sum(row.cents for row in apart if row.quarter == quarter)
        mine = [one for one in blocks if one.until == quarter]
        coming = [end for end in ends if end > quarter and min(b.since for b in blocks if b.until == end) <= quarter]
        if mine:
            since = min(one.since for one in mine)
            promised, spent = sum(one.promised for one in mine), sum(one.spent for one in mine)
            made.append(
                QuarterMoney(quarter=quarter, earmarked=earmarked, promised=promised, spent=spent, state="told",
                             since=since if since < quarter else None)
            )  # fmt: skip
        elif coming:
            made.append(QuarterMoney(quarter=quarter, earmarked=earmarked, state="later", later=coming[0]))
        elif any(one.since <= quarter <= one.until for one in shared):
            made.append(QuarterMoney(quarter=quarter, earmarked=earmarked, state="shared"))
        elif waits_since is not None and quarter >= waits_since:
            made.append(QuarterMoney(quarter=quarter, earmarked=earmarked, state="waiting"))
        else:
            made.append(QuarterMoney(quarter=quarter, earmarked=earmarked, promised=0, spent=0))
    return made
