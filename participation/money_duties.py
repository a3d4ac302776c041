"""Which claims wait for whom: to check, to approve, to pay, to agree that one is undone; and who there is for a claim.

The rows of a list come from the database by role, and each is held against its permission; where a role has nobody left
who may (all of them did something with a claim), the stand-in of the expertise centre gets it (money_permissions).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from participation.emails import coordinators, members
from participation.models import Claim, PaymentBatch
from participation.money_permissions import can_agree_reversal, can_approve, can_check, can_handle_batch, can_pay_claim
from participation.permissions import stand_ins, stands_in
from participation.states import BatchState, ClaimState
from participation.whose import followed_by, led_by
from portal.accounts.models import User
from portal.core.permissions import Check
from portal.organisations.permissions import remembered_roles, where_held
from portal.organisations.roles import Role

WHOLE = (
    "budget__fund__organisation__parent", "budget__payer__organisation__parent", "project__organisation__parent",
    "project__patient_side__parent", "assignment__project", "organisation__parent", "user", "meeting", "batch",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Duty:
    """One kind of work on claims: which wait, who may, and who is found by role."""

    name: str
    waiting: Q
    check: Check[Any]
    roles: tuple[Role, ...]  # in which somebody of the expertise centre stands in
    done_by: tuple[str, ...]  # who did something with the claim, and so may not
    mine: Callable[[Any], Q]


def _to_check(user: Any) -> Q:
    of_funds = Q(project=None, budget__fund__organisation__in=where_held(user, Role.FUND_MANAGER))
    return Q(project__in=led_by(user)) | Q(project__in=followed_by(user)) | of_funds


def _of_funds(user: Any) -> Q:
    return Q(budget__fund__organisation__in=where_held(user, Role.FUND_MANAGER))


def _of_payers(user: Any) -> Q:
    return Q(budget__payer__organisation__in=where_held(user, Role.FINANCE_OFFICER))


CHECK = Duty(
    name="check", waiting=Q(state=ClaimState.SUBMITTED), check=can_check, mine=_to_check,
    done_by=("user", "typed_out_by"), roles=(Role.COORDINATOR, Role.FUND_MANAGER),
)  # fmt: skip
APPROVE = Duty(
    name="approve", waiting=Q(state=ClaimState.CHECKED), check=can_approve, mine=_of_funds,
    done_by=("user", "typed_out_by", "checked_by"), roles=(Role.FUND_MANAGER,),
)  # fmt: skip
PAY = Duty(
    name="pay", waiting=Q(state=ClaimState.APPROVED, reversal_asked_at=None), check=can_pay_claim, mine=_of_payers,
    done_by=("user", "typed_out_by", "checked_by", "approved_by"), roles=(Role.FINANCE_OFFICER,),
)  # fmt: skip
UNDO = Duty(
    name="undo", waiting=Q(state__in=[ClaimState.APPROVED, ClaimState.PAID], reversal_asked_at__isnull=False),
    check=can_agree_reversal, mine=_of_payers, done_by=("user", "reversal_asked_by"), roles=(Role.FINANCE_OFFICER,),
)  # fmt: skip
DUTIES = (CHECK, APPROVE, PAY, UNDO)


def waiting_for(user: Any, duty: Duty) -> list[Claim]:
    """The claims on which `user` can do `duty` now, the oldest first."""
    waiting = Claim.objects.filter(duty.waiting).select_related(*WHOLE)
    for name in duty.done_by:
        waiting = waiting.exclude(**{name: user.pk})
    mine = duty.mine(user)
    with remembered_roles(user):
        found = [one for one in waiting.filter(mine) if duty.check.ok(user, one)]
    if any(stands_in(user, role) for role in duty.roles):
        known = {one.pk for one in found}
        found += [one for one in waiting if one.pk not in known and duty.check.ok(user, one)]
    return sorted(found, key=lambda one: (one.submitted_at is None, one.submitted_at, one.pk))


def batches_of(user: Any) -> list[PaymentBatch]:
    """The files of payments that wait for the bank, of payers for which `user` acts."""
    made = PaymentBatch.objects.filter(state=BatchState.MADE).select_related("payer__organisation__parent")
    own = where_held(user, Role.FINANCE_OFFICER)
    stands = stands_in(user, Role.FINANCE_OFFICER)
    ordered: QuerySet[PaymentBatch] = made.order_by("made_at", "pk")
    return [
        one for one in ordered
        if one.payer.organisation_id in own or (stands and can_handle_batch.ok(user, one))
    ]  # fmt: skip


def who_can(claim: Claim, duty: Duty) -> list[User]:
    """Everybody who can do `duty` for `claim`; nobody is an error (see `stuck`)."""
    return [user for user in _candidates(claim, duty) if duty.check.ok(user, claim)]


def _candidates(claim: Claim, duty: Duty) -> Iterable[User]:
    found: list[User] = []
    if duty is CHECK and claim.project is not None:
        found += members(claim.project.organisation, Role.PROJECT_LEAD) + coordinators(claim.project)
    elif duty in (CHECK, APPROVE):
        found += members(claim.budget.fund.organisation, Role.FUND_MANAGER)
    else:
        found += members(claim.budget.payer.organisation, Role.FINANCE_OFFICER)
    for role in duty.roles:
        found += [one.user for one in stand_ins(role).select_related("user").order_by("pk")]
    return {one.pk: one for one in found}.values()


def stuck() -> list[tuple[Claim, Duty]]:
    """The claims that wait while nobody can go on with them."""
    return [
        (claim, duty)
        for duty in DUTIES
        for claim in Claim.objects.filter(duty.waiting).select_related(*WHOLE).order_by("pk")
        if not who_can(claim, duty)
    ]
