"""Who may do what for an organisation. A role holds for the organisation and for those below it (decisions.md).

Roles with which money moves hold for the organisation alone: who puts one below another hands over no fund (ADR 34).
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from portal.core.permissions import Check
from portal.organisations.models import Membership, Organisation
from portal.organisations.roles import MONEY, Role


def with_those_above(organisation: Organisation) -> Iterator[Organisation]:
    """`organisation`, its parent, and so on; a circle ends where it began."""
    seen = set()
    above: Organisation | None = organisation
    while above is not None and above.pk not in seen:
        seen.add(above.pk)
        yield above
        above = above.parent


def with_those_below(organisations: Iterable[int]) -> set[int]:
    """The numbers `organisations` and of all those below them."""
    found, newest = set(organisations), set(organisations)
    while newest:
        newest = set(Organisation.objects.filter(parent__in=newest).values_list("pk", flat=True)) - found
        found |= newest
    return found


class _Memory(NamedTuple):
    """What is remembered of one user."""

    user: int
    roles: Mapping[int, frozenset[str]]  # organisation → the roles held for it
    answers: dict[Hashable, bool]  # to other questions, once somebody asked


_remembered: ContextVar[_Memory | None] = ContextVar("roles", default=None)


def _memory_of(user: Any) -> _Memory | None:
    """What is remembered of `user` now."""
    memory = _remembered.get()
    return memory if memory is not None and memory.user == user.pk else None


def asked_once(user: Any, question: Hashable, find: Callable[[], bool]) -> bool:
    """What `find` says of `user`; asked once for each `question` where roles are remembered."""
    memory = _memory_of(user)
    if memory is None:
        return find()
    if question not in memory.answers:
        memory.answers[question] = find()
    return memory.answers[question]


@contextmanager
def remembered_roles(user: Any) -> Iterator[None]:
    """Inside, the roles of `user` come from memory: a list of many things asks the database once."""
    if _memory_of(user) is not None:
        yield
        return
    held: dict[int, set[str]] = {}
    for organisation, role in Membership.objects.filter(user=user).values_list("organisation", "role"):
        held.setdefault(organisation, set()).add(role)
    waiting = dict(held)
    while waiting:
        below = Organisation.objects.filter(parent__in=waiting).values_list("pk", "parent")
        found = {pk: held.get(pk, set()) | (held[parent] - set(MONEY)) for pk, parent in below if parent is not None}
        waiting = {pk: roles for pk, roles in found.items() if roles != held.get(pk)}
        held.update(waiting)
    token = _remembered.set(_Memory(user.pk, {pk: frozenset(roles) for pk, roles in held.items()}, {}))
    try:
        yield
    finally:
        _remembered.reset(token)


def roles_of(user: Any, organisation: Organisation) -> frozenset[str]:
    """The roles that `user` holds for `organisation` or for one above it; a program with a key says its own."""
    if (held := getattr(user, "roles_for", None)) is not None:
        return frozenset(held(organisation))
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    if (memory := _memory_of(user)) is not None:
        return memory.roles.get(organisation.pk, frozenset())
    above = [one.pk for one in with_those_above(organisation)]
    held = Membership.objects.filter(user=user, organisation__in=above).values_list("organisation", "role")
    return frozenset(role for pk, role in held if pk == organisation.pk or role not in MONEY)


def where_held(user: Any, role: Role) -> set[int]:
    """The numbers of the organisations for which `user` holds `role`, those below included."""
    if (memory := _memory_of(user)) is not None:
        return {organisation for organisation, roles in memory.roles.items() if role in roles}
    own = user.memberships.filter(role=role).values_list("organisation", flat=True)
    return set(own) if role in MONEY else with_those_below(own)


@Check
def can_see(user: Any, organisation: Organisation) -> None:
    """Work for `organisation` in any role."""
    if not roles_of(user, organisation):
        raise PermissionDenied(_("U werkt niet voor deze organisatie."))


@Check
def can_write(user: Any, organisation: Organisation) -> None:
    """Write texts for `organisation`: who may publish may write too."""
    if not roles_of(user, organisation) & {Role.EDITOR, Role.PUBLISHER}:
        raise PermissionDenied(_("Alleen schrijvers en publiceerders van deze organisatie kunnen dit."))


@Check
def can_publish(user: Any, organisation: Organisation) -> None:
    """Publish for `organisation`, once the portal knows that it is who it says."""
    if Role.PUBLISHER not in roles_of(user, organisation):
        raise PermissionDenied(_("Alleen publiceerders van deze organisatie kunnen dit."))
    if organisation.verified_at is None:
        raise PermissionDenied(_("Wij hebben uw organisatie nog niet gecontroleerd. Publiceren kan daarna."))


@Check
def can_administer(user: Any, organisation: Organisation) -> None:
    """Invite people to `organisation`, give them roles and take those away."""
    if Role.ADMINISTRATOR not in roles_of(user, organisation):
        raise PermissionDenied(_("Alleen beheerders van deze organisatie kunnen dit."))


@Check
def can_coordinate(user: Any, organisation: Organisation) -> None:
    """Act for the patients of a patient organisation."""
    if Role.COORDINATOR not in roles_of(user, organisation):
        raise PermissionDenied(_("Alleen coördinatoren van deze organisatie kunnen dit."))
