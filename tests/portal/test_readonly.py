"""A GET cannot write to the database; a POST can."""

from contextlib import nullcontext

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import path

from portal.audit.models import Revision
from portal.audit.revision import current_revision, raise_revision
from portal.core.readonly import WriteRefused, readonly
from portal.core.replica import read_rows
from portal.urls import handler500
from portal.urls import urlpatterns as real_urlpatterns

READS = [
    "SELECT number FROM audit_revision",
    "WITH one AS (SELECT 1 AS number) SELECT number FROM one",
    "-- delete nothing\nSELECT 1",
    "SELECT 'delete; update; insert'",
]
WRITES = [
    "INSERT INTO audit_revision (id, number) VALUES (1, 1)",
    "UPDATE audit_revision SET number = 9",
    "  \n update audit_revision SET number = 9",
    "DELETE FROM audit_revision",
    "DROP TABLE audit_revision",
    "ALTER TABLE audit_revision ADD COLUMN extra integer",
    "CREATE TABLE extra (id integer)",
    "/* why */ UPDATE audit_revision SET number = 9",
    "-- why\nUPDATE audit_revision SET number = 9",
    "WITH one AS (SELECT 1) DELETE FROM audit_revision",
    "WITH one AS (SELECT 1) UPDATE audit_revision SET number = 9",
]


@login_not_required
def writing(request):
    raise_revision()
    return HttpResponse("geschreven")


@login_not_required
def making(request):
    Revision.objects.create(pk=1)
    return HttpResponse("gemaakt")


@login_not_required
def reading(request):
    return HttpResponse(str(current_revision()))


@pytest.fixture(autouse=True)
def every_method(settings):
    """Let the writing views of this file be asked in every way; pages take GET and HEAD only."""
    settings.ALLOWED_METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")


__all__ = ["handler500"]  # Django asks the urlconf for it

urlpatterns = [
    *real_urlpatterns,
    path("schrijf/", writing, name="writing"),
    path("maak/", making, name="making"),
    path("lees/", reading, name="reading"),
]
ours = pytest.mark.urls(__name__)


@ours
@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/schrijf/", "/maak/"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_safe_request_cannot_write(client, method, address):
    with pytest.raises(WriteRefused):
        client.generic(method, address)


@ours
@pytest.mark.django_db
def test_refused_write_changes_nothing(client):
    before = current_revision()

    with pytest.raises(WriteRefused):
        client.get("/schrijf/")

    assert current_revision() == before


@ours
@pytest.mark.django_db
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_other_request_can_write(client, method):
    before = current_revision()

    client.generic(method, "/schrijf/")

    assert current_revision() == before + 1


@ours
@pytest.mark.django_db
def test_safe_request_can_read(client):
    assert client.get("/lees/").text == str(current_revision())


@ours
@pytest.mark.django_db
def test_post_after_a_refused_get_can_write(client):
    before = current_revision()
    with pytest.raises(WriteRefused):
        client.get("/schrijf/")

    client.post("/schrijf/")

    assert current_revision() == before + 1


@pytest.mark.django_db
@pytest.mark.parametrize("statement", WRITES)
def test_statement_that_writes_is_refused(statement):
    with readonly(), connection.cursor() as cursor, pytest.raises(WriteRefused):
        cursor.execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize("statement", READS)
def test_statement_that_reads_is_answered(statement):
    with readonly(), connection.cursor() as cursor:
        cursor.execute(statement)

        assert cursor.fetchone() is not None


@pytest.mark.django_db
def test_many_rows_at_once_are_refused_too():
    with readonly(), connection.cursor() as cursor, pytest.raises(WriteRefused):
        cursor.executemany("UPDATE audit_revision SET number = %s", [[1], [2]])


@pytest.mark.django_db
def test_refusal_names_the_verb_and_not_the_values():
    with readonly(), pytest.raises(WriteRefused) as refused:
        Revision.objects.filter(pk=1).update(number=424242)

    assert str(refused.value) == "UPDATE"


# --- Plain SQL of our own -------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("looked_at", [False, True])
def test_plain_sql_gives_rows(looked_at):
    with CaptureQueriesContext(connection) if looked_at else nullcontext() as captured:
        assert read_rows("SELECT %s, %s", ["een", "100%"]) == [("een", "100%")]
        assert read_rows("SELECT number FROM audit_revision WHERE id = %s", [0]) == []
    assert captured is None or len(captured) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("sql", WRITES)
def test_plain_sql_that_does_not_ask_is_refused(sql):
    with pytest.raises(ValueError, match="only reads"):
        read_rows(sql)


@pytest.mark.django_db
def test_plain_sql_fails_as_any_question_does():
    with pytest.raises(DatabaseError), transaction.atomic():
        read_rows("SELECT nothing_like_this FROM audit_revision")
    assert read_rows("SELECT 1") == [(1,)]
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            read_rows("SELECT 1")


@pytest.mark.django_db
def test_plain_sql_sees_what_its_own_transaction_wrote():
    before = read_rows("SELECT number FROM audit_revision WHERE id = 1")[0][0]
    raise_revision()
    assert read_rows("SELECT number FROM audit_revision WHERE id = 1") == [(before + 1,)]
