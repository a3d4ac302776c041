"""What the workspace keeps too long goes on its day, and what is open or public stays."""

import datetime

import pytest
from django.utils import timezone

from portal.home.jobs import JOBS
from tests.conftest import NOW
from tests.factories.claims import asked_merge, claim_in, open_proposal
from tests.factories.life import asked_to_end, make_hospital, new_draft, public_entry, submitted
from transparency.actions import drafts, endings
from transparency.actions.forgetting import TWO_YEARS, forget_old_work
from transparency.models import Claim, Draft, DraftComment, Ending, Merge, Proposal, Reminder, Version
from transparency.states import ClaimState, ProposalState

pytestmark = pytest.mark.django_db
SECOND = datetime.timedelta(seconds=1)
PAST = NOW + TWO_YEARS + SECOND


@pytest.fixture
def hospital():
    return make_hospital()


def test_it_runs_by_the_clock():
    assert forget_old_work in JOBS


def test_published_draft_goes_after_two_years_with_its_comments_and_the_version_stays(hospital):
    draft = submitted(hospital)
    drafts.return_draft(draft=draft, remarks="Korter.", by=hospital.publisher, now=NOW)
    drafts.submit(draft=draft, reason="Korter.", by=hospital.writer, now=NOW)
    drafts.approve(draft=draft, revision=draft.revision, by=hospital.publisher, now=NOW)

    assert forget_old_work(NOW + TWO_YEARS) == 0
    assert forget_old_work(PAST) == 2

    assert (Draft.objects.count(), DraftComment.objects.count(), Version.objects.count()) == (0, 0, 1)


def test_draft_that_somebody_still_writes_on_stays_however_old(hospital):
    new_draft(hospital)

    assert forget_old_work(PAST) == 0
    assert Draft.objects.count() == 1


def test_thrown_away_draft_goes(hospital):
    drafts.discard(draft=new_draft(hospital), by=hospital.writer, now=NOW)

    forget_old_work(PAST)

    assert Draft.objects.count() == 0


def test_who_asked_for_an_end_is_forgotten_and_the_tombstone_stays(hospital):
    ending = asked_to_end(hospital)
    endings.confirm(ending=ending, by=hospital.publisher, now=NOW)
    entry = ending.entry

    forget_old_work(PAST)

    entry.refresh_from_db()
    assert (Ending.objects.count(), entry.ended_at, entry.ending_reason) == (0, NOW, "We stoppen ermee.")


def test_end_that_waits_for_a_second_person_stays(hospital):
    asked_to_end(hospital)

    forget_old_work(PAST)

    assert Ending.objects.count() == 1


def test_answered_dispute_stays_without_its_people():
    claim = claim_in(ClaimState.ANSWERED)

    forget_old_work(timezone.now() + TWO_YEARS + SECOND)

    claim.refresh_from_db()
    assert [getattr(claim, f"{name}_id") for name in Claim.Retention.personal] == [None] * 5
    assert claim.text


def test_dispute_that_waits_keeps_its_people():
    claim = claim_in(ClaimState.FILED)

    forget_old_work(PAST)

    claim.refresh_from_db()
    assert claim.asked_by_id is not None


def test_merge_that_waits_keeps_who_asked():
    merge = asked_merge()

    forget_old_work(PAST)

    assert Merge.objects.get(pk=merge.pk).asked_by_id is not None


def test_open_proposal_stays_and_a_decided_one_goes():
    proposal = open_proposal()
    assert forget_old_work(PAST) == 0

    Proposal.objects.filter(pk=proposal.pk).update(state=ProposalState.LEFT, decided_at=NOW)

    assert forget_old_work(PAST) == 1


def test_reminder_goes_after_two_years(hospital):
    Reminder.objects.create(entry=public_entry(hospital), due=NOW.date(), days=60, sent_at=NOW)

    assert (forget_old_work(NOW + TWO_YEARS), forget_old_work(PAST)) == (0, 1)
