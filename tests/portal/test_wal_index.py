"""Whether a database file was changed, told from memory: by other processes, at once, and never wrongly "no"."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from portal.core.wal_index import committed_state
from portal.databases import database

RISES = "UPDATE number SET value = value + 1"
# Commits when a line comes in, and says so afterwards: what a publication in another worker does.
OTHER = """
import sqlite3, sys
other = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=20)
other.execute("PRAGMA synchronous=OFF")
for line in sys.stdin:
    rows = other.execute(line).fetchall()
    print(rows, flush=True)
"""

pytestmark = [pytest.mark.once, pytest.mark.django_db]


def _opened(file: Path) -> Any:
    settings = {**connections["default"].settings_dict, **database(f"sqlite:///{file}")}
    return DatabaseWrapper(settings, alias=file.stem)


def _value(connection: Any) -> int:
    with connection.cursor() as cursor:
        return int(cursor.execute("SELECT value FROM number").fetchone()[0])


@pytest.fixture
def ours(tmp_path: Path) -> Iterator[Any]:
    """A connection of Django to a file of its own."""
    connection = _opened(tmp_path / "file.sqlite3")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE number (value integer)")
        cursor.execute("INSERT INTO number VALUES (0)")
    yield connection
    connection.close()


class Other:
    """Another process with the same file open."""

    def __init__(self, connection: Any) -> None:
        file = connection.settings_dict["NAME"]
        self.process = subprocess.Popen(
            [sys.executable, "-c", OTHER, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def does(self, sql: str) -> str:
        """What the database gives back."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{sql}\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()


@pytest.fixture
def other(ours: Any) -> Iterator[Other]:
    """It ends with the test."""
    started = Other(ours)
    yield started
    started.process.kill()
    started.process.communicate()


def test_what_nobody_changed_stays_the_same(ours: Any, other: Other) -> None:
    before = committed_state(ours)
    assert before is not None
    _value(ours)
    other.does("SELECT value FROM number")
    assert committed_state(ours) == before


def test_every_commit_of_another_process_is_seen_at_once(ours: Any, other: Other) -> None:
    for expected in range(1, 301):
        before = committed_state(ours)
        other.does(RISES)
        assert committed_state(ours) != before
        assert _value(ours) == expected


def test_our_own_commit_is_seen(ours: Any) -> None:
    before = committed_state(ours)
    with ours.cursor() as cursor:
        cursor.execute(RISES)
    assert committed_state(ours) != before


def test_a_commit_is_seen_after_the_log_was_written_back_and_begun_anew(ours: Any, other: Other) -> None:
    seen = {committed_state(ours)}
    for round_ in range(1, 6):
        other.does(RISES)
        assert other.does("PRAGMA wal_checkpoint(TRUNCATE)").startswith("[(0,")
        seen.add(committed_state(ours))
        assert len(seen) == round_ + 1


def test_it_is_seen_when_every_other_connection_was_closed_meanwhile(ours: Any) -> None:
    committed_state(ours)
    ours.close()  # without the one that we hold, SQLite would throw the file away that we look at
    before = committed_state(ours)
    stranger = sqlite3.connect(ours.settings_dict["NAME"])
    stranger.execute(RISES)
    stranger.commit()
    stranger.close()
    assert committed_state(ours) != before


def test_looking_lets_go_of_no_lock(ours: Any, other: Other) -> None:
    """Closing the file would: then the other process could write back what we are still reading."""
    committed_state(ours)
    other.does(RISES)
    with ours.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT value FROM number").fetchone()
        for _look in range(3):
            committed_state(ours)
        other.does(RISES)
        other.does("PRAGMA busy_timeout=50")
        assert other.does("PRAGMA wal_checkpoint(TRUNCATE)").startswith("[(1,")  # busy: somebody reads
        cursor.execute("COMMIT")
    assert other.does("PRAGMA wal_checkpoint(TRUNCATE)").startswith("[(0,")


def test_inside_a_transaction_it_cannot_be_told(ours: Any) -> None:
    ours.in_atomic_block = True
    assert committed_state(ours) is None
    ours.in_atomic_block = False


def test_a_database_without_such_a_log_cannot_be_told(tmp_path: Path) -> None:
    file = tmp_path / "plain.sqlite3"
    plain = sqlite3.connect(file)
    plain.execute("CREATE TABLE number (value integer)")
    plain.close()
    connection = _opened(file)
    connection.settings_dict["OPTIONS"] = {}
    assert committed_state(connection) is None
    in_memory = _opened(tmp_path / "unused")
    in_memory.settings_dict["NAME"] = ":memory:"
    assert committed_state(in_memory) is None
