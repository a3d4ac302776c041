"""Ten thousand random commands about money, legal and not: every invariant holds, and nothing is booked twice."""

import pytest
from django.db import connection

from participation.actions.money.checking import faults
from participation.models import Booking
from tests.ledger.walk import STEPS, Walk, world

LOOKS, SEED = 500, 20261129  # after how many commands everything is looked at
# One after the other both databases do the same; test_at_once and `stress_ledger` do them together on PostgreSQL.
COMMANDS = {"sqlite": 10_000, "postgresql": 2_000}


@pytest.mark.django_db
def test_random_work_leaves_every_invariant():
    walk, commands = Walk(world(), SEED), COMMANDS[connection.vendor]
    for number in range(1, commands + 1):
        walk.step()
        if number % LOOKS == 0:
            assert list(faults()) == [], f"after {number} commands of seed {SEED}"
    assert sum(walk.done.values()) + sum(walk.refused.values()) == commands
    # The walk went everywhere: each command was done, and what can be refused was.
    assert set(STEPS) <= set(walk.done), set(STEPS) - set(walk.done)
    assert Booking.objects.count() > commands // 50
