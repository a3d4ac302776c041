"""Invented people to try the portal with: one for each role of each example organisation, and some for the portal.

They stand in the stories of the examples and have no password. `load_example_people` gives them one that is no secret;
`manage.py serve` calls it on this machine only. Even then they can sign in only where EXAMPLE_PEOPLE is on
(`portal.accounts.backend`), which `manage.py check --deploy` refuses.
"""

import datetime
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.backend import EXAMPLES, is_example
from portal.accounts.models import PortalDuty, PortalRole, User
from portal.organisations.models import Membership, Organisation
from portal.organisations.roles import Role, roles_for

PASSWORD = "voorbeeld voor iedereen"  # noqa: S105 (everybody may know it)
APP_SECRET = "VOORBEELDVOORBEELDVOORBEELDVOORB"  # noqa: S105 (the same)
NAMES = {
    Role.EDITOR: "Schrijver",
    Role.PUBLISHER: "Publiceerder",
    Role.ADMINISTRATOR: "Beheerder",
    Role.COORDINATOR: "Coördinator",
    Role.PROJECT_LEAD: "Projectleider",
    Role.GATE_DECIDER: "Beslisser",
    Role.FUND_MANAGER: "Fondsbeheerder",
    Role.FINANCE_OFFICER: "Betaler",
}
# Two of each: what one proposes, another confirms.
PORTAL = (
    ("redactie", "Voorbeeld Redactie", PortalRole.EDITORIAL),
    ("redactie2", "Voorbeeld Redactie Twee", PortalRole.EDITORIAL),
    ("portaal", "Voorbeeld Beheer Portaal", PortalRole.ADMINISTRATOR),
    ("portaal2", "Voorbeeld Beheer Portaal Twee", PortalRole.ADMINISTRATOR),
)


@dataclass(frozen=True, kw_only=True)
class Example:
    """An example person as the sign-in page and the console show it."""

    email: str
    name: str
    does: str


def is_one(user: Any) -> bool:
    """Whether `user` is an example person that may sign in here."""
    return bool(settings.EXAMPLE_PEOPLE) and is_example(user)


def people() -> list[Example]:
    """Every example person that there is, in the order in which they were made."""
    found = User.objects.filter(email__endswith=EXAMPLES).order_by("pk")
    chosen = found.prefetch_related("memberships__organisation", "portal_duties")
    return [Example(email=user.email, name=user.name, does=_does(user)) for user in chosen]


def _does(user: User) -> str:
    roles = [f"{one.get_role_display()}, {one.organisation.name}" for one in user.memberships.all()]
    duties = [one.get_role_display() for one in user.portal_duties.all()]
    return "; ".join([*roles, *duties]) or _("Doet mee als patiënt of naaste")


def code_now() -> str:
    """The code that the app of every example person shows now."""
    return format_hotp_value(hotp_value(APP_SECRET, int(time.time()) // app_settings.TOTP_PERIOD))


# --- Making them -----------------------------------------------------------------------------------------------------


@transaction.atomic
def make_example_people(*, now: datetime.datetime) -> int:
    """Make the example people that are not there yet; how many. Example organisations count as verified.

    Nobody can sign in as one of them by this.
    """
    Organisation.objects.filter(is_example=True, verified_at=None).update(verified_at=now)
    made = 0
    for organisation, role in _jobs():
        email = f"{NAMES[role].lower().replace('ö', 'o')}.{organisation.slug.removeprefix('voorbeeld')}{EXAMPLES}"
        name = f"Voorbeeld {NAMES[role]} {_short(organisation.name)}"
        user, is_new = example_person(email.replace(".-", "."), name)
        works_for(user, organisation, role, now)
        made += is_new
    for key, name, duty in PORTAL:
        user, is_new = example_person(f"{key}{EXAMPLES}", name)
        PortalDuty.objects.get_or_create(user=user, role=duty, defaults={"since": now})
        made += is_new
    return made


@transaction.atomic
def load_example_people(*, now: datetime.datetime) -> int:
    """The same, and let everybody sign in as each of them, with the password and the app that everybody may know."""
    made = make_example_people(now=now)
    everybody = User.objects.filter(email__endswith=EXAMPLES).order_by("pk")
    password = make_password(PASSWORD)  # once: it is no secret, and each takes a while
    for user in [one for one in everybody if not one.has_usable_password()]:
        User.objects.filter(pk=user.pk).update(password=password)
        TOTP.activate(user, APP_SECRET)
    return made


def _jobs() -> Iterator[tuple[Organisation, Role]]:
    for organisation in Organisation.objects.filter(is_example=True).order_by("pk"):
        for role in roles_for(organisation):
            yield organisation, role


def _short(name: str) -> str:
    """ "De Linde" of "Voorbeeldziekenhuis De Linde"."""
    head, _space, tail = name.partition(" De ")
    return f"De {tail}" if tail else head.removeprefix("Voorbeeld ")


def example_person(email: str, name: str) -> tuple[User, bool]:
    """The example person with this address, and whether they are new."""
    if there := User.objects.filter(email=email).first():
        return there, False
    user = User.objects.create_user(email, None, name=name)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user, True


def works_for(user: User, organisation: Organisation, role: Role, now: datetime.datetime) -> None:
    """Give an example person a role for an example organisation. ValueError for an organisation that exists."""
    if not organisation.is_example:
        raise ValueError(f"{organisation.slug} is no example")
    Membership.objects.get_or_create(user=user, organisation=organisation, role=role, defaults={"since": now})
