"""What the public pages of money show: each picture as parts of a hundred, with the amounts for its table."""

import datetime
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from participation.models import Budget, Fund, Payer, Project, VolunteerRate
from participation.money_privacy import FEWEST, Quarter
from participation.money_public import (
    MIXED,
    BudgetMoney,
    FundMoney,
    LineMoney,
    QuarterMoney,
    money_of,
    share_of_time,
)
from participation.money_times import payment_times
from participation.rates import rate_on
from participation.states import LineKind


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A bar of a hundred wide: what was spent, and what else was promised."""

    spent: int
    promised: int  # from nought: what was spent is in it


def bar_of(earmarked: int, promised: int, spent: int) -> Bar | None:
    """The bar of amounts; None when nothing is set apart."""
    if earmarked <= 0:
        return None
    parts = [max(0, min(100, round(100 * cents / earmarked))) for cents in (spent, promised)]
    return Bar(spent=parts[0], promised=max(parts))


@dataclass(frozen=True, kw_only=True)
class LineShown:
    """One kind of cost with its bar."""

    label: str
    money: LineMoney
    is_mixed: bool
    bar: Bar | None


@dataclass(frozen=True, kw_only=True)
class QuarterShown:
    """One quarter of a budget in words."""

    label: str
    money: QuarterMoney
    note: str  # of which quarters the amounts are, or why there are none


@dataclass(frozen=True, kw_only=True)
class BudgetShown:
    """One budget with its bar and its share of time."""

    money: BudgetMoney
    bar: Bar | None
    time: int
    quarters: Sequence[QuarterShown]

    @property
    def budget(self) -> Budget:
        """The budget itself."""
        return self.money.budget


@dataclass(frozen=True, kw_only=True)
class PlanShown:
    """One year of the plan: (label of the line, cents), and all together."""

    year: int
    amounts: Sequence[tuple[str, int]]
    total: int


def quarter_label(quarter: Quarter) -> str:
    """A quarter in words."""
    return _("kwartaal %(number)s van %(year)s") % {"number": quarter % 4 + 1, "year": quarter // 4}


def fund_shown(money: FundMoney, today: datetime.date) -> dict[str, Any]:
    """The template context of one fund."""
    return {
        "fund": money.fund,
        "money": money,
        "bar": bar_of(money.earmarked, money.promised, money.spent),
        "time": money.time,
        "share_spent": _share(money.spent, money.earmarked),
        "lines": [_line(one) for one in money.lines],
        "budgets": [budget_shown(one, today) for one in money.budgets],
        "plan": _plan(money.plans),
        "payers": payers_of([money.fund]),
        "fewest": FEWEST,
    }


def _share(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0


def _line(one: LineMoney) -> LineShown:
    is_mixed = one.kind == MIXED
    label = _("Van meer soorten samen") if is_mixed else one.label
    return LineShown(label=label, money=one, is_mixed=is_mixed, bar=bar_of(one.earmarked, one.promised, one.spent))


def budget_shown(one: BudgetMoney, today: datetime.date) -> BudgetShown:
    """One budget for the page of its fund or its project."""
    bar = None if one.promised is None or one.spent is None else bar_of(one.earmarked, one.promised, one.spent)
    return BudgetShown(
        money=one, bar=bar, time=share_of_time(one.budget.starts_on, one.budget.ends_on, today),
        quarters=[
            QuarterShown(label=quarter_label(row.quarter), money=row, note=_note(row)) for row in reversed(one.quarters)
        ],
    )  # fmt: skip


def _note(row: QuarterMoney) -> str:
    if row.state == "told" and row.since is not None:
        return _("Samen met eerder, vanaf %(quarter)s") % {"quarter": quarter_label(row.since)}
    if row.state == "later" and row.later is not None:
        return _("Telt mee in %(quarter)s") % {"quarter": quarter_label(row.later)}
    if row.state == "shared":
        return _("Telt alleen mee bij het hele fonds")
    return _("Nog niet te zien") if row.state == "waiting" else ""


def _plan(plans: Mapping[int, Mapping[str, int]]) -> list[PlanShown]:
    return [
        PlanShown(
            year=year, total=sum(amounts.values()),
            amounts=[(str(kind.label), amounts[kind.value]) for kind in LineKind if kind.value in amounts],
        )
        for year, amounts in sorted(plans.items())
    ]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class PayerShown:
    """Who pays, and in how many whole days half of the payments came, and nine of ten; None when that is not told."""

    name: str
    half: int | None = None
    nine: int | None = None
    count: int = 0


def payers_of(funds: Sequence[Fund]) -> list[PayerShown]:
    """Everybody who pays out of `funds`, by name."""
    found = Payer.objects.filter(budgets__fund__in=funds).distinct().select_related("organisation")
    return [_payer(one) for one in found.order_by("organisation__sort_key", "pk")]


def _payer(payer: Payer) -> PayerShown:
    name, times = payer.organisation.name, payment_times(payer)
    if times is None:
        return PayerShown(name=name)
    return PayerShown(name=name, half=math.ceil(times.median), nine=times.p90, count=times.count)


def project_money(project: Project) -> dict[str, Any]:
    """The part of the page of a project: its money by quarter, of each fund that sets some apart."""
    funds = Fund.objects.filter(budgets__project=project).select_related("organisation").distinct()
    today = timezone.localdate()
    mine = [
        budget_shown(one, today)
        for money in money_of(funds.order_by("name", "pk"), today)
        for one in money.budgets
        if one.budget.project_id == project.pk
    ]
    return {"money": mine, "money_in_all": sum(one.money.earmarked - (one.money.went_back or 0) for one in mine)}


def rates_shown(today: datetime.date) -> dict[str, Any]:
    """The template context of the national maxima: the newest first."""
    return {"rates": list(VolunteerRate.objects.order_by("-valid_from")), "now": rate_on(today)}
