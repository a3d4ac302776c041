"""Everything that writes who works for an organisation: asking people, their roles, leaving."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.audit.record import record
from portal.core import links
from portal.core.mail import send_mail
from portal.core.workflow import StepNotAllowed
from portal.organisations.actions.money_roles import ask_money_roles, without_money
from portal.organisations.models import Invitation, Membership, Organisation, RoleRequest
from portal.organisations.permissions import can_administer, with_those_above
from portal.organisations.roles import MONEY, Role, roles_for

LINK_WORKS = datetime.timedelta(days=14)
FORGET_AFTER = datetime.timedelta(days=30)  # days after an invitation stopped working (Retention)
MOST_OPEN = 200  # invitations of one organisation at a time


def target_of(organisation: Organisation) -> str:
    """How the log names an organisation."""
    return f"organisation:{organisation.uuid}"


# --- Asking people ---------------------------------------------------------------------------------------------------


@transaction.atomic
def invite(*, organisation: Organisation, email: str, roles: Iterable[str], by: Any, now: datetime.datetime) -> None:
    """Ask the person with the address `email` by mail to work for `organisation`; asking again sends a new link.

    Whether that person has an account makes no difference to what happens here. Raises PermissionDenied,
    ValidationError.
    """
    can_administer(by, organisation)
    send_invitation(organisation=organisation, email=email, roles=roles, by=by, now=now)


def send_invitation(
    *, organisation: Organisation, email: str, roles: Iterable[str], by: Any, now: datetime.datetime
) -> None:
    """The same, for a caller who has looked whether `by` may, and holds a transaction. Raises ValidationError."""
    email, chosen = email.strip().lower(), _known(organisation, roles)
    if email == by.email:
        raise ValidationError(_("U kunt uzelf niet uitnodigen. Vraag een andere beheerder."))
    if organisation.memberships.filter(user__email=email).exists():
        raise ValidationError(_("Deze persoon werkt al voor uw organisatie. Verander daar de rollen."))
    if organisation.invitations.count() >= MOST_OPEN:
        raise ValidationError(_("Er staan te veel uitnodigingen open. Trek er eerst een paar in."))
    token = links.new_token()
    invitation, is_new = Invitation.objects.update_or_create(
        organisation=organisation,
        email=email,
        defaults={
            "roles": chosen,
            "token_hash": links.hash_of(token),
            "invited_by": by,
            "invited_at": now,
            "expires_at": now + LINK_WORKS,
        },
    )
    _send(invitation, token)
    kind = "invitation.sent" if is_new else "invitation.sent_again"
    record(kind, by=by, target=target_of(organisation), now=now, invitation=invitation.pk, roles=chosen)


@transaction.atomic
def invite_again(*, invitation: Invitation, by: Any, now: datetime.datetime) -> None:
    """Send a new link, that works for another 14 days; the old one stops. Raises PermissionDenied."""
    can_administer(by, invitation.organisation)
    token = links.new_token()
    renewed = {"token_hash": links.hash_of(token), "invited_by": by, "invited_at": now, "expires_at": now + LINK_WORKS}
    if not Invitation.objects.filter(pk=invitation.pk).update(**renewed):
        raise StepNotAllowed("invite again: the invitation is gone")
    invitation.refresh_from_db()
    _send(invitation, token)
    target = target_of(invitation.organisation)
    record("invitation.sent_again", by=by, target=target, now=now, invitation=invitation.pk, roles=invitation.roles)


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Any, now: datetime.datetime) -> None:
    """Take an invitation back: its link stops. Raises PermissionDenied, StepNotAllowed when it is gone already."""
    can_administer(by, invitation.organisation)
    number = invitation.pk
    if not Invitation.objects.filter(pk=number).delete()[0]:
        raise StepNotAllowed("withdraw: the invitation is gone")
    record("invitation.withdrawn", by=by, target=target_of(invitation.organisation), now=now, invitation=number)


@transaction.atomic
def accept_invitation(*, invitation: Invitation, user: Any, now: datetime.datetime) -> None:
    """Let `user`, who owns the address that was asked, work for the organisation. The link works once.

    A role with which money moves does not begin yet: who invited asks for it, and a second person has to agree.
    Raises StepNotAllowed when it was used, withdrawn or sent anew meanwhile, or is too old.
    """
    there = Invitation.objects.filter(pk=invitation.pk, token_hash=invitation.token_hash, expires_at__gt=now)
    number, organisation = invitation.pk, invitation.organisation
    if not there.delete()[0]:
        raise StepNotAllowed("accept: the invitation is gone")
    roles, asker = without_money(invitation.roles), invitation.invited_by
    begun = [Membership(user=user, organisation=organisation, role=role, since=now) for role in roles]
    Membership.objects.bulk_create(begun, ignore_conflicts=True)
    record(
        "membership.begun", by=user, target=target_of(organisation), now=now,
        person=user.pk, roles=roles, invitation=number,
    )  # fmt: skip
    if asker is not None and asker.pk != user.pk and can_administer.ok(asker, organisation):
        ask_money_roles(organisation=organisation, user=user, roles=invitation.roles, by=asker, now=now)


def _known(organisation: Organisation, roles: Iterable[str]) -> list[str]:
    """`roles` in their order. Raises ValidationError when there are none, or one that such an organisation has not."""
    wanted, possible = set(roles), roles_for(organisation)
    if not wanted or wanted - set(possible):
        raise ValidationError(_("Kies minstens één rol."))
    return [str(role.value) for role in possible if role in wanted]


def _send(invitation: Invitation, token: str) -> None:
    send_mail(
        invitation.email,
        "organisations/invitation",
        {
            "organisation": invitation.organisation.name,
            "inviter": invitation.invited_by.get_full_name() if invitation.invited_by else "",
            "roles": [Role(role).label for role in invitation.roles],
            "link": links.address("invitation", token),
            "until": invitation.expires_at,
        },
    )


# --- Roles -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def change_roles(
    *, organisation: Organisation, user: Any, roles: Iterable[str], by: Any, now: datetime.datetime
) -> None:
    """Give a colleague exactly `roles`. Nobody changes their own; an administrator must remain.

    A new role with which money moves waits for a second person; taking one away needs one person. Raises
    PermissionDenied, ValidationError; StepNotAllowed when `user` does not work there any more.
    """
    can_administer(by, organisation)
    if user.pk == by.pk:
        raise PermissionDenied(_("U kunt uw eigen rollen niet veranderen. Vraag een andere beheerder."))
    wanted = _known(organisation, roles)
    if Role.ADMINISTRATOR not in wanted:
        _keep_an_administrator(organisation, without=user)
    there = set(Membership.objects.filter(organisation=organisation, user=user).values_list("role", flat=True))
    if not there:
        raise StepNotAllowed("change roles: this person does not work there")
    asked = [role for role in wanted if role in MONEY and role not in there]
    wanted = [role for role in wanted if role not in asked]
    if not wanted:
        raise ValidationError(
            _("Een tweede persoon moet akkoord gaan met deze rol. Laat tot dan een andere rol staan.")
        )
    ask_money_roles(organisation=organisation, user=user, roles=asked, by=by, now=now)
    if there == set(wanted):
        return
    Membership.objects.filter(organisation=organisation, user=user).exclude(role__in=wanted).delete()
    Membership.objects.bulk_create(
        Membership(organisation=organisation, user=user, role=role, since=now) for role in wanted if role not in there
    )
    record("membership.changed", by=by, target=target_of(organisation), now=now, person=user.pk, roles=wanted)
    told = {"organisation": organisation.name, "roles": [Role(role).label for role in wanted]}
    send_mail(user.email, "organisations/roles_changed", told)


@transaction.atomic
def remove_member(*, organisation: Organisation, user: Any, by: Any, now: datetime.datetime) -> None:
    """Take every role from a colleague; what they wrote stays. Raises PermissionDenied, StepNotAllowed."""
    can_administer(by, organisation)
    if user.pk == by.pk:
        raise PermissionDenied(_("Wilt u zelf stoppen? Dat doet u bij “Mijn account”."))
    _end(organisation, user)
    record("membership.removed", by=by, target=target_of(organisation), now=now, person=user.pk)
    send_mail(user.email, "organisations/removed", {"organisation": organisation.name})


@transaction.atomic
def leave(*, organisation: Organisation, by: Any, now: datetime.datetime) -> None:
    """Stop working for an organisation oneself. Raises ValidationError for its last administrator, StepNotAllowed."""
    _end(organisation, by)
    record("membership.left", by=by, target=target_of(organisation), now=now, person=by.pk)


def _end(organisation: Organisation, user: Any) -> None:
    _keep_an_administrator(organisation, without=user)
    RoleRequest.objects.filter(organisation=organisation, user=user).delete()
    if not Membership.objects.filter(organisation=organisation, user=user).delete()[0]:
        raise StepNotAllowed("end membership: this person does not work there")


def _keep_an_administrator(organisation: Organisation, *, without: Any) -> None:
    """Raise ValidationError when `without` is the last administrator.

    The row of the organisation is locked, so that of two who go at the same moment one is refused.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    administrators = Membership.objects.filter(role=Role.ADMINISTRATOR, user__is_active=True)
    if not administrators.filter(organisation=organisation, user=without).exists():
        return
    above = [one.pk for one in with_those_above(organisation)]
    if not administrators.filter(organisation__in=above).exclude(user=without).exists():
        raise ValidationError(_("Er moet een beheerder blijven. Maak eerst iemand anders beheerder."))


# --- The organisation itself -----------------------------------------------------------------------------------------


@transaction.atomic
def ask_verification(*, organisation: Organisation, by: Any, now: datetime.datetime) -> None:
    """Ask the portal to see whether the organisation is who it says; asking twice changes nothing.

    Raises PermissionDenied.
    """
    can_administer(by, organisation)
    waiting = Organisation.objects.filter(pk=organisation.pk, verified_at=None, verification_asked_at=None)
    if waiting.update(verification_asked_at=now):
        record("organisation.verification_asked", by=by, target=target_of(organisation), now=now)


def forget_old_invitations(now: datetime.datetime) -> int:
    """Erase invitations whose link stopped working a month ago; how many there were."""
    return Invitation.objects.filter(expires_at__lt=now - FORGET_AFTER).delete()[0]
