"""A list of claims that is approved at once: all of it in one go, and where one cannot be, each on its own."""

import pytest

from participation.actions.money import judging
from participation.actions.money.checking import faults
from participation.models import Booking, Claim, MoneyCommand
from participation.states import ClaimState
from portal.audit.models import AuditEvent
from portal.organisations.roles import Role
from tests.factories.judging import approved, claim_in
from tests.factories.money import fresh, key, money
from tests.factories.people import member

pytestmark = pytest.mark.django_db
S = ClaimState


def listed(*claims):
    """The claims as a page shows them: each with its revision and a key of its own."""
    return [(one, one.revision, key()) for one in claims]


def approve(world, rows, by=None):
    return judging.approve_many(claims=rows, by=by or world.manager, now=world.now)


def booked(claim):
    return Booking.objects.filter(kind="approve", target=f"moneyclaim:{claim.uuid}").count()


def states(*claims):
    return [fresh(one).state for one in claims]


def test_a_list_costs_no_more_questions_than_one_claim(django_assert_max_num_queries):
    world = money()
    first, *others = [claim_in(world, S.CHECKED) for _number in range(9)]
    approve(world, listed(claim_in(world, S.CHECKED)))  # who may is remembered

    with django_assert_max_num_queries(20) as one:
        approve(world, listed(first))
    with django_assert_max_num_queries(len(one) + 2 * len(others)):  # a promise and its line for each person
        assert approve(world, listed(*others)) == {}

    assert set(states(first, *others)) == {S.APPROVED}
    assert list(faults()) == []


def test_each_claim_of_a_list_has_its_command_booking_and_line_in_the_log():
    world = money()
    made = [claim_in(world, S.CHECKED) for _number in range(3)]

    approve(world, listed(*made))

    for claim in made:
        target = f"moneyclaim:{claim.uuid}"
        command = MoneyCommand.objects.get(kind="money.claim_approved", target=target)
        assert Booking.objects.get(kind="approve", target=target).command == command
        event = AuditEvent.objects.get(kind="money.claim_approved", target=target)
        assert (event.actor_id, event.organisation_id) == (world.manager.pk, world.fund.organisation_id)
        assert (fresh(claim).approved_by, fresh(claim).approved_at) == (world.manager, world.now)


def test_claims_on_one_promise_add_up():
    world = money()
    person = world.representative()
    promise = world.promise(person, 20_000)
    made = [world.sent(person) for _number in range(3)]
    for claim in made:
        judging.check_claim(claim=claim, revision=claim.revision, by=world.coordinator, now=world.now, key=key())
    made = [fresh(one) for one in made]

    approve(world, listed(*made))

    promise.refresh_from_db()
    assert promise.spent == sum(one.amount for one in made)
    assert list(faults()) == []


def test_one_that_changed_meanwhile_is_told_and_the_others_are_approved():
    world = money()
    changed, *others = [claim_in(world, S.CHECKED) for _number in range(3)]
    rows = listed(changed, *others)
    judging.return_claim(
        claim=changed, revision=changed.revision, question="Welke dag?", by=world.manager, now=world.now, key=key()
    )

    refused = approve(world, rows)

    assert list(refused) == [changed.pk]
    assert states(changed, *others) == [S.RETURNED, S.APPROVED, S.APPROVED]
    assert list(faults()) == []


def test_one_that_the_approver_checked_stays_and_the_others_are_approved():
    world = money()
    checked, other = claim_in(world, S.CHECKED), claim_in(world, S.CHECKED)
    Claim.objects.filter(pk=checked.pk).update(checked_by=world.manager)

    refused = approve(world, listed(fresh(checked), other))

    assert list(refused) == [checked.pk]
    assert states(checked, other) == [S.CHECKED, S.APPROVED]


def test_the_same_list_sent_twice_is_booked_once():
    world = money()
    made = [claim_in(world, S.CHECKED) for _number in range(3)]
    rows = listed(*made)

    assert approve(world, rows) == {}
    assert approve(world, rows) == {}

    assert [booked(one) for one in made] == [1, 1, 1]


def test_one_claim_twice_in_a_list_is_booked_once():
    world = money()
    claim = claim_in(world, S.CHECKED)

    refused = approve(world, listed(claim, claim))

    assert list(refused) == [claim.pk]  # the second time it had changed
    assert booked(claim) == 1
    assert list(faults()) == []


def test_a_key_of_another_command_is_told_and_changes_nothing():
    world = money()
    first = approved(world, claim_in(world, S.CHECKED))
    used = MoneyCommand.objects.get(kind="money.claim_approved", target=f"moneyclaim:{first.uuid}").key
    claim, other = claim_in(world, S.CHECKED), claim_in(world, S.CHECKED)

    refused = approve(world, [(claim, claim.revision, used), *listed(other)])

    assert list(refused) == [claim.pk]
    assert states(claim, other) == [S.CHECKED, S.APPROVED]


def test_who_does_not_manage_the_fund_approves_nothing():
    world = money()
    claim = claim_in(world, S.CHECKED)
    stranger = member(world.payer.organisation, Role.EDITOR)

    assert list(approve(world, listed(claim), by=stranger)) == [claim.pk]
    assert states(claim) == [S.CHECKED]
    assert booked(claim) == 0
