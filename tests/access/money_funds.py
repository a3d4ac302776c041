"""Funds, budgets and promises: what each person is answered. An administrator, of whatever, moves no money."""

from functools import partial
from types import SimpleNamespace
from typing import Any

from participation.actions.money import commitments
from participation.models import Budget
from portal.accounts.models import PortalRole
from portal.organisations.models import OrganisationKind
from portal.organisations.roles import Role
from tests.access.table import DENIED, DONE, HIDDEN, OK, SIGN_IN, WRONG, row
from tests.factories.money import key, money
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory, member, on_duty

# `manager` and `officer` are of the fund; `other` has every role, elsewhere; `admin` and `portal` only administer.
PEOPLE = (
    "nobody", "newcomer", "other", "lead", "coordinator", "rep", "manager", "officer", "admin", "portal",
)  # fmt: skip


def make_fund_world() -> Any:
    """A project with a budget of a fund, one representative, and one person of each kind."""
    made = money()
    role = made.representative()
    fund = made.fund.organisation
    elsewhere = OrganisationFactory(kind=OrganisationKind.FUND, verified_at=made.now)
    people = {
        "nobody": None,
        "newcomer": UserFactory(),
        "other": member(elsewhere, *Role),
        "lead": made.lead,
        "coordinator": made.coordinator,
        "rep": role.user,
        "manager": made.manager,
        "officer": made.officer,
        "admin": member(made.project.organisation, Role.ADMINISTRATOR, user=member(fund, Role.ADMINISTRATOR)),
        "portal": on_duty(PortalRole.ADMINISTRATOR),
    }
    return SimpleNamespace(money=made, assignment=role, people=people, things={}, project=made.project)


money_row = partial(row, people=PEOPLE, world=make_fund_world)


def asked(cents: int, by: str):
    """Money asked for the representative by this person."""

    def prepare(world: Any) -> None:
        world.things["promise"] = commitments.ask_commitment(
            line=world.money.line(), cents=cents, what_for="Meedenken", assignment=world.assignment,
            by=world.people[by], now=world.money.now,
        )  # fmt: skip

    return prepare


def promised(world: Any) -> None:
    world.things["promise"] = world.money.promise(world.assignment, 5_000)


def without_project(world: Any) -> None:
    """A budget for something of the fund itself, with a promise that the second manager asked."""
    made = world.money
    Budget.objects.filter(pk=made.budget.pk).update(project=None, purpose="Cursus")
    made.budget.refresh_from_db()
    line = made.line()
    world.things["promise"] = commitments.ask_commitment(
        line=line, cents=5_000, what_for="Cursus", organisation=made.project.patient_side, by=made.second_manager,
        now=made.now,
    )  # fmt: skip


def of_fund(world: Any) -> dict:
    return {"slug": world.money.fund.slug}


def of_project(world: Any) -> dict:
    return {"slug": world.project.slug}


def fund_step(name: str):
    return lambda world: {**of_fund(world), "step": name}


def of_budget(world: Any) -> dict:
    return {**of_fund(world), "key": world.money.budget.uuid}


def budget_step(name: str):
    return lambda world: {**of_budget(world), "step": name}


def promise_step(name: str):
    return lambda world: {**of_project(world), "key": world.things["promise"].uuid, "step": name}


def budget_promise_step(name: str):
    return lambda world: {**of_budget(world), "promise": world.things["promise"].uuid, "step": name}


def sure(**fields: Any):
    """What the second form sends."""
    return lambda world: {"key": str(key()), "bevestigd": "ja", **fields}


def asking(world: Any) -> dict:
    return {
        **sure(amount="10", what_for="Meedenken")(world), "receiver": f"deelnemer-{world.assignment.uuid}",
        "line": str(world.money.line().uuid),
    }  # fmt: skip


FUND = {"name": "Fonds", "summary": "Geld voor patiënten.", "starts_on": "2026-01-01", "ends_on": "2028-12-31"}
AT_FUND = (SIGN_IN, *[HIDDEN] * 5)
BARRED = (HIDDEN, HIDDEN, HIDDEN)


def fund_row(name: str, answer: int, **more: Any):
    """A page of a fund: only who manages it may know that it is there."""
    return money_row(name, *AT_FUND, answer, *BARRED, **more)


def project_row(name: str, lead: int, coordinator: int, **more: Any):
    """A page of the money of a project: only for both sides; who manages a fund knows of the project."""
    return money_row(name, SIGN_IN, HIDDEN, DENIED, lead, coordinator, DENIED, DENIED, HIDDEN, HIDDEN, HIDDEN, **more)


# fmt: off
#                                nobody   newcomer other lead  coordin rep  manager officer admin portal
ROWS = [
    money_row("participation:work-funds", SIGN_IN, DENIED, OK, DENIED, DENIED, DENIED, OK, DENIED, DENIED, DENIED),
    money_row("participation:fund-new", SIGN_IN, DENIED, OK, DENIED, DENIED, DENIED, OK, DENIED, DENIED, DENIED),
    money_row("participation:fund-new", SIGN_IN, DENIED, WRONG, DENIED, DENIED, DENIED, WRONG, DENIED, DENIED, DENIED,
              method="POST", data=lambda world: {"name": "Fonds"}),
    fund_row("participation:work-fund", OK, kwargs=of_fund),
    fund_row("participation:fund-edit", OK, kwargs=of_fund),
    fund_row("participation:fund-edit", DONE, kwargs=of_fund, method="POST",
             data=lambda world: {**FUND, "organisation": world.money.fund.organisation.slug}),
    fund_row("participation:fund-step", OK, kwargs=fund_step("erbij")),
    fund_row("participation:fund-step", OK, kwargs=fund_step("erbij"), method="POST",
             data=lambda world: {"key": str(key()), "amount": "10"}),
    fund_row("participation:fund-step", DONE, kwargs=fund_step("erbij"), method="POST", data=sure(amount="10")),
    fund_row("participation:fund-step", WRONG, kwargs=fund_step("erbij"), method="POST", data=sure(amount="veel")),
    fund_row("participation:fund-step", DONE, kwargs=fund_step("eruit"), method="POST", data=sure(amount="10")),
    fund_row("participation:fund-step", WRONG, kwargs=fund_step("eruit"), method="POST", data=sure(amount="999999")),
    fund_row("participation:fund-step", HIDDEN, kwargs=fund_step("verzonnen")),
    fund_row("participation:fund-plan", OK, kwargs=lambda world: {**of_fund(world), "year": 2026}),
    fund_row("participation:fund-plan", DONE, kwargs=lambda world: {**of_fund(world), "year": 2027}, method="POST",
             data=lambda world: {"FEE": "1.000"}),
    fund_row("participation:fund-plan", HIDDEN, kwargs=lambda world: {**of_fund(world), "year": 1999}),
    fund_row("participation:budget-new", OK, kwargs=of_fund),
    fund_row("participation:budget-new", DONE, kwargs=of_fund, method="POST",
             data=lambda world: {"purpose": "Cursus", "payer": str(world.money.payer.pk), "starts_on": "2026-12-01",
                                 "ends_on": "2027-12-01"}),
    fund_row("participation:budget-new", WRONG, kwargs=of_fund, method="POST", data=lambda world: {"purpose": "x"}),
    fund_row("participation:work-budget", OK, kwargs=of_budget, prepare=promised),
    fund_row("participation:budget-step", OK, kwargs=budget_step("apart")),
    fund_row("participation:budget-step", DONE, kwargs=budget_step("apart"), method="POST",
             data=sure(kind="SUPPORT", amount="10")),
    fund_row("participation:budget-step", WRONG, kwargs=budget_step("apart"), method="POST",
             data=sure(kind="SUPPORT", amount="999999")),
    fund_row("participation:budget-step", OK, kwargs=budget_step("terug")),
    fund_row("participation:budget-step", DONE, kwargs=budget_step("terug"), method="POST",
             data=sure(line="FEE", amount="10")),
    fund_row("participation:budget-step", OK, kwargs=budget_step("schuif")),
    fund_row("participation:budget-step", DONE, kwargs=budget_step("schuif"), method="POST",
             data=sure(line="FEE", kind="TRAINING", amount="10")),
    fund_row("participation:budget-step", OK, kwargs=budget_step("sluiten")),
    fund_row("participation:budget-step", DONE, kwargs=budget_step("sluiten"), method="POST",
             data=sure(text="Minder.")),
    fund_row("participation:budget-step", WRONG, kwargs=budget_step("sluiten"), method="POST", data=sure(text="")),
    fund_row("participation:budget-step", HIDDEN, kwargs=budget_step("vraag")),
    fund_row("participation:budget-step", OK, kwargs=budget_step("vraag"), prepare=without_project),
    fund_row("participation:budget-step", HIDDEN, kwargs=budget_step("verzonnen")),
    # The lead asked little: the fund does not decide. A lot: the fund does.
    fund_row("participation:budget-promise-step", DENIED, kwargs=budget_promise_step("akkoord"),
             prepare=asked(5_000, "lead"), method="POST", data=sure()),
    fund_row("participation:budget-promise-step", DONE, kwargs=budget_promise_step("akkoord"),
             prepare=without_project, method="POST", data=sure()),
    fund_row("participation:budget-promise-step", OK, kwargs=budget_promise_step("weigeren"), prepare=without_project),
    fund_row("participation:budget-promise-step", DONE, kwargs=budget_promise_step("weigeren"),
             prepare=without_project, method="POST", data=sure(reason="Nee.")),
    fund_row("participation:budget-promise-step", DONE, kwargs=budget_promise_step("afsluiten"), prepare=promised,
             method="POST", data=sure()),
    fund_row("participation:budget-promise-step", HIDDEN, kwargs=budget_promise_step("verzonnen"), prepare=promised),
    project_row("participation:commitments", OK, OK, kwargs=of_project, prepare=promised),
    project_row("participation:commitment-ask", OK, OK, kwargs=of_project),
    project_row("participation:commitment-ask", DONE, DONE, kwargs=of_project, method="POST", data=asking),
    project_row("participation:commitment-ask", WRONG, WRONG, kwargs=of_project, method="POST", data=sure(amount="10")),
    project_row("participation:commitment-step", DENIED, DONE, kwargs=promise_step("akkoord"),
                prepare=asked(5_000, "lead"), method="POST", data=sure()),
    project_row("participation:commitment-step", DONE, DENIED, kwargs=promise_step("akkoord"),
                prepare=asked(5_000, "coordinator"), method="POST", data=sure()),
    project_row("participation:commitment-step", DENIED, WRONG, kwargs=promise_step("weigeren"),
                prepare=asked(5_000, "lead"), method="POST", data=sure(reason="")),
    project_row("participation:commitment-step", DENIED, DONE, kwargs=promise_step("weigeren"),
                prepare=asked(5_000, "lead"), method="POST", data=sure(reason="Nog niet.")),
    project_row("participation:commitment-step", DONE, DONE, kwargs=promise_step("intrekken"),
                prepare=asked(5_000, "lead"), method="POST"),
    project_row("participation:commitment-step", DENIED, DENIED, kwargs=promise_step("akkoord"),
                prepare=asked(100_001, "lead"), method="POST", data=sure()),
    project_row("participation:commitment-step", DONE, DONE, kwargs=promise_step("afsluiten"), prepare=promised,
                method="POST", data=sure()),
    project_row("participation:commitment-step", HIDDEN, HIDDEN, kwargs=promise_step("verzonnen"), prepare=promised),
]
# fmt: on
