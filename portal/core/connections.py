"""Connections to the database that live from request to request."""

import time
from typing import Any

from django.db import connections

TRUSTED = 5.0  # seconds


def tend(**_signal: Any) -> None:
    """Throw away a connection that broke, and do not ask one again within TRUSTED seconds whether it lives.

    Does at the start of a request what Django does there and again at the end (`close_old_connections`), but looks
    at the connections once: an answer of the API took a tenth longer. Django would also ask at the first query of every
    request: another tenth of it on PostgreSQL. Connections have no greatest age (`portal.databases`), and a request
    begins inside a transaction only in tests.
    """
    now = time.monotonic()
    for connection in connections.all(initialized_only=True):
        if connection.errors_occurred and not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        is_trusted = now - getattr(connection, "asked_at", -TRUSTED) < TRUSTED
        connection.health_check_done = is_trusted  # type: ignore[attr-defined]
        if not is_trusted:
            connection.asked_at = now  # type: ignore[attr-defined]
