"""Roles with which money moves: one administrator asks, a second person agrees, and nobody gives one to themselves.

Who may be the second person knows `portal.accounts`: where an organisation has no other administrator, it is one of
the portal (ADR 34).
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from portal.audit.record import record
from portal.core.mail import send_mail
from portal.core.workflow import StepNotAllowed
from portal.organisations.models import Membership, Organisation, RoleRequest
from portal.organisations.permissions import can_administer, with_those_above
from portal.organisations.roles import MONEY, Role, roles_for

WAITS = datetime.timedelta(days=30)  # after that it is forgotten, and has to be asked anew


def without_money(roles: Iterable[str]) -> list[str]:
    """Those of `roles` that one person may give."""
    return [role for role in roles if role not in MONEY]


def ask_money_roles(
    *, organisation: Organisation, user: Any, roles: Iterable[str], by: Any, now: datetime.datetime
) -> list[RoleRequest]:
    """Ask for those of `roles` with which money moves and that `user` has not; they wait for a second person.

    For a caller who holds a transaction. Asking again changes nothing. Raises PermissionDenied, for oneself too.
    """
    wanted = [role for role in MONEY if role in set(roles) and role in roles_for(organisation)]
    held = Membership.objects.filter(organisation=organisation, user=user, role__in=wanted)
    missing = set(wanted) - set(held.values_list("role", flat=True))
    if not missing:
        return []
    can_administer(by, organisation)
    if by.pk == user.pk:
        raise PermissionDenied(_("U kunt uzelf geen rol geven waarmee geld wordt geregeld."))
    made = []
    for role in [one for one in wanted if one in missing]:
        request, is_new = RoleRequest.objects.get_or_create(
            organisation=organisation, user=user, role=role.value, defaults={"asked_by": by, "asked_at": now}
        )
        if is_new:
            made.append(request)
            target = f"organisation:{organisation.uuid}"
            record("membership.money_role_asked", by=by, target=target, now=now, person=user.pk, role=role.value)
            _tell_deciders(request)
    return made


def other_administrators(request: RoleRequest) -> list[Any]:
    """Who administers the organisation, or one above it, and neither asked nor gets the role."""
    above = [one.pk for one in with_those_above(request.organisation)]
    users = get_user_model().objects.filter(
        is_active=True, memberships__role=Role.ADMINISTRATOR, memberships__organisation__in=above
    )
    return list(users.exclude(pk__in=[request.asked_by_id, request.user_id]).distinct().order_by("pk"))


def give(*, request: RoleRequest, by: Any, now: datetime.datetime) -> None:
    """Let the role begin, for a caller who looked whether `by` may agree, and holds a transaction.

    Raises PermissionDenied when who asked may not ask any more, or who gets it has no account that works;
    StepNotAllowed when it is gone.
    """
    organisation, user, role = request.organisation, request.user, Role(request.role)
    if not can_administer.ok(request.asked_by, organisation):
        raise PermissionDenied(_("Wie dit vroeg, is geen beheerder meer. Een beheerder moet het opnieuw vragen."))
    if not user.is_active or role not in roles_for(organisation):
        raise PermissionDenied(_("Deze persoon kan deze rol niet krijgen."))
    there = RoleRequest.objects.filter(pk=request.pk, asked_by=request.asked_by_id)
    if not there.delete()[0]:
        raise StepNotAllowed("give: the request is gone")
    Membership.objects.get_or_create(user=user, organisation=organisation, role=role, defaults={"since": now})
    target = f"organisation:{organisation.uuid}"
    asked_by = request.asked_by_id
    record(
        "membership.money_role_given", by=by, target=target, now=now, person=user.pk, role=role.value, asked=asked_by
    )
    told = {"organisation": organisation.name, "role": role.label, "person": user.get_full_name()}
    send_mail(user.email, "organisations/money_role_given", told)
    for one in [request.asked_by, *other_administrators(request)]:
        if one.pk != by.pk:
            send_mail(one.email, "organisations/money_role_told", told)


def take_request_back(*, request: RoleRequest, by: Any, now: datetime.datetime) -> None:
    """Take a request back, or refuse it; for a caller who looked whether `by` may. Raises StepNotAllowed."""
    if not RoleRequest.objects.filter(pk=request.pk).delete()[0]:
        raise StepNotAllowed("take back: the request is gone")
    organisation = request.organisation
    target = f"organisation:{organisation.uuid}"
    record("membership.money_role_refused", by=by, target=target, now=now, person=request.user_id, role=request.role)
    if by.pk != request.asked_by_id:
        told = {"organisation": organisation.name, "role": request.label, "person": request.user.get_full_name()}
        send_mail(request.asked_by.email, "organisations/money_role_refused", told)


def forget_old_requests(now: datetime.datetime) -> int:
    """Erase requests to which nobody agreed in a month; how many there were."""
    return RoleRequest.objects.filter(asked_at__lt=now - WAITS).delete()[0]


def _tell_deciders(request: RoleRequest) -> None:
    """Mail who can agree: the other administrators, or those of the portal where there are none."""
    deciders = other_administrators(request)
    page = f"/werk/organisatie/{request.organisation.slug}/mensen/"
    if not deciders:
        everybody = get_user_model().objects.filter(is_active=True, portal_duties__role="ADMINISTRATOR")
        deciders = list(everybody.exclude(pk__in=[request.asked_by_id, request.user_id]).distinct().order_by("pk"))
        page = f"/werk/portaal/organisaties/{request.organisation.slug}/"
    told = {
        "organisation": request.organisation.name, "role": request.label, "person": request.user.get_full_name(),
        "asker": request.asked_by.get_full_name(), "page": page,
    }  # fmt: skip
    for one in deciders:
        send_mail(one.email, "organisations/money_role_asked", told)
