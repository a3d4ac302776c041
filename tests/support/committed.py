"""A database in which what a test writes is really written, for tests with threads and processes."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import AppConfig
from django.db import connection
from django.db.models.signals import post_migrate

from portal.audit.models import Revision
from portal.core import append_only
from transparency.models import LogHead


def mend(sender: AppConfig, **_told: Any) -> None:
    """Put back the rows that a migration made; sweeping the tables takes them too, and then tells "migrated"."""
    if sender.label != "transparency":  # told once for every app
        return
    Revision.objects.get_or_create(pk=1)
    LogHead.objects.get_or_create(pk=1, defaults={"number": 0, "hash": "0" * 64})


# The order in which fixtures end plays no part: Django tells this at the end of every sweep, as our own triggers need.
post_migrate.connect(mend, dispatch_uid="rows-of-the-migrations")


@pytest.fixture
def committed_db(transactional_db: None) -> Iterator[None]:
    """Swept afterwards: only here the triggers that keep a table from that are taken away for a moment."""
    yield
    append_only.lift(connection, append_only.tables())
