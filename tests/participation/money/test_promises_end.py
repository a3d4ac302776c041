"""When somebody stops, a project ends or an account goes, no promise is left hanging, and no claim loses its part."""

import datetime
import uuid

import pytest
from django.core import mail

from participation.actions import assignments, projects
from participation.actions.leaving import erase_myself
from participation.actions.money import checking, claims, commitments, judging
from participation.actions.money.ends import release_forgotten_promises
from participation.models import Claim, Commitment
from participation.states import ClaimState, CommitmentState
from portal.core.dates import add_months
from portal.home.jobs import JOBS
from tests.factories.money import fresh, key, money

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def world():
    return money()


@pytest.fixture
def person(world):
    return world.representative()


def state_of(promise):
    return Commitment.objects.get(pk=promise.pk).state


def asked(world, assignment=None, organisation=None):
    return commitments.ask_commitment(
        line=world.line(), cents=5_000, what_for="Meedenken", assignment=assignment, organisation=organisation,
        by=world.lead, now=world.now,
    )  # fmt: skip


def stopped(world, person):
    person.refresh_from_db()
    assignments.end(assignment=person, by=person.user, now=world.now)


def sound():
    assert list(checking.faults()) == []


def test_job_runs_with_the_others():
    assert release_forgotten_promises in JOBS


def test_who_stops_has_sixty_days_for_a_last_claim(world, person):
    promise, question = world.promise(person, 10_000), asked(world, person)
    stopped(world, person)
    assert state_of(question) == CommitmentState.WITHDRAWN
    assert state_of(promise) == CommitmentState.RESERVED
    assert world.sent(person, now=world.now + 30 * DAY).state == ClaimState.SUBMITTED
    assert release_forgotten_promises(world.now + 59 * DAY) == 0
    sound()


def test_promise_of_who_stopped_goes_back_after_sixty_days_once(world, person):
    promise = world.promise(person, 10_000)
    stopped(world, person)
    assert release_forgotten_promises(world.now + 60 * DAY) == 1
    assert release_forgotten_promises(world.now + 61 * DAY) == 0
    assert state_of(promise) == CommitmentState.RELEASED
    assert (world.line().free, world.line().committed) == (50_000, 0)
    sound()


def test_claim_on_its_way_keeps_the_promise_until_it_is_decided(world, person):
    promise = world.promise(person, 10_000)
    claim = world.sent(person)
    stopped(world, person)
    assert release_forgotten_promises(world.now + 500 * DAY) == 0
    judging.check_claim(claim=claim, revision=claim.revision, by=world.coordinator, now=world.now, key=key())
    judging.approve_claim(
        claim=fresh(claim), revision=fresh(claim).revision, by=world.manager, now=world.now, key=key()
    )
    assert release_forgotten_promises(world.now + 500 * DAY) == 1
    assert (state_of(promise), Commitment.objects.get(pk=promise.pk).amount) == (CommitmentState.RELEASED, claim.amount)
    sound()


def test_claim_that_is_kept_for_later_keeps_the_promise_but_not_for_ever(world, person):
    promise, claim = world.promise(person, 10_000), world.sent(person)
    until = add_months(world.now.date().replace(day=1), 6)
    claims.hold_claim(claim=claim, revision=claim.revision, until=until, by=person.user, now=world.now, key=key())
    stopped(world, person)
    assert release_forgotten_promises(world.now + 424 * DAY) == 0
    assert release_forgotten_promises(world.now + 425 * DAY) == 1
    assert state_of(promise) == CommitmentState.RELEASED
    sound()


def test_project_that_ends_takes_back_what_was_asked_and_releases_later(world, person):
    side = world.project.patient_side
    promise, question = world.promise(person, 10_000), asked(world, organisation=side)
    of_side = asked(world, organisation=side)
    commitments.agree(commitment=Commitment.objects.get(pk=of_side.pk), by=world.coordinator, now=world.now, key=key())
    projects.end_project(project=world.project, name="close", reason="Klaar.", by=world.lead, now=world.now)
    assert [state_of(one) for one in (promise, of_side, question)] == ["RESERVED", "RESERVED", "WITHDRAWN"]
    assert release_forgotten_promises(world.now + 59 * DAY) == 0
    assert release_forgotten_promises(world.now + 60 * DAY) == 2
    sound()


def test_account_that_goes_leaves_nothing_hanging(world, person):
    promise, question = world.promise(person, 10_000), asked(world, person)
    world.draft(person)
    erase_myself(by=person.user, now=world.now)
    assert [state_of(one) for one in (promise, question)] == ["RELEASED", "WITHDRAWN"]
    sound()


def test_claim_that_was_sent_goes_on_when_the_account_goes(world, person):
    promise, claim = world.promise(person, 10_000), world.sent(person)
    erase_myself(by=person.user, now=world.now)
    assert (Claim.objects.get().state, state_of(promise)) == (ClaimState.SUBMITTED, CommitmentState.RESERVED)
    claim = fresh(claim)
    judging.check_claim(claim=claim, revision=claim.revision, by=world.coordinator, now=world.now, key=key())
    judging.reject_claim(
        claim=fresh(claim), revision=fresh(claim).revision, reason="Dubbel", by=world.manager, now=world.now,
        key=uuid.uuid4(),
    )  # fmt: skip
    assert release_forgotten_promises(world.now) == 1  # nobody can send a last claim
    assert world.line().free == 50_000
    sound()


def test_who_could_count_on_it_is_told_without_an_amount_that_is_wrong(world, person, sends_at_once):
    world.promise(person, 10_000)
    stopped(world, person)
    mail.outbox.clear()
    release_forgotten_promises(world.now + 60 * DAY)
    assert [one.to for one in mail.outbox] == [[person.user.email]]
    assert "Wat u al vroeg, blijft gewoon staan." in mail.outbox[0].body
