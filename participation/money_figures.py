"""The figures on money: what is set apart, promised and spent, how fast it is paid, and what went back.

Amounts are what money_public tells, sums of whole blocks; so each total here is about five people or more.
"""

import datetime
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participation.figures.base import Figure, Measured, Row, Subject, Unit, Words
from participation.models import Claim, Fund
from participation.money_public import MIXED, FundMoney, LineMoney, money_of, share_of_time
from participation.states import LineKind

Some = Sequence[FundMoney]
ALL: Words = _("Alles samen")


def funds_money(funds: Sequence[int], today: datetime.date) -> Mapping[int, FundMoney]:
    """{fund: its public money}."""
    chosen = Fund.objects.filter(pk__in=funds).select_related("organisation").order_by("pk")
    return {one.fund.pk: one for one in money_of(chosen, today)}


def earmarked(funds: Some) -> Measured:
    """What is set apart for patients, of what is in the funds."""
    return Measured(rows=[_row("all", ALL, sum(one.earmarked for one in funds), sum(one.fund.amount for one in funds))])


def committed(funds: Some) -> Measured:
    """What was promised, of what is set apart; by kind of cost."""
    return Measured(rows=_by_line(funds, "promised"))


def spent(funds: Some) -> Measured:
    """What was approved or paid, of what is set apart; by kind of cost, and what fits the time that is past."""
    whole = sum(one.earmarked for one in funds)
    label = _("Zoveel past bij de tijd die voorbij is")
    return Measured(rows=[*_by_line(funds, "spent"), _row("time", label, sum(_by_time(one) for one in funds), whole)])


def _by_time(money: FundMoney) -> int:
    """What would be spent if every budget went along with its time."""
    return sum(
        (one.earmarked - (one.went_back or 0))
        * share_of_time(one.budget.starts_on, one.budget.ends_on, money.today)
        // 100
        for one in money.budgets
    )


def _by_line(funds: Some, name: str) -> list[Row]:
    whole = sum(one.earmarked for one in funds)
    rows = [_row("all", ALL, sum(getattr(one, name) for one in funds), whole)]
    for kind in [*LineKind, MIXED]:
        lines = [line for one in funds for line in one.lines if line.kind == kind]
        if lines:
            part = sum(getattr(line, name) for line in lines)
            rows.append(_row(str(kind), _label(lines[0]), part, whole if kind == MIXED else _sum(lines)))
    return rows


def _sum(lines: Sequence[LineMoney]) -> int:
    return sum(line.earmarked for line in lines)


def _label(line: LineMoney) -> Words:
    return _("Van meer soorten samen") if line.kind == MIXED else LineKind(line.kind).label


def went_back(funds: Some) -> Measured:
    """What budgets that closed did not use, of what they had; where that may be told."""
    closed = [one for money in funds for one in money.budgets if one.went_back is not None]
    part, whole = sum(one.went_back or 0 for one in closed), sum(one.earmarked for one in closed)
    return Measured(rows=[_row("all", _("Niet gebruikt en terug naar het fonds"), part, whole)])


def _row(code: str, label: Words, part: int, whole: int) -> Row:
    return Row(code=code, label=label, numerator=part, denominator=whole)


# --- How fast it is paid ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Paid:
    """What one payer paid: the days that each payment took, and who got them."""

    days: Sequence[int]
    people: frozenset[str]


def paid(payers: Sequence[int], today: datetime.date) -> Mapping[int, Paid]:
    """{payer: how long its payments took}."""
    found: dict[int, list[tuple[int, str]]] = {payer: [] for payer in payers}
    claims = Claim.objects.filter(budget__payer__in=payers, submitted_at__isnull=False, paid_at__isnull=False)
    names = ("budget__payer", "submitted_at", "paid_at", "organisation", "user", "assignment")
    for payer, sent, done, organisation, user, role in claims.order_by("pk").values_list(*names):
        days = max(0, (timezone.localtime(done).date() - timezone.localtime(sent).date()).days)
        who = f"organisation {organisation}" if organisation else f"user {user}" if user else f"role {role}"
        found[payer].append((days, who))
    return {
        payer: Paid(days=[days for days, _who in rows], people=frozenset(who for _days, who in rows))
        for payer, rows in found.items()
    }


def payment_days(payers: Sequence[Paid]) -> Measured:
    """The days within which half of the payments came, and nine of ten."""
    days = sorted(days for one in payers for days in one.days)
    people = len(frozenset[str]().union(*(one.people for one in payers)))
    half, nine = (math.ceil(median(days)), days[math.ceil(0.9 * len(days)) - 1]) if days else (None, None)
    return Measured(
        rows=[
            Row(code="median", label=_("De helft kreeg het geld binnen"), numerator=half,
                denominator=len(days), people=people),
            Row(code="p90", label=_("Negen van de tien kregen het geld binnen"), numerator=nine, denominator=len(days),
                people=people),
        ]
    )  # fmt: skip


APART = (_("apart gezet"), _("apart gezet"))
MONEY: tuple[Figure, ...] = (
    Figure(
        code="money_earmarked", title=_("Geld dat apart staat voor patiënten"), load=funds_money, measure=earmarked,
        subject=Subject.FUNDS, unit=Unit.CENTS, counted=(_("in de fondsen"), _("in de fondsen")),
        formula=_("Wij tellen het geld in alle fondsen. Hoeveel daarvan staat apart voor patiënten in een project?"),
    ),
    Figure(
        code="money_committed", title=_("Geld dat is toegezegd"), load=funds_money, measure=committed,
        subject=Subject.FUNDS, unit=Unit.CENTS, counted=APART,
        formula=_("Wij tellen het geld dat apart staat. Hoeveel daarvan is aan mensen of patiëntenorganisaties "
                  "toegezegd, tot en met het vorige kwartaal? Wat al is uitgegeven, telt mee."),
    ),
    Figure(
        code="money_spent", title=_("Geld dat is uitgegeven"), load=funds_money, measure=spent,
        subject=Subject.FUNDS, unit=Unit.CENTS, counted=APART,
        formula=_("Wij tellen het geld dat apart staat. Hoeveel daarvan is goedgekeurd of betaald, tot en met het "
                  "vorige kwartaal? Onderaan ziet u hoeveel het was geweest als elk budget gelijk met de tijd opging."),
    ),
    Figure(
        code="money_payment_days", title=_("Hoe snel krijgen mensen hun geld?"), load=paid, measure=payment_days,
        subject=Subject.PAYERS, unit=Unit.DAYS, counted=(_("betaling"), _("betalingen")),
        formula=_("Wij tellen de dagen tussen elke declaratie en de betaling. Zet ze op een rij van kort naar lang. De "
                  "middelste zegt wanneer de helft het geld had."),
    ),
    Figure(
        code="money_went_back", title=_("Geld dat niet is gebruikt"), load=funds_money, measure=went_back,
        subject=Subject.FUNDS, unit=Unit.CENTS, counted=(_("in afgesloten budgetten"), _("in afgesloten budgetten")),
        formula=_("Wij tellen het geld van budgetten die zijn afgesloten. Hoeveel is niet gebruikt en ging terug naar "
                  "het fonds? Een budget van minder dan vijf mensen telt niet mee."),
    ),
)  # fmt: skip
