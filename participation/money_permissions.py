"""Who may do what with money; each check says why not, in plain words.

FM manages a fund, FA is the finance officer of the payer, PL leads the project, PC coordinates for the patients, R is
the representative (participation.md). Claimant, checker, approver and payer are always four people.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.models import Assignment, Budget, Claim, Commitment, Fund, Payer, PaymentBatch, Project, Side
from participation.permissions import FUND_KINDS, can_follow, can_lead, stands_in
from participation.states import OWED, OWN_TURN, AssignmentState, ClaimState
from portal.core.permissions import Check
from portal.core.working_days import after_working_days
from portal.organisations.models import Membership, Organisation
from portal.organisations.permissions import roles_of, with_those_above
from portal.organisations.roles import MONEY, Role

LONGEST_WAIT = 10  # working days that something waits for who has to act, before the stand-in may
THRESHOLD = 1_000_00  # cents: above it, for one person and project together, the fund decides (participation.md)


def holders(role: Role, organisation: Organisation, *, but: set[int | None]) -> bool:
    """Whether somebody else than the users `but` holds `role` for `organisation`; a money role is for it alone."""
    above = [organisation.pk] if role in MONEY else [one.pk for one in with_those_above(organisation)]
    there = Membership.objects.filter(organisation__in=above, role=role, user__is_active=True)
    return there.exclude(user__in=[one for one in but if one is not None]).exists()


def _acts_as(
    user: Any, role: Role, organisation: Organisation, *, but: set[int | None],
    since: datetime.datetime | None = None,
) -> bool:  # fmt: skip
    """Whether `user` may act in `role`: for the organisation, or as the stand-in of the expertise centre.

    That is where nobody there can, and where it waits for somebody there `since` more than LONGEST_WAIT (ADR 34).
    """
    if user.is_authenticated and user.is_active and role in roles_of(user, organisation):
        return True
    return stands_in(user, role) and (waits_too_long(since) or not holders(role, organisation, but=but))


def waits_too_long(since: datetime.datetime | None) -> bool:
    """Whether something waits so long for who has to act that somebody else may: they may be ill or away."""
    return since is not None and after_working_days(since, LONGEST_WAIT) < timezone.now()


@Check
def can_begin_fund(user: Any, organisation: Organisation) -> None:
    """Begin a fund of `organisation`: its fund manager, once the organisation is verified."""
    if Role.FUND_MANAGER not in roles_of(user, organisation):
        raise PermissionDenied(_("Alleen de beheerder van het fonds van deze organisatie kan dit."))
    if organisation.verified_at is None or organisation.kind not in FUND_KINDS:
        raise PermissionDenied(_("Deze organisatie kan geen fonds beginnen."))


@Check
def can_manage_fund(user: Any, fund: Fund) -> None:
    """Put money in, set it apart, plan: FM of the fund, or who stands in for one."""
    if not _acts_as(user, Role.FUND_MANAGER, fund.organisation, but=set()):
        raise PermissionDenied(_("Alleen de beheerder van dit fonds kan dit."))


def _sides(user: Any, budget: Budget) -> set[str]:
    """For which sides (Side) of the project of `budget` this user acts."""
    if budget.project is None:
        return set()
    found: set[str] = set()
    if can_lead.ok(user, budget.project):
        found.add(Side.PROJECT)
    if can_follow.ok(user, budget.project):
        found.add(Side.PATIENTS)
    return found


def acting_side(user: Any, budget: Budget) -> Side:
    """For which side this user asks: who leads the project asks for it."""
    return Side.PATIENTS if _sides(user, budget) == {Side.PATIENTS} else Side.PROJECT


@Check
def can_ask_commitment(user: Any, budget: Budget) -> None:
    """Ask to promise money of `budget`: PL or PC of its project; of a budget without a project FM."""
    if budget.project is None:
        can_manage_fund(user, budget.fund)
    elif not _sides(user, budget):
        raise PermissionDenied(_("Alleen de projectleider of de coördinator kan dit."))


def needs_fund(commitment: Commitment, total: int) -> bool:
    """Whether the fund decides: `total` cents are promised to this person on this project, this promise included."""
    return total > THRESHOLD or commitment.line.budget.project_id is None


@Check
def can_decide_commitment(user: Any, commitment: Commitment, total: int) -> None:
    """Agree to a promise, or refuse it: the other side of the project; above the threshold FM. Never who asked it, nor
    who gets it.
    """
    budget = commitment.line.budget
    if user.pk == commitment.asked_by_id:
        raise PermissionDenied(_("U vroeg dit zelf. Iemand anders moet beslissen."))
    if commitment.assignment is not None and commitment.assignment.user_id == user.pk:
        raise PermissionDenied(_("Dit geld is voor u. Iemand anders moet beslissen."))
    if needs_fund(commitment, total):
        others = {commitment.asked_by_id}
        since = commitment.asked_at
        if not _acts_as(user, Role.FUND_MANAGER, budget.fund.organisation, but=others, since=since):
            raise PermissionDenied(_("Dit is veel geld. Alleen de beheerder van het fonds kan hierover beslissen."))
    elif not (_sides(user, budget) | _waiting_side(user, commitment)) - {commitment.asked_side}:
        raise PermissionDenied(_("Alleen de andere kant van het project kan hierover beslissen."))


def _waiting_side(user: Any, commitment: Commitment) -> set[str]:
    """The side for which the expertise centre may decide, where nobody of that side did in time."""
    return {Side.PATIENTS} if stands_in(user, Role.COORDINATOR) and waits_too_long(commitment.asked_at) else set()


@Check
def can_release_commitment(user: Any, commitment: Commitment) -> None:
    """Close a promise, so that what is left is free again: PL, PC or FM. Never who gets it."""
    if commitment.assignment is not None and commitment.assignment.user_id == user.pk:
        raise PermissionDenied(_("Dit geld is voor u. Iemand anders moet beslissen."))
    budget = commitment.line.budget
    if not _sides(user, budget) and not can_manage_fund.ok(user, budget.fund):
        raise PermissionDenied(_("Alleen de projectleider, de coördinator of de beheerder van het fonds kan dit."))


# --- Claims ----------------------------------------------------------------------------------------------------------


@Check
def can_claim(user: Any, assignment: Assignment) -> None:
    """Claim for a role: R, once the role is signed; afterwards too, for what was done before it ended."""
    if not user.is_authenticated or assignment.user_id != user.pk:
        raise PermissionDenied(_("Deze rol is niet van u."))
    if assignment.state == AssignmentState.PROPOSED or assignment.active_since is None:
        raise PermissionDenied(_("U kunt geld vragen als u en het project hebben getekend."))


@Check
def can_claim_for(user: Any, organisation: Organisation) -> None:
    """Send an invoice of a patient organisation: its coordinator."""
    if Role.COORDINATOR not in roles_of(user, organisation):
        raise PermissionDenied(_("Alleen de coördinator van deze organisatie kan dit."))


@Check
def can_change_claim(user: Any, claim: Claim) -> None:
    """Change, send, keep or withdraw a claim: whose claim it is; and who types it out from paper, until it is sent."""
    if claim.organisation is not None:
        can_claim_for(user, claim.organisation)
    elif not user.is_authenticated or claim.user_id != user.pk:
        typed = claim.typed_out_by_id is not None and claim.typed_out_by_id == user.pk
        if claim.project is None or not typed or claim.state not in OWN_TURN:
            raise PermissionDenied(_("Deze declaratie is niet van u."))
        can_follow(user, claim.project)


@Check
def can_type_out(user: Any, assignment: Assignment) -> None:
    """Type out what a representative asked on a signed paper: PC of the project, never for themselves."""
    can_follow(user, assignment.project)
    if assignment.user_id is None or assignment.active_since is None:
        raise PermissionDenied(_("Dat kan als deze persoon en het project hebben getekend."))
    if assignment.user_id == user.pk:
        raise PermissionDenied(_("U doet zelf mee. Vraag uw geld dan op uw eigen pagina."))


@Check
def can_read_claim(user: Any, claim: Claim) -> None:
    """Read a claim as who asks for the money: whose claim it is, and who typed it out."""
    typed = user.is_authenticated and claim.typed_out_by_id == user.pk
    if not typed and not can_change_claim.ok(user, claim):
        raise PermissionDenied(_("Deze declaratie is niet van u."))


# What nobody but whose claim it is sees: not sent yet, kept for later, or taken back.
UNSEEN = (ClaimState.DRAFT, ClaimState.HELD, ClaimState.CANCELLED)


@Check
def can_see_receipts(user: Any, claim: Claim) -> None:
    """Take a receipt along: whose claim it is; and who checks, approves or pays it, once it was sent."""
    if can_read_claim.ok(user, claim):
        return
    if claim.state in UNSEEN or not any(check.ok(user, claim) for check in (can_check, can_approve, can_pay_claim)):
        raise PermissionDenied(_("Deze bon is niet voor u."))


def _judged_by_others(user: Any, others: set[int | None]) -> None:
    if user.pk in others:
        raise PermissionDenied(_("U deed al iets met deze declaratie. Iemand anders moet verder."))


@Check
def can_check(user: Any, claim: Claim) -> None:
    """Look whether a claim is right: PL or PC of the project, for a budget without one FM; never whose claim it is.

    Where nobody else leads or coordinates, or the claim waits too long, the coordinator of the expertise centre looks.
    """
    others = {claim.user_id, claim.typed_out_by_id}
    _judged_by_others(user, others)
    if claim.organisation is not None and can_claim_for.ok(user, claim.organisation):
        raise PermissionDenied(_("Dit is een rekening van uw eigen organisatie. Iemand anders moet verder."))
    project = claim.project
    if project is None:
        organisation = claim.budget.fund.organisation
        if not _acts_as(user, Role.FUND_MANAGER, organisation, but={claim.user_id}, since=claim.submitted_at):
            raise PermissionDenied(_("Alleen de beheerder van het fonds kan dit."))
    elif not can_lead.ok(user, project) and not can_follow.ok(user, project):
        late = waits_too_long(claim.submitted_at)
        if not stands_in(user, Role.COORDINATOR) or (not late and _others_check(project, others)):
            raise PermissionDenied(_("Alleen de projectleider of de coördinator kan dit."))


def _others_check(project: Project, but: set[int | None]) -> bool:
    """Whether somebody else than the users `but` leads `project`, or coordinates for its patients."""
    side = project.patient_side
    return holders(Role.PROJECT_LEAD, project.organisation, but=but) or (
        side is not None and holders(Role.COORDINATOR, side, but=but)
    )


@Check
def can_approve(user: Any, claim: Claim) -> None:
    """Approve, or send back what was checked: FM of the fund that pays, who neither claimed nor checked."""
    others = {claim.user_id, claim.typed_out_by_id, claim.checked_by_id}
    _judged_by_others(user, others)
    if not _acts_as(user, Role.FUND_MANAGER, claim.budget.fund.organisation, but=others, since=claim.checked_at):
        raise PermissionDenied(_("Alleen de beheerder van het fonds kan dit."))


def _waits_to_be_paid(payer: Payer) -> datetime.datetime | None:
    """Since when something of this payer waits: an approved claim, or a file of which nobody said that it was paid."""
    if payer.pk is None:  # it said nothing yet, so nothing can wait
        return None
    return Claim.objects.filter(budget__payer=payer, state__in=OWED).aggregate(first=Min("approved_at"))["first"]


@Check
def can_pay(user: Any, payer: Payer) -> None:
    """Make files for the bank and say what was paid: FA of the payer, or who stands in for one."""
    if not _acts_as(user, Role.FINANCE_OFFICER, payer.organisation, but=set(), since=_waits_to_be_paid(payer)):
        raise PermissionDenied(_("Alleen de financiële medewerker van wie betaalt kan dit."))


@Check
def can_pay_claim(user: Any, claim: Claim) -> None:
    """Pay this claim: FA, who neither claimed, checked nor approved it."""
    others = {claim.user_id, claim.typed_out_by_id, claim.checked_by_id, claim.approved_by_id}
    _judged_by_others(user, others)
    organisation = claim.budget.payer.organisation
    if not _acts_as(user, Role.FINANCE_OFFICER, organisation, but=others, since=claim.approved_at):
        raise PermissionDenied(_("Alleen de financiële medewerker van wie betaalt kan dit."))


@Check
def can_make_batch(user: Any, payer: Payer, claims: Iterable[Claim]) -> None:
    """Make a file for the bank of `claims`: FA of the payer, or who stands in for one of these claims."""
    if not any(can_pay_claim.ok(user, one) for one in claims):
        can_pay(user, payer)


@Check
def can_handle_batch(user: Any, batch: PaymentBatch) -> None:
    """Take a file to the bank, or take it back: FA of the payer, or who stands in where no FA can say it was paid."""
    if not _stands_in_for(user, batch):
        can_pay(user, batch.payer)


@Check
def can_mark_batch(user: Any, batch: PaymentBatch) -> None:
    """Say that the bank paid a whole file: FA, who did no other step of any claim in it.

    Where every FA of the payer did, the stand-in says so: nothing waits for ever.
    """
    if not _stands_in_for(user, batch):
        _judged_by_others(user, _did_something(batch))
        can_pay(user, batch.payer)


def _did_something(batch: PaymentBatch) -> set[int | None]:
    """Who claimed, checked or approved something that is in `batch`."""
    return {one for row in batch.claims.values_list("user", "checked_by", "approved_by") for one in row}


def _stands_in_for(user: Any, batch: PaymentBatch) -> bool:
    did = _did_something(batch)
    if user.pk in did or not stands_in(user, Role.FINANCE_OFFICER):
        return False
    return not holders(Role.FINANCE_OFFICER, batch.payer.organisation, but=did)


@Check
def can_ask_reversal(user: Any, claim: Claim) -> None:
    """Ask to undo an approved or paid claim: FM of the fund; never whose claim it is."""
    _judged_by_others(user, {claim.user_id})
    if not _acts_as(user, Role.FUND_MANAGER, claim.budget.fund.organisation, but={claim.user_id}):
        raise PermissionDenied(_("Alleen de beheerder van het fonds kan dit."))


@Check
def can_agree_reversal(user: Any, claim: Claim) -> None:
    """Undo it: FA of the payer, who is not whose claim it is, and did not ask."""
    others = {claim.user_id, claim.reversal_asked_by_id}
    _judged_by_others(user, others)
    organisation = claim.budget.payer.organisation
    if not _acts_as(user, Role.FINANCE_OFFICER, organisation, but=others, since=claim.reversal_asked_at):
        raise PermissionDenied(_("Alleen de financiële medewerker van wie betaalt kan dit."))


# What those who judge and pay can see: not what somebody still writes, keeps for later or took back.
SHOWN = (
    ClaimState.SUBMITTED, ClaimState.RETURNED, ClaimState.CHECKED, ClaimState.APPROVED, ClaimState.EXPORTED,
    ClaimState.PAID, ClaimState.REJECTED, ClaimState.REVERSED,
)  # fmt: skip


@Check
def can_see_claim(user: Any, claim: Claim) -> None:
    """See a claim with its rows and receipts: who checks, approves or pays; never whose claim it is (an own page)."""
    if claim.state not in SHOWN or not user.is_authenticated or user.pk == claim.user_id:
        raise PermissionDenied(_("U kunt deze declaratie niet zien."))
    fund, payer = claim.budget.fund.organisation, claim.budget.payer.organisation
    if claim.project is not None and (can_lead.ok(user, claim.project) or can_follow.ok(user, claim.project)):
        return
    if Role.FUND_MANAGER in roles_of(user, fund) or Role.FINANCE_OFFICER in roles_of(user, payer):
        return
    stand_ins = (can_check, can_approve, can_pay_claim, can_ask_reversal, can_agree_reversal)
    if not any(check.ok(user, claim) for check in stand_ins):
        raise PermissionDenied(_("U kunt deze declaratie niet zien."))
