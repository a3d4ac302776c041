"""Everything that writes funds, what they plan, and the budgets they set apart."""

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from participation.actions.common import needed
from participation.actions.money import ledger
from participation.actions.money.commands import money_command
from participation.models import Budget, BudgetLine, Commitment, Fund, FundPlan, MoneyCommand, Payer, Project
from participation.money_permissions import can_begin_fund, can_manage_fund
from participation.states import BUDGET, BudgetState, CommitmentState, LineKind, ProjectState
from portal.audit.record import record
from portal.audit.revision import raise_revision
from portal.core.text import clean, sort_key
from portal.core.workflow import StepNotAllowed
from portal.organisations.models import Organisation

MOST = 1_000_000_000_00  # cents: a thousand million euros in one command is a mistake
PAGES = ("bedragen", "nieuw")  # pages of our own below /geld/ and /werk/geld/fondsen/
LONGEST = 1500  # characters of a summary
TEXTS = ("name", "name_en", "summary", "summary_en", "starts_on", "ends_on")


def fund_target(fund: Fund) -> str:
    """The fund as the log names it."""
    return f"fund:{fund.uuid}"


def whole_cents(cents: int) -> int:
    """`cents`, when it is an amount above zero. Raises ValidationError."""
    if not 0 < cents <= MOST:
        raise ValidationError({"amount": _("Vul een bedrag in dat groter is dan nul.")})
    return cents


# --- Fund ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def begin_fund(*, organisation: Organisation, fields: Mapping[str, Any], by: Any, now: datetime.datetime) -> Fund:
    """Begin a fund without money; `fields`: TEXTS. Raises PermissionDenied, ValidationError by field."""
    can_begin_fund(by, organisation)
    values = _told(fields)
    slug = "-".join(sort_key(values["name"]).split())[:90].strip("-") or "fonds"
    taken = {*Fund.objects.filter(slug__startswith=slug).values_list("slug", flat=True), *PAGES}
    free = next(s for n in range(1, len(taken) + 2) if (s := slug if n == 1 else f"{slug}-{n}") not in taken)
    fund = Fund.objects.create(organisation=organisation, slug=free, **values)
    record("money.fund_begun", by=by, target=fund_target(fund), now=now)
    raise_revision()
    return fund


@transaction.atomic
def change_fund(*, fund: Fund, fields: Mapping[str, Any], by: Any, now: datetime.datetime) -> None:
    """Change what a fund says of itself. Raises PermissionDenied, ValidationError by field."""
    can_manage_fund(by, fund)
    Fund.objects.filter(pk=fund.pk).update(**_told(fields))
    record("money.fund_changed", by=by, target=fund_target(fund), now=now)
    raise_revision()


def _told(fields: Mapping[str, Any]) -> dict[str, Any]:
    values = {name: clean(fields.get(name) or "").strip() for name in TEXTS[:4]}
    needed(values["name"], _("Vul de naam van het fonds in."), "name")
    needed(values["summary"], _("Schrijf waar het geld voor is."), "summary")
    _fits(values, {"name": 150, "name_en": 150, "summary": LONGEST, "summary_en": LONGEST})
    starts, ends = fields.get("starts_on"), fields.get("ends_on")
    if starts is None or ends is None or ends < starts:
        raise ValidationError({"ends_on": _("Kies een eerste en een laatste dag. De laatste dag komt later.")})
    return {**values, "starts_on": starts, "ends_on": ends}


@money_command("money.provided", about=lambda fund, cents: fund_target(fund))
def provide(*, command: MoneyCommand, fund: Fund, cents: int, by: Any, now: datetime.datetime) -> None:
    """Put `cents` into the fund. Raises PermissionDenied, ValidationError."""
    can_manage_fund(by, fund)
    ledger.provide(command, fund, whole_cents(cents))
    record("money.provided", by=by, target=fund_target(fund), now=now, cents=cents)
    raise_revision()


@money_command("money.taken_out", about=lambda fund, cents: fund_target(fund))
def take_out(*, command: MoneyCommand, fund: Fund, cents: int, by: Any, now: datetime.datetime) -> None:
    """Take out of the fund what is not set apart. Raises PermissionDenied, ValidationError."""
    can_manage_fund(by, fund)
    if not ledger.take_out(command, fund, whole_cents(cents)):
        raise ValidationError({"amount": _("Zoveel geld is er niet vrij in het fonds.")})
    record("money.taken_out", by=by, target=fund_target(fund), now=now, cents=cents)
    raise_revision()


@transaction.atomic
def plan(*, fund: Fund, year: int, amounts: Mapping[str, int], by: Any, now: datetime.datetime) -> None:
    """Write what the fund means to spend in `year`: {LineKind: cents}, none or 0 takes a line out.

    Raises PermissionDenied, ValidationError.
    """
    can_manage_fund(by, fund)
    if not fund.starts_on.year <= year <= fund.ends_on.year:
        raise ValidationError({"year": _("In dat jaar loopt het fonds niet.")})
    if set(amounts) - set(LineKind.values) or any(not 0 <= cents <= MOST for cents in amounts.values()):
        raise ValidationError({"amount": _("Vul bedragen in van nul of meer.")})
    FundPlan.objects.filter(fund=fund, year=year).delete()
    FundPlan.objects.bulk_create(
        FundPlan(fund=fund, year=year, kind=kind, amount=cents) for kind, cents in amounts.items() if cents
    )
    record("money.planned", by=by, target=fund_target(fund), now=now, year=year)
    raise_revision()


def _fits(values: Mapping[str, str], most: Mapping[str, int]) -> None:
    """Raise ValidationError by field for each text that is too long."""
    told = _("De tekst is te lang. Er passen %(most)d tekens.")
    if faults := {name: told % {"most": most[name]} for name in most if len(values[name]) > most[name]}:
        raise ValidationError(faults)


# --- Budget ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def open_budget(
    *, fund: Fund, payer: Payer, starts_on: datetime.date, ends_on: datetime.date, by: Any, now: datetime.datetime,
    project: Project | None = None, purpose: str = "", purpose_en: str = "",
) -> Budget:  # fmt: skip
    """Open a budget without money, for `project`, or for a `purpose` of the fund itself (training, support).

    Raises PermissionDenied, ValidationError by field.
    """
    can_manage_fund(by, fund)
    if project is not None:
        if project.organisation.is_example != fund.organisation.is_example:
            raise ValidationError({"project": _("Dit project past niet bij uw fonds.")})
        if project.state != ProjectState.RUNNING:
            raise ValidationError({"project": _("Dit project is voorbij. Kies een ander project.")})
    text = (
        clean(purpose).strip()
        if project is not None
        else needed(purpose, _("Schrijf waar het geld voor is."), "purpose")
    )
    texts = {"purpose": text, "purpose_en": clean(purpose_en).strip()}
    _fits(texts, {"purpose": 200, "purpose_en": 200})
    if ends_on < starts_on:
        raise ValidationError({"ends_on": _("De laatste dag komt na de eerste.")})
    try:
        with transaction.atomic():
            budget = Budget.objects.create(
                fund=fund, project=project, payer=payer, **texts,
                starts_on=starts_on, ends_on=ends_on, opened_at=now,
            )  # fmt: skip
    except IntegrityError as error:
        raise ValidationError({"project": _("Dit project heeft al een budget van uw fonds.")}) from error
    record("money.budget_opened", by=by, target=fund_target(fund), now=now, budget=str(budget.uuid))
    raise_revision()
    return budget


@money_command("money.earmarked", about=lambda budget, kind, cents: f"budget:{budget.uuid}")
def earmark(
    *, command: MoneyCommand, budget: Budget, kind: LineKind, cents: int, by: Any, now: datetime.datetime
) -> None:
    """Set `cents` of the fund apart for one kind of cost. Raises PermissionDenied, ValidationError, StepNotAllowed."""
    can_manage_fund(by, budget.fund)
    _must_be_open(budget)
    if kind not in LineKind.values:
        raise ValidationError({"kind": _("Kies waar het geld voor is.")})
    if not ledger.earmark(command, _line(budget, kind), whole_cents(cents)):
        raise ValidationError({"amount": _("Zoveel geld is er niet vrij in het fonds.")})
    record("money.earmarked", by=by, target=fund_target(budget.fund), now=now, budget=str(budget.uuid), cents=cents)
    raise_revision()


def _line(budget: Budget, kind: str) -> BudgetLine:
    line, _is_new = BudgetLine.objects.get_or_create(budget=budget, kind=kind)
    line.budget = budget
    return line


@money_command("money.lowered", about=lambda line, cents: f"budget:{line.budget.uuid}")
def lower(*, command: MoneyCommand, line: BudgetLine, cents: int, by: Any, now: datetime.datetime) -> None:
    """Give `cents` back to the fund. Never what was promised. Raises PermissionDenied, ValidationError."""
    fund = line.budget.fund
    can_manage_fund(by, fund)
    if not ledger.lower(command, line, whole_cents(cents)):
        raise ValidationError({"amount": _("Zoveel is er niet vrij. De rest is al toegezegd of betaald.")})
    budget = str(line.budget.uuid)
    record("money.lowered", by=by, target=fund_target(fund), now=now, budget=budget, cents=cents)
    raise_revision()


@money_command("money.moved", about=lambda line, kind, cents: f"budget:{line.budget.uuid}")
def move(
    *, command: MoneyCommand, line: BudgetLine, kind: LineKind, cents: int, by: Any, now: datetime.datetime
) -> None:
    """Move `cents` of `line` to another kind of cost of the same budget; never what was promised.

    Raises PermissionDenied, ValidationError, StepNotAllowed for a closed budget.
    """
    budget = line.budget
    can_manage_fund(by, budget.fund)
    _must_be_open(budget)
    if kind not in LineKind.values or kind == line.kind:
        raise ValidationError({"kind": _("Kies waar het geld heen gaat.")})
    if not ledger.lower(command, line, whole_cents(cents)):
        raise ValidationError({"amount": _("Zoveel is er niet vrij. De rest is al toegezegd of betaald.")})
    if not ledger.earmark(command, _line(budget, kind), cents):
        raise StepNotAllowed("move: the fund changed meanwhile")
    record("money.moved", by=by, target=fund_target(budget.fund), now=now, budget=str(budget.uuid), cents=cents)
    raise_revision()


@money_command("money.budget_closed", about=lambda budget, text: f"budget:{budget.uuid}")
def close_budget(*, command: MoneyCommand, budget: Budget, text: str, by: Any, now: datetime.datetime) -> None:
    """Close a budget: what nobody was promised goes back to the fund; `text` says in public why it was left.

    Raises PermissionDenied; ValidationError while a promise is open, or without a text where money is left;
    StepNotAllowed when it is closed already.
    """
    can_manage_fund(by, budget.fund)
    step = BUDGET.step(budget.state, "close")
    if not Budget.objects.filter(pk=budget.pk, state=step.source).update(state=step.target, closed_at=now):
        raise StepNotAllowed("close: the budget is closed")
    waiting = Commitment.objects.filter(
        line__budget=budget, state__in=[CommitmentState.ASKED, CommitmentState.RESERVED]
    )
    if waiting.exists() or any(line.committed for line in budget.lines.all()):
        raise ValidationError(_("Er is nog geld toegezegd. Sluit eerst die toezeggingen af."))
    left = 0
    for line in budget.lines.select_related("budget__fund").order_by("pk"):
        if line.free:
            if not ledger.lower(command, line, line.free):
                raise StepNotAllowed("close: somebody was promised money meanwhile")
            left += line.free
    told = needed(text, _("Schrijf waarom er geld over is. Iedereen kan dit lezen."), "text") if left else clean(text)
    Budget.objects.filter(pk=budget.pk).update(went_back=left, closing_text=told.strip())
    record("money.budget_closed", by=by, target=fund_target(budget.fund), now=now, budget=str(budget.uuid), cents=left)
    raise_revision()


def _must_be_open(budget: Budget) -> None:
    """Keep the budget open until the end of the transaction. Raises StepNotAllowed when it is closed."""
    if not Budget.objects.select_for_update(no_key=True).filter(pk=budget.pk, state=BudgetState.OPEN).exists():
        raise StepNotAllowed("the budget is closed", told=_("Dit budget is afgesloten."))


def new_key() -> uuid.UUID:
    """The key of a form: the same for each click on it."""
    return uuid.uuid4()
