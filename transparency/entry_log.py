"""What happened to an entry, for who works on it: sentences with the names of colleagues."""

import datetime
from dataclasses import dataclass

from django.utils.functional import Promise

from portal.accounts.models import User
from portal.audit.describe import SENTENCES
from portal.audit.models import AuditEvent
from transparency.models import Entry

NEWEST = 20


@dataclass(frozen=True, kw_only=True)
class Happened:
    """One event: what, when, and who did it (empty when nobody did, or the account is gone)."""

    what: str | Promise
    at: datetime.datetime
    who: str


def log_of(entry: Entry) -> list[Happened]:
    """The newest events of `entry`, newest first."""
    found = AuditEvent.objects.filter(target=f"entry:{entry.uuid}").order_by("-happened_at", "-pk")
    events = list(found[:NEWEST])
    people = User.objects.in_bulk({event.actor_id for event in events if event.actor_id})
    return [
        Happened(
            what=SENTENCES[event.kind],
            at=event.happened_at,
            who=people[event.actor_id].get_full_name() if event.actor_id in people else "",
        )
        for event in events
    ]
