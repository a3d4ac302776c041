"""Somebody erases themselves: what is theirs goes at once; what is public stays, without them."""

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q

from participation.actions.advice import take_back
from participation.actions.erasing import erase_within, note
from participation.actions.money.ends import leave_money
from participation.emails import account_erased, representative_left
from participation.entry_summary import tell_entries
from participation.erasure.kind import Kind
from participation.erasure.money import ACCOUNT_NUMBER, CHOICE, DRAFT, ENDED, NOTHING
from participation.erasure.people import ACCOUNT
from participation.erasure.work import ATTENDANCE, CANDIDACY, MESSAGE, PERSON, SIGNED_NAME, WELCOME
from participation.models import (
    AdviceDraft,
    Assignment,
    Candidacy,
    Claim,
    Message,
    PaymentChoice,
    RoleOffer,
    SignatureName,
)
from participation.states import ASSIGNMENT, OWN_TURN, AdviceDraftState, AssignmentState, ClaimState
from portal.accounts.actions.leaving import delete_account
from portal.audit.record import record
from portal.audit.revision import raise_revision


def _leave_assignments(user: Any, now: datetime.datetime) -> None:
    """End what runs, and take the person off every assignment; number, role and dates stay."""
    for one in Assignment.objects.filter(user=user).select_related("project").order_by("pk"):
        _erase_all(ATTENDANCE, one.attendances.select_related("meeting", "assignment"), now)
        _erase_all(WELCOME, one.welcome_steps.select_related("assignment"), now)
        if one.state != AssignmentState.ENDED:
            step = ASSIGNMENT.step(one.state, "end")
            Assignment.objects.filter(pk=one.pk, state=step.source).update(state=step.target, ended_at=now)
            record("assignment.left", by=user, target=f"project:{one.project.uuid}", now=now, assignment=str(one.uuid))
            representative_left(one)
        erase_within(PERSON, one, now)
        tell_entries(one.project, now)


def _erase_what_they_said(user: Any, now: datetime.datetime) -> None:
    """Replies to vacancies, offers, messages, and the name under agreements; interests go with the account."""
    RoleOffer.objects.filter(email=user.email.lower()).delete()
    _erase_all(CANDIDACY, Candidacy.objects.filter(user=user, erased_at=None), now)
    _erase_all(MESSAGE, Message.objects.filter(writer=user), now)
    names = SignatureName.objects.filter(user=user).select_related("signature__agreement__assignment")
    _erase_all(SIGNED_NAME, names, now)


def _withdraw_drafts(user: Any, now: datetime.datetime) -> None:
    """Take back what they alone said and nobody may read yet; a note of others who still have to agree stays."""
    mine = Q(agreed__user=user) | Q(asked__user=user)
    for draft in AdviceDraft.objects.filter(mine).select_related("advice__project").distinct().order_by("pk"):
        others = draft.asked if draft.state == AdviceDraftState.TO_AGREE else draft.agreed
        if not others.exclude(user=user).exists():
            take_back(draft, by=user, now=now)


def _erase_all(kind: Kind, things: Iterable[Any], now: datetime.datetime) -> None:
    for thing in list(things):
        erase_within(kind, thing, now)


def _leave_claims(user: Any, now: datetime.datetime) -> None:
    """What was not sent goes, what is paid or over loses its account; what is on its way is still paid.

    The payer keeps claims and receipts for seven years, without a person: the tax law asks it.
    """
    mine = Claim.objects.filter(user=user, organisation=None).order_by("pk")
    _erase_all(DRAFT, mine.filter(state__in=OWN_TURN, submitted_at=None), now)
    for claim in mine.filter(state__in=OWN_TURN):
        Claim.objects.filter(pk=claim.pk, state=claim.state).update(state=ClaimState.CANCELLED, ended_at=now)
        record("money.claim_cancelled", by=user, target=f"moneyclaim:{claim.uuid}", now=now)
    _erase_all(ACCOUNT_NUMBER, mine.filter(state__in=ENDED).exclude(**NOTHING), now)
    _erase_all(CHOICE, PaymentChoice.objects.filter(assignment__user=user).select_related("assignment"), now)


# What goes before an account does; profile, consents, interests and teams go with the account itself.
STEPS: tuple[Callable[[Any, datetime.datetime], None], ...] = (
    _withdraw_drafts,
    _leave_claims,
    leave_money,
    _leave_assignments,
    _erase_what_they_said,
)


@transaction.atomic
def erase_myself(*, by: Any, now: datetime.datetime) -> None:
    """Erase everything of `by` that need not stay, and the account itself.

    Raises ValidationError for the last administrator of an organisation or of the portal: nothing changed then.
    """
    email = by.email
    for step in STEPS:
        step(by, now)
    note(ACCOUNT, by, now)
    delete_account(user=by, now=now)
    raise_revision()
    account_erased(email)
