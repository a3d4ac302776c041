"""The only writer of the audit log."""

import datetime
from typing import Any

from portal.audit.describe import SENTENCES
from portal.audit.models import AuditEvent
from portal.audit.owners import owner_of


def record(
    kind: str, *, by: Any, target: str, now: datetime.datetime, organisation: int | None = None, **data: Any
) -> None:
    """Log that `by` (a user, or None for a command) did `kind` to `target`; call it in the change's transaction.

    The event stands in the log of the organisation with the number `organisation`, else of the one that `target`
    belongs to. Raises KeyError when `kind` has no sentence in describe.py.
    """
    SENTENCES[kind]
    AuditEvent.objects.create(
        kind=kind, actor_id=getattr(by, "pk", None), target=target,
        organisation_id=owner_of(target) if organisation is None else organisation,
        data=data, happened_at=now,
    )  # fmt: skip
