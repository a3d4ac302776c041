"""Money for tests: a fund with its people, a budget of a project, and promises, each through the real actions."""

import datetime
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from participation.actions.money import claims, commitments, funds
from participation.models import (
    Assignment,
    Budget,
    BudgetLine,
    Claim,
    Commitment,
    Fund,
    Payer,
    PaymentChoice,
    PaymentProfile,
    Project,
    VolunteerRate,
)
from participation.states import ItemKind, LineKind, Regime
from portal.accounts.models import User
from portal.core.sealing import seal
from portal.organisations.models import OrganisationKind
from portal.organisations.roles import Role
from tests.factories.organisations import OrganisationFactory
from tests.factories.participation import ProjectFactory, representative
from tests.factories.people import member

IBAN = "NL91ABNA0417164300"  # the example of the standard
RATES = {  # participation.md, Rates
    2024: (550, 325, 21_000, 210_000), 2025: (560, 330, 21_000, 210_000), 2026: (575, 340, 22_000, 220_000),
}  # fmt: skip


def key() -> uuid.UUID:
    """The key of a command."""
    return uuid.uuid4()


def rates() -> None:
    """The rows of 2024, 2025 and 2026."""
    for year, (hour, young, month, in_year) in RATES.items():
        VolunteerRate.objects.get_or_create(
            valid_from=datetime.date(year, 1, 1), defaults={
                "valid_to": datetime.date(year, 12, 31), "hour": hour, "hour_young": young, "month": month,
                "year": in_year, "km": 23, "source": "Belastingdienst", "checked_by": "redactie",
                "checked_on": datetime.date(2026, 11, 1),
            },
        )  # fmt: skip


@dataclass
class Money:
    """A fund, the payer, one project with its budget, and who acts: FM and a second one, FA, PL, PC."""

    project: Project
    fund: Fund
    payer: Payer
    budget: Budget
    manager: User
    second_manager: User
    officer: User
    lead: User
    coordinator: User
    now: datetime.datetime = field(default_factory=timezone.now)

    def line(self, kind: LineKind = LineKind.FEE) -> BudgetLine:
        """A line as it is now."""
        return BudgetLine.objects.select_related("budget__fund__organisation", "budget__project").get(
            budget=self.budget, kind=kind
        )

    def earmark(self, kind: LineKind, cents: int) -> BudgetLine:
        """Set money apart."""
        funds.earmark(budget=self.budget, kind=kind, cents=cents, by=self.manager, now=self.now, key=key())
        return self.line(kind)

    def promise(self, assignment: Assignment, cents: int, kind: LineKind = LineKind.FEE) -> Commitment:
        """Money promised to a representative: asked by the lead, agreed by the coordinator or the fund."""
        made = commitments.ask_commitment(
            line=self.line(kind), cents=cents, what_for="Meedenken", assignment=assignment, by=self.lead, now=self.now
        )
        decider = self.manager if commitments.promised_in_all(made) > 100_000 else self.coordinator
        commitments.agree(commitment=made, by=decider, now=self.now, key=key())
        return Commitment.objects.select_related("line__budget__fund").get(pk=made.pk)

    def representative(self, regime: Regime = Regime.VOLUNTEER, **fields: Any) -> Assignment:
        """Somebody who takes part, chose how to be paid, and is over 21."""
        made = representative(self.project, **fields)
        PaymentChoice.objects.create(assignment=made, regime=regime, chosen_at=self.now)
        PaymentProfile.objects.create(user=made.user, is_21=True)
        return made

    def draft(self, assignment: Assignment, *rows: dict[str, Any], now: datetime.datetime | None = None) -> Claim:
        """A claim that is written and not sent; without rows: two hours today."""
        moment = now or self.now
        claim = claims.begin_claim(assignment=assignment, budget=self.budget, by=assignment.user, now=moment, key=key())
        told = rows or ({"kind": ItemKind.TIME, "day": timezone.localtime(moment).date(), "quantity": 120},)
        claims.write_claim(
            claim=claim, revision=0, rows=told, holder="A. Voorbeeld", iban=IBAN, by=assignment.user, now=moment
        )
        return fresh(claim)

    def sent(self, assignment: Assignment, *rows: dict[str, Any], now: datetime.datetime | None = None) -> Claim:
        """The same, sent."""
        claim = self.draft(assignment, *rows, now=now)
        claims.submit_claim(claim=claim, revision=claim.revision, by=assignment.user, now=now or self.now, key=key())
        return fresh(claim)


def fresh(claim: Claim) -> Claim:
    """A claim as it is now, with what the rules look at."""
    whole = (
        "budget__fund__organisation", "budget__payer__organisation", "project__organisation",
        "project__patient_side", "organisation", "user",
    )  # fmt: skip
    return Claim.objects.select_related(*whole).get(pk=claim.pk)


def money(*, provided: int = 2_000_000, project: Project | None = None, **fields: Any) -> Money:
    """A fund of `provided` cents with a budget of 500 euros for time and 200 for travel."""
    rates()
    now = fields.pop("now", None) or timezone.now()
    project = project or ProjectFactory()
    organisation = OrganisationFactory(
        kind=OrganisationKind.FUND, verified_at=now, is_example=project.organisation.is_example
    )
    manager, second = member(organisation, Role.FUND_MANAGER), member(organisation, Role.FUND_MANAGER)
    fund = funds.begin_fund(
        organisation=organisation, by=manager, now=now,
        fields={
            "name": f"Fonds {organisation.pk}", "summary": "Geld voor patiënten.",
            "starts_on": now.date() - datetime.timedelta(days=400),
            "ends_on": now.date() + datetime.timedelta(days=800),
        },
    )  # fmt: skip
    payer = Payer.objects.create(
        organisation=organisation, may_pay_volunteers=True, account_name="Fonds", iban_sealed=seal(IBAN)
    )
    funds.provide(fund=fund, cents=provided, by=manager, now=now, key=key())
    budget = funds.open_budget(
        fund=fund, payer=payer, project=project, by=manager, now=now,
        starts_on=now.date() - datetime.timedelta(days=30), ends_on=now.date() + datetime.timedelta(days=300),
    )  # fmt: skip
    made = Money(
        project=project, fund=fund, payer=payer, budget=budget, manager=manager, second_manager=second,
        officer=member(organisation, Role.FINANCE_OFFICER), lead=project.lead,
        coordinator=member(project.patient_side, Role.COORDINATOR), now=now,
    )  # fmt: skip
    made.earmark(LineKind.FEE, 50_000)
    made.earmark(LineKind.TRAVEL, 20_000)
    return made
