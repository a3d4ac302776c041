"""What waits for whom: the lists and the permissions say the same, and for every claim there is somebody."""

import datetime
import itertools
import re

import pytest
from django.core import mail
from zeal import zeal_ignore

from participation.actions.digest import send_digests
from participation.actions.leaving import erase_myself
from participation.actions.money import judging, payments
from participation.actions.money.stuck import tell_stuck_claims
from participation.models import Budget, Claim, DigestWish, PaymentBatch
from participation.money_duties import APPROVE, CHECK, DUTIES, PAY, UNDO, batches_of, stuck, waiting_for, who_can
from participation.money_permissions import can_handle_batch, can_mark_batch
from participation.states import ClaimState, Rhythm
from participation.workspace import tasks_for
from portal.accounts.models import PortalRole
from portal.audit.models import AuditEvent
from portal.organisations.models import Membership
from portal.organisations.roles import Role
from tests.factories.judging import approved, asked_to_undo, batched, centre, checked, claim_in, failed
from tests.factories.money import fresh, key, money
from tests.factories.people import UserFactory, member, on_duty

pytestmark = pytest.mark.django_db
S = ClaimState
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def world():
    made = money()
    made.centre, made.stand_ins = centre(made)
    return made


def everybody(world):
    return [
        world.lead, world.coordinator, world.manager, world.second_manager, world.officer, *world.stand_ins.values(),
        UserFactory(),
    ]  # fmt: skip


def test_lists_and_permissions_say_the_same(world):
    for state in (S.SUBMITTED, S.CHECKED, S.APPROVED, S.PAID):
        claim_in(world, state)
    asked_to_undo(world, claim_in(world, S.PAID))
    Claim.objects.filter(pk=claim_in(world, S.SUBMITTED).pk).update(user=world.lead)
    claims = Claim.objects.select_related("user")

    with zeal_ignore():
        for user, duty in itertools.product(everybody(world), DUTIES):
            may = {one.pk for one in claims.filter(duty.waiting) if duty.check.ok(user, fresh(one))}
            assert {one.pk for one in waiting_for(user, duty)} == may, (user, duty.name)


@pytest.mark.parametrize(("state", "duty"), [(S.SUBMITTED, CHECK), (S.CHECKED, APPROVE), (S.APPROVED, PAY)])
def test_somebody_is_there_for_every_claim(world, state, duty):
    claim = claim_in(world, state)

    assert {one.pk for one in who_can(fresh(claim), duty)} == {
        CHECK.name: {world.lead.pk, world.coordinator.pk},
        APPROVE.name: {world.manager.pk, world.second_manager.pk},
        PAY.name: {world.officer.pk},
    }[duty.name]
    assert stuck() == []


# --- Where everybody did something already, the expertise centre stands in -------------------------------------------


def lines(user):
    with zeal_ignore():
        return {(str(one.what), one.url) for one in tasks_for(user) if "/geld/" in one.url}


def test_lead_who_claims_where_nobody_coordinates_is_checked_by_the_stand_in(world):
    claim, stand_in = claim_in(world, S.DRAFT), world.stand_ins[Role.COORDINATOR]
    Membership.objects.filter(user=world.coordinator).delete()
    Claim.objects.filter(pk=claim.pk).update(user=world.lead, state=S.SUBMITTED)

    assert [one.pk for one in who_can(fresh(claim), CHECK)] == [stand_in.pk]
    assert ("Kijk declaraties na", "/werk/geld/nakijken/") in lines(stand_in)


def test_coordinator_and_lead_in_one_person_is_checked_by_the_stand_in(world):
    claim = claim_in(world, S.SUBMITTED)
    Membership.objects.filter(user=world.coordinator).delete()
    Membership.objects.create(
        user=world.lead, organisation=world.project.patient_side, role=Role.COORDINATOR, since=world.now
    )
    Claim.objects.filter(pk=claim.pk).update(user=world.lead)
    stand_in = world.stand_ins[Role.COORDINATOR]

    assert [one.pk for one in who_can(fresh(claim), CHECK)] == [stand_in.pk]
    assert ("Kijk declaraties na", "/werk/geld/nakijken/") in lines(stand_in)


def test_claim_on_a_budget_without_a_project_is_checked_by_the_stand_in_when_the_manager_claims(world):
    claim = claim_in(world, S.SUBMITTED)
    Budget.objects.filter(pk=claim.budget_id).update(project=None, purpose="Scholing")
    Claim.objects.filter(pk=claim.pk).update(project=None, user=world.manager)
    Membership.objects.filter(user=world.second_manager).delete()
    stand_in = world.stand_ins[Role.FUND_MANAGER]

    assert [one.pk for one in who_can(fresh(claim), CHECK)] == [stand_in.pk]
    assert ("Kijk declaraties na", "/werk/geld/nakijken/") in lines(stand_in)


def test_managers_who_checked_are_followed_by_the_stand_in(world):
    Membership.objects.create(
        user=world.manager, organisation=world.project.organisation, role=Role.PROJECT_LEAD, since=world.now
    )
    Membership.objects.filter(user=world.second_manager).delete()
    claim = checked(world, claim_in(world, S.SUBMITTED), world.manager)
    stand_in = world.stand_ins[Role.FUND_MANAGER]

    assert [one.pk for one in who_can(claim, APPROVE)] == [stand_in.pk]
    assert ("Keur declaraties goed", "/werk/geld/goedkeuren/") in lines(stand_in)
    judging.approve_claim(claim=claim, revision=claim.revision, by=stand_in, now=world.now, key=key())


def approved_by_officer(world):
    """A claim that the only finance officer approved."""
    Membership.objects.create(
        user=world.officer, organisation=world.fund.organisation, role=Role.FUND_MANAGER, since=world.now
    )
    return approved(world, claim_in(world, S.SUBMITTED), world.officer)


def test_officer_who_approved_is_followed_by_the_stand_in_up_to_paid(world, client):
    claim, stand_in = approved_by_officer(world), world.stand_ins[Role.FINANCE_OFFICER]
    page = f"/werk/geld/betalen/{world.payer.organisation.slug}/"

    assert [one.pk for one in who_can(claim, PAY)] == [stand_in.pk]
    assert ("Betaal declaraties", page) in lines(stand_in)
    client.force_login(stand_in)
    assert client.get(page).status_code == 200
    batch = batched(world, claim, by=stand_in)
    assert ("Zeg of de bank betaalde", f"{page}{batch.uuid}/") in lines(stand_in)
    assert client.get(f"{page}{batch.uuid}/").status_code == 200
    payments.mark_paid(batch=batch, reference="B", by=stand_in, now=world.now, key=key())
    assert fresh(claim).state == S.PAID


def test_file_in_which_every_officer_did_something_is_marked_by_the_stand_in(world):
    second = member(world.payer.organisation, Role.FINANCE_OFFICER)
    mine = approved_by_officer(world)
    batch = batched(world, mine, claim_in(world, S.APPROVED), by=second)
    Membership.objects.filter(user=second).delete()
    stand_in = world.stand_ins[Role.FINANCE_OFFICER]

    assert [can_mark_batch.ok(one, batch) for one in (world.officer, stand_in)] == [False, True]
    assert batch.pk in {one.pk for one in batches_of(stand_in)}
    payments.mark_paid(batch=batch, reference="B", by=stand_in, now=world.now, key=key())
    assert set(batch.claims.values_list("state", flat=True)) == {S.PAID}


def test_stand_in_has_no_part_in_a_file_that_an_officer_can_mark(world):
    batch = batched(world, claim_in(world, S.APPROVED))
    stand_in = world.stand_ins[Role.FINANCE_OFFICER]

    assert not can_mark_batch.ok(stand_in, batch)
    assert not can_handle_batch.ok(stand_in, batch)
    assert batches_of(stand_in) == []


def test_undoing_that_the_officer_asked_is_agreed_by_the_stand_in(world):
    Membership.objects.create(
        user=world.officer, organisation=world.fund.organisation, role=Role.FUND_MANAGER, since=world.now
    )
    claim = asked_to_undo(world, claim_in(world, S.APPROVED), world.officer)
    stand_in = world.stand_ins[Role.FINANCE_OFFICER]

    assert [one.pk for one in who_can(claim, UNDO)] == [stand_in.pk]
    assert "Beslis over terugdraaien" in {what for what, _url in lines(stand_in)}
    payments.agree_reversal(claim=claim, revision=claim.revision, by=stand_in, now=world.now, key=key())


@pytest.mark.parametrize(("state", "role", "leaves"), [
    (S.CHECKED, Role.FUND_MANAGER, ("manager", "second_manager")), (S.APPROVED, Role.FINANCE_OFFICER, ("officer",)),
    (S.EXPORTED, Role.FINANCE_OFFICER, ("officer",)),
])  # fmt: skip
def test_when_all_holders_leave_the_stand_in_is_asked(world, state, role, leaves):
    claim_in(world, state)

    for name in leaves:
        erase_myself(by=getattr(world, name), now=world.now)

    assert lines(world.stand_ins[role]) != set()
    assert stuck() == []


# --- Nobody at all ---------------------------------------------------------------------------------------------------


def test_portal_is_told_once_a_day_when_nobody_can_go_on(world, sends_at_once):
    claim_in(world, S.APPROVED)
    Membership.objects.filter(role=Role.FINANCE_OFFICER).delete()
    keeper = on_duty(PortalRole.ADMINISTRATOR)
    mail.outbox.clear()

    told = [tell_stuck_claims(world.now), tell_stuck_claims(world.now + HOUR), tell_stuck_claims(world.now + 24 * HOUR)]

    assert told == [1, 0, 1]
    assert [one.to for one in mail.outbox] == [[keeper.email]] * 2
    assert AuditEvent.objects.filter(kind="money.claims_stuck", data={"count": 1}).count() == 2


def test_nothing_is_told_while_somebody_can(world, sends_at_once):
    for state in S.values:
        claim_in(world, S(state))
    mail.outbox.clear()

    assert tell_stuck_claims(world.now) == 0
    assert mail.outbox == []


# --- The daily mail --------------------------------------------------------------------------------------------------


def mailed(now):
    mail.outbox.clear()
    send_digests(now)
    return {one.to[0]: one for one in mail.outbox}


def came(one):
    return re.findall(r"^Er (?:kwam|is gevraagd).*$", one.body, re.MULTILINE)


def test_one_mail_a_day_says_how_many_claims_came(world, sends_at_once):
    claims = [claim_in(world, S.SUBMITTED) for _n in range(2)]
    claim_in(world, S.CHECKED)
    claim_in(world, S.APPROVED)
    asked_to_undo(world, claim_in(world, S.PAID), world.manager)

    first, again = mailed(world.now + HOUR), mailed(world.now + 2 * HOUR)

    assert (
        came(first[world.lead.email])
        == came(first[world.coordinator.email])
        == ["Er kwamen 2 declaraties om na te kijken."]
    )
    assert came(first[world.manager.email]) == ["Er kwam 1 declaratie om goed te keuren."]
    assert came(first[world.officer.email]) == [
        "Er kwam 1 declaratie om te betalen.",
        "Er is gevraagd om 1 declaratie terug te draaien.",
    ]
    assert again == {}
    names = [one.user.name for one in claims]
    assert not [one for one in first.values() for name in names if name in one.subject + one.body]
    assert "€" not in "".join(one.subject + one.body for one in first.values())


def test_no_mail_for_what_was_done_meanwhile_or_for_who_wants_none(world, sends_at_once):
    claim = claim_in(world, S.SUBMITTED)
    DigestWish.objects.create(user=world.lead, rhythm=Rhythm.NEVER)
    checked(world, claim)

    found = mailed(world.now + HOUR)

    assert world.lead.email not in found
    assert world.coordinator.email not in found
    assert came(found[world.manager.email]) == ["Er kwam 1 declaratie om goed te keuren."]


def test_stand_in_is_mailed_too(world, sends_at_once):
    approved_by_officer(world)

    found = mailed(world.now + HOUR)

    assert came(found[world.stand_ins[Role.FINANCE_OFFICER].email]) == ["Er kwam 1 declaratie om te betalen."]


# --- Lines of the workspace ------------------------------------------------------------------------------------------


def test_claimant_is_asked_for_another_account_until_it_is_given(world):
    claim = failed(world, claim_in(world, S.SUBMITTED))
    page = f"/deelname/geld/{claim.uuid}/rekening/"

    assert lines(claim.user) == {("Geef uw rekeningnummer nog een keer", page)}
    Claim.objects.filter(pk=claim.pk).update(failed_reason="")
    assert lines(claim.user) == set()
    Claim.objects.filter(pk=claim.pk).update(iban_sealed="")
    assert lines(claim.user) == {("Geef uw rekeningnummer nog een keer", page)}


def test_many_claims_at_one_place_are_one_line(world):
    for _n in range(3):
        claim_in(world, S.SUBMITTED)

    with zeal_ignore():
        found = [one for one in tasks_for(world.lead) if "/geld/" in one.url]

    assert [(one.title, one.about) for one in found] == [(world.project.name, "3 declaraties")]
    assert PaymentBatch.objects.count() == 0


def test_stand_in_who_made_a_file_because_nobody_came_also_takes_and_marks_it(world):
    claim = claim_in(world, S.APPROVED)
    Claim.objects.filter(pk=claim.pk).update(approved_at=world.now - 30 * 24 * HOUR)
    stand_in = world.stand_ins[Role.FINANCE_OFFICER]

    batch = batched(world, fresh(claim), by=stand_in)

    assert batch.pk in {one.pk for one in batches_of(stand_in)}
    assert can_handle_batch.ok(stand_in, batch)
    payments.mark_paid(batch=batch, reference="B", by=stand_in, now=world.now, key=key())
    assert fresh(claim).state == S.PAID


def test_file_that_nobody_marks_for_long_is_marked_by_the_stand_in(world):
    batch = batched(world, claim_in(world, S.APPROVED))
    stand_in = world.stand_ins[Role.FINANCE_OFFICER]
    PaymentBatch.objects.filter(pk=batch.pk).update(made_at=world.now - 30 * 24 * HOUR)

    found = PaymentBatch.objects.select_related("payer__organisation").get(pk=batch.pk)

    assert can_mark_batch.ok(stand_in, found)
    assert found.pk in {one.pk for one in batches_of(stand_in)}


def test_who_typed_a_claim_out_does_not_say_that_it_was_paid(world):
    claim = claim_in(world, S.APPROVED)
    batch = batched(world, claim)
    Claim.objects.filter(pk=claim.pk).update(typed_out_by=world.officer)

    assert not can_mark_batch.ok(world.officer, batch)
