"""How a fund and its budgets stand: what came in, what is set apart, promised, spent and left, and what asks attention.

Read only; amounts are cents.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from participation.models import Budget, BudgetLine, Commitment, Fund
from participation.money_permissions import holders
from participation.permissions import stands_in
from participation.promises import WHOLE
from participation.states import BudgetState, CommitmentState, LineKind
from portal.organisations.models import Membership
from portal.organisations.permissions import where_held
from portal.organisations.roles import Role

UNUSED_GAP = 25  # points in a hundred that the time may be ahead of the money
ENDS_SOON = datetime.timedelta(days=30)


def funds_of_manager(user: Any) -> list[Fund]:
    """The funds that `user` manages: of the own organisation, and where nobody does, as the stand-in."""
    mine = Q(organisation__in=where_held(user, Role.FUND_MANAGER))
    if stands_in(user, Role.FUND_MANAGER):
        managed = Membership.objects.filter(role=Role.FUND_MANAGER, user__is_active=True).values("organisation")
        mine |= ~Q(organisation__in=managed)
    return list(Fund.objects.filter(mine).select_related("organisation").in_order())


# --- Sums ------------------------------------------------------------------------------------------------------------


@dataclass
class Sums:
    """Set apart, promised, spent; on one line or on several together."""

    label: str | Promise = ""
    earmarked: int = 0
    committed: int = 0
    spent: int = 0

    def add(self, line: BudgetLine) -> None:
        """Count a line too."""
        self.earmarked += line.earmarked
        self.committed += line.committed
        self.spent += line.spent

    @property
    def left(self) -> int:
        """Cents that nobody was promised."""
        return self.earmarked - self.committed - self.spent

    @property
    def used(self) -> int:
        """How much of a hundred is promised or spent."""
        return 100 * (self.committed + self.spent) // self.earmarked if self.earmarked else 0

    @property
    def is_exhausted(self) -> bool:
        """Whether something was set apart and nothing of it is left."""
        return bool(self.earmarked) and not self.left


def sums_of(lines: Iterable[BudgetLine]) -> Sums:
    """Everything together."""
    made = Sums()
    for line in lines:
        made.add(line)
    return made


def by_kind(lines: Iterable[BudgetLine]) -> list[Sums]:
    """The same for each kind of cost that has a line, in one order."""
    found: dict[str, Sums] = {}
    for line in lines:
        found.setdefault(line.kind, Sums(label=LineKind(line.kind).label)).add(line)
    return [found[kind] for kind in LineKind if kind in found]


def elapsed(starts: datetime.date, ends: datetime.date, today: datetime.date) -> int:
    """How much of a hundred of the days has gone: 0 before the first, 100 after the last."""
    whole = (ends - starts).days + 1
    return min(100, max(0, 100 * (today - starts).days // whole))


# --- One budget ------------------------------------------------------------------------------------------------------


@dataclass
class BudgetShown:
    """A budget with its sums and what asks attention."""

    budget: Budget
    sums: Sums
    lines: list[Sums]
    elapsed: int
    warnings: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What it is for."""
        return self.budget.project.name if self.budget.project is not None else self.budget.purpose


def shown(budget: Budget, today: datetime.date) -> BudgetShown:
    """How `budget` stands."""
    lines = list(budget.lines.all())
    made = BudgetShown(
        budget=budget, sums=sums_of(lines), lines=by_kind(lines),
        elapsed=elapsed(budget.starts_on, budget.ends_on, today),
    )  # fmt: skip
    made.warnings = [*_warnings(made, today)]
    return made


def goes_unused(budget: BudgetShown) -> bool:
    """Whether the time is far ahead of the money: much of it may be left over at the end."""
    there = budget.budget.state == BudgetState.OPEN and budget.sums.earmarked > 0
    return there and budget.elapsed - budget.sums.used >= UNUSED_GAP


def ends_soon(budget: Budget, today: datetime.date) -> bool:
    """Whether an open budget is about to end, or is past its last day."""
    return budget.state == BudgetState.OPEN and budget.ends_on <= today + ENDS_SOON


def _warnings(one: BudgetShown, today: datetime.date) -> Iterable[str]:
    if one.budget.state != BudgetState.OPEN:
        return
    if not one.sums.earmarked:
        yield _("Er is nog geen geld apart gezet.")
    if goes_unused(one):
        told = _("Van de tijd is %(time)d%% voorbij. Van het geld is %(used)d%% toegezegd of uitgegeven.")
        yield told % {"time": one.elapsed, "used": one.sums.used}
    for line in one.lines:
        if line.is_exhausted:
            yield _("Het geld voor “%(kind)s” is op.") % {"kind": line.label}
    if one.budget.ends_on < today:
        yield _("De laatste dag is voorbij. Sluit het budget af als alles is betaald.")
    elif ends_soon(one.budget, today):
        yield _("Dit budget loopt bijna af.")
    if not holders(Role.FINANCE_OFFICER, one.budget.payer.organisation, but=set()):
        told = _("%(name)s heeft geen financiële medewerker. Zolang betaalt het expertisecentrum.")
        yield told % {"name": one.budget.payer.organisation.name}


# --- One fund --------------------------------------------------------------------------------------------------------


def budgets_of(fund: Fund) -> list[Budget]:
    """The budgets of a fund with their lines, what is open first."""
    whole = ("fund__organisation", "project__organisation", "payer__organisation")
    found = fund.budgets.select_related(*whole).prefetch_related("lines")
    return list(found.order_by("-state", "starts_on", "pk"))


def context_of(fund: Fund, today: datetime.date) -> dict[str, Any]:
    """The template context of the page of a fund, for who manages it."""
    budgets = [shown(one, today) for one in budgets_of(fund)]
    lines = [line for one in budgets for line in one.budget.lines.all()]
    return {
        "fund": fund,
        "free": fund.amount - fund.earmarked,
        "sums": sums_of(lines),
        "lines": by_kind(lines),
        "elapsed": elapsed(fund.starts_on, fund.ends_on, today),
        "budgets": budgets,
        "years": years_of(fund),
        "warnings": fund_warnings(fund),
        "waiting": waiting_for(fund),
    }


def fund_warnings(fund: Fund) -> list[str]:
    """What the fund itself lacks: a claim needs people who differ."""
    managers = Membership.objects.filter(
        organisation=fund.organisation, role=Role.FUND_MANAGER, user__is_active=True
    ).count()
    found = []
    if managers == 0:
        found.append(_("Dit fonds heeft geen beheerder. Zolang beslist het expertisecentrum."))
    elif managers == 1:
        found.append(_("Er is maar één beheerder van dit fonds. Bij ziekte of vakantie wacht alles."))
    if not holders(Role.FINANCE_OFFICER, fund.organisation, but=set()):
        found.append(_("Uw organisatie heeft geen financiële medewerker."))
    return found


def years_of(fund: Fund) -> list[dict[str, Any]]:
    """For each year of the fund what it plans, by kind of cost and together."""
    planned: dict[int, dict[str, int]] = {}
    for year, kind, amount in fund.plans.order_by("year", "kind").values_list("year", "kind", "amount"):
        planned.setdefault(year, {})[kind] = amount
    years = sorted({*planned, *range(fund.starts_on.year, fund.ends_on.year + 1)})
    return [
        {
            "year": year, "total": sum(planned.get(year, {}).values()),
            "kinds": [(kind.label, planned[year][kind]) for kind in LineKind if kind in planned.get(year, {})],
        }
        for year in years
    ]  # fmt: skip


def waiting_for(fund: Fund) -> list[Commitment]:
    """Promises that were asked out of this fund, the longest wait first; who decides, the permission says."""
    asked = Commitment.objects.filter(line__budget__fund=fund, state=CommitmentState.ASKED)
    return list(asked.select_related(*WHOLE).order_by("asked_at", "pk"))
