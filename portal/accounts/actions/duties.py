"""Who does something for the portal itself: proposed by one administrator, confirmed by another, then accepted."""

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from portal.accounts.models import PortalDuty, PortalInvitation, PortalRole, User
from portal.accounts.permissions import can_administer_portal
from portal.audit.record import record
from portal.core import links
from portal.core.mail import send_mail
from portal.core.workflow import StepNotAllowed
from portal.organisations.actions.people import FORGET_AFTER, LINK_WORKS

PORTAL = "portal:"  # what the log calls the portal itself


@transaction.atomic
def propose(*, email: str, role: PortalRole, by: Any, now: datetime.datetime) -> None:
    """Propose that the person with this address does `role`; another administrator must confirm.

    Raises PermissionDenied, ValidationError.
    """
    can_administer_portal(by)
    email = email.strip().lower()
    if email == by.email:
        raise ValidationError(_("U kunt uzelf niet voorstellen. Vraag een andere beheerder."))
    if PortalDuty.objects.filter(user__email=email, role=role).exists():
        raise ValidationError(_("Deze persoon heeft deze rol al."))
    proposal, is_new = PortalInvitation.objects.get_or_create(
        email=email, role=role, defaults={"proposed_by": by, "proposed_at": now}
    )
    if not is_new:
        raise ValidationError(_("Deze persoon is al voorgesteld voor deze rol."))
    record("duty.proposed", by=by, target=PORTAL, now=now, proposal=proposal.pk, role=role.value)


@transaction.atomic
def confirm(*, proposal: PortalInvitation, by: Any, now: datetime.datetime) -> None:
    """Agree with a proposal of somebody else: the person is asked by mail.

    Raises PermissionDenied, StepNotAllowed when it is confirmed or gone already.
    """
    can_administer_portal(by)
    if by.pk == proposal.proposed_by_id:
        raise PermissionDenied(_("U deed dit voorstel zelf. Een andere beheerder moet het goedkeuren."))
    if by.email == proposal.email:
        raise PermissionDenied(_("Dit voorstel gaat over u. Een andere beheerder moet het goedkeuren."))
    token, until = links.new_token(), now + LINK_WORKS
    waiting = PortalInvitation.objects.filter(pk=proposal.pk, token_hash=None)
    if not waiting.update(confirmed_by=by, token_hash=links.hash_of(token), expires_at=until):
        raise StepNotAllowed("confirm: the proposal is confirmed or gone")
    record("duty.confirmed", by=by, target=PORTAL, now=now, proposal=proposal.pk, role=proposal.role)
    told = {"role": PortalRole(proposal.role).label, "link": links.address("invitation", token), "until": until}
    send_mail(proposal.email, "accounts/duty_invitation", told)


@transaction.atomic
def withdraw_proposal(*, proposal: PortalInvitation, by: Any, now: datetime.datetime) -> None:
    """Take a proposal or its invitation back. Raises PermissionDenied, StepNotAllowed when it is gone already."""
    can_administer_portal(by)
    number, role = proposal.pk, proposal.role
    if not PortalInvitation.objects.filter(pk=number).delete()[0]:
        raise StepNotAllowed("withdraw: the proposal is gone")
    record("duty.proposal_withdrawn", by=by, target=PORTAL, now=now, proposal=number, role=role)


@transaction.atomic
def accept_duty(*, invitation: PortalInvitation, user: Any, now: datetime.datetime) -> None:
    """Let `user`, who owns the address that was asked, do the role. Raises StepNotAllowed when the link is used up."""
    there = PortalInvitation.objects.filter(
        pk=invitation.pk, token_hash=invitation.token_hash, token_hash__isnull=False, expires_at__gt=now
    )
    number = invitation.pk
    if not there.delete()[0]:
        raise StepNotAllowed("accept: the invitation is gone")
    PortalDuty.objects.get_or_create(user=user, role=invitation.role, defaults={"since": now})
    record("duty.begun", by=user, target=PORTAL, now=now, person=user.pk, role=invitation.role, proposal=number)


@transaction.atomic
def end_duty(*, duty: PortalDuty, by: Any, now: datetime.datetime) -> None:
    """Take a role for the portal away, also one's own. An administrator must remain.

    Raises PermissionDenied, ValidationError, StepNotAllowed when it is gone already.
    """
    can_administer_portal(by)
    administrators = PortalDuty.objects.select_for_update().filter(role=PortalRole.ADMINISTRATOR).order_by("pk")
    if duty.role == PortalRole.ADMINISTRATOR and not [one for one in administrators if one.pk != duty.pk]:
        raise ValidationError(_("Er moet een beheerder blijven. Vraag eerst iemand anders."))
    person, role = duty.user_id, duty.role
    if not PortalDuty.objects.filter(pk=duty.pk).delete()[0]:
        raise StepNotAllowed("end duty: it has ended")
    record("duty.ended", by=by, target=PORTAL, now=now, person=person, role=role)


@transaction.atomic
def ask_first_administrator(*, email: str, now: datetime.datetime) -> str:
    """Ask the first administrator of the portal, from the command line: the one-time link. Raises ValidationError."""
    email, role = email.strip().lower(), PortalRole.ADMINISTRATOR
    if User.objects.filter(email=email, portal_duties__role=role).exists():
        raise ValidationError("This person administers the portal already.")
    token = links.new_token()
    PortalInvitation.objects.update_or_create(
        email=email,
        role=role,
        defaults={
            "proposed_by": None,
            "confirmed_by": None,
            "proposed_at": now,
            "token_hash": links.hash_of(token),
            "expires_at": now + LINK_WORKS,
        },
    )
    record("duty.asked_by_command", by=None, target=PORTAL, now=now, role=role.value)
    return links.address("invitation", token)


def forget_old_proposals(now: datetime.datetime) -> int:
    """Erase invitations whose link stopped a month ago, and proposals that nobody confirmed in a month."""
    old = now - FORGET_AFTER
    unanswered = Q(token_hash=None, proposed_at__lt=old)
    return PortalInvitation.objects.filter(Q(expires_at__lt=old) | unanswered).delete()[0]
