"""Money goes from the fund to the person in one guarded chain, and the ledger says the same as every total."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from participation.actions.money import checking, commitments, funds, judging, payments
from participation.models import Booking, BudgetLine, Claim, Commitment, Fund, MoneyCommand
from participation.states import ClaimState, CommitmentState, ItemKind, LineKind
from tests.factories.money import fresh, key, money

pytestmark = pytest.mark.django_db


def sound() -> None:
    assert list(checking.faults()) == []


def paid(world, claim):
    """The claim, checked by the coordinator, approved by the fund, paid by the finance officer."""
    judging.check_claim(claim=claim, revision=claim.revision, by=world.coordinator, now=world.now, key=key())
    claim = fresh(claim)
    judging.approve_claim(claim=claim, revision=claim.revision, by=world.manager, now=world.now, key=key())
    batch, left_out = payments.make_batch(
        payer=world.payer, claims=[fresh(claim)], pay_on=world.now.date(), by=world.officer, now=world.now, key=key()
    )
    assert left_out == {}
    payments.mark_paid(batch=batch, reference="BANK-1", by=world.officer, now=world.now, key=key())
    return fresh(claim)


def test_money_goes_from_fund_to_person():
    world = money()
    person = world.representative()
    promise = world.promise(person, 10_000)
    claim = world.sent(person)
    assert claim.amount == 1_150  # two hours of € 5.75
    sound()
    claim = paid(world, claim)
    assert claim.state == ClaimState.PAID
    line, promise = world.line(), Commitment.objects.get(pk=promise.pk)
    assert (line.earmarked, line.committed, line.spent) == (50_000, 8_850, 1_150)
    assert (promise.claimed, promise.spent) == (1_150, 1_150)
    sound()


def test_what_is_left_of_a_promise_goes_back_to_the_budget_and_then_to_the_fund():
    world = money()
    person = world.representative()
    promise = world.promise(person, 10_000)
    paid(world, world.sent(person))
    with pytest.raises(ValidationError):
        funds.close_budget(budget=world.budget, text="Over", by=world.manager, now=world.now, key=key())
    commitments.release(commitment=promise, by=world.lead, now=world.now, key=key())
    assert Commitment.objects.get(pk=promise.pk).amount == 1_150
    sound()
    funds.close_budget(budget=world.budget, text="Minder gesprekken.", by=world.manager, now=world.now, key=key())
    world.budget.refresh_from_db()
    assert world.budget.went_back == 70_000 - 1_150
    assert Fund.objects.get(pk=world.fund.pk).earmarked == 1_150
    sound()


def test_a_claim_that_is_rejected_after_its_promise_was_closed_frees_the_money():
    world = money()
    person = world.representative()
    promise = world.promise(person, 10_000)
    claim = world.sent(person)
    commitments.release(commitment=promise, by=world.lead, now=world.now, key=key())
    sound()
    judging.reject_claim(claim=claim, revision=claim.revision, reason="Dubbel", by=world.lead, now=world.now, key=key())
    assert world.line().free == 50_000
    sound()


def test_a_payment_that_fails_can_be_paid_again_and_one_that_is_undone_frees_the_money():
    world = money()
    person = world.representative()
    world.promise(person, 10_000)
    claim = paid(world, world.sent(person))
    payments.mark_failed(claim=claim, reason="Rekening onbekend", by=world.officer, now=world.now, key=key())
    sound()
    claim = fresh(claim)
    assert claim.state == ClaimState.APPROVED
    payments.ask_reversal(claim=claim, reason="Dubbel betaald", by=world.second_manager, now=world.now)
    claim = fresh(claim)
    with pytest.raises(PermissionDenied):
        payments.agree_reversal(claim=claim, revision=claim.revision, by=world.second_manager, now=world.now, key=key())
    payments.agree_reversal(claim=claim, revision=claim.revision, by=world.officer, now=world.now, key=key())
    assert fresh(claim).state == ClaimState.REVERSED
    assert (world.line().committed, world.line().spent) == (10_000, 0)
    sound()


def test_a_budget_never_promises_more_than_was_set_apart():
    world = money()
    people = [world.representative() for _ in range(4)]
    for one in people[:3]:
        world.promise(one, 15_000)
    with pytest.raises(ValidationError):
        world.promise(people[3], 15_000)
    assert world.line().committed == 45_000
    assert Commitment.objects.filter(state=CommitmentState.ASKED).count() == 1
    sound()


def test_an_earmark_never_goes_below_what_was_promised():
    world = money()
    world.promise(world.representative(), 30_000)
    with pytest.raises(ValidationError):
        funds.lower(line=world.line(), cents=20_001, by=world.manager, now=world.now, key=key())
    funds.lower(line=world.line(), cents=20_000, by=world.manager, now=world.now, key=key())
    assert world.line().free == 0
    sound()


def test_the_same_key_is_one_booking():
    world = money()
    one = key()
    for _ in range(50):
        funds.earmark(budget=world.budget, kind=LineKind.SUPPORT, cents=2_500, by=world.manager, now=world.now, key=one)
    assert world.line(LineKind.SUPPORT).earmarked == 2_500
    assert MoneyCommand.objects.filter(key=one).count() == 1
    assert Booking.objects.filter(command__key=one).count() == 1


def test_a_key_of_another_command_is_refused():
    world = money()
    one = key()
    funds.earmark(budget=world.budget, kind=LineKind.SUPPORT, cents=2_500, by=world.manager, now=world.now, key=one)
    from participation.actions.money.commands import KeyUsed

    with pytest.raises(KeyUsed):
        funds.earmark(budget=world.budget, kind=LineKind.SUPPORT, cents=5_000, by=world.manager, now=world.now, key=one)
    assert BudgetLine.objects.get(budget=world.budget, kind=LineKind.SUPPORT).earmarked == 2_500


def test_what_was_refused_can_be_sent_again_with_the_same_key():
    world = money(provided=80_000)
    one = key()
    asked = {"budget": world.budget, "kind": LineKind.SUPPORT, "cents": 20_000, "by": world.manager, "now": world.now}
    with pytest.raises(ValidationError):
        funds.earmark(**asked, key=one)
    funds.provide(fund=world.fund, cents=20_000, by=world.manager, now=world.now, key=key())
    funds.earmark(**asked, key=one)
    assert world.line(LineKind.SUPPORT).earmarked == 20_000
    sound()


def test_claimant_checker_approver_and_payer_are_four_people():
    world = money()
    person = world.representative(user=world.lead)
    world.line()
    made = commitments.ask_commitment(
        line=world.line(), cents=5_000, what_for="Meedenken", assignment=person, by=world.coordinator, now=world.now
    )
    with pytest.raises(PermissionDenied):
        commitments.agree(commitment=made, by=world.lead, now=world.now, key=key())


def test_travel_and_time_draw_on_their_own_lines():
    world = money()
    person = world.representative()
    world.promise(person, 10_000)
    world.promise(person, 5_000, LineKind.TRAVEL)
    day = world.now.date()
    claim = world.sent(
        person, {"kind": ItemKind.TIME, "day": day, "quantity": 150},
        {"kind": ItemKind.DISTANCE, "day": day, "quantity": 340},
    )  # fmt: skip
    assert [item.amount for item in claim.items.order_by("place")] == [1_437, 782]
    paid(world, claim)
    assert (world.line().spent, world.line(LineKind.TRAVEL).spent) == (1_437, 782)
    sound()
    assert Claim.objects.get().amount == 2_219


def test_an_amount_of_more_than_32_bits_stays_whole():
    much = 2**32 + 7  # cents: PostgreSQL got 7 of them, and the ledger all
    world = money(provided=3 * much)
    world.earmark(LineKind.SUPPORT, much)
    sound()
    with pytest.raises(ValidationError):
        funds.earmark(
            budget=world.budget, kind=LineKind.SUPPORT, cents=2 * much, by=world.manager, now=world.now, key=key()
        )
    assert Fund.objects.get(pk=world.fund.pk).amount == 3 * much
    funds.lower(line=world.line(LineKind.SUPPORT), cents=much - 1, by=world.manager, now=world.now, key=key())
    assert world.line(LineKind.SUPPORT).earmarked == 1
    funds.take_out(fund=world.fund, cents=2 * much, by=world.manager, now=world.now, key=key())
    assert Fund.objects.get(pk=world.fund.pk).amount == much
    sound()
