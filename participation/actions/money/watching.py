"""Every night the ledger is looked at; whoever keeps the portal is mailed when it does not hold."""

import datetime
import logging
import uuid
from itertools import islice
from typing import Any

from participation.actions.common import day_of
from participation.actions.money.checking import faults
from participation.actions.money.commands import money_command
from participation.models import MoneyCommand
from portal.accounts.models import PortalRole, User
from portal.audit.record import record
from portal.core.mail import send_mail

LOOKED = uuid.UUID("0b7b9d1e-2f04-4c3f-9f27-7f0d5c0f3a61")
MOST = 20  # faults that are told
_log = logging.getLogger(__name__)


def watch_ledger(now: datetime.datetime) -> int:
    """Look at the ledger, once a day; how many faults were found (20 at most). A job."""
    day = day_of(now)
    return _look(key=uuid.uuid5(LOOKED, day.isoformat()), by=None, now=now, day=day) or 0


@money_command("money.ledger_looked_at", about=lambda day: f"ledger:{day}")
def _look(*, command: MoneyCommand, day: datetime.date, by: Any, now: datetime.datetime) -> int:
    found = list(islice(faults(), MOST))
    if not found:
        return 0
    for fault in found:
        _log.error("the ledger does not hold: %s", fault)
    record("money.ledger_wrong", by=by, target="portal:", now=now, count=len(found))
    administrators = User.objects.filter(portal_duties__role=PortalRole.ADMINISTRATOR, is_active=True)
    for user in administrators.distinct().order_by("pk"):
        send_mail(user.email, "participation/ledger_wrong", {"faults": found})
    return len(found)
