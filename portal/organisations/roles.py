"""What somebody may do for an organisation."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """A role of one person for one organisation; who has several has several rows."""

    EDITOR = "EDITOR", _("Schrijver")
    PUBLISHER = "PUBLISHER", _("Publiceerder")
    ADMINISTRATOR = "ADMINISTRATOR", _("Beheerder")
    COORDINATOR = "COORDINATOR", _("Coördinator")
    PROJECT_LEAD = "PROJECT_LEAD", _("Projectleider")
    GATE_DECIDER = "GATE_DECIDER", _("Beslist over de volgende fase")
    FUND_MANAGER = "FUND_MANAGER", _("Beheerder van een fonds")


# These ask for a second factor (standards.md, Login).
HEAVY = tuple(role for role in Role if role != Role.EDITOR)


def has_heavy_role(user: Any) -> bool:
    """Whether `user` holds, for any organisation, a role that asks for a second factor."""
    return bool(user.memberships.filter(role__in=HEAVY).exists())
