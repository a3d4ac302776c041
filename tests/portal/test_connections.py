"""Whether a connection still lives is asked now and then, not for every request."""

import time

import psycopg
import pytest
from django.db import connection

from portal.core.connections import TRUSTED, tend


@pytest.fixture
def _never_asked(db):
    connection.asked_at = -TRUSTED


def begins():
    """Whether the first query of the next request asks first."""
    connection.health_check_done = False  # as Django does at the end of the request before
    tend()
    return not connection.health_check_done


@pytest.mark.usefixtures("_never_asked")
def test_first_request_asks_and_the_next_does_not():
    assert [begins(), begins(), begins()] == [True, False, False]


@pytest.mark.usefixtures("_never_asked")
def test_after_a_while_it_is_asked_again(monkeypatch):
    begins()
    later = time.monotonic() + TRUSTED + 1

    monkeypatch.setattr(time, "monotonic", lambda: later)

    assert begins()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only a server can go away")
def test_a_connection_that_broke_is_opened_anew_for_the_next_request(client, django_db_setup, django_db_blocker):
    client.raise_request_exception = False
    with django_db_blocker.unblock():  # outside a transaction, as in the server; nothing is written
        assert client.get("/register/").status_code == 200
        pid = connection.connection.info.backend_pid
        with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}) as other:
            other.execute("SELECT pg_terminate_backend(%s)", [pid])
        connection.asked_at = time.monotonic()

        assert client.get("/register/").status_code == 500  # it was asked a moment ago
        assert client.get("/register/").status_code == 200
