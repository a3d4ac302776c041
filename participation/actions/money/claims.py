"""Everything that a claimant writes: how to be paid, a claim with its rows, sending, keeping, withdrawing.

What others decide on a claim stands in judging.py, what is paid in payments.py.
"""

import datetime
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from participation.actions.common import day_of
from participation.actions.money import ledger, limits
from participation.actions.money.accounts import checked_account
from participation.actions.money.commands import money_command
from participation.actions.money.rows import checked_rows, refuse_stale
from participation.actions.money.telling import keep_usual_km
from participation.models import (
    Assignment,
    Budget,
    Claim,
    ClaimItem,
    Commitment,
    Meeting,
    MoneyCommand,
    PaymentChoice,
)
from participation.money_permissions import can_change_claim, can_claim, can_claim_for, can_type_out
from participation.rates import month_of
from participation.states import CLAIM, COUNTED, OWN_TURN, CommitmentState, ItemKind, Regime
from portal.audit.record import record, record_many
from portal.core.dates import add_months
from portal.core.text import clean
from portal.core.workflow import Step, StepNotAllowed
from portal.organisations.models import Organisation

NEEDS_RECEIPT = (ItemKind.TICKET, ItemKind.COSTS, ItemKind.INVOICE)
MOST_MONTHS_HELD = 12
LONGEST_ANSWER = 2000


def claim_target(claim: Claim) -> str:
    """The claim as the log names it: nothing of who claims."""
    return f"moneyclaim:{claim.uuid}"


def take(step: Step, claim: Claim, *, seen: Mapping[str, Any], **fields: Any) -> None:
    """Take `step` of a claim that is still as it was `seen` ({"revision": …}); `fields` are written with it.

    Raises StepNotAllowed when somebody changed it meanwhile.
    """
    there = Claim.objects.filter(pk=claim.pk, state=step.source, **seen)
    if not there.update(state=step.target, revision=F("revision") + 1, **fields):
        raise StepNotAllowed(f"{step.name}: the claim changed meanwhile")


def take_many(step: Step, seen: Sequence[tuple[Claim, int]], **fields: Any) -> None:
    """The same for each claim with the revision that was seen of it: all or, with StepNotAllowed, none.

    The rows are held by number first: an update of many takes them in an order of its own, and two would wait for each
    other.
    """
    asked = {claim.pk: revision for claim, revision in seen}
    there = Claim.objects.select_for_update(no_key=True).filter(pk__in=asked, state=step.source).order_by("pk")
    if len(asked) != len(seen) or dict(there.values_list("pk", "revision")) != asked:
        raise StepNotAllowed(f"{step.name}: a claim changed meanwhile")
    Claim.objects.filter(pk__in=asked).update(state=step.target, revision=F("revision") + 1, **fields)


def record_claim(kind: str, *claims: Claim, by: Any, now: datetime.datetime) -> None:
    """Write down what happened with each claim, in the log of the organisation whose fund it is."""
    told: dict[int, list[tuple[str, dict[str, str]]]] = {}
    for one in claims:
        told.setdefault(one.budget.fund.organisation_id, []).append((claim_target(one), {}))
    for organisation, events in told.items():
        record_many(kind, events, by=by, now=now, organisation=organisation)


def is_example(claim: Claim) -> bool:
    """Whether it is a claim of what is invented."""
    return claim.budget.fund.organisation.is_example


# --- How to be paid --------------------------------------------------------------------------------------------------


def regimes_for(budget: Budget | None) -> list[Regime]:
    """What somebody can choose from: the flat scheme only where the payer may use it."""
    may = budget is not None and budget.payer.may_pay_volunteers
    return [one for one in Regime if one != Regime.VOLUNTEER or may]


@transaction.atomic
def choose_regime(
    *, assignment: Assignment, regime: str, by: Any, now: datetime.datetime, on_paper: bool = False
) -> None:
    """Choose how to be paid for a role; no payment is one of the choices, and what is sent already stays.

    `on_paper`: the coordinator tells what stands on a signed paper. Raises PermissionDenied, ValidationError.
    """
    (can_type_out if on_paper else can_claim)(by, assignment)
    budget = budget_for(assignment)
    if regime not in regimes_for(budget):
        raise ValidationError({"regime": _("Kies hoe u betaald wilt worden.")})
    PaymentChoice.objects.update_or_create(assignment=assignment, defaults={"regime": regime, "chosen_at": now})
    record("money.choice_made", by=by, target=f"project:{assignment.project.uuid}", now=now)


def budget_for(assignment: Assignment) -> Budget | None:
    """The budget out of which this role is paid: the one that promised something to it."""
    whole = ("fund__organisation", "payer__organisation", "project__organisation", "project__patient_side")
    promised = {"lines__commitments__assignment": assignment}
    running = Budget.objects.filter(**promised, lines__commitments__state=CommitmentState.RESERVED)
    for found in (running, Budget.objects.filter(**promised)):  # one that was only asked says nothing yet
        if (budget := found.select_related(*whole).order_by("-lines__commitments__pk").first()) is not None:
            return budget
    return None


# --- The claim -------------------------------------------------------------------------------------------------------


@transaction.atomic
def begin_claim(
    *, by: Any, now: datetime.datetime, key: uuid.UUID, budget: Budget, assignment: Assignment | None = None,
    organisation: Organisation | None = None, meeting: Meeting | None = None, on_paper: bool = False,
) -> Claim:  # fmt: skip
    """Begin a claim: of a representative for a role, or of a patient organisation that sends an invoice.

    `on_paper`: the coordinator types out a signed paper; the claim is of the representative. The same `key` again
    gives the same claim. Raises PermissionDenied, ValidationError when no payment was chosen.
    """
    if (assignment is None) == (organisation is None):
        raise ValidationError(_("Kies voor wie u geld vraagt."))
    if assignment is not None:
        (can_type_out if on_paper else can_claim)(by, assignment)
        regime = _chosen(assignment)
    else:
        can_claim_for(by, organisation)  # type: ignore[arg-type]
        regime = Regime.INVOICE
    whose = assignment.user_id if assignment is not None else by.pk
    typed_out_by = by.pk if on_paper and assignment is not None else None
    if (made := Claim.objects.filter(uuid=key, user=whose, typed_out_by=typed_out_by).first()) is not None:
        return made
    try:
        with transaction.atomic():
            claim = Claim.objects.create(
                uuid=key, budget=budget, project=budget.project, assignment=assignment, organisation=organisation,
                user_id=whose, typed_out_by_id=typed_out_by, meeting=meeting, regime=regime, begun_at=now,
            )  # fmt: skip
    except IntegrityError as error:
        raise StepNotAllowed("begin: this form was sent before") from error
    if typed_out_by is not None:
        record_claim("money.claim_typed_out", claim, by=by, now=now)
    return claim


def _chosen(assignment: Assignment) -> Regime:
    choice = PaymentChoice.objects.filter(assignment=assignment).first()
    if choice is None:
        raise ValidationError({"regime": _("Kies eerst hoe u betaald wilt worden.")})
    if choice.regime == Regime.NONE:
        raise ValidationError({"regime": _("U koos voor geen vergoeding. Wilt u toch geld vragen? Kies dan opnieuw.")})
    if choice.regime == Regime.ORG_INVOICE:
        raise ValidationError({"regime": _("Uw patiëntenorganisatie stuurt de rekening voor u.")})
    return Regime(choice.regime)


@transaction.atomic
def write_claim(
    *, claim: Claim, revision: int, rows: Sequence[Mapping[str, Any]], by: Any, now: datetime.datetime,
    holder: str = "", iban: str = "", same_account: bool = False,
) -> None:  # fmt: skip
    """Write the rows of a claim that is not sent (rows.py says what a row is); what was there goes.

    An empty `iban` leaves the account number as it is; `same_account` takes that of the claim before. Raises
    PermissionDenied, ValidationError by field, StepNotAllowed when somebody else changed it, or it is sent.
    """
    can_change_claim(by, claim)
    if claim.state not in OWN_TURN:
        raise StepNotAllowed(f"write: claim is {claim.state}")
    if claim.assignment is not None:
        claim.regime = _chosen(claim.assignment)  # also when another way was chosen since it began
    items = checked_rows(claim, rows, today=day_of(now))
    told = checked_account(claim, holder=holder, iban=iban, same_account=same_account)
    there = Claim.objects.filter(pk=claim.pk, revision=revision, state__in=OWN_TURN)
    total = sum(item.amount for item in items)
    if not there.update(revision=F("revision") + 1, amount=total, regime=claim.regime, **told):
        raise StepNotAllowed("write: the claim changed meanwhile")
    claim.items.all().delete()
    ClaimItem.objects.bulk_create(items)


@money_command("money.claim_sent", about=lambda claim, revision, answer="": claim_target(claim))
def submit_claim(
    *, command: MoneyCommand, claim: Claim, revision: int, by: Any, now: datetime.datetime, answer: str = ""
) -> None:
    """Send a claim: from now on its amount is kept for it, and counts for the limits of this month.

    `answer`: to the question with which it came back. Raises PermissionDenied; ValidationError by field when a receipt
    or an account is missing, the promise or a limit (LimitReached) has no room; StepNotAllowed.
    """
    can_change_claim(by, claim)
    step = CLAIM.step(claim.state, "submit")
    _whole(claim)
    _same_choice(claim)
    refuse_stale(claim)
    told: dict[str, Any] = {"answer": clean(answer).strip()[:LONGEST_ANSWER]}
    if claim.organisation_id is not None:
        told["user"] = by  # who sends it for the organisation, does nothing else with it
    month = month_of(day_of(now))
    take(
        step, claim, seen={"revision": revision}, counts_in=month, held_until=None, reason="", checked_by=None,
        checked_at=None, submitted_at=claim.submitted_at or now, **told,
    )  # fmt: skip
    for commitment, cents in drawn(claim):
        if not ledger.take_room(commitment, cents):
            raise ValidationError({"amount": _no_room(commitment)})
    if claim.regime == Regime.VOLUNTEER:
        limits.take_period(_claimant(claim), month, claim.amount, is_example=is_example(claim))
    keep_usual_km(claim)
    record_claim("money.claim_sent", claim, by=by, now=now)


def _same_choice(claim: Claim) -> None:
    """Raise ValidationError when somebody chose another way to be paid, or none, since the claim was written."""
    if claim.assignment is not None and _chosen(claim.assignment) != claim.regime:
        told = _("U koos een andere manier om betaald te worden. Open uw declaratie en kijk haar na.")
        raise ValidationError({"regime": told})


def _whole(claim: Claim) -> None:
    """Raise ValidationError by field for what is missing before a claim can be sent."""
    if not claim.items.exists():
        raise ValidationError({"rows": _("Vul minstens één regel in.")})
    if not claim.iban_sealed or not claim.holder:
        raise ValidationError({"iban": _("Vul in op welke rekening u het geld wilt krijgen, en van wie die is.")})
    if told := missing_receipt(claim):
        raise ValidationError({"receipt": told})


def missing_receipt(claim: Claim) -> str:
    """What has to be added before a claim can be sent, in plain words; "" when nothing is missing."""
    if claim.receipts.exists():
        return ""
    if claim.typed_out_by_id is not None:
        return _("Voeg het getekende papier toe. Een foto of een PDF is goed.")
    if claim.items.filter(kind__in=NEEDS_RECEIPT).exists():
        return _("Voeg een bon of rekening toe. Een foto van de bon is goed.")
    return ""


def drawn(claim: Claim) -> list[tuple[Commitment, int]]:
    """(commitment, cents) that the rows of a claim draw on, each commitment once, in the order in which rows lock:
    line by line, as `ledger` says.
    """
    return drawn_by([claim])[claim.pk]


def drawn_by(claims: Sequence[Claim]) -> dict[int, list[tuple[Commitment, int]]]:
    """The same for many: {number of a claim: what it draws on}; a promise that many draw on is one object."""
    found: dict[int, Counter[int]] = {one.pk: Counter() for one in claims}
    items = ClaimItem.objects.filter(claim__in=found).order_by("commitment__line_id", "commitment_id")
    for claim, commitment, amount in items.values_list("claim_id", "commitment_id", "amount"):
        found[claim][commitment] += amount
    numbers = {number for of_claim in found.values() for number in of_claim}
    promises = Commitment.objects.select_related("line__budget__fund").in_bulk(numbers)
    return {claim: [(promises[number], cents) for number, cents in each.items()] for claim, each in found.items()}


def _no_room(commitment: Commitment) -> str:
    told = _("Voor “%(what)s” is nog %(left)s over. Vraag de projectleider om meer, of maak het bedrag lager.")
    left = Commitment.objects.get(pk=commitment.pk)
    return told % {"what": commitment.what_for, "left": limits.euros(left.left if left.state == "RESERVED" else 0)}


def _claimant(claim: Claim) -> int:
    if claim.user_id is None:
        raise StepNotAllowed("the claimant has no account any more")
    return claim.user_id


def free_room(command: MoneyCommand, claim: Claim) -> None:
    """Give back what a sent claim kept: in its promises and in the month. For a caller who took its step."""
    for commitment, cents in drawn(claim):
        ledger.give_room(command, commitment, cents)
    uncount(claim)


def uncount(claim: Claim) -> None:
    """Count a claim no more in its month and year."""
    if claim.regime == Regime.VOLUNTEER and claim.user_id is not None and claim.counts_in is not None:
        limits.give_period(claim.user_id, claim.counts_in, claim.amount)


# --- Later, or not ---------------------------------------------------------------------------------------------------


@money_command("money.claim_held", about=lambda claim, revision, until: claim_target(claim))
def hold_claim(
    *, command: MoneyCommand, claim: Claim, revision: int, until: datetime.date, by: Any, now: datetime.datetime
) -> None:
    """Keep a claim until the month of `until`: it counts nowhere until it is sent.

    Raises PermissionDenied, ValidationError for a month that is not later, StepNotAllowed.
    """
    can_change_claim(by, claim)
    step, month, this_month = CLAIM.step(claim.state, "hold"), month_of(until), month_of(day_of(now))
    if not this_month < month <= add_months(this_month, MOST_MONTHS_HELD):
        raise ValidationError({"until": _("Kies een maand die later komt, binnen een jaar.")})
    take(step, claim, seen={"revision": revision}, held_until=month, counts_in=None, reminded_at=None)
    if step.source in COUNTED:
        free_room(command, claim)
    record_claim("money.claim_held", claim, by=by, now=now)


@money_command("money.claim_cancelled", about=lambda claim, revision: claim_target(claim))
def cancel_claim(*, command: MoneyCommand, claim: Claim, revision: int, by: Any, now: datetime.datetime) -> None:
    """Withdraw a claim, without a reason. Raises PermissionDenied, StepNotAllowed once it was checked."""
    can_change_claim(by, claim)
    step = CLAIM.step(claim.state, "cancel")
    take(step, claim, seen={"revision": revision}, counts_in=None, ended_at=now)
    if step.source in COUNTED:
        free_room(command, claim)
    record_claim("money.claim_cancelled", claim, by=by, now=now)
