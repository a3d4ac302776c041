"""Whether a connection still lives is asked now and then, not for every request."""

import time

import pytest
from django.db import connection

from portal.core.connections import TRUSTED, trust_recent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _never_asked():
    connection.asked_at = -TRUSTED


def begins():
    """Whether the first query of the next request asks first."""
    connection.health_check_done = False  # as Django does at the end of the request before
    trust_recent()
    return not connection.health_check_done


def test_first_request_asks_and_the_next_does_not():
    assert [begins(), begins(), begins()] == [True, False, False]


def test_after_a_while_it_is_asked_again(monkeypatch):
    begins()
    later = time.monotonic() + TRUSTED + 1

    monkeypatch.setattr(time, "monotonic", lambda: later)

    assert begins()
