"""Whoever left or did a step already: for every claim and every file that waits, somebody can go on and is told so."""

import copy
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from zeal import zeal_ignore

from participation.actions.leaving import erase_myself
from participation.actions.money import checking, judging, payments
from participation.models import Claim, PaymentBatch, PeriodTotal
from participation.money_duties import stuck
from participation.states import BatchState, ClaimState
from participation.workspace import tasks_for
from portal.accounts.models import User
from portal.core.workflow import StepNotAllowed
from portal.organisations.models import Membership
from portal.organisations.roles import Role
from tests.factories.judging import asked_to_undo, centre, claim_in, failed
from tests.factories.money import fresh, key, money
from tests.support.once import first_everywhere
from tests.support.standing import standing

pytestmark = pytest.mark.django_db
S = ClaimState
STATES = (S.SUBMITTED, S.CHECKED, S.APPROVED, S.EXPORTED, "asked to undo", "failed")
# Where each claim has to come at last.
ENDS = {S.PAID, S.REVERSED, S.REJECTED}


def nobody_left(world: Any) -> None:
    """Everybody is there."""


def leaves(*names: str) -> Callable[[Any], None]:
    """These people erase their account."""

    def leave(world: Any) -> None:
        for name in names:
            erase_myself(by=getattr(world.money, name), now=world.money.now)

    return leave


def claimant_left(world: Any) -> None:
    """Whose claim it is erased the account."""
    erase_myself(by=world.claim.user, now=world.money.now)


def one_does_all(world: Any) -> None:
    """One person leads, coordinates, manages the fund and pays; all others left."""
    made, lead = world.money, world.money.lead
    leaves("coordinator", "manager", "second_manager", "officer")(world)
    for role, organisation in (
        (Role.COORDINATOR, made.project.patient_side), (Role.FUND_MANAGER, made.fund.organisation),
        (Role.FINANCE_OFFICER, made.payer.organisation),
    ):  # fmt: skip
        Membership.objects.create(user=lead, organisation=organisation, role=role, since=made.now)


def one_who_claims_does_all(world: Any) -> None:
    """The same, and it is their own claim."""
    one_does_all(world)
    PeriodTotal.objects.filter(user=world.claim.user).update(user=world.money.lead)
    Claim.objects.filter(pk=world.claim.pk).update(user=world.money.lead)


WORLDS = {
    "everybody is there": nobody_left,
    "no lead": leaves("lead"), "nobody coordinates": leaves("coordinator"),
    "neither of both": leaves("lead", "coordinator"),
    "no fund manager": leaves("manager", "second_manager"), "nobody pays": leaves("officer"),
    "nobody at the fund": leaves("manager", "second_manager", "officer"),
    "who claims left": claimant_left, "one does all": one_does_all,
    "one who claims does all": one_who_claims_does_all,
}  # fmt: skip


def in_state(made: Any, state: str) -> Claim:
    if state == "asked to undo":
        return asked_to_undo(made, claim_in(made, S.APPROVED))
    return failed(made, claim_in(made, S.SUBMITTED)) if state == "failed" else claim_in(made, S(state))


def acts(claim: Claim, by: User, now: Any) -> list[Callable[[], Any]]:
    """Everything that somebody can do to bring a claim further."""
    book = {"by": by, "now": now, "key": key()}
    seen = {"claim": claim, "revision": claim.revision, **book}
    batch = PaymentBatch.objects.select_related("payer__organisation").filter(pk=claim.batch_id).first()
    found: list[Callable[[], Any]] = [
        lambda: payments.agree_reversal(**seen), lambda: judging.check_claim(**seen),
        lambda: judging.approve_claim(**seen),
        lambda: payments.make_batch(payer=claim.budget.payer, claims=[claim], pay_on=now.date(), **book),
    ]  # fmt: skip
    if batch is not None and batch.state == BatchState.MADE:
        found.append(lambda: payments.mark_paid(batch=batch, reference="B", **book))
    return found


def goes_on(claim: Claim, now: Any) -> bool:
    """Whether somebody brings it one step further."""
    for person in User.objects.filter(is_active=True).order_by("pk"):
        for act in acts(fresh(claim), person, now):
            try:
                with transaction.atomic():
                    act()
            except (PermissionDenied, ValidationError, StepNotAllowed):
                continue
            return True
    return False


def is_told(claim: Claim) -> bool:
    """Whether somebody finds a claim that waits among what is asked of them today."""
    people = User.objects.filter(is_active=True, memberships__isnull=False).distinct()
    return any("/werk/geld/" in task.url for person in people.order_by("pk") for task in tasks_for(person))


def waiting(state: str) -> SimpleNamespace:
    """A claim in `state`, and everybody."""
    made = money()
    _centre, _people = centre(made)
    _other, _more = centre(made)  # two stand-ins of each role: one that did a step does no other
    return SimpleNamespace(money=made, claim=in_state(made, state))


@pytest.fixture(scope="module", params=STATES)
def there(request, django_db_setup, django_db_blocker):
    with standing(django_db_blocker, lambda: waiting(request.param)) as made:
        yield made


@pytest.mark.parametrize("kind", first_everywhere(WORLDS))
def test_claim_comes_to_its_end(there, kind):
    world = copy.deepcopy(there)
    made = world.money
    with zeal_ignore():
        WORLDS[kind](world)

        for _step in range(6):
            if fresh(world.claim).state in ENDS:
                break
            assert stuck() == []
            assert is_told(world.claim)
            assert goes_on(world.claim, made.now), fresh(world.claim).state

        assert fresh(world.claim).state in ENDS
        assert list(checking.faults()) == []
