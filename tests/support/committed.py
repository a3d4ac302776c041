"""A database in which what a test writes is really written, for tests with threads and processes."""

from collections.abc import Iterator

import pytest
from django.db import connection

from portal.audit.models import Revision
from portal.core import append_only
from transparency.models import LogHead


def mend() -> None:
    """Emptying the tables also takes the rows that a migration made; here they are again."""
    Revision.objects.get_or_create(pk=1)
    LogHead.objects.get_or_create(pk=1, defaults={"number": 0, "hash": "0" * 64})


@pytest.fixture
def _mended(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    yield
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        mend()


@pytest.fixture
def committed_db(_mended: None, transactional_db: None) -> Iterator[None]:
    """Empty afterwards: only here the triggers that keep a table from that are taken away for a moment."""
    yield
    append_only.lift(connection, append_only.tables())
