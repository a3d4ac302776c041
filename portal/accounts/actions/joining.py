"""Accepting an invitation: by who has an account, or with a new one."""

import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from portal.accounts.actions.duties import accept_duty
from portal.accounts.models import PortalInvitation, User
from portal.audit.record import record
from portal.audit.revision import raise_revision
from portal.core import links
from portal.core.workflow import StepNotAllowed
from portal.organisations.actions.people import accept_invitation
from portal.organisations.models import Invitation

AnyInvitation = Invitation | PortalInvitation


def invitation_of(token: str) -> AnyInvitation | None:
    """The invitation that a link belongs to, also one that is too old; None when it was used, withdrawn or made up."""
    wanted = links.hash_of(token)
    return (
        Invitation.objects.select_related("organisation", "invited_by").filter(token_hash=wanted).first()
        or PortalInvitation.objects.filter(token_hash=wanted).first()
    )


@transaction.atomic
def join(*, invitation: AnyInvitation, user: Any, now: datetime.datetime) -> None:
    """Accept for an account that owns the address that was asked. Raises StepNotAllowed when the link is used up."""
    if not EmailAddress.objects.filter(user=user, email=invitation.email, verified=True).exists():
        raise StepNotAllowed("join: the invitation is for another address")
    if isinstance(invitation, Invitation):
        accept_invitation(invitation=invitation, user=user, now=now)
    else:
        accept_duty(invitation=invitation, user=user, now=now)


@transaction.atomic
def make_account(*, email: str, name: str, password: str | None, now: datetime.datetime) -> User:
    """An account for an address whose owner followed a link in a mail to it.

    Without `password` the account has none: its owner sets up a passkey, or asks for a password by mail.
    Raises StepNotAllowed when somebody made the account meanwhile.
    """
    try:
        with transaction.atomic():
            user = User.objects.create_user(email, password, name=name)
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    except IntegrityError as error:
        raise StepNotAllowed("join: there is an account already") from error
    record("account.made", by=user, target=f"user:{user.pk}", now=now)
    return user


@transaction.atomic
def join_anew(*, invitation: AnyInvitation, name: str, password: str | None, now: datetime.datetime) -> User:
    """Make an account for the address that was asked, and accept. Raises as `make_account` and `join` do."""
    user = make_account(email=invitation.email, name=name, password=password, now=now)
    join(invitation=invitation, user=user, now=now)
    return user


@transaction.atomic
def rename(*, name: str, by: Any, now: datetime.datetime) -> None:
    """Change the name that colleagues see; who chose so shows it at a project too."""
    if User.objects.filter(pk=by.pk).exclude(name=name).update(name=name):
        raise_revision()
        record("account.renamed", by=by, target=f"user:{by.pk}", now=now)
