"""Ten thousand random commands about money, legal and not: every invariant holds, and nothing is booked twice."""

import pytest

from participation.actions.money.checking import faults
from participation.models import Booking, Fund
from tests.ledger.walk import STEPS, Walk, world

COMMANDS, LOOKS, SEED = 10_000, 500, 20261129  # commands, and after how many of them everything is looked at


@pytest.mark.django_db
def test_random_work_leaves_every_invariant():
    walk = Walk(world(), SEED)
    for number in range(1, COMMANDS + 1):
        walk.step()
        if number % LOOKS == 0:
            assert list(faults()) == [], f"after {number} commands of seed {SEED}"
    assert sum(walk.done.values()) + sum(walk.refused.values()) == COMMANDS
    # The walk went everywhere: each command was done, and what can be refused was.
    assert set(STEPS) <= set(walk.done), set(STEPS) - set(walk.done)
    assert Booking.objects.count() > 100 * Fund.objects.count()
