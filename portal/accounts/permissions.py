"""Who may do what for the portal itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from portal.accounts.models import PortalDuty, PortalRole
from portal.core.permissions import Check
from portal.organisations.models import Organisation
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
