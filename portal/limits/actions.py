"""Taking tokens: the one way in which limits are written."""

import datetime
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil

from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from portal.limits.models import SharedValue, TokenBucket

LONGEST_WAIT = 250  # milliseconds for a database that is busy; then nobody is counted
# A row that is there is not full: those that were went just before.
_TAKE = """
INSERT INTO limits_tokenbucket (key, full_at) VALUES (%(key)s, %(full_at)s)
ON CONFLICT (key) DO UPDATE SET full_at = limits_tokenbucket.full_at + %(cost)s
WHERE limits_tokenbucket.full_at <= %(latest)s
"""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Limit:
    """At most `capacity` tokens at once; `per_second` come back. It is full again within a minute (Retention)."""

    name: str
    capacity: int
    per_second: int

    def __post_init__(self) -> None:
        if self.capacity > 60 * self.per_second:
            raise ValueError("a bucket must be full again within a minute")


def take(limit: Limit, visitor: str, tokens: int = 1) -> int:
    """Take `tokens` from the bucket of `visitor` (an address); 0, or in how many seconds to come back: then none go.

    One statement decides, so that visitors at the same moment never get more than there is. When the database does not
    answer in time nobody is refused.
    """
    now = int(timezone.now().timestamp() * 1000)
    cost, room = (1000 * number // limit.per_second for number in (tokens, limit.capacity))
    key, latest = _key(limit, visitor), now + room - cost
    try:
        with _short_wait(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM limits_tokenbucket WHERE full_at <= %s", [now])
            cursor.execute(_TAKE, {"key": key, "full_at": now + cost, "cost": cost, "latest": latest})
            if cursor.rowcount:
                return 0
            full_at = TokenBucket.objects.values_list("full_at", flat=True).filter(key=key).first() or latest
    except DatabaseError as error:
        _log.warning("the limit %s counts nobody now: %s", limit.name, type(error).__name__)
        return 0
    return max(1, ceil((full_at - latest) / 1000))


def forget_old_values(now: datetime.datetime) -> int:
    """Erase what the shared cache need not know any more; how much that was."""
    return SharedValue.objects.filter(expires__lt=now).delete()[0]


def _key(limit: Limit, visitor: str) -> str:
    """The name of a bucket: no address, and tomorrow another name."""
    today = timezone.localdate().isoformat()
    return salted_hmac("portal.limits", f"{limit.name} {today} {visitor}", algorithm="sha256").hexdigest()


@contextmanager
def _short_wait() -> Iterator[None]:
    """On SQLite one writer holds all others up, an import for a minute: do not wait that long with a visitor."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {LONGEST_WAIT}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
