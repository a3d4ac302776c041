"""Two people act on money, or on a role with money, at the same moment: together they get no more than in turn.

Real connections, so only on PostgreSQL; SQLite lets one write at a time.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, connections

from participation.actions.money import checking, commitments, funds
from participation.actions.money.ends import release_forgotten_promises
from participation.models import Commitment, MoneyCommand
from participation.promises import WHOLE
from participation.states import LineKind
from portal.accounts.actions.money_roles import agree_to_role
from portal.core.workflow import StepNotAllowed
from portal.organisations.actions.money_roles import ask_money_roles
from portal.organisations.models import Membership, RoleRequest
from portal.organisations.roles import Role
from tests.conftest import NOW
from tests.factories.money import key, money
from tests.factories.people import member

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time"),
    pytest.mark.usefixtures("committed_db"),
]


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Do `acts` each in a thread of its own, at the same moment; the names of what they raised, "" for nothing."""
    ready = Barrier(len(acts))

    def one(act: Callable[[], object]) -> str:
        try:
            ready.wait(10)
            act()
        except (PermissionDenied, ValidationError, StepNotAllowed) as error:
            return type(error).__name__
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(one, acts))


@pytest.mark.parametrize("_again", range(5))
def test_two_promises_below_the_threshold_do_not_pass_it_together(_again: int) -> None:
    world = money()
    world.earmark(LineKind.FEE, 1_000_000)
    person = world.representative()
    asked = [
        commitments.ask_commitment(
            line=world.line(), cents=60_000, what_for="Meedenken", assignment=person, by=world.lead, now=NOW
        )
        for _number in range(2)
    ]
    found = [Commitment.objects.select_related(*WHOLE).get(pk=one.pk) for one in asked]

    came = at_once(*(
        lambda one=one: commitments.agree(commitment=one, by=world.coordinator, now=NOW, key=key()) for one in found
    ))  # fmt: skip

    assert sorted(came) == ["", "PermissionDenied"]
    assert world.line().committed == 60_000
    assert list(checking.faults()) == []


@pytest.mark.parametrize("_again", range(5))
def test_moves_both_ways_at_once_keep_every_cent_and_wait_for_nobody_for_ever(_again: int) -> None:
    world = money()
    world.earmark(LineKind.SUPPORT, 50_000)
    ways = [(LineKind.FEE, LineKind.SUPPORT), (LineKind.SUPPORT, LineKind.FEE)] * 4
    lines = {kind: world.line(kind) for kind in (LineKind.FEE, LineKind.SUPPORT)}

    came = at_once(*(
        lambda one=one, other=other: funds.move(
            line=lines[one], kind=other, cents=1_000, by=world.manager, now=NOW, key=key()
        )
        for one, other in ways
    ))  # fmt: skip

    assert came == [""] * len(ways)
    assert [world.line(kind).earmarked for kind in lines] == [50_000, 50_000]
    assert list(checking.faults()) == []


@pytest.mark.parametrize("_again", range(3))
def test_same_move_sent_eight_times_at_once_is_one(_again: int) -> None:
    world, one = money(), key()
    line = world.line()

    came = at_once(*[
        lambda: funds.move(line=line, kind=LineKind.SUPPORT, cents=1_000, by=world.manager, now=NOW, key=one)
    ] * 8)  # fmt: skip

    assert came == [""] * 8
    assert world.line(LineKind.SUPPORT).earmarked == 1_000
    assert MoneyCommand.objects.filter(key=one).count() == 1
    assert list(checking.faults()) == []


def test_job_that_runs_twice_at_once_closes_a_promise_once() -> None:
    world = money()
    person = world.representative()
    world.promise(person, 10_000)
    type(person).objects.filter(pk=person.pk).update(state="ENDED", ended_at=NOW.replace(year=2025))

    at_once(*[lambda: release_forgotten_promises(NOW)] * 3)

    assert Commitment.objects.get().state == "RELEASED"
    assert world.line().free == 50_000
    assert MoneyCommand.objects.filter(kind="money.released").count() == 1
    assert list(checking.faults()) == []


@pytest.mark.parametrize("_again", range(3))
def test_second_persons_who_agree_at_once_give_one_role(_again: int) -> None:
    world = money()
    fund = world.fund.organisation
    boss, *others = (member(fund, Role.ADMINISTRATOR) for _number in range(3))
    user = member(fund, Role.PROJECT_LEAD)
    ask_money_roles(organisation=fund, user=user, roles=[Role.FINANCE_OFFICER], by=boss, now=NOW)
    request = RoleRequest.objects.select_related("organisation", "user", "asked_by").get()

    came = at_once(*(lambda one=one: agree_to_role(request=request, by=one, now=NOW) for one in others))

    assert sorted(came) == ["", "StepNotAllowed"]
    assert Membership.objects.filter(user=user, role=Role.FINANCE_OFFICER).count() == 1
