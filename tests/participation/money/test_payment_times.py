"""How long a payer takes: half and nine of ten, and nothing from which one person's claim can be read."""

import datetime

import pytest

from participation.models import Claim
from participation.money_times import PaymentTimes, payment_times
from participation.states import ClaimState
from tests.factories.judging import claim_in, paid
from tests.factories.money import fresh, money

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def world():
    return money()


def paid_after(world, *days):
    """Payments of one new person each, so many days after they were sent."""
    made = paid(world, *[claim_in(world, ClaimState.CHECKED) for _day in days])
    for claim, number in zip(made, days, strict=True):
        Claim.objects.filter(pk=claim.pk).update(submitted_at=claim.paid_at - number * DAY)
    return made


def test_half_and_nine_of_ten(world):
    paid_after(world, 1, 2, 3, 10, 40)

    assert payment_times(world.payer) == PaymentTimes(median=3, p90=40, count=5)


def test_nothing_below_five_payments(world):
    paid_after(world, 1, 2, 3, 10)

    assert payment_times(world.payer) is None


def test_nothing_below_five_people(world):
    made = paid_after(world, 1, 2, 3, 10, 40)
    Claim.objects.filter(pk=made[0].pk).update(user=made[1].user, assignment=made[1].assignment)

    assert payment_times(world.payer) is None


def test_what_waits_or_came_back_does_not_count(world):
    made = paid_after(world, 1, 2, 3, 10, 40, 50)
    claim_in(world, ClaimState.APPROVED)
    Claim.objects.filter(pk=made[5].pk).update(state=ClaimState.APPROVED, paid_at=None)

    assert payment_times(world.payer) == PaymentTimes(median=3, p90=40, count=5)
    assert payment_times(money().payer) is None


def test_who_left_still_counts_as_one_person(world):
    made = paid_after(world, 1, 2, 3, 10, 40)
    Claim.objects.filter(pk__in=[made[0].pk, made[1].pk]).update(user=None)

    assert payment_times(world.payer) == PaymentTimes(median=3, p90=40, count=5)
    assert fresh(made[0]).user is None
