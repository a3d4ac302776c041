"""Invented people to try the portal with: one for each role of each example organisation, and some for the portal.

Their password is no secret. They can sign in only where EXAMPLE_PEOPLE is on (`portal.accounts.backend`), which
`manage.py serve` sees to on this machine and `manage.py check --deploy` refuses.
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
from django.db import transaction

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
    return "; ".join([*roles, *(one.get_role_display() for one in user.portal_duties.all())])


def code_now() -> str:
    """The code that the app of every example person shows now."""
    return format_hotp_value(hotp_value(APP_SECRET, int(time.time()) // app_settings.TOTP_PERIOD))


# --- Making them -----------------------------------------------------------------------------------------------------


@transaction.atomic
def load_example_people(*, now: datetime.datetime) -> int:
    """Make the example people that are not there yet; how many. Example organisations count as verified."""
    Organisation.objects.filter(is_example=True, verified_at=None).update(verified_at=now)
    made = 0
    for organisation, role in _jobs():
        email = f"{NAMES[role].lower().replace('ö', 'o')}.{organisation.slug.removeprefix('voorbeeld')}{EXAMPLES}"
        user, is_new = _person(email.replace(".-", "."), f"Voorbeeld {NAMES[role]} {_short(organisation.name)}")
        Membership.objects.get_or_create(user=user, organisation=organisation, role=role, defaults={"since": now})
        made += is_new
    for key, name, duty in PORTAL:
        user, is_new = _person(f"{key}{EXAMPLES}", name)
        PortalDuty.objects.get_or_create(user=user, role=duty, defaults={"since": now})
        made += is_new
    return made


def _jobs() -> Iterator[tuple[Organisation, Role]]:
    for organisation in Organisation.objects.filter(is_example=True).order_by("pk"):
        for role in roles_for(organisation):
            yield organisation, role


def _short(name: str) -> str:
    """ "De Linde" of "Voorbeeldziekenhuis De Linde"."""
    head, _space, tail = name.partition(" De ")
    return f"De {tail}" if tail else head.removeprefix("Voorbeeld ")


def _person(email: str, name: str) -> tuple[User, bool]:
    """The example person with this address, and whether they are new."""
    if there := User.objects.filter(email=email).first():
        return there, False
    user = User.objects.create_user(email, PASSWORD, name=name)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    TOTP.activate(user, APP_SECRET)
    return user, True
