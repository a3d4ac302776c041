"""A look, once a day, whether a claim waits while nobody can go on with it: then the portal has to give a role."""

import datetime

from django.db import transaction
from django.utils import timezone

from participation.actions.digest import FIRST_HOUR
from participation.money_duties import stuck
from portal.accounts.models import PortalDuty, PortalRole, User
from portal.audit.models import AuditEvent
from portal.audit.record import record
from portal.core.links import address
from portal.core.mail import send_mail

KIND = "money.claims_stuck"
TARGET = "portal"


def tell_stuck_claims(now: datetime.datetime) -> int:
    """Mail who administers the portal how many claims nobody can go on with; how many there are. A job.

    Where all holders of a role did something with a claim, the expertise centre stands in. Only when nobody does that
    either, is a claim stuck.
    """
    local = timezone.localtime(now)
    day = local.replace(hour=0, minute=0, second=0, microsecond=0)
    if local.hour < FIRST_HOUR or AuditEvent.objects.filter(kind=KIND, happened_at__gte=day).exists():
        return 0
    found = stuck()
    if not found:
        return 0
    with transaction.atomic():
        record("money.claims_stuck", by=None, target=TARGET, now=now, count=len(found))
        keepers = PortalDuty.objects.filter(role=PortalRole.ADMINISTRATOR).values("user")
        for person in User.objects.filter(pk__in=keepers, is_active=True).order_by("pk"):
            told = {"number": len(found), "page": address("portal-organisations")}
            send_mail(person.email, "participation/money_stuck", told)
    return len(found)
