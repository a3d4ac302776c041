"""Reading public pages from a copy of the database, for more readers than one machine can serve (decisions.md).

With DATABASE_REPLICA_URL, everything that a GET reads comes from that copy, the revision too: page and revision are
then of one moment. A publication is seen on the next request only when the primary waits for the copy
(`synchronous_commit = remote_apply`); with an ordinary replica 436 of 500 answers were stale (decisions.md, Proof).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

from portal.core.libpq import rows_of
from portal.core.statements import write_in

REPLICA = "replica"
_only_reading: ContextVar[bool] = ContextVar("only_reading", default=False)


def reading_alias() -> str:
    """Which database to read from now: the replica when there is one and nothing will be written."""
    return REPLICA if _only_reading.get() and REPLICA in settings.DATABASES else DEFAULT_DB_ALIAS


def reading_connection() -> Any:
    """The connection for plain SQL that reads."""
    return connections[reading_alias()]


def read_rows(sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """What plain SQL reads. For the few questions of every page that Django takes longer to write than the database to
    answer (portal/docs/adr/0015); `sql` is always a text of our own, what people typed is in `parameters`.

    Raises ValueError when `sql` would write.
    """
    connection = reading_connection()
    if written := write_in(sql):
        raise ValueError(f"read_rows only reads: {written}")
    if connection.queries_logged:  # somebody looks on: a test that counts, or a developer
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            seen: list[tuple[Any, ...]] = cursor.fetchall()
            return seen
    return _asked(connection, sql, parameters)


def one_of(numbers: list[int]) -> tuple[str, list[Any]]:
    """What stands behind a column that is one of `numbers`, and its parameters.

    PostgreSQL gets them as one: for another number of them, or larger ones, it would plan the question anew.
    """
    if reading_connection().vendor == "postgresql":
        return "= ANY(%s)", [numbers]
    return f"IN ({', '.join(['%s'] * len(numbers))})", [*numbers]


def _asked(connection: Any, sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """What Django's cursor does, but for the copy of `sql` and the layers around the driver's own cursor: they take
    twice as long as most of these questions (portal/docs/adr/0037)."""
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    if connection.vendor == "sqlite":
        sql = sql.replace("%s", "?")
    with connection.wrap_database_errors:
        if connection.vendor == "postgresql" and connection.get_autocommit():
            return rows_of(connection.connection, sql, parameters)
        cursor = connection.connection.cursor()
        try:
            rows: list[tuple[Any, ...]] = cursor.execute(sql, parameters).fetchall()
            return rows
        finally:
            cursor.close()


@contextmanager
def only_reading() -> Iterator[None]:
    """Inside, reads may come from the replica."""
    token = _only_reading.set(True)
    try:
        yield
    finally:
        _only_reading.reset(token)


class ReplicaRouter:
    """Django's router: reads of a GET from the replica, everything else from the primary."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        """The replica inside `only_reading`."""
        return reading_alias()

    def db_for_write(self, model: Any, **hints: Any) -> str:
        """Always the primary."""
        return DEFAULT_DB_ALIAS

    def allow_relation(self, first: Any, second: Any, **hints: Any) -> bool:
        """Both hold the same rows."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """The replica follows the primary by itself."""
        return db == DEFAULT_DB_ALIAS
