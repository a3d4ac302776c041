"""Claims in every state, each brought there by the real actions of four different people."""

import datetime
from typing import Any

from participation.actions.money import claims, judging, payments
from participation.models import Claim, PaymentBatch
from participation.states import ClaimState
from portal.core.dates import add_months
from portal.organisations.models import Organisation, OrganisationKind
from portal.organisations.roles import Role
from tests.factories.money import Money, fresh, key
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import member

S = ClaimState


def checked(world: Money, claim: Claim, by: Any = None) -> Claim:
    """The claim, checked: by the coordinator unless said otherwise."""
    who = by or world.coordinator
    judging.check_claim(claim=claim, revision=claim.revision, by=who, now=world.now, key=key())
    return fresh(claim)


def approved(world: Money, claim: Claim, by: Any = None) -> Claim:
    """The claim, checked and approved."""
    claim = claim if claim.state == S.CHECKED else checked(world, claim)
    judging.approve_claim(claim=claim, revision=claim.revision, by=by or world.manager, now=world.now, key=key())
    return fresh(claim)


def batched(world: Money, *made: Claim, pay_on: datetime.date | None = None, by: Any = None) -> PaymentBatch:
    """A file for the bank of these claims, which are approved first where they are not."""
    ready = [one if one.state == S.APPROVED else approved(world, one) for one in made]
    batch, left_out = payments.make_batch(
        payer=world.payer, claims=ready, pay_on=pay_on or world.now.date(), by=by or world.officer, now=world.now,
        key=key(),
    )  # fmt: skip
    assert left_out == {}
    return PaymentBatch.objects.select_related("payer__organisation").get(pk=batch.pk)


def paid(world: Money, *made: Claim, now: datetime.datetime | None = None) -> list[Claim]:
    """The claims, paid by the bank."""
    batch = batched(world, *made)
    payments.mark_paid(batch=batch, reference="BANK-1", by=world.officer, now=now or world.now, key=key())
    return [fresh(one) for one in made]


def claim_in(world: Money, state: ClaimState, assignment: Any = None) -> Claim:
    """A claim in `state`; without an assignment of a new person with a promise of € 20."""
    person = assignment or world.representative()
    if assignment is None:
        world.promise(person, 2_000)
    if state == S.DRAFT:
        return world.draft(person)
    claim = world.sent(person)
    by = {"by": person.user, "now": world.now, "key": key(), "claim": claim, "revision": claim.revision}
    judge = by | {"by": world.coordinator}
    if state == S.HELD:
        claims.hold_claim(until=add_months(world.now.date(), 1), **by)
    elif state == S.CANCELLED:
        claims.cancel_claim(**by)
    elif state == S.RETURNED:
        judging.return_claim(question="Welke dag?", **judge)
    elif state == S.REJECTED:
        judging.reject_claim(reason="Dubbel.", **judge)
    elif state == S.CHECKED:
        return checked(world, claim)
    elif state == S.APPROVED:
        return approved(world, claim)
    elif state == S.EXPORTED:
        batched(world, claim)
    elif state == S.PAID:
        return paid(world, claim)[0]
    elif state == S.REVERSED:
        claim = asked_to_undo(world, approved(world, claim))
        payments.agree_reversal(claim=claim, revision=claim.revision, by=world.officer, now=world.now, key=key())
    return fresh(claim)


def asked_to_undo(world: Money, claim: Claim, by: Any = None) -> Claim:
    """The claim, which a fund manager asked to undo."""
    payments.ask_reversal(claim=claim, reason="Dubbel betaald.", by=by or world.second_manager, now=world.now)
    return fresh(claim)


def failed(world: Money, claim: Claim) -> Claim:
    """The claim, which the bank could not pay: approved again."""
    batched(world, claim)
    payments.mark_failed(claim=fresh(claim), reason="Rekening onbekend", by=world.officer, now=world.now, key=key())
    return fresh(claim)


def centre(world: Money) -> tuple[Organisation, Any]:
    """The expertise centre with one person of each role in which it stands in: (it, by role)."""
    made = OrganisationFactory(kind=OrganisationKind.EXPERTISE_CENTRE, verified_at=world.now)
    roles = (Role.COORDINATOR, Role.FUND_MANAGER, Role.FINANCE_OFFICER)
    return made, {role: member(made, role) for role in roles}
