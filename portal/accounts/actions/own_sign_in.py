"""How the people of an organisation sign in with its own sign-in: set up, changed, taken away."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from portal.accounts.models import OwnSignIn
from portal.accounts.permissions import can_set_own_sign_in
from portal.audit.record import record
from portal.core.sealing import seal
from portal.core.workflow import StepNotAllowed
from portal.organisations.actions.people import target_of
from portal.organisations.models import Organisation


@transaction.atomic
def save_own_sign_in(
    *,
    organisation: Organisation,
    issuer: str,
    client_id: str,
    secret: str,
    domains: Sequence[str],
    asks_second_step: bool,
    by: Any,
    now: datetime.datetime,
) -> None:
    """Keep the provider of an organisation, whose discovery document the caller has read.

    An empty `secret` leaves the one that is there. Raises PermissionDenied, StepNotAllowed without any secret.
    """
    can_set_own_sign_in(by, organisation)
    there = OwnSignIn.objects.filter(organisation=organisation).first()
    if not secret and there is None:
        raise StepNotAllowed("own sign-in: a secret is needed")
    OwnSignIn.objects.update_or_create(
        organisation=organisation,
        defaults={
            "issuer": issuer,
            "client_id": client_id,
            "sealed_secret": seal(secret) if secret or there is None else there.sealed_secret,
            "domains": list(domains),
            "asks_second_step": asks_second_step,
            "saved_at": now,
        },
    )
    record("own_sign_in.saved", by=by, target=target_of(organisation), now=now, asks_second_step=asks_second_step)


@transaction.atomic
def remove_own_sign_in(*, organisation: Organisation, by: Any, now: datetime.datetime) -> None:
    """Let people of the organisation sign in with us only. Raises PermissionDenied, StepNotAllowed."""
    can_set_own_sign_in(by, organisation)
    if not OwnSignIn.objects.filter(organisation=organisation).delete()[0]:
        raise StepNotAllowed("own sign-in: there is none")
    record("own_sign_in.removed", by=by, target=target_of(organisation), now=now)
