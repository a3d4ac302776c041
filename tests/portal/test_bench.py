"""The arithmetic of the bench: what interval, which goal; and what is generated."""

from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.bench.compare import Comparison, Result, cut_off
from tests.bench.entries import RARE, content, rare_word
from tests.bench.measure import Asking, Sample
from tests.bench.servers import Server
from transparency.actions.publishing import check_publishable
from transparency.fields import ENTRY_FIELDS

SERVER = Server(name="x", address="http://127.0.0.1:1", leader=1, log=Path("x.log"))
SIDE = Asking(server=SERVER, paths=["/"])


def samples(*cpu_ms):
    return [Sample(cpu_ms=one, per_second=10, seconds=1, p99_ms=1, requests=10, others=0) for one in cpu_ms]


def result(ours, theirs, **more):
    return Result(
        comparison=Comparison(kind="cold", name="list", ours=SIDE, theirs=SIDE, **more),
        ours=samples(*ours), theirs=samples(*theirs),
    )  # fmt: skip


# By the sign test: 1 - 2 * P(Binomial(n, 1/2) <= cut) >= 0.95.
@pytest.mark.parametrize(("rounds", "cut"), [(1, 0), (5, 0), (8, 0), (9, 1), (11, 1), (12, 2), (15, 3)])
def test_interval_holds_the_median_with_95_percent(rounds, cut):
    assert cut_off(rounds) == cut


def test_ratio_is_what_they_use_for_each_of_ours():
    assert result([2, 2, 2], [20, 10, 30]).interval == (5, 15)


@pytest.mark.parametrize(("goal", "passed"), [(5, True), (5.1, False), (None, None)])
def test_goal_is_reached_when_the_lower_end_reaches_it(goal, passed):
    assert result([2, 2, 2], [20, 10, 30], goal=goal).passed is passed


@pytest.mark.parametrize(("goal", "passed"), [(2, True), (1.9, False)])
def test_growth_stays_under_its_goal_at_the_upper_end(goal, passed):
    assert result([10, 20, 15], [10, 10, 10], inverse=True, goal=goal).passed is passed


def test_server_that_answered_nothing_in_time_has_a_speed_to_compare():
    none = SimpleNamespace(**{**samples(5)[0].row(), "per_second": 0})

    assert Result(comparison=result([1], [1]).comparison, ours=samples(1), theirs=[none]).per_second == 10


@pytest.mark.parametrize("number", [0, 7, 9_999])
def test_generated_entry_may_be_published(number):
    check_publishable(content(1, number), ENTRY_FIELDS, complete=True)


def test_seed_and_number_decide_the_entry():
    assert content(1, 5) == content(1, 5)
    assert content(1, 5) != content(2, 5)
    assert content(1, 5) != content(1, 6)


def test_rare_words_are_all_different_and_none_begins_another():
    words = sorted(rare_word(number) for number in range(RARE))

    assert all(not after.startswith(before) for before, after in pairwise(words))
