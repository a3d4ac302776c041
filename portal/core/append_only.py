"""Tables in which a row, once written, can be neither changed nor deleted: the database itself refuses.

SQLite drops triggers when a migration rebuilds a table, so they are made again after every migrate
(see `portal.audit.apps`); `missing` tells whether one is not there, is switched off or says something else.

A model may name one change that is let through all the same: `let_through`, {vendor: an SQL condition on OLD and NEW},
and `let_through_columns`, the only columns in which that change may be seen.
"""

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

_SQLITE = """CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} {when}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
_REFUSE = "RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';"
_POSTGRES_BODY = f" BEGIN {_REFUSE} END "
_POSTGRES_EXCEPT = f" BEGIN IF ({{condition}}) THEN RETURN NEW; END IF; {_REFUSE} END "
_POSTGRES_FUNCTION = "CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"
_POSTGRES = """CREATE OR REPLACE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH {each} EXECUTE FUNCTION {function}()"""
_POSTGRES_THERE = """
SELECT t.tgname, f.prosrc, t.tgenabled FROM pg_trigger t JOIN pg_proc f ON f.oid = t.tgfoid WHERE NOT t.tgisinternal
"""


def _models() -> list[type[models.Model]]:
    found = [model for model in apps.get_models() if getattr(model, "append_only", False)]
    return sorted(found, key=lambda model: model._meta.db_table)


def tables() -> list[str]:
    """The tables of every model that says ``append_only = True``."""
    return [model._meta.db_table for model in _models()]


def _verbs(connection: BaseDatabaseWrapper) -> tuple[str, ...]:
    return ("update", "delete", "truncate") if connection.vendor == "postgresql" else ("update", "delete")


def _exceptions(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """{table: the condition under which an update is let through}."""
    found = {}
    for model in _models():
        if condition := getattr(model, "let_through", {}).get(connection.vendor):
            same = "IS" if connection.vendor == "sqlite" else "IS NOT DISTINCT FROM"
            kept = [f.column for f in model._meta.concrete_fields if f.name not in model.let_through_columns]  # type: ignore[attr-defined]
            rest = "".join(f' AND NEW."{column}" {same} OLD."{column}"' for column in kept)
            found[model._meta.db_table] = f"({condition}){rest}"
    return found


def _made(connection: BaseDatabaseWrapper, names: Iterable[str]) -> Iterator[tuple[str, str, str, list[str]]]:
    """(table, verb, what the trigger says, the statements that make it) of every trigger of the tables `names`."""
    exceptions = _exceptions(connection)
    for table in names:
        for verb in _verbs(connection):
            condition = exceptions.get(table, "") if verb == "update" else ""
            if connection.vendor == "sqlite":
                text = _SQLITE.format(table=table, verb=verb, when=f"WHEN NOT ({condition})" if condition else "")
                yield table, verb, text, [f"DROP TRIGGER IF EXISTS {table}_no_{verb}", text]
                continue
            function = f"{table}_except" if condition else "append_only"
            body = _POSTGRES_EXCEPT.format(condition=condition) if condition else _POSTGRES_BODY
            each = "ROW" if condition else "STATEMENT"
            trigger = _POSTGRES.format(table=table, verb=verb, each=each, function=function)
            yield table, verb, body, [_POSTGRES_FUNCTION.format(name=function, body=body), trigger]


def install(connection: BaseDatabaseWrapper, names: Iterable[str]) -> None:
    """Make the triggers of the tables `names`, over those that are there. Raises when a table is not."""
    with connection.cursor() as cursor:
        for _table, _verb, _text, statements in _made(connection, names):
            for statement in statements:
                cursor.execute(statement)


def lift(connection: BaseDatabaseWrapper, names: Iterable[str]) -> None:
    """Remove the triggers. Only tests, and a migration that takes back what an earlier one wrote, call this."""
    with connection.cursor() as cursor:
        for table in names:
            for verb in _verbs(connection):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")


def lift_exceptions(connection: BaseDatabaseWrapper) -> None:
    """On SQLite, remove the triggers that look at other tables: no table can be rebuilt while they miss one of those.

    `migrate` calls this before it changes anything, and makes them again at its end.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for table in _exceptions(connection):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_update")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The triggers that should be there and are not, or are switched off, or say something else than ours."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_THERE)
            there = {name: text for name, text, enabled in cursor.fetchall() if enabled in {"O", "A", b"O", b"A"}}
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            there = dict(cursor.fetchall())
    made = set(connection.introspection.table_names())
    wanted = _made(connection, [table for table in tables() if table in made])
    return sorted(f"{table}_no_{verb}" for table, verb, text, _do in wanted if there.get(f"{table}_no_{verb}") != text)
