"""Everything that writes offers of a role by mail. Nobody learns here who has an account."""

import datetime
from collections.abc import Sequence
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from participation import starting_emails as emails
from participation.actions.assignments import place
from participation.actions.common import hold_running, target_of
from participation.models import Assignment, Project, RoleOffer
from participation.permissions import can_lead
from participation.states import Influence, Phase
from portal.accounts.actions.joining import make_account
from portal.accounts.models import User
from portal.audit.record import record
from portal.core import links
from portal.core.workflow import StepNotAllowed

LINK_WORKS = datetime.timedelta(days=14)
FORGET_AFTER = datetime.timedelta(days=30)
MOST_OPEN = 50  # of one project at a time


@transaction.atomic
def offer_role(
    *, project: Project, email: str, influence: str, by: Any, now: datetime.datetime, phases: Sequence[str] = ()
) -> RoleOffer:
    """Ask whoever reads `email` to take part; asking again sends a new link. Raises PermissionDenied,
    ValidationError by field, StepNotAllowed when the project ended.
    """
    can_lead(by, project)
    hold_running(project, "offer")
    address = _address(email, by)
    if influence not in Influence.values or set(phases) - set(Phase.values):
        raise ValidationError({"influence": _("Kies een rol.")})
    if project.role_offers.count() >= MOST_OPEN:
        raise ValidationError(_("Er staan te veel vragen open. Trek er eerst een paar in."))
    token = links.new_token()
    offer, _is_new = RoleOffer.objects.update_or_create(
        project=project, email=address,
        defaults={
            "influence": influence, "phases": list(phases), "token_hash": links.hash_of(token), "offered_by": by,
            "offered_at": now, "expires_at": now + LINK_WORKS,
        },
    )  # fmt: skip
    record("role.offered", by=by, target=target_of(project), now=now, offer=str(offer.uuid))
    emails.role_offered(offer, links.address("participation:role-offer", token))
    return offer


def _address(email: str, by: Any) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise ValidationError({"email": _("Dit is geen mailadres. Verbeter het.")}) from error
    if address == by.email:
        raise ValidationError({"email": _("U kunt uzelf niet vragen. U werkt al voor het project.")})
    return address


@transaction.atomic
def withdraw_offer(*, offer: RoleOffer, by: Any, now: datetime.datetime) -> None:
    """Take an offer back: its link stops. Raises PermissionDenied, StepNotAllowed when it is gone already."""
    can_lead(by, offer.project)
    key = str(offer.uuid)
    if not RoleOffer.objects.filter(pk=offer.pk).delete()[0]:
        raise StepNotAllowed("withdraw: the offer is gone")
    record("role.offer_withdrawn", by=by, target=target_of(offer.project), now=now, offer=key)


def withdraw_offers(*, project: Project, by: Any, now: datetime.datetime) -> None:
    """Take back every offer of a project that ends, with a word to each; for a caller who may end it."""
    for offer in project.role_offers.select_related("project").order_by("pk"):
        if offer.expires_at > now:
            emails.role_offer_over(offer)
        key = str(offer.uuid)
        offer.delete()
        record("role.offer_withdrawn", by=by, target=target_of(project), now=now, offer=key)


def offer_of(token: str) -> RoleOffer | None:
    """The offer that a link belongs to, also one that is too old; None when it was used, withdrawn or made up."""
    found = RoleOffer.objects.select_related("project__organisation", "project__patient_side", "offered_by")
    return found.filter(token_hash=links.hash_of(token)).first()


@transaction.atomic
def accept_offer(*, offer: RoleOffer, by: Any, now: datetime.datetime) -> Assignment:
    """Say yes, with an account that owns the address that was asked: the role is proposed to it.

    Raises ValidationError when that person works on the project already, StepNotAllowed when the link is used up, or
    who asked may not ask any more.
    """
    if not EmailAddress.objects.filter(user=by, email=offer.email, verified=True).exists():
        raise StepNotAllowed("accept: the offer is for another address")
    hold_running(offer.project, "accept")
    there = RoleOffer.objects.filter(pk=offer.pk, token_hash=offer.token_hash, expires_at__gt=now)
    if not there.delete()[0]:
        raise StepNotAllowed("accept: the offer is gone")
    try:
        can_lead(offer.offered_by, offer.project)
    except PermissionDenied as error:
        raise StepNotAllowed("accept: who asked does not lead the project any more") from error
    return place(
        project=offer.project, user=by, influence=Influence(offer.influence), phases=offer.phases, by=by, now=now
    )


@transaction.atomic
def accept_anew(
    *, offer: RoleOffer, name: str, password: str | None, now: datetime.datetime
) -> tuple[User, Assignment]:
    """Make an account for the address that was asked, and say yes. Raises as `accept_offer` does."""
    user = make_account(email=offer.email, name=name, password=password, now=now)
    return user, accept_offer(offer=offer, by=user, now=now)


@transaction.atomic
def forget_old_offers(now: datetime.datetime) -> int:
    """Erase the offers that stopped working a month ago (Retention); how many. A job of every minute."""
    return RoleOffer.objects.filter(expires_at__lt=now - FORGET_AFTER).delete()[0]
