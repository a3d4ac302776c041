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
    FINANCE_OFFICER = "FINANCE_OFFICER", _("Financiële medewerker")


# What each role means, for who gives it.
MEANINGS = {
    Role.EDITOR: _("Schrijft teksten over AI en dient ze in."),
    Role.PUBLISHER: _("Keurt teksten goed, zodat iedereen ze kan lezen."),
    Role.ADMINISTRATOR: _("Nodigt collega’s uit en geeft ze rollen."),
    Role.COORDINATOR: _("Regelt wie namens patiënten meedoet."),
    Role.PROJECT_LEAD: _("Leidt projecten over AI en geeft patiënten antwoord."),
    Role.GATE_DECIDER: _("Beslist of een project naar de volgende fase mag."),
    Role.FUND_MANAGER: _("Zet geld apart voor patiënten en beslist over uitzonderingen."),
    Role.FINANCE_OFFICER: _("Betaalt wat is goedgekeurd."),
}

# Money moves through these: two people give them, and nobody gives one to themselves (participation.md, Money).
MONEY = (Role.FUND_MANAGER, Role.FINANCE_OFFICER)

SECOND_PERSON = _("Een tweede persoon moet hiermee akkoord gaan.")

# These ask for a second factor (standards.md, Login).
HEAVY = tuple(role for role in Role if role != Role.EDITOR)


def roles_for(organisation: "Organisation") -> tuple[Role, ...]:
    """The roles that people of such an organisation may have.

    Patients have a coordinator, care providers write and lead projects, funds lead the policy of their programmes. The
    expertise centre stands in where a coordinator or a fund is missing (decisions.md).
    """
    projects = (Role.PROJECT_LEAD, Role.GATE_DECIDER)
    writing = (Role.EDITOR, Role.PUBLISHER, *projects, Role.FINANCE_OFFICER)
    chosen: dict[str, tuple[Role, ...]] = {
        "PATIENT_ORGANISATION": (Role.COORDINATOR,),
        "FUND": (*projects, Role.FUND_MANAGER, Role.FINANCE_OFFICER),
        "INSURER": (*writing, Role.FUND_MANAGER),
        "GOVERNMENT": (*writing, Role.FUND_MANAGER),
        "EXPERTISE_CENTRE": (*writing, Role.COORDINATOR, Role.FUND_MANAGER),
    }
    return (*chosen.get(organisation.kind, writing), Role.ADMINISTRATOR)


def meaning(role: str) -> str:
    """What a role means for who gives or gets it, and that two people give it where money moves through it."""
    told = str(MEANINGS[Role(role)])
    return f"{told} {SECOND_PERSON}" if role in MONEY else told


def has_heavy_role(user: Any) -> bool:
    """Whether `user` holds, for any organisation, a role that asks for a second factor."""
    return bool(user.memberships.filter(role__in=HEAVY).exists())
