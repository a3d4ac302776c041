"""A database in which what a test writes is really written, for tests with threads and processes."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import AppConfig
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from django.db.models.signals import post_migrate

from portal.audit.models import Revision
from portal.core import append_only
from transparency.models import LogHead


def mend(sender: AppConfig, **_told: Any) -> None:
    """Put back the rows that a migration made; sweeping the tables takes them too, and then tells "migrated"."""
    if sender.label != "transparency":  # told once for every app
        return
    Revision.objects.get_or_create(pk=1)
    LogHead.objects.get_or_create(pk=1, defaults={"number": 0, "hash": "0" * 64})


# The order in which fixtures end plays no part: Django tells this at the end of every sweep, as our own triggers need.
post_migrate.connect(mend, dispatch_uid="rows-of-the-migrations")


_truncate = DatabaseOperations.sql_flush


def _delete(
    operations: DatabaseOperations,
    style: Any,
    tables: Any,
    *,
    reset_sequences: bool = False,
    allow_cascade: bool = False,
) -> list[str]:
    """How PostgreSQL sweeps `tables`: rows go from the few tables that have any.

    To truncate makes new files for every table and its indexes, and waits until the disk has them: 1 to 3 s a test.
    Every reference is looked at when the transaction ends, so the order does not matter.
    """
    if reset_sequences or allow_cascade or not tables:
        return _truncate(operations, style, tables, reset_sequences=reset_sequences, allow_cascade=allow_cascade)
    named = {table: operations.quote_name(table) for table in tables}
    with operations.connection.cursor() as cursor:
        asked = (f"SELECT '{table}' WHERE EXISTS (SELECT FROM {name})" for table, name in named.items())  # noqa: S608
        cursor.execute(" UNION ALL ".join(asked))
        filled = [row[0] for row in cursor.fetchall()]
    return [f"DELETE FROM {named[table]}" for table in filled]  # noqa: S608 (names of our own tables)


DatabaseOperations.sql_flush = _delete  # type: ignore[method-assign]


@pytest.fixture
def committed_db(transactional_db: None) -> Iterator[None]:
    """Swept afterwards: only here the triggers that keep a table from that are taken away for a moment."""
    yield
    append_only.lift(connection, append_only.tables())
