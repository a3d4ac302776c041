"""What is written in an append-only table stays as it was written: the database itself refuses."""

import datetime
import re
import subprocess
import sys

import pytest
import time_machine
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from participation.models import (
    AdviceVersion,
    Agreement,
    Booking,
    Erasure,
    FigureSnapshot,
    Message,
    MoneyCommand,
    Passage,
    Posting,
    Response,
    Signature,
    Verdict,
)
from portal.audit.models import AuditEvent
from portal.core import append_only
from tests.conftest import NOW
from tests.factories.money import money
from tests.factories.participation import ProjectFactory, given_advice, representative
from tests.factories.proof import redacted
from tests.factories.transparency import COMPLETE, published_entry, published_system
from tests.support.browser_server import ROOT, installation
from transparency.actions.publication_log import publish_daily_head
from transparency.actions.publishing import publish_entry, publish_system
from transparency.models import DailyHead, PublicationEvent, Redaction, Seal, SystemVersion, Version

# Every append-only model by hand, with a text column that a cheat would change.
TABLES = {
    "audit_auditevent": "kind",
    "transparency_version": "reason",
    "transparency_systemversion": "reason",
    "transparency_publicationevent": "own_hash",
    "transparency_dailyhead": "hash",
    "transparency_redaction": "key",
    "transparency_seal": "told",
    "participation_passage": "phase",
    "participation_agreement": "text_hash",
    "participation_signature": "text_hash",
    "participation_adviceversion": "text",
    "participation_response": "reason",
    "participation_verdict": "text",
    "participation_message": "text",
    "participation_erasure": "key",
    "participation_figuresnapshot": "code",
    "participation_moneycommand": "kind",
    "participation_booking": "kind",
    "participation_posting": "amount",
}
MODELS = {
    "audit_auditevent": AuditEvent,
    "transparency_version": Version,
    "transparency_systemversion": SystemVersion,
    "transparency_publicationevent": PublicationEvent,
    "transparency_dailyhead": DailyHead,
    "transparency_redaction": Redaction,
    "transparency_seal": Seal,
    "participation_passage": Passage,
    "participation_agreement": Agreement,
    "participation_signature": Signature,
    "participation_adviceversion": AdviceVersion,
    "participation_response": Response,
    "participation_verdict": Verdict,
    "participation_message": Message,
    "participation_erasure": Erasure,
    "participation_figuresnapshot": FigureSnapshot,
    "participation_moneycommand": MoneyCommand,
    "participation_booking": Booking,
    "participation_posting": Posting,
}
KEYS = {table: model._meta.pk.column for table, model in MODELS.items()}
OTHER = {
    "transparency_seal": "{}",
    "participation_passage": "IN_USE",
    "participation_posting": "7",
}  # what a cheat writes; elsewhere "x"
IS_POSTGRES = connection.vendor == "postgresql"
STATEMENTS = {
    "update": "UPDATE {table} SET {column} = '{other}'",
    "update of nothing new": "UPDATE {table} SET {column} = {column}",
    "delete": "DELETE FROM {table}",
    "delete of one": "DELETE FROM {table} WHERE {key} = (SELECT min({key}) FROM {table})",
}
VERBS = ["update", "delete"]
if IS_POSTGRES:
    VERBS.append("truncate")
    STATEMENTS["truncate"] = "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {table} CASCADE"
else:
    STATEMENTS["replace"] = "INSERT OR REPLACE INTO {table} SELECT * FROM {table}"

pytestmark = pytest.mark.django_db


def make_rows():
    """An old and a current row in every append-only table."""
    entry, system = published_entry(), published_system()
    more = {"reason": "Beter.", "responsible": "De redactie", "by": None, "now": timezone.now()}
    publish_entry(entry=entry, content=COMPLETE, **more)
    publish_system(system=system, content={"name": "Nieuw"}, **more)
    redacted(entry)
    publish_daily_head(timezone.now())
    publish_daily_head(timezone.now() + datetime.timedelta(days=1))
    money()  # two earmarks: several commands
    for month in (1, 2):
        project = ProjectFactory()
        someone = representative(project)
        Signature.objects.create(
            agreement=someone.agreement, side="PROJECT", how="PAPER", text_hash="0", signed_at=timezone.now()
        )
        advice = given_advice(project, someone, state="JUDGED")
        Response.objects.create(
            advice=advice, number=1, decision="NOT_ADOPTED", reason="x", responded_at=timezone.now()
        )
        FigureSnapshot.objects.create(
            month_date=datetime.date(2026, month, 1), code="a", rows=[], made_at=timezone.now()
        )
        Erasure.objects.create(kind="profile", key="a", erased_at=timezone.now())
        Verdict.objects.create(advice=advice, judgement="CONFIRMED", judged_at=timezone.now())
        Message.objects.create(project=project, writer=project.lead, text="Hallo", written_at=timezone.now())


@pytest.fixture(scope="module")
def _made(django_db_setup, django_db_blocker):
    """Those rows, made once for all these tests and rolled back after."""
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel(NOW, tick=False):
            make_rows()
            connection.check_constraints()  # nothing of them waits: PostgreSQL drops no trigger while something does
        yield
        transaction.set_rollback(True)


@pytest.fixture
def rows(_made, db):
    """The old row of each table."""
    return {table: model.objects.order_by("pk").first() for table, model in MODELS.items()}


def refused(table):
    """The error with which the database refuses."""
    return pytest.raises(IntegrityError, match=f"{table} is append-only")


def drop(trigger, table):
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {trigger}" + (f" ON {table}" if IS_POSTGRES else ""))


def other(table):
    """A value that is not in the column of TABLES."""
    return {} if table == "transparency_seal" else OTHER.get(table, "x")


def contents(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY {KEYS[table]}")  # noqa: S608 (a name of our own)
        return cursor.fetchall()


def test_the_list_of_this_test_is_the_list_of_the_code():
    assert append_only.tables() == sorted(TABLES)


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS.keys())
@pytest.mark.parametrize("table", TABLES)
def test_raw_sql_is_refused(rows, table, statement):
    with refused(table), transaction.atomic(), connection.cursor() as cursor:
        named = {"table": table, "column": TABLES[table], "key": KEYS[table], "other": OTHER.get(table, "x")}
        cursor.execute(statement.format(**named))


@pytest.mark.parametrize("table", TABLES)
def test_update_through_the_orm_is_refused(rows, table):
    with refused(table), transaction.atomic():
        MODELS[table].objects.filter(pk=rows[table].pk).update(**{TABLES[table]: other(table)})


@pytest.mark.parametrize("table", TABLES)
def test_bulk_update_is_refused(rows, table):
    setattr(rows[table], TABLES[table], other(table))

    with refused(table), transaction.atomic():
        MODELS[table].objects.bulk_update([rows[table]], [TABLES[table]])


@pytest.mark.parametrize("table", TABLES)
def test_insert_that_would_overwrite_is_refused(rows, table):
    setattr(rows[table], TABLES[table], other(table))

    with refused(table), transaction.atomic():
        MODELS[table].objects.bulk_create(
            [rows[table]], update_conflicts=True, update_fields=[TABLES[table]], unique_fields=["pk"]
        )


@pytest.mark.parametrize("table", TABLES)
def test_delete_of_one_through_the_orm_is_refused(rows, table):
    with pytest.raises(IntegrityError), transaction.atomic():  # by what points at it, or else by the database
        rows[table].delete()


@pytest.mark.parametrize("table", TABLES)
def test_delete_without_collecting_is_refused(rows, table):
    chosen = MODELS[table].objects.filter(pk=rows[table].pk)

    with refused(table), transaction.atomic():
        chosen._raw_delete(chosen.db)


def test_event_that_is_saved_again_is_refused(rows):
    with refused("audit_auditevent"), transaction.atomic():
        rows["audit_auditevent"].save()


@pytest.mark.parametrize("table", ["transparency_version", "transparency_systemversion"])
def test_published_text_that_is_saved_again_is_refused_by_the_model(rows, table):
    with pytest.raises(TypeError, match="publish a new version"):
        rows[table].save()


@pytest.mark.parametrize("table", TABLES)
def test_refused_statement_leaves_every_row_as_it_was(rows, table):
    before = contents(table)

    with refused(table), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608 (a name of our own)

    assert contents(table) == before


@pytest.mark.parametrize("table", TABLES)
def test_new_rows_are_welcome(rows, table):
    assert MODELS[table].objects.count() >= 2


def test_after_migrate_no_trigger_is_missing():
    assert append_only.missing(connection) == []


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("table", TABLES)
def test_missing_finds_a_dropped_trigger(table, verb):
    drop(f"{table}_no_{verb}", table)

    assert append_only.missing(connection) == [f"{table}_no_{verb}"]


def test_migrate_makes_every_dropped_trigger_again():
    for table in TABLES:
        drop(f"{table}_no_delete", table)

    call_command("migrate", verbosity=0)

    assert append_only.missing(connection) == []


def test_system_check_finds_a_dropped_trigger():
    drop("transparency_version_no_update", "transparency_version")

    found = [(m.id, m.msg) for m in run_checks(tags=["database"], databases=["default"])]

    assert [(code, "transparency_version_no_update" in text) for code, text in found] == [("portal.E003", True)]


@pytest.mark.parametrize("table", TABLES)
def test_trigger_that_says_something_else_counts_as_missing(table):
    drop(f"{table}_no_update", table)
    with connection.cursor() as cursor:
        if IS_POSTGRES:
            cursor.execute("CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$")
            cursor.execute(
                f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION nothing()"
            )
        else:
            cursor.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} WHEN 0 BEGIN SELECT 1; END")

    assert append_only.missing(connection) == [f"{table}_no_update"]


@pytest.mark.skipif(not IS_POSTGRES, reason="SQLite cannot switch a trigger off")
def test_trigger_that_is_switched_off_counts_as_missing():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE transparency_version DISABLE TRIGGER transparency_version_no_delete")

    assert append_only.missing(connection) == ["transparency_version_no_delete"]


def test_system_check_is_content_with_every_trigger():
    assert run_checks(tags=["database"], databases=["default"]) == []


def test_lifting_and_installing_ends_where_it_began():
    append_only.lift(connection, append_only.tables())
    lifted = append_only.missing(connection)

    append_only.install(connection, append_only.tables())

    assert (len(lifted), append_only.missing(connection)) == (len(TABLES) * len(VERBS), [])


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite rebuilds a table")
def test_no_trigger_that_looks_at_another_table_is_left_while_migrating():
    def looking():
        """Every trigger that names a table which is not its own."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
            every = [(name, own, set(re.findall(r"\w+", told))) for name, own, told in cursor.fetchall()]
        return {name for name, own, words in every if words & (tables - {own})}

    tables = set(connection.introspection.table_names())
    before = looking()

    append_only.lift_exceptions(connection)

    texts = {"transparency_version_no_update", "transparency_systemversion_no_update", "transparency_seal_no_update"}
    assert (before, looking()) == (texts, set())


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite rebuilds a table")
def test_migrations_go_back_and_forth_with_triggers_that_look_at_other_tables(tmp_path):
    env = installation(tmp_path)

    def manage(*arguments):
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=env, check=True, capture_output=True)

    manage("migrate", "-v0", "transparency", "0009")  # before the log, whose tables those triggers look at
    manage("migrate", "-v0")
    manage("check", "--database", "default")
    manage("verify_log")
