"""The only writer of the audit log."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from portal.audit.describe import SENTENCES
from portal.audit.models import AuditEvent
from portal.audit.owners import owner_of


def record(
    kind: str, *, by: Any, target: str, now: datetime.datetime, organisation: int | None = None, **data: Any
) -> None:
    """Log that `by` (a user, or None for a command) did `kind` to `target`; call it in the change's transaction.

    Whoever is no person (a key of an organisation) says in `told_to_log` what the log keeps of them. The event stands
    in the log of the organisation with the number `organisation`, else of the one that `target` belongs to.
    Raises KeyError when `kind` has no sentence in describe.py.
    """
    _event(kind, target, data, by=by, now=now, organisation=organisation).save(force_insert=True)


def record_many(
    kind: str, events: Iterable[tuple[str, Mapping[str, Any]]], *, by: Any, now: datetime.datetime,
    organisation: int | None = None,
) -> None:  # fmt: skip
    """The same for many (target, data) at once."""
    AuditEvent.objects.bulk_create(
        _event(kind, target, data, by=by, now=now, organisation=organisation) for target, data in events
    )


def _event(
    kind: str, target: str, data: Mapping[str, Any], *, by: Any, now: datetime.datetime, organisation: int | None = None
) -> AuditEvent:
    SENTENCES[kind]
    return AuditEvent(
        kind=kind, actor_id=getattr(by, "pk", None), target=target,
        organisation_id=owner_of(target) if organisation is None else organisation,
        data={**data, **getattr(by, "told_to_log", {})}, happened_at=now,
    )  # fmt: skip
