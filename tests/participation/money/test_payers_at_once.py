"""Two who judge or pay the same claim at the same moment, on a real PostgreSQL: it happens once, and the money adds up.

The rounds are inside each test: sweeping the database between tests takes longer than a round.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from participation.actions.money import checking, claims, judging, payments
from participation.actions.money import failed_accounts as accounts
from participation.iban import opened
from participation.models import Booking, Claim, PaymentBatch
from participation.states import ClaimState
from portal.core.workflow import StepNotAllowed
from portal.organisations.roles import Role
from tests.factories.judging import batched, claim_in, failed, paid
from tests.factories.money import IBAN, Money, fresh, key, money
from tests.factories.people import member

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"),
    pytest.mark.usefixtures("committed_db"),
]
ROUNDS = 5
S = ClaimState
OTHER = "NL02ABNA0123456789"


def together(*acts: Callable[[], object]) -> list[bool]:
    """Do all `acts` at the same moment, each on a connection of its own; whether each was carried out."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> bool:
        start.wait()
        try:
            act()
        except (StepNotAllowed, ValidationError, PermissionDenied):
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def rounds(state: ClaimState) -> Iterator[tuple[Money, Claim]]:
    """A new claim in `state`, five times; after each the ledger says the same as every total."""
    world = money()
    for _number in range(ROUNDS):
        yield world, claim_in(world, state)
        assert list(checking.faults()) == []


def book(world: Money, by: Any) -> dict[str, Any]:
    return {"by": by, "now": world.now, "key": key()}


def act(action: Callable[..., Any], world: Money, claim: Claim, by: Any, **more: Any) -> Callable[[], Any]:
    """A step on the claim as its page read it."""
    read = fresh(claim)
    return lambda: action(claim=read, revision=read.revision, **book(world, by), **more)


def test_two_who_approve_at_once_do_so_once():
    for world, claim in rounds(S.CHECKED):
        done = together(
            act(judging.approve_claim, world, claim, world.manager),
            act(judging.approve_claim, world, claim, world.second_manager),
        )

        assert sorted(done) == [False, True]
        assert fresh(claim).approved_by == (world.manager if done[0] else world.second_manager)
        assert Booking.objects.filter(kind="approve", target=f"moneyclaim:{claim.uuid}").count() == 1


def test_many_approved_by_two_at_once_are_approved_once():
    world = money()
    made = [claim_in(world, S.CHECKED) for _n in range(6)]

    def all_of_them(by):
        read = [(fresh(one), one.revision, key()) for one in made]
        return lambda: judging.approve_many(claims=read, by=by, now=world.now)

    together(all_of_them(world.manager), all_of_them(world.second_manager))

    assert {fresh(one).state for one in made} == {S.APPROVED}
    assert Booking.objects.filter(kind="approve").count() == len(made)
    assert list(checking.faults()) == []


def test_the_same_click_twice_at_once_approves_once():
    for world, claim in rounds(S.CHECKED):
        one, read = key(), fresh(claim)

        done = together(*[
            lambda one=one, read=read, world=world: judging.approve_claim(
                claim=read, revision=read.revision, by=world.manager, now=world.now, key=one)
        ] * 2)  # fmt: skip

        assert done == [True, True]
        assert Booking.objects.filter(kind="approve", target=f"moneyclaim:{claim.uuid}").count() == 1


def test_checking_while_its_person_takes_it_back():
    for world, claim in rounds(S.SUBMITTED):
        done = together(
            act(judging.check_claim, world, claim, world.lead), act(claims.cancel_claim, world, claim, claim.user)
        )

        assert sorted(done) == [False, True]
        assert fresh(claim).state == (S.CHECKED if done[0] else S.CANCELLED)


def test_approving_while_another_sends_it_back():
    for world, claim in rounds(S.CHECKED):
        done = together(
            act(judging.approve_claim, world, claim, world.manager),
            act(judging.return_claim, world, claim, world.second_manager, question="Welke dag?"),
        )

        assert sorted(done) == [False, True]
        assert fresh(claim).state == (S.APPROVED if done[0] else S.RETURNED)


def test_claim_is_in_one_file_when_two_are_made_at_once():
    for world, claim in rounds(S.APPROVED):
        second = member(world.payer.organisation, Role.FINANCE_OFFICER)

        def making(by, world=world, claim=claim):
            read = fresh(claim)
            return lambda: payments.make_batch(
                payer=world.payer, claims=[read], pay_on=world.now.date(), **book(world, by)
            )

        done = together(making(world.officer), making(second))

        assert sorted(done) == [False, True]
        assert fresh(claim).state == S.EXPORTED


def test_two_files_at_once_have_each_their_number():
    world = money()
    made = [claim_in(world, S.APPROVED) for _n in range(8)]
    acts = [
        lambda one=one: payments.make_batch(
            payer=world.payer, claims=[one], pay_on=world.now.date(), **book(world, world.officer)
        )
        for one in made
    ]  # fmt: skip

    assert together(*acts) == [True] * 8
    assert sorted(PaymentBatch.objects.values_list("number", flat=True)) == list(range(1, 9))


def test_paid_while_one_payment_fails():
    for world, claim in rounds(S.SUBMITTED):
        other = claim_in(world, S.APPROVED)
        batch, read = batched(world, claim, other), fresh(claim)
        done = together(
            lambda b=batch, w=world: payments.mark_paid(batch=b, reference="B", **book(w, w.officer)),
            lambda c=read, w=world: payments.mark_failed(claim=c, reason="Onbekend", **book(w, w.officer)),
        )

        assert done[0]
        assert fresh(other).state == S.PAID
        assert fresh(claim).state == (S.APPROVED if done[1] else S.PAID)


def test_paid_while_the_file_is_taken_back():
    for world, claim in rounds(S.EXPORTED):
        batch = PaymentBatch.objects.select_related("payer__organisation").get(pk=claim.batch_id)
        done = together(
            lambda b=batch, w=world: payments.mark_paid(batch=b, reference="B", **book(w, w.officer)),
            lambda b=batch, w=world: payments.cancel_batch(batch=b, **book(w, w.officer)),
        )

        assert sorted(done) == [False, True]
        assert fresh(claim).state == (S.PAID if done[0] else S.APPROVED)


def test_another_number_while_a_file_is_made():
    world = money()
    for _round in range(ROUNDS):
        claim = failed(world, claim_in(world, S.SUBMITTED))
        changing = fresh(claim)
        done = together(
            lambda c=claim: payments.make_batch(
                payer=world.payer, claims=[c], pay_on=world.now.date(), **book(world, world.officer)
            ),
            lambda c=changing: accounts.change_account(
                claim=c, revision=c.revision, holder="B", iban=OTHER, by=c.user, now=world.now
            ),
        )  # fmt: skip

        after = fresh(claim)
        assert done[0]
        assert (after.state, opened(after.iban_sealed)) == (S.EXPORTED, OTHER if done[1] else IBAN)


def test_undoing_is_asked_while_a_file_is_made():
    for world, claim in rounds(S.APPROVED):
        asked = fresh(claim)
        done = together(
            lambda c=claim, w=world: payments.make_batch(
                payer=w.payer, claims=[c], pay_on=w.now.date(), **book(w, w.officer)
            ),
            lambda c=asked, w=world: payments.ask_reversal(claim=c, reason="Dubbel", by=w.manager, now=w.now),
        )

        assert sorted(done) == [False, True]
        assert (fresh(claim).state == S.EXPORTED, fresh(claim).reversal_asked_at is None) == (done[0], done[0])


def test_undone_while_the_money_comes_back():
    world = money()
    for _round in range(ROUNDS):
        claim = paid(world, claim_in(world, S.APPROVED))[0]
        payments.ask_reversal(claim=claim, reason="Dubbel", by=world.manager, now=world.now)
        read = fresh(claim)
        together(
            act(payments.agree_reversal, world, claim, world.officer),
            lambda c=read: payments.mark_failed(claim=c, reason="Terug", **book(world, world.officer)),
        )

        assert fresh(claim).state in (S.REVERSED, S.APPROVED)
        assert list(checking.faults()) == []
