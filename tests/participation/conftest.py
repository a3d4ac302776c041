"""Fixtures of participation: changes that other connections see."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from portal.core import append_only
from tests.support.committed import mend


@pytest.fixture
def swept(django_db_blocker: Any) -> Iterator[None]:
    """After the sweeping of all tables, the rows that a migration made stand there again."""
    yield
    with django_db_blocker.unblock():
        mend()


@pytest.fixture
def committed(swept: None, transactional_db: None) -> Iterator[None]:
    """A test whose changes land, for two connections at once; its tables are swept afterwards, append-only ones too."""
    yield
    append_only.lift(connection, append_only.tables())  # migrating anew after the sweep installs the triggers again
