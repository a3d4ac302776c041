"""What somebody may do for an organisation."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from portal.organisations.models import Organisation


class Role(models.TextChoices):
    """A role of one person for one organisation; who has several has several rows."""

    EDITOR = "EDITOR", _("Schrijver")
    PUBLISHER = "PUBLISHER", _("Publiceerder")
    ADMINISTRATOR = "ADMINISTRATOR", _("Beheerder")
    COORDINATOR = "COORDINATOR", _("Coördinator")
    PROJECT_LEAD = "PROJECT_LEAD", _("Projectleider")
    GATE_DECIDER = "GATE_DECIDER", _("Beslist over de volgende fase")
    FUND_MANAGER = "FUND_MANAGER", _("Beheerder van een fonds")


# What each role means, for who gives it.
MEANINGS = {
    Role.EDITOR: _("Schrijft teksten over AI en dient ze in."),
    Role.PUBLISHER: _("Keurt teksten goed, zodat iedereen ze kan lezen."),
    Role.ADMINISTRATOR: _("Nodigt collega’s uit en geeft ze rollen."),
    Role.COORDINATOR: _("Regelt wie namens patiënten meedoet."),
}

# These ask for a second factor (standards.md, Login).
HEAVY = tuple(role for role in Role if role != Role.EDITOR)


def roles_for(organisation: "Organisation") -> tuple[Role, ...]:
    """The roles that people of such an organisation may have: patients have a coordinator, care providers write."""
    if organisation.kind == "PATIENT_ORGANISATION":
        return (Role.COORDINATOR, Role.ADMINISTRATOR)
    return (Role.EDITOR, Role.PUBLISHER, Role.ADMINISTRATOR)


def has_heavy_role(user: Any) -> bool:
    """Whether `user` holds, for any organisation, a role that asks for a second factor."""
    return bool(user.memberships.filter(role__in=HEAVY).exists())
