"""The portal looks whether an organisation is who it says, and helps it to its first administrator."""

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.permissions import can_administer_portal
from portal.audit.record import record
from portal.core.mail import send_mail
from portal.organisations.actions.people import send_invitation, target_of
from portal.organisations.models import Organisation
from portal.organisations.roles import Role


class Way(models.TextChoices):
    """How an organisation was checked. The log keeps this code; names of who was called stay out of it."""

    CALLED = "CALLED", gettext_lazy("Gebeld via het nummer op de eigen website")
    DOMAIN = "DOMAIN", gettext_lazy("Het mailadres hoort bij de eigen website")
    CHAMBER = "CHAMBER", gettext_lazy("Opgezocht bij de Kamer van Koophandel")
    LETTER = "LETTER", gettext_lazy("Brief van de directie gekregen")
    MET = "MET", gettext_lazy("Gesproken, op afspraak")


@transaction.atomic
def verify(*, organisation: Organisation, way: Way, by: Any, now: datetime.datetime) -> None:
    """Say that the organisation is who it says: from now on it may publish. Again changes nothing.

    Raises PermissionDenied, for who works there too.
    """
    _may_judge(by, organisation)
    if Organisation.objects.filter(pk=organisation.pk, verified_at=None).update(verified_at=now):
        record("organisation.verified", by=by, target=target_of(organisation), now=now, way=way.value)
        _tell_administrators(organisation, "organisations/verified")


@transaction.atomic
def take_verification_back(*, organisation: Organisation, by: Any, now: datetime.datetime) -> None:
    """Stop the organisation from publishing. What is public stays. Raises PermissionDenied."""
    _may_judge(by, organisation)
    verified = Organisation.objects.filter(pk=organisation.pk).exclude(verified_at=None)
    if verified.update(verified_at=None, verification_asked_at=None):
        record("organisation.verification_taken_back", by=by, target=target_of(organisation), now=now)
        _tell_administrators(organisation, "organisations/verification_taken_back")


@transaction.atomic
def invite_administrator(*, organisation: Organisation, email: str, by: Any, now: datetime.datetime) -> None:
    """Ask somebody to administer an organisation that we know already. Raises PermissionDenied, ValidationError."""
    can_administer_portal(by)
    if not email:
        raise ValidationError(_("Vul een mailadres in."))
    send_invitation(organisation=organisation, email=email, roles=[Role.ADMINISTRATOR], by=by, now=now)
    _tell_administrators(organisation, "organisations/administrator_invited")


def _may_judge(by: Any, organisation: Organisation) -> None:
    can_administer_portal(by)
    if organisation.memberships.filter(user=by).exists():
        raise PermissionDenied(_("U werkt zelf voor deze organisatie. Iemand anders moet dit doen."))


def _tell_administrators(organisation: Organisation, event: str) -> None:
    chosen = organisation.memberships.filter(role=Role.ADMINISTRATOR, user__is_active=True)
    for email in chosen.values_list("user__email", flat=True):
        send_mail(email, event, {"organisation": organisation.name})
