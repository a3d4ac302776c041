"""Plain SQL past the driver's cursor reads what a cursor reads, and fails as a cursor fails."""

import datetime
import gc
import uuid
import weakref

import psycopg
import pytest
from django.db import DatabaseError, DataError, OperationalError, connection, transaction

from portal.core import libpq
from portal.core.replica import one_of, read_rows

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL is asked so"),
    pytest.mark.usefixtures("_as_in_the_server"),
]
MOMENT = datetime.datetime(2026, 11, 22, 9, 0, tzinfo=datetime.UTC)
VALUES = (
    1, 40_000, 3_000_000_000, -1, True, None, "é 'aan' \\ %", "", uuid.UUID(int=7), MOMENT, MOMENT.date(), 1.5,
    b"\x00\xff", [1, 2, 3], [40_000, 1], ["a", None], [],
)  # fmt: skip


@pytest.fixture
def _as_in_the_server(django_db_setup, django_db_blocker):
    """Outside a transaction, as in the server; nothing is written."""
    with django_db_blocker.unblock():
        connection.ensure_connection()
        yield
        connection.close()


def by_cursor(sql, parameters=()):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def do(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def prepared():
    """{name: statement} of what the server remembers for us."""
    rows = by_cursor("SELECT name, statement FROM pg_prepared_statements WHERE name LIKE 'aimz%%'")
    return dict(rows)


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_values_go_and_come_as_with_a_cursor(value):
    sql = "SELECT %s, %s, 1" if value != [] else "SELECT %s::int[], %s::int[], 1"

    assert read_rows(sql, [value, value]) == by_cursor(sql, [value, value])


def test_types_of_columns_come_as_with_a_cursor():
    sql = """SELECT now() > %s, 1::smallint, 2::bigint, 1.25::numeric, 'a'::text, NULL, '{"a": 1}'::jsonb,
        '2026-11-22 10:00+01'::timestamptz, '2026-11-22'::date, ARRAY['x', 'y'], '\\x00ff'::bytea, interval '1 hour'"""

    assert read_rows(sql, [MOMENT]) == by_cursor(sql, [MOMENT])


def test_a_question_is_prepared_once_whatever_is_asked():
    for number in (1, 2, 3):
        assert read_rows("SELECT %s + 1", [number]) == [(number + 1,)]

    assert list(prepared().values()) == ["SELECT $1 + 1"]


def test_many_numbers_are_one_question():
    for numbers in ([1], [1, 2, 3], list(range(1, 30))):
        is_one, parameters = one_of(numbers)
        found = read_rows(f"SELECT one FROM generate_series(1, 40) one WHERE one {is_one}", parameters)  # noqa: S608
        assert [row[0] for row in found] == numbers

    assert len(prepared()) == 1


def test_server_remembers_no_more_than_the_driver_would(monkeypatch):
    monkeypatch.setattr(libpq, "MOST", 3)

    for number in (0, 1, 2, 0, 3, 4):
        assert read_rows(f"SELECT {number}") == [(number,)]

    assert sorted(prepared().values()) == ["SELECT 0", "SELECT 3", "SELECT 4"]
    assert read_rows("SELECT 1") == [(1,)]  # one that was forgotten


@pytest.mark.parametrize(
    ("sql", "parameters", "error"),
    [
        ("SELECT nothing FROM nowhere", [], DatabaseError),
        ("SELECT 1 / %s", [0], DataError),
        ("SELECT %s::int", ["x"], DataError),
    ],
)
def test_what_goes_wrong_is_an_error_of_django_with_the_words_of_the_server(sql, parameters, error):
    with pytest.raises(error) as ours:
        read_rows(sql, parameters)
    with pytest.raises(error) as theirs:
        by_cursor(sql, parameters)

    assert type(ours.value) is type(theirs.value)
    assert str(ours.value).splitlines()[0] == str(theirs.value).splitlines()[0]
    assert read_rows("SELECT 1") == [(1,)]


def test_after_a_table_changed_it_is_read_anew():
    do("CREATE TEMPORARY TABLE changing AS SELECT 1 AS one")
    assert read_rows("SELECT * FROM changing") == [(1,)]

    do("ALTER TABLE changing ADD COLUMN two text DEFAULT 'x'")

    with pytest.raises(DatabaseError):
        read_rows("SELECT * FROM changing")
    assert read_rows("SELECT * FROM changing") == [(1, "x")]


def test_after_the_driver_had_the_server_forget_everything_it_is_prepared_anew():
    for sql in ("SELECT %s", "SELECT 1 + %s"):
        read_rows(sql, [1])
    for _ in range(3):  # from the third time on the driver prepares it: with a ROLLBACK it then forgets all
        by_cursor("SELECT 'of the driver'")
    with transaction.atomic():
        by_cursor("SELECT 1")
        transaction.set_rollback(True)
    by_cursor("SELECT 'the driver tells the server with what it asks next'")
    assert prepared() == {}

    assert read_rows("SELECT %s", [2]) == [(2,)]
    assert read_rows("SELECT 1 + %s", [2]) == [(3,)]
    assert sorted(prepared().values()) == ["SELECT $1", "SELECT 1 + $1"]


def test_server_that_is_gone_is_an_operational_error_and_the_next_connection_works():
    read_rows("SELECT 1")
    pid = connection.connection.info.backend_pid
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [pid])
    connection.health_check_done = True

    with pytest.raises(OperationalError):
        read_rows("SELECT 1")

    assert connection.errors_occurred
    connection.close_if_unusable_or_obsolete()
    assert read_rows("SELECT 1") == [(1,)]


def test_inside_a_transaction_it_reads_what_that_wrote():
    with transaction.atomic():
        do("CREATE TEMPORARY TABLE inside (one int) ON COMMIT DROP")
        do("INSERT INTO inside VALUES (7)")
        assert read_rows("SELECT one FROM inside") == [(7,)]
    assert prepared() == {}


def test_nothing_is_kept_of_a_connection_that_is_closed():
    read_rows("SELECT 1")
    gone = weakref.ref(connection.connection)
    connection.close()
    gc.collect()

    assert gone() is None
    assert read_rows("SELECT 1") == [(1,)]
