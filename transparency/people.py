"""Who works on an entry: colleagues, who may be the second person, and whom a mail tells."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from portal.accounts.models import PortalDuty, PortalRole, User
from portal.organisations.models import Organisation
from portal.organisations.permissions import with_those_above
from portal.organisations.roles import Role
from transparency.models import Entry
from transparency.states import Origin

WRITERS = (Role.EDITOR, Role.PUBLISHER)


def editors_of_portal() -> QuerySet[User]:
    """Our own editors."""
    duties = PortalDuty.objects.filter(role=PortalRole.EDITORIAL)
    return User.objects.filter(is_active=True, pk__in=duties.values("user")).order_by("name", "pk")


def colleagues(entry: Entry | None, roles: Iterable[str] = tuple(Role)) -> QuerySet[User]:
    """Those with one of `roles` for the organisation of `entry` or one above it; our editors for what they write."""
    if entry is None or entry.origin == Origin.EDITORIAL:
        return editors_of_portal()
    above = [one.pk for one in with_those_above(entry.organisation)]
    found = User.objects.filter(is_active=True, memberships__organisation__in=above, memberships__role__in=[*roles])
    return found.distinct().order_by("name", "pk")


def second_people(entry: Entry | None, *first: Any) -> list[User]:
    """Who may decide on what the people `first` (users or their numbers) did to `entry`.

    Publishers of its organisation and those above it; where there is none, our editors (decisions.md).
    """
    did = {getattr(person, "pk", person) for person in first}
    found = [user for user in colleagues(entry, [Role.PUBLISHER]) if user.pk not in did]
    if found or entry is None or entry.origin == Origin.EDITORIAL or entry.organisation.verified_at is None:
        return found
    return [user for user in editors_of_portal() if user.pk not in did]


def told_second(entry: Entry | None, *first: Any) -> str:
    """Who the second person is, in words for a writer."""
    if entry is None or entry.origin == Origin.EDITORIAL:
        return _("Een collega van de redactie kijkt mee.")
    did = {getattr(person, "pk", person) for person in first}
    own = entry.organisation
    others = _publishers(own, did)
    if others:
        names = ", ".join(user.get_full_name() for user in others[:3])
        return _("Dit kan: %(names)s.") % {"names": names}
    for above in with_those_above(own):
        if above.pk != own.pk and _publishers(above, did):
            words = _("In uw organisatie kan niemand anders dit. Daarom kijkt iemand van %(name)s mee.")
            return words % {"name": above.name}
    return _("In uw organisatie kan niemand anders dit. Daarom kijkt de redactie van dit portaal mee.")


def _publishers(organisation: Organisation, without: set[Any]) -> list[User]:
    found = User.objects.filter(
        is_active=True, memberships__organisation=organisation, memberships__role=Role.PUBLISHER
    )
    return list(found.exclude(pk__in=without).distinct().order_by("name", "pk"))
