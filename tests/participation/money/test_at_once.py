"""Many at once, in processes of their own, and one that is killed: no cent too much, none lost, none twice."""

import json
import os
import signal
from collections.abc import Iterator

import psycopg
import pytest

from tests.ledger import workers

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
COUNT, CENTS, ROOM = 50, 2_500, 30_000


def _is_there() -> bool:
    try:
        psycopg.connect(POSTGRES, connect_timeout=5).close()
    except psycopg.Error:
        return False
    return True


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "postgres" and not _is_there():
        if os.environ.get("CI") == "true":
            pytest.fail("PostgreSQL is missing; in CI that is a failure")
        pytest.skip("no PostgreSQL here")
    with workers.scratch("sqlite" if request.param == "sqlite" else POSTGRES) as url:
        yield url


def test_fifty_at_once_promise_exactly_what_there_is(database: str):
    made = workers.ask(database, "asked", {"count": COUNT, "cents": CENTS, "room": ROOM})
    shares = [{**made, "seed": number, "commitments": made["commitments"][number::5]} for number in range(5)]
    answers = workers.together(database, "commit", shares)
    assert sum(answer["refused"] for answer in answers) == COUNT - ROOM // CENTS
    after = workers.ask(database, "look", {"line": made["line"]})
    assert after["line"] == {"earmarked": ROOM, "committed": ROOM}
    assert after["faults"] == []


def test_the_same_key_from_five_at_once_is_one_booking(database: str):
    made = workers.ask(database, "asked", {"count": 1, "cents": CENTS, "room": ROOM})
    same = made["commitments"] * 10
    answers = workers.together(database, "commit", [{**made, "seed": n, "commitments": same} for n in range(5)])
    assert [answer["refused"] for answer in answers] == [0] * 5  # each hears that it is done
    after = workers.ask(database, "look", {"line": made["line"]})
    assert after["booked"] == {made["commitments"][0][1]: 1}
    assert after["line"]["committed"] == CENTS
    assert after["faults"] == []


def test_who_is_killed_half_way_loses_nothing_and_doubles_nothing(database: str):
    made = workers.ask(database, "asked", {"count": COUNT, "cents": CENTS, "room": ROOM * 10})
    told = {**made, "seed": 1}
    worker = workers.start(database, "commit")
    assert worker.stdin is not None
    assert worker.stdout is not None
    worker.stdin.write(json.dumps(told) + "\n")
    worker.stdin.flush()
    said = [worker.stdout.readline().strip() for _ in range(7)]  # it works, and is somewhere in the eighth
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    said += [line for line in worker.stdout.read().split("\n") if len(line) == len(said[0])]
    worker.communicate()
    half = workers.ask(database, "look", {"line": made["line"]})
    assert half["faults"] == []
    assert set(said) <= set(half["booked"])
    assert len(half["booked"]) < COUNT
    workers.ask(database, "commit", told)  # everything is sent once more, with the same keys
    after = workers.ask(database, "look", {"line": made["line"]})
    assert after["faults"] == []
    assert after["booked"] == {key: 1 for _number, key in made["commitments"]}
    assert after["line"]["committed"] == COUNT * CENTS


def test_random_work_of_three_at_once_leaves_every_invariant(database: str):
    made = workers.prepare(database, workers=1, claims=0)
    for turn in range(2):
        told = [{"world": made["world"], "seed": 100 * turn + n, "seconds": 4} for n in range(3)]
        answers = workers.together(database, "walk", told)
        assert all(answer["steps"] > 0 for answer in answers)
        assert workers.faults(database) == []
