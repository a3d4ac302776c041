"""From a reply without an account to an account: only who was chosen makes one, with the link of the mail."""

import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from participation.actions.candidacies import target_of_candidacy
from participation.actions.candidate_links import link_of
from participation.actions.choosing import give_role
from participation.actions.common import hold_running
from participation.models import Candidacy
from participation.states import CandidacyState
from portal.accounts.actions.joining import make_account
from portal.accounts.models import User
from portal.audit.record import record
from portal.core import links
from portal.core.workflow import StepNotAllowed


def has_account(candidacy: Candidacy) -> bool:
    """Whether the address of a candidacy belongs to an account; only for who has the link of that address."""
    return EmailAddress.objects.filter(email=candidacy.email, verified=True).exists()


@transaction.atomic
def join_with(*, token: str, user: Any, now: datetime.datetime) -> Candidacy:
    """Take the role with an account that owns the address. Raises StepNotAllowed, ValidationError."""
    found = link_of(token, now)
    if found is None or not EmailAddress.objects.filter(user=user, email=found.email, verified=True).exists():
        raise StepNotAllowed("join: the link is used up, or for another address")
    return _join(found, token, user, now)


@transaction.atomic
def join_anew(*, token: str, name: str, password: str | None, now: datetime.datetime) -> User:
    """Make an account for the address that the link went to, and take the role. Raises as `join_with` does."""
    found = link_of(token, now)
    if found is None or found.state != CandidacyState.ACCEPTED:
        raise StepNotAllowed("join: the link is used up")
    user = make_account(email=found.email, name=name, password=password, now=now)
    _join(found, token, user, now)
    return user


def _join(candidacy: Candidacy, token: str, user: Any, now: datetime.datetime) -> Candidacy:
    hold_running(candidacy.vacancy.project, "join")
    there = Candidacy.objects.filter(
        pk=candidacy.pk, token_hash=links.hash_of(token), state=CandidacyState.ACCEPTED, user=None
    )
    try:
        with transaction.atomic():
            if not there.update(token_hash=None, user=user, email=""):
                raise StepNotAllowed("join: the link is used up")
    except IntegrityError as error:
        raise StepNotAllowed("join: this person replied with the account too") from error
    candidacy.refresh_from_db()
    try:
        give_role(candidacy, by=None, now=now)
    except ValidationError as error:
        raise StepNotAllowed("join: this person takes part already") from error
    record("candidacy.joined", by=None, target=target_of_candidacy(candidacy), now=now)
    return candidacy
