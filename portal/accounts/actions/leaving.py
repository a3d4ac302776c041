"""Deleting an account: the one way to leave. What an app holds of somebody, it erases before it calls this."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import PortalDuty, PortalRole
from portal.accounts.sessions import end_sessions
from portal.audit.record import record
from portal.organisations.actions.people import leave
from portal.organisations.models import Organisation


@transaction.atomic
def delete_account(*, user: Any, now: datetime.datetime, is_again: bool = False) -> None:
    """Delete `user` with everything that hangs on the account: addresses, second step, sessions, roles.

    What they wrote for an organisation stays, without them. Raises ValidationError for the last administrator of an
    organisation or of the portal; not where it is done `is_again`, after an old backup came back.
    """
    faults = [] if is_again else [*_left(user, now), *_portal_without(user)]
    if faults:
        raise ValidationError(faults)
    end_sessions(user=user, numbers=None, keep="", now=now)
    record("account.erased", by=user, target=f"user:{user.pk}", now=now)
    user.delete()


def _left(user: Any, now: datetime.datetime) -> list[str]:
    """Leave every organisation; what is in the way, with the name of each."""
    faults = []
    for organisation in Organisation.objects.filter(memberships__user=user).distinct().order_by("sort_key", "pk"):
        try:
            leave(organisation=organisation, by=user, now=now)
        except ValidationError as error:
            faults.append(f"{organisation.name}: {error.messages[0]}")
    return faults


def _portal_without(user: Any) -> list[str]:
    """What is in the way at the portal itself."""
    administrators = PortalDuty.objects.select_for_update().filter(role=PortalRole.ADMINISTRATOR).order_by("pk")
    holders = {one.user_id for one in administrators}
    if holders == {user.pk}:
        return [_("Er moet een beheerder van het portaal blijven. Vraag eerst iemand anders.")]
    return []
