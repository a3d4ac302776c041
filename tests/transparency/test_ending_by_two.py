"""An entry leaves the register by two people: at once, or on a day by the clock."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from portal.core.workflow import StepNotAllowed
from tests.conftest import NOW
from tests.factories.life import asked_to_end, make_hospital, new_draft, public_entry, scheduled
from tests.support.html import soup, words
from transparency.actions import drafts, endings
from transparency.jobs import end_due_entries
from transparency.models import Draft, Ending
from transparency.states import DraftState, EndingState, State

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 12, 1)
MORNING = datetime.datetime(2026, 12, 1, 0, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=1)))


@pytest.fixture
def hospital():
    return make_hospital()


def test_entry_stays_until_a_second_person_confirms(client, hospital):
    entry, successor = public_entry(hospital), public_entry(hospital, content={"name": "Botkijker"})
    ending = asked_to_end(hospital, entry, successor=successor)
    entry.refresh_from_db()
    assert entry.state == State.PUBLISHED

    endings.confirm(ending=ending, by=hospital.publisher, now=NOW)

    entry.refresh_from_db()
    assert (entry.state, entry.ending_reason, entry.successor) == (State.REPLACED, "We stoppen ermee.", successor)
    tombstone = words(soup(client.get(entry.get_absolute_url())).select_one(".utrecht-alert--warning"))
    assert "We stoppen ermee." in tombstone
    assert "Botkijker" in tombstone


def test_new_text_that_waits_ends_with_its_entry(hospital):
    entry = public_entry(hospital)
    draft = drafts.start_correction(entry=entry, by=hospital.writer, now=NOW)

    endings.confirm(ending=asked_to_end(hospital, entry), by=hospital.publisher, now=NOW)

    draft.refresh_from_db()
    assert draft.state == DraftState.DISCARDED
    with pytest.raises(StepNotAllowed) as refused:
        drafts.restore(draft=Draft.objects.get(pk=draft.pk), by=hospital.writer, now=NOW)
    assert "uit het register" in str(refused.value.told)


def test_end_is_asked_for_once(hospital):
    entry = public_entry(hospital)
    asked_to_end(hospital, entry)

    with pytest.raises(StepNotAllowed):
        asked_to_end(hospital, entry)

    assert Ending.objects.count() == 1


def test_entry_may_stay_after_all_and_its_end_be_asked_for_again(hospital):
    entry = public_entry(hospital)
    endings.cancel(ending=asked_to_end(hospital, entry), by=hospital.writer, now=NOW)

    assert asked_to_end(hospital, entry).state == EndingState.ASKED
    assert list(Ending.objects.order_by("pk").values_list("state", flat=True)) == ["CANCELLED", "ASKED"]


def test_what_nobody_reads_cannot_end(hospital):
    with pytest.raises(StepNotAllowed):
        asked_to_end(hospital, new_draft(hospital).entry)


@pytest.mark.parametrize("day", [datetime.date(2026, 11, 22), datetime.date(2020, 1, 1)])
def test_day_of_the_end_lies_ahead(hospital, day):
    with pytest.raises(ValidationError, match="dag na vandaag"):
        asked_to_end(hospital, end_on=day)


def test_successor_stands_in_the_register(hospital):
    entry = public_entry(hospital)
    for other in (entry, new_draft(hospital).entry):
        with pytest.raises(ValidationError, match="nu in het register"):
            asked_to_end(hospital, entry, successor=other)


# --- On a day ------------------------------------------------------------------------------------------------------


def planned(hospital):
    ending = asked_to_end(hospital, end_on=DAY)
    endings.confirm(ending=ending, by=hospital.publisher, now=NOW)
    return ending


def test_planned_end_is_told_on_the_page(client, hospital):
    ending = planned(hospital)

    page = soup(client.get(ending.entry.get_absolute_url()))

    assert ending.state == EndingState.PLANNED
    assert "Vanaf 1 december 2026" in words(page.select_one(".utrecht-alert"))
    endings.cancel(ending=ending, by=hospital.publisher, now=NOW)
    assert "1 december" not in client.get(ending.entry.get_absolute_url()).text


@pytest.mark.parametrize(("moment", "number"), [(MORNING - datetime.timedelta(hours=1), 0), (MORNING, 1)])
def test_clock_ends_it_on_its_day_in_amsterdam(hospital, moment, number):
    ending = planned(hospital)

    assert end_due_entries(moment) == number

    ending.entry.refresh_from_db()
    assert ending.entry.state == (State.WITHDRAWN if number else State.PUBLISHED)
    assert end_due_entries(moment) == 0


def test_who_asked_alone_does_not_call_off_what_two_planned(hospital):
    with pytest.raises(PermissionDenied):
        endings.cancel(ending=planned(hospital), by=hospital.writer, now=NOW)


def test_planned_text_of_an_entry_that_ended_is_not_published(hospital):
    draft = scheduled(hospital, NOW + datetime.timedelta(days=3))
    assert draft.entry.state == State.DRAFT  # a first text: there is nothing to end yet
    with pytest.raises(StepNotAllowed):
        asked_to_end(hospital, draft.entry)
