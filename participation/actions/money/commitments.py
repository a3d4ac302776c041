"""Everything that writes commitments: money promised to somebody before they start."""

import datetime
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from participation import commitment_emails as emails
from participation.actions.common import needed
from participation.actions.money import ledger
from participation.actions.money.commands import money_command
from participation.actions.money.funds import whole_cents
from participation.models import Assignment, Budget, BudgetLine, Commitment, MoneyCommand, Project
from participation.money_permissions import (
    acting_side,
    can_ask_commitment,
    can_decide_commitment,
    can_release_commitment,
)
from participation.states import COMMITMENT, BudgetState, CommitmentState
from portal.audit.record import record
from portal.audit.revision import raise_revision
from portal.core.workflow import StepNotAllowed
from portal.organisations.models import Organisation, OrganisationKind

LONGEST_TEXT = 200


def commitment_target(commitment: Commitment) -> str:
    """The project, or the fund of a budget without one, as the log names it."""
    budget = commitment.line.budget
    return f"project:{budget.project.uuid}" if budget.project is not None else f"fund:{budget.fund.uuid}"


def promised_in_all(commitment: Commitment) -> int:
    """Cents that this person, or organisation, has been promised on this project, `commitment` included."""
    same = Commitment.objects.filter(
        line__budget__project=commitment.line.budget.project_id, assignment=commitment.assignment_id,
        organisation=commitment.organisation_id, state__in=[CommitmentState.RESERVED, CommitmentState.RELEASED],
    ).exclude(pk=commitment.pk)  # fmt: skip
    if commitment.assignment is not None and commitment.assignment.user_id is not None:
        same = Commitment.objects.filter(
            line__budget__project=commitment.line.budget.project_id,
            assignment__user=commitment.assignment.user_id,
            state__in=[CommitmentState.RESERVED, CommitmentState.RELEASED],
        ).exclude(pk=commitment.pk)
    return (same.aggregate(total=Sum("amount"))["total"] or 0) + commitment.amount


@transaction.atomic
def ask_commitment(
    *, line: BudgetLine, cents: int, what_for: str, by: Any, now: datetime.datetime,
    assignment: Assignment | None = None, organisation: Organisation | None = None, key: uuid.UUID | None = None,
) -> Commitment:  # fmt: skip
    """Ask to promise `cents` of `line` to a representative, or to an organisation for its invoices.

    Nothing is reserved yet. The same `key` again gives the same question. Raises PermissionDenied, ValidationError by
    field, StepNotAllowed for a closed budget.
    """
    budget = line.budget
    can_ask_commitment(by, budget)
    key = key or uuid.uuid4()
    if (there := Commitment.objects.filter(uuid=key, line__budget=budget, asked_by=by.pk).first()) is not None:
        return there
    if budget.state != BudgetState.OPEN:
        raise StepNotAllowed("ask: the budget is closed", told=_("Dit budget is afgesloten."))
    if (assignment is None) == (organisation is None):
        raise ValidationError({"receiver": _("Kies voor wie het geld is.")})
    if assignment is not None and (assignment.project_id != budget.project_id or not assignment.is_running):
        raise ValidationError({"receiver": _("Deze persoon doet niet mee aan dit project.")})
    if assignment is not None and assignment.user_id == by.pk:
        raise ValidationError({"receiver": _("U kunt geen geld vragen voor uzelf.")})
    if organisation is not None and organisation.kind != OrganisationKind.PATIENT_ORGANISATION:
        raise ValidationError({"receiver": _("Kies een patiëntenorganisatie.")})
    text = needed(what_for, _("Schrijf waar het geld voor is."), "what_for")[:LONGEST_TEXT]
    made = Commitment(
        uuid=key, line=line, amount=whole_cents(cents), what_for=text, assignment=assignment, organisation=organisation,
        asked_by=by, asked_side=acting_side(by, budget), asked_at=now,
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:  # a second click at the same moment
        raise StepNotAllowed("ask: this form was sent before") from error
    target = commitment_target(made)
    record("money.commitment_asked", by=by, target=target, now=now, commitment=str(made.uuid), cents=cents)
    emails.commitment_asked(made, promised_in_all(made))
    return made


@money_command("money.committed", about=lambda commitment: f"commitment:{commitment.uuid}")
def agree(*, command: MoneyCommand, commitment: Commitment, by: Any, now: datetime.datetime) -> None:
    """Promise the money: from now on nobody else can have it.

    Raises PermissionDenied, ValidationError when the budget has not so much left, StepNotAllowed.
    """
    _take("agree", commitment, by=by, now=now)
    if not ledger.commit(command, commitment):
        raise ValidationError({"amount": _("Zoveel is er niet meer vrij. Vraag het fonds om meer geld.")})
    if not Budget.objects.filter(pk=commitment.line.budget_id, state=BudgetState.OPEN).exists():
        raise StepNotAllowed("agree: the budget is closed", told=_("Dit budget is afgesloten."))
    target, cents = commitment_target(commitment), commitment.amount
    record("money.committed", by=by, target=target, now=now, commitment=str(commitment.uuid), cents=cents)
    emails.commitment_agreed(commitment, by)
    raise_revision()


@money_command("money.commitment_refused", about=lambda commitment, reason: f"commitment:{commitment.uuid}")
def refuse(*, command: MoneyCommand, commitment: Commitment, reason: str, by: Any, now: datetime.datetime) -> None:
    """Say no, with a reason for both sides. Raises PermissionDenied, ValidationError, StepNotAllowed."""
    told = needed(reason, _("Schrijf waarom niet."), "reason")
    _take("refuse", commitment, by=by, now=now, decision_text=told)
    target = commitment_target(commitment)
    record("money.commitment_refused", by=by, target=target, now=now, commitment=str(commitment.uuid))
    emails.commitment_refused(commitment, told, by)


def _take(name: str, commitment: Commitment, *, by: Any, now: datetime.datetime, **fields: Any) -> None:
    """Take a step that decides. The project is held meanwhile: two promises at once do not pass below the threshold."""
    if (project := commitment.line.budget.project) is not None:
        Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    can_decide_commitment(by, commitment, promised_in_all(commitment))
    step = COMMITMENT.step(commitment.state, name)
    there = Commitment.objects.filter(pk=commitment.pk, state=step.source)
    if not there.update(state=step.target, decided_by=by, decided_at=now, **fields):
        raise StepNotAllowed(f"{name}: the commitment changed meanwhile")


@transaction.atomic
def withdraw(*, commitment: Commitment, by: Any, now: datetime.datetime) -> None:
    """Take back what was asked: who may ask may take back. Raises PermissionDenied, StepNotAllowed."""
    can_ask_commitment(by, commitment.line.budget)
    step = COMMITMENT.step(commitment.state, "withdraw")
    if not Commitment.objects.filter(pk=commitment.pk, state=step.source).update(state=step.target):
        raise StepNotAllowed("withdraw: the commitment changed meanwhile")
    target = commitment_target(commitment)
    record("money.commitment_withdrawn", by=by, target=target, now=now, commitment=str(commitment.uuid))


@money_command("money.released", about=lambda commitment: f"commitment:{commitment.uuid}")
def release(*, command: MoneyCommand, commitment: Commitment, by: Any, now: datetime.datetime) -> None:
    """Close a promise: what no claim uses is free again. Claims that are on their way go on.

    Raises PermissionDenied, StepNotAllowed.
    """
    can_release_commitment(by, commitment)
    release_rest(command, commitment, now)
    record("money.released", by=by, target=commitment_target(commitment), now=now, commitment=str(commitment.uuid))
    emails.commitment_released(commitment, by)
    raise_revision()


def release_rest(command: MoneyCommand, commitment: Commitment, now: datetime.datetime) -> None:
    """The same for a caller who has looked whether that may. Raises StepNotAllowed."""
    step = COMMITMENT.step(commitment.state, "release")
    there = Commitment.objects.filter(pk=commitment.pk, state=step.source)
    if not there.update(state=step.target, released_at=now):
        raise StepNotAllowed("release: the commitment changed meanwhile")
    # The row is ours until the end of the transaction: what is read now is what was kept for claims.
    locked = Commitment.objects.select_for_update(no_key=True).get(pk=commitment.pk)
    rest = locked.amount - locked.claimed
    if rest:
        Commitment.objects.filter(pk=commitment.pk).update(amount=F("amount") - ledger.big(rest))
        ledger.release(command, commitment, rest)
