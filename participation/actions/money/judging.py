"""Everything that others write about a claim before it is paid: checked, returned, rejected, approved."""

import datetime
import uuid
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from participation import money_emails
from participation.actions.common import needed
from participation.actions.money import ledger
from participation.actions.money.claims import claim_target, drawn_by, free_room, record_claim, take, take_many
from participation.actions.money.commands import money_command, new_command
from participation.models import Claim, MoneyCommand
from participation.money_permissions import can_approve, can_check
from participation.states import CLAIM, ClaimState
from portal.core.workflow import StepNotAllowed

APPROVE = "money.claim_approved"  # the kind of its command


def _take(name: str, claim: Claim, revision: int, **fields: Any) -> None:
    take(CLAIM.step(claim.state, name), claim, seen={"revision": revision}, **fields)


def can_judge(by: Any, claim: Claim) -> None:
    """Return or reject: who may take the next step. Raises PermissionDenied."""
    if claim.state == ClaimState.CHECKED:
        can_approve(by, claim)
    else:
        can_check(by, claim)


@money_command("money.claim_checked", about=lambda claim, revision: claim_target(claim))
def check_claim(*, command: MoneyCommand, claim: Claim, revision: int, by: Any, now: datetime.datetime) -> None:
    """Say that what a claim tells is right. Raises PermissionDenied, StepNotAllowed."""
    can_check(by, claim)
    _take("check", claim, revision, checked_by=by, checked_at=now)
    record_claim("money.claim_checked", claim, by=by, now=now)


@money_command("money.claim_returned", about=lambda claim, revision, question: claim_target(claim))
def return_claim(
    *, command: MoneyCommand, claim: Claim, revision: int, question: str, by: Any, now: datetime.datetime
) -> None:
    """Ask whose claim it is something first. Raises PermissionDenied, ValidationError, StepNotAllowed."""
    can_judge(by, claim)
    told = needed(question, _("Schrijf wat u wilt weten."), "question")
    if claim.user_id is None:  # nobody could answer, and it would wait for ever
        raise ValidationError({"question": _("Deze persoon heeft geen account meer. Keur goed of wijs af.")})
    _take("return", claim, revision, question=told, answer="", counts_in=None, checked_by=None, checked_at=None)
    free_room(command, claim)
    record_claim("money.claim_returned", claim, by=by, now=now)
    money_emails.returned(claim, told)


@money_command("money.claim_rejected", about=lambda claim, revision, reason: claim_target(claim))
def reject_claim(
    *, command: MoneyCommand, claim: Claim, revision: int, reason: str, by: Any, now: datetime.datetime
) -> None:
    """Say no, with a reason for whose claim it is. Raises PermissionDenied, ValidationError, StepNotAllowed."""
    can_judge(by, claim)
    told = needed(reason, _("Schrijf waarom niet."), "reason")
    _take("reject", claim, revision, reason=told, counts_in=None, ended_at=now)
    free_room(command, claim)
    record_claim("money.claim_rejected", claim, by=by, now=now)
    money_emails.rejected(claim, told)


@money_command(APPROVE, about=lambda claim, revision: claim_target(claim))
def approve_claim(*, command: MoneyCommand, claim: Claim, revision: int, by: Any, now: datetime.datetime) -> None:
    """Approve: the money is owed from now on. Raises PermissionDenied, StepNotAllowed.

    Nothing public changes: what was spent is told after its quarter (money_privacy), so no page is made anew and
    approvals do not wait for the one row of the revision.
    """
    _approve([(command, claim, revision)], by=by, now=now)


def _approve(chosen: Sequence[tuple[MoneyCommand, Claim, int]], *, by: Any, now: datetime.datetime) -> None:
    for _command, claim, _revision in chosen:
        can_approve(by, claim)
    claims = [claim for _command, claim, _revision in chosen]
    seen = [(claim, revision) for _command, claim, revision in chosen]
    take_many(CLAIM.step(ClaimState.CHECKED, "approve"), seen, approved_by=by, approved_at=now)
    record_claim("money.claim_approved", *claims, by=by, now=now)
    draws = drawn_by(claims)
    ledger.approve([
        ledger.Draw(command=command, commitment=commitment, cents=cents, target=claim_target(claim))
        for command, claim, _revision in chosen for commitment, cents in draws[claim.pk]
    ])  # fmt: skip


def approve_many(*, claims: Sequence[tuple[Claim, int, uuid.UUID]], by: Any, now: datetime.datetime) -> dict[int, str]:
    """Approve each of (claim, revision, key); {number of a claim: why not} of those that could not be.

    Mostly all can be: then they are approved in one transaction, in a few statements. Otherwise each on its own.
    """
    if _approved_together(claims, by=by, now=now):
        return {}
    refused = {}
    for claim, revision, key in sorted(claims, key=lambda row: row[0].pk):
        try:
            approve_claim(claim=claim, revision=revision, by=by, now=now, key=key)
        except PermissionDenied as error:
            refused[claim.pk] = str(error)
        except ValidationError as error:
            refused[claim.pk] = " ".join(error.messages)
        except StepNotAllowed as error:
            refused[claim.pk] = str(error.told or _("Deze declaratie is ondertussen veranderd. Bekijk haar opnieuw."))
    return refused


def _approved_together(claims: Sequence[tuple[Claim, int, uuid.UUID]], *, by: Any, now: datetime.datetime) -> bool:
    """Whether all could be approved at once; when not, also where one was sent before, nothing is done."""
    chosen = [
        (new_command(APPROVE, claim_target(claim), {"claim": claim, "revision": revision}, key=key, by=by, now=now),
         claim, revision)
        for claim, revision, key in sorted(claims, key=lambda row: row[2])  # keys in one order: see ledger
    ]  # fmt: skip
    try:
        with transaction.atomic():
            MoneyCommand.objects.bulk_create(command for command, _claim, _revision in chosen)
            _approve(chosen, by=by, now=now)
    except (IntegrityError, PermissionDenied, StepNotAllowed):
        return False
    return True
