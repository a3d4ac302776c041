"""Connections to the database that live from request to request."""

import time
from typing import Any

from django.db import connections

TRUSTED = 5.0  # seconds


def trust_recent(**_signal: Any) -> None:
    """Do not ask a connection again whether it lives, within TRUSTED seconds after it was asked (request_started).

    Django asks at the first query of every request: a tenth of an answer of the API on PostgreSQL.
    """
    now = time.monotonic()
    for connection in connections.all(initialized_only=True):
        if now - getattr(connection, "asked_at", -TRUSTED) < TRUSTED:
            connection.health_check_done = True  # type: ignore[attr-defined]
        else:
            connection.asked_at = now  # type: ignore[attr-defined]
