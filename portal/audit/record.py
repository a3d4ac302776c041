"""The only writer of the audit log."""

import datetime
from typing import Any

from portal.audit.describe import SENTENCES
from portal.audit.models import AuditEvent


def record(kind: str, *, by: Any, target: str, now: datetime.datetime, **data: Any) -> None:
    """Log that `by` (a user, or None for a command) did `kind` to `target`; call it in the change's transaction.

    Raises KeyError when `kind` has no sentence in describe.py.
    """
    SENTENCES[kind]
    AuditEvent.objects.create(kind=kind, actor_id=getattr(by, "pk", None), target=target, data=data, happened_at=now)
