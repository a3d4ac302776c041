"""Every step of a claim, from every state, by everybody around it: who can stands here by hand."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from zeal import zeal_ignore

from participation.actions.money import checking, claims, judging, payments
from participation.actions.money import failed_accounts as accounts
from participation.models import Claim
from participation.states import ClaimState
from portal.accounts.models import PortalRole
from portal.core.dates import add_months
from portal.core.workflow import StepNotAllowed
from portal.organisations.roles import Role
from tests.factories.judging import asked_to_undo, centre, claim_in, failed
from tests.factories.money import IBAN, fresh, key, money
from tests.factories.people import UserFactory, member, on_duty
from tests.support.once import first_everywhere

pytestmark = pytest.mark.django_db
S = ClaimState

# The coordinator checked, the manager approved, the officer made the batch: who did a step does no other.
OWN = {"rep"}
CHECKERS = {"lead", "other_lead", "coordinator"}
APPROVERS = {"manager", "second_manager"}
PAYERS = {"officer", "second_officer"}
MATRIX: dict[tuple[str, str], set[str]] = {
    (S.DRAFT, "submit"): OWN, (S.RETURNED, "submit"): OWN, (S.HELD, "submit"): OWN,
    (S.DRAFT, "hold"): OWN, (S.RETURNED, "hold"): OWN, (S.SUBMITTED, "hold"): OWN,
    (S.DRAFT, "cancel"): OWN, (S.SUBMITTED, "cancel"): OWN, (S.RETURNED, "cancel"): OWN, (S.HELD, "cancel"): OWN,
    (S.SUBMITTED, "check"): CHECKERS, (S.SUBMITTED, "return"): CHECKERS, (S.SUBMITTED, "reject"): CHECKERS,
    (S.CHECKED, "return"): APPROVERS, (S.CHECKED, "reject"): APPROVERS, (S.CHECKED, "approve"): APPROVERS,
    (S.APPROVED, "export"): PAYERS,
    (S.EXPORTED, "pay"): PAYERS,
    (S.EXPORTED, "fail"): PAYERS, (S.PAID, "fail"): PAYERS,
    (S.APPROVED, "ask to undo"): APPROVERS, (S.PAID, "ask to undo"): APPROVERS,
    ("asked to undo", "undo"): PAYERS, ("asked to undo", "leave"): PAYERS, ("paid, asked to undo", "undo"): PAYERS,
    ("paid, asked to undo", "leave"): PAYERS, ("paid, asked to undo", "fail"): PAYERS,
    ("failed", "account"): OWN, ("failed", "export"): PAYERS, ("failed", "ask to undo"): APPROVERS,
}  # fmt: skip
STATES = [*S.values, "failed", "asked to undo", "paid, asked to undo"]


@pytest.fixture
def world():
    made = money()
    rep = made.representative()
    made.promise(rep, 10_000)
    organisation = made.project.organisation
    _centre, stand_ins = centre(made)
    people = {
        "rep": rep.user, "other_rep": made.representative().user, "lead": made.lead,
        "other_lead": member(organisation, Role.PROJECT_LEAD), "coordinator": made.coordinator,
        "manager": made.manager, "second_manager": made.second_manager, "officer": made.officer,
        "second_officer": member(made.payer.organisation, Role.FINANCE_OFFICER),
        "administrator": member(made.payer.organisation, Role.ADMINISTRATOR),
        "portal": on_duty(PortalRole.ADMINISTRATOR), "superuser": UserFactory(is_superuser=True),
        "outsider": member(money().payer.organisation, *[one for one in Role]),
        "newcomer": UserFactory(), **{f"stand-in {role}": user for role, user in stand_ins.items()},
    }  # fmt: skip
    return SimpleNamespace(money=made, rep=rep, people=people)


def in_state(world: Any, state: str) -> Claim:
    if state == "failed":
        return failed(world.money, claim_in(world.money, S.SUBMITTED, world.rep))
    if state == "asked to undo":
        return asked_to_undo(world.money, claim_in(world.money, S.APPROVED, world.rep))
    if state == "paid, asked to undo":
        return asked_to_undo(world.money, claim_in(world.money, S.PAID, world.rep))
    return claim_in(world.money, S(state), world.rep)


def _batch(claim: Claim) -> Any:
    if claim.batch is None:
        raise StepNotAllowed("in no batch")
    return claim.batch


def _left_in(made: Any) -> None:
    if made[1]:
        raise StepNotAllowed("left out")


def act(world: Any, claim: Claim, by: Any) -> dict[str, Callable[[], Any]]:
    """Each step as one call."""
    seen = {"claim": claim, "revision": claim.revision, "by": by, "now": world.money.now}
    keyed, when = {**seen, "key": key()}, {"claim": claim, "by": by, "now": world.money.now}
    book = {"by": by, "now": world.money.now, "key": key()}
    return {
        "submit": lambda: claims.submit_claim(**keyed),
        "hold": lambda: claims.hold_claim(until=add_months(world.money.now.date(), 1), **keyed),
        "cancel": lambda: claims.cancel_claim(**keyed),
        "check": lambda: judging.check_claim(**keyed),
        "return": lambda: judging.return_claim(question="Welke dag?", **keyed),
        "reject": lambda: judging.reject_claim(reason="Dubbel.", **keyed),
        "approve": lambda: judging.approve_claim(**keyed),
        "export": lambda: _left_in(payments.make_batch(
            payer=world.money.payer, claims=[claim], pay_on=world.money.now.date(), **book)),
        "pay": lambda: payments.mark_paid(batch=_batch(claim), reference="B", **book),
        "fail": lambda: payments.mark_failed(reason="Onbekend", key=key(), **when),
        "ask to undo": lambda: payments.ask_reversal(reason="Dubbel.", **when),
        "undo": lambda: payments.agree_reversal(**keyed),
        "leave": lambda: payments.refuse_reversal(**when),
        "account": lambda: accounts.change_account(holder="A. Voorbeeld", iban=IBAN, **seen),
    }  # fmt: skip


class _Undo(Exception):
    """Takes back what one person did."""


def _take_back() -> None:
    raise _Undo


def can(world: Any, claim: Claim, step: str, person: Any) -> bool:
    read = fresh(claim)
    try:
        with transaction.atomic():
            act(world, read, person)[step]()
            assert list(checking.faults()) == []
            _take_back()
    except (PermissionDenied, ValidationError, StepNotAllowed):
        return False
    except _Undo:
        return True


@pytest.mark.parametrize("state", first_everywhere(STATES))
def test_step_is_for_whom_the_table_says(world, state):
    claim = in_state(world, state)
    steps = act(world, claim, None)

    with zeal_ignore():
        found = {
            step: {name for name, person in world.people.items() if can(world, claim, step, person)} for step in steps
        }

    assert found == {step: MATRIX.get((state, step), set()) for step in steps}
