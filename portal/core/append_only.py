"""Tables in which a row, once written, can be neither changed nor deleted: the database itself refuses.

SQLite drops triggers when a migration rebuilds a table, so they are made again after every migrate
(see `portal.audit.apps`); `missing` tells whether one is not there.
"""

from collections.abc import Iterable

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper

_SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
_POSTGRES = """
CREATE OR REPLACE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION append_only()
"""


def tables() -> list[str]:
    """The tables of every model that says ``append_only = True``."""
    return sorted(m._meta.db_table for m in apps.get_models() if getattr(m, "append_only", False))


def _verbs(connection: BaseDatabaseWrapper) -> tuple[str, ...]:
    return ("update", "delete", "truncate") if connection.vendor == "postgresql" else ("update", "delete")


def install(connection: BaseDatabaseWrapper, names: Iterable[str]) -> None:
    """Make the triggers of the tables `names`; does nothing for one that is there."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
        statement = _POSTGRES if connection.vendor == "postgresql" else _SQLITE
        for table in names:
            for verb in _verbs(connection):
                cursor.execute(statement.format(table=table, verb=verb))


def lift(connection: BaseDatabaseWrapper, names: Iterable[str]) -> None:
    """Remove the triggers. Only the test fixture that empties the database calls this."""
    with connection.cursor() as cursor:
        for table in names:
            for verb in _verbs(connection):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The triggers that should be there and are not."""
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        there = {row[0] for row in cursor.fetchall()}
    made = set(connection.introspection.table_names())
    wanted = {f"{table}_no_{verb}" for table in tables() if table in made for verb in _verbs(connection)}
    return sorted(wanted - there)
