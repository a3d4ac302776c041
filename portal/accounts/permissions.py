"""Who may do what for the portal itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from portal.accounts.models import PortalDuty, PortalRole
from portal.core.permissions import Check
from portal.organisations.actions.money_roles import other_administrators
from portal.organisations.models import Organisation, RoleRequest
from portal.organisations.permissions import can_administer

_remembered: ContextVar[tuple[int, frozenset[str]] | None] = ContextVar("duties", default=None)


@contextmanager
def remembered_duties(user: Any) -> Iterator[None]:
    """Inside, what `user` does for the portal comes from memory: a list of many things asks the database once."""
    duties = frozenset(PortalDuty.objects.filter(user=user).values_list("role", flat=True))
    token = _remembered.set((user.pk, duties))
    try:
        yield
    finally:
        _remembered.reset(token)


def _holds(user: Any, role: PortalRole) -> bool:
    remembered = _remembered.get()
    if remembered is not None and remembered[0] == user.pk:
        return user.is_active and role in remembered[1]
    return user.is_authenticated and user.is_active and PortalDuty.objects.filter(user=user, role=role).exists()


@Check
def can_administer_portal(user: Any) -> None:
    """Verify organisations and give roles for the portal."""
    if not _holds(user, PortalRole.ADMINISTRATOR):
        raise PermissionDenied(_("Alleen beheerders van het portaal kunnen dit."))


@Check
def can_edit_for_portal(user: Any) -> None:
    """Keep AI systems, and texts from public sources: the portal's editors (`redactie`)."""
    if not _holds(user, PortalRole.EDITORIAL):
        raise PermissionDenied(_("Alleen de redactie van het portaal kan dit."))


@Check
def can_set_own_sign_in(user: Any, organisation: Organisation) -> None:
    """Set up the own sign-in of an organisation: its administrators, once it was verified, and those of the portal."""
    if can_administer_portal.ok(user):
        return
    can_administer(user, organisation)
    if organisation.verified_at is None:
        raise PermissionDenied(_("Wij hebben uw organisatie nog niet gecontroleerd. Daarna kan dit wel."))


@Check
def can_agree_to_role(user: Any, request: RoleRequest) -> None:
    """Be the second person who agrees to a role with which money moves: neither who asked it, nor who gets it.

    It is another administrator of the organisation; where there is none, an administrator of the portal.
    """
    if user.pk == request.asked_by_id:
        raise PermissionDenied(_("U vroeg dit zelf. Iemand anders moet akkoord gaan."))
    if user.pk == request.user_id:
        raise PermissionDenied(_("Deze rol is voor u. Iemand anders moet akkoord gaan."))
    if can_administer.ok(user, request.organisation):
        return
    if not can_administer_portal.ok(user):
        raise PermissionDenied(_("Alleen beheerders van deze organisatie kunnen dit."))
    if other_administrators(request):
        raise PermissionDenied(_("Deze organisatie heeft zelf nog een beheerder. Die moet akkoord gaan."))


@Check
def can_withdraw_role(user: Any, request: RoleRequest) -> None:
    """Take back or refuse a role that waits: an administrator of the organisation, or who could agree to it."""
    if not can_administer.ok(user, request.organisation):
        can_agree_to_role(user, request)
