"""What waits ten working days for who has to act may be done by the expertise centre: nobody waits for who is ill."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from participation.actions.money import commitments, judging
from participation.money_permissions import can_approve, can_check, can_pay, can_pay_claim, waits_too_long
from participation.promise_tasks import promise_tasks
from participation.states import LineKind
from portal.organisations.models import OrganisationKind
from portal.organisations.roles import Role
from tests.conftest import NOW
from tests.factories.money import fresh, key, money
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import member

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def centre():
    return OrganisationFactory(kind=OrganisationKind.EXPERTISE_CENTRE, verified_at=NOW)


@pytest.mark.parametrize(("days", "too_long"), [(0, False), (12, False), (13, False), (14, True)])
def test_ten_working_days_are_counted_from_the_moment_that_it_waits(days, too_long):
    # Sunday 22 November 2026: after Sunday the 8th, ten working days end on Friday the 20th.
    assert waits_too_long(NOW - days * DAY) is too_long
    assert not waits_too_long(None)


def waiting(world, **fields):
    claim = world.sent(world.things)
    type(claim).objects.filter(pk=claim.pk).update(**fields)
    return fresh(claim)


@pytest.fixture
def world():
    made = money()
    made.things = made.representative()
    made.promise(made.things, 10_000)
    return made


def test_claim_that_nobody_looks_at(world, centre):
    helper, claim = member(centre, Role.COORDINATOR), world.sent(world.things)
    assert not can_check.ok(helper, claim)
    claim.submitted_at = world.now - 20 * DAY
    assert can_check.ok(helper, claim)


def test_claim_that_nobody_approves(world, centre):
    helper, claim = member(centre, Role.FUND_MANAGER), world.sent(world.things)
    judging.check_claim(claim=claim, revision=claim.revision, by=world.coordinator, now=world.now, key=key())
    claim = fresh(claim)
    assert not can_approve.ok(helper, claim)
    claim.checked_at = world.now - 20 * DAY
    assert can_approve.ok(helper, claim)
    claim.checked_by = helper
    with pytest.raises(PermissionDenied):
        can_approve(helper, claim)


def test_claim_that_nobody_pays(world, centre):
    helper, claim = member(centre, Role.FINANCE_OFFICER), world.sent(world.things)
    judging.check_claim(claim=claim, revision=claim.revision, by=world.coordinator, now=world.now, key=key())
    claim = fresh(claim)
    judging.approve_claim(claim=claim, revision=claim.revision, by=world.manager, now=world.now, key=key())
    claim = fresh(claim)
    assert not can_pay.ok(helper, world.payer)
    assert not can_pay_claim.ok(helper, claim)
    type(claim).objects.filter(pk=claim.pk).update(approved_at=world.now - 20 * DAY)
    assert can_pay.ok(helper, world.payer)
    assert can_pay_claim.ok(helper, fresh(claim))


def test_who_works_elsewhere_never_stands_in(world):
    claim = waiting(world, submitted_at=world.now - 300 * DAY)
    for role in Role:
        assert not can_check.ok(member(OrganisationFactory(verified_at=NOW), role), claim)


def asked_long_ago(world, cents):
    """A promise that waits since three weeks."""
    made = commitments.ask_commitment(
        line=world.line(), cents=cents, what_for="Meedenken", assignment=world.things, by=world.lead,
        now=world.now - 21 * DAY,
    )  # fmt: skip
    return made


def test_coordinator_of_the_centre_finds_and_decides_what_waits_on_a_project(client, world, centre):
    helper = member(centre, Role.COORDINATOR)
    client.force_login(helper)
    address = reverse("participation:commitments", args=[world.project.slug])
    assert client.get(address).status_code == 404
    made = asked_long_ago(world, 1_000)
    assert [task.url for task in promise_tasks(helper)] == [address]
    page = client.get(address)
    assert "Zeg toe" in page.text
    assert "Vraag een toezegging" not in page.text
    assert client.get(reverse("participation:commitment-ask", args=[world.project.slug])).status_code == 403
    step = reverse("participation:commitment-step", args=[world.project.slug, made.uuid, "akkoord"])
    assert client.post(step, {"key": str(key()), "bevestigd": "ja"}).headers["Location"] == reverse("work")
    made.refresh_from_db()
    assert made.state == "RESERVED"


def test_fund_manager_of_the_centre_finds_and_decides_what_waits_for_a_fund_and_moves_nothing_else(
    client, world, centre
):
    helper = member(centre, Role.FUND_MANAGER)
    client.force_login(helper)
    world.earmark(LineKind.FEE, 500_000)
    address = reverse("participation:work-budget", args=[world.fund.slug, world.budget.uuid])
    assert client.get(address).status_code == 404
    made = asked_long_ago(world, 200_000)
    assert [task.url for task in promise_tasks(helper)] == [address]
    page = client.get(address)
    assert "Zeg toe" in page.text
    assert "Zet geld apart" not in page.text
    assert "Zet geld in het fonds" not in client.get(
        reverse("participation:work-fund", args=[world.fund.slug])
    ).text  # fmt: skip
    earmark = reverse("participation:budget-step", args=[world.fund.slug, world.budget.uuid, "apart"])
    assert client.get(earmark).status_code == 404
    step = reverse("participation:budget-promise-step", args=[world.fund.slug, world.budget.uuid, made.uuid, "akkoord"])
    assert client.post(step, {"key": str(key()), "bevestigd": "ja"}).headers["Location"] == reverse("work")
    made.refresh_from_db()
    assert made.state == "RESERVED"
