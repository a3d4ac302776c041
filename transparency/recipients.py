"""Who gets a mail about the register: people with a role, who are still there."""

from collections.abc import Iterable
from typing import Any

from portal.accounts.models import PortalRole, User
from portal.core.mail import send_mail
from portal.organisations.models import Organisation
from portal.organisations.permissions import with_those_above
from portal.organisations.roles import Role
from transparency.models import Entry
from transparency.states import Origin

WRITERS = (Role.EDITOR, Role.PUBLISHER)


def _people(organisation: Organisation, roles: Iterable[Role]) -> set[User]:
    """Those with a role of `roles` for `organisation`; when nobody has one, those for the nearest one above it."""
    for one in with_those_above(organisation):
        if found := set(User.objects.filter(
            is_active=True, memberships__organisation=one, memberships__role__in=list(roles)
        ).distinct()):  # fmt: skip
            return found
    return set()


def publishers_of(organisation: Organisation) -> set[User]:
    """Those who publish for `organisation`."""
    return _people(organisation, (Role.PUBLISHER,))


def editors() -> set[User]:
    """The editors of the portal."""
    return set(User.objects.filter(is_active=True, portal_duties__role=PortalRole.EDITORIAL))


def writers_of(entry: Entry) -> set[User]:
    """Those who write the text of `entry`."""
    return editors() if entry.origin == Origin.EDITORIAL else _people(entry.organisation, WRITERS)


def mail_all(people: Iterable[User | None], event: str, context: dict[str, Any], *, but: Any = None) -> None:
    """Send every one of `people` the mail `event`, each once, but not to `but`: who did it knows."""
    for person in sorted({one for one in people if one is not None and one.is_active}, key=lambda one: one.pk):
        if but is None or person.pk != but.pk:
            send_mail(person.email, event, context)
