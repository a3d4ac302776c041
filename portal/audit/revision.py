"""The revision of everything public (speed.md): raised in the transaction of each public change."""

from django.db import DatabaseError, connection, transaction

from portal.core.replica import only_reading, read_rows, reading_connection
from portal.core.wal_index import committed_state

_told: tuple[bytes | None, int] = (None, 0)  # the state of the database in which the number was read, and that number


def raise_revision() -> None:
    """Raise the number. Must run inside the transaction that makes the change, so that both land or neither."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("raise_revision outside a transaction")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_revision SET number = number + 1 WHERE id = 1")


def current_revision() -> int:
    """The number now: from memory while nothing was committed, else one plain SELECT."""
    global _told
    state, told = committed_state(reading_connection()), _told
    if state is not None and state == told[0]:
        return told[1]
    number = int(read_rows("SELECT number FROM audit_revision WHERE id = 1")[0][0])
    _told = (state, number)  # read after the state: what was committed in between changes the state
    return number


def revision_or_none() -> int | None:
    """The number for who stands in front of Django: None when the database does not answer, so that Django says so.

    A connection that was lost meanwhile is opened once more: no signal of a request does it here.
    """
    for _attempt in range(2):
        with only_reading():
            try:
                return current_revision()
            except DatabaseError:
                reading_connection().close()
    return None
