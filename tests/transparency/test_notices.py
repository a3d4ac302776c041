"""Notices: public at once, confirmed afterwards, corrected with their history, closed by two."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError

from portal.audit.revision import current_revision
from portal.core.workflow import StepNotAllowed
from portal.home.feeds import ChangesFeed
from tests.conftest import NOW
from tests.factories.life import closing, make_hospital, public_entry, told
from tests.factories.transparency import EntryFactory, with_notice
from tests.support.html import soup, words
from transparency.actions import notices
from transparency.models import PublicRecord
from transparency.states import NoticeKind, NoticeState

pytestmark = pytest.mark.django_db
TEXT = "De computer gaf gisteren geen uitslag."


@pytest.fixture
def hospital():
    return make_hospital()


def card_of(entry):
    return PublicRecord.objects.get(entry=entry).card["notice"]


def downloaded(client, name):
    return b"".join(client.get(f"/downloads/{name}").streaming_content).decode()


def page_of(client, entry):
    return soup(client.get(entry.get_absolute_url()))


def test_notice_is_everywhere_at_once(client, hospital):
    entry = public_entry(hospital)
    revision = current_revision()

    notice = told(hospital, entry, TEXT)

    assert notice.state == NoticeState.UNCONFIRMED
    assert current_revision() > revision
    assert card_of(entry) == "SAFETY"
    assert TEXT in words(page_of(client, entry).select_one(".utrecht-alert--warning"))
    assert client.get(f"/api/v1/toepassingen/{entry.uuid}").json()["notices"][0]["text"] == TEXT
    assert TEXT in client.get("/register/wijzigingen.atom").text
    assert TEXT in downloaded(client, "toepassingen.json")
    assert f"SAFETY 2026-11-22: {TEXT}" in downloaded(client, "toepassingen.csv")


def test_notice_that_is_hard_to_read_is_never_held_up(hospital):
    hard = "Conform vigerende protocollen is de operationele inzetbaarheid tot nader order opgeschort. " * 8

    assert told(hospital, text=hard).text == hard.strip()


@pytest.mark.parametrize(("fields", "field"), [
    ({"text": " "}, "text"),
    ({"text": "x" * 1201}, "text"),
    ({"text": TEXT, "text_en": "x" * 1201}, "text_en"),
    ({"text": TEXT, "link": "javascript:alert(1)"}, "link"),
    ({"text": TEXT, "link": "geen adres"}, "link"),
])  # fmt: skip
def test_notice_that_is_not_whole_is_refused(hospital, fields, field):
    with pytest.raises(ValidationError) as refused:
        notices.tell(entry=public_entry(hospital), kind=NoticeKind.STOP, by=hospital.publisher, now=NOW, **fields)

    assert list(refused.value.message_dict) == [field]


def test_same_notice_twice_is_one(hospital):
    entry = public_entry(hospital)
    told(hospital, entry, TEXT)

    with pytest.raises(StepNotAllowed):
        told(hospital, entry, TEXT)

    assert entry.notices.count() == 1


def test_nobody_warns_of_what_nobody_reads(hospital):
    entry = EntryFactory(organisation=hospital.organisation)

    with pytest.raises(StepNotAllowed):
        told(hospital, entry)


def test_notice_of_our_own_files_needs_no_second_person(hospital):
    assert with_notice(public_entry(hospital)).state == NoticeState.CONFIRMED


def test_confirming_keeps_it_public_and_says_who(hospital):
    notice = told(hospital)

    notices.confirm(notice=notice, by=hospital.other, now=NOW, seen=0)

    assert (notice.state, notice.confirmed_by, notice.confirmed_at) == (NoticeState.CONFIRMED, hospital.other, NOW)


def test_text_that_was_not_read_is_not_confirmed(hospital):
    notice = told(hospital)
    notices.correct(notice=notice, text="Let goed op.", by=hospital.publisher, now=NOW)

    with pytest.raises(StepNotAllowed):
        notices.confirm(notice=notice, by=hospital.other, now=NOW, seen=0)


def test_corrected_text_stands_at_once_and_the_old_one_is_kept(client, hospital):
    entry = public_entry(hospital)
    notice = told(hospital, entry)
    notices.confirm(notice=notice, by=hospital.other, now=NOW)

    notices.correct(notice=notice, text="Let goed op.", by=hospital.publisher, now=NOW)

    shown = page_of(client, entry).select_one(".utrecht-alert--warning")
    assert (notice.state, notice.confirmed_by) == (NoticeState.UNCONFIRMED, None)
    assert words(shown.select_one("details")).startswith("Wat hier eerst stond Let op.")
    document = client.get(f"/api/v1/toepassingen/{entry.uuid}").json()["notices"][0]
    assert (document["text"], document["earlier"]) == ("Let goed op.", [{"text": "Let op.", "text_en": "", "link": ""}])


def test_correction_that_changes_nothing_is_refused(hospital):
    with pytest.raises(ValidationError, match="U veranderde niets"):
        notices.correct(notice=told(hospital), text="Let op.", by=hospital.publisher, now=NOW)


def test_notice_stands_until_a_second_person_closes_it_and_then_is_history(client, hospital):
    entry = public_entry(hospital)
    notice = closing(hospital, entry)
    assert card_of(entry) == "SAFETY"

    notices.close(notice=notice, by=hospital.other, now=NOW)

    page = page_of(client, entry)
    assert card_of(entry) == ""
    assert page.select(".utrecht-alert--warning") == []
    assert "Het is weer goed." in words(page.select_one("[aria-labelledby=voorbij]"))
    assert "SAFETY" not in downloaded(client, "toepassingen.csv")
    closed = client.get(f"/api/v1/toepassingen/{entry.uuid}").json()["notices"][0]["closed"]
    assert (closed["reason"], closed["at"]) == ("Het is weer goed.", "2026-11-22T09:00:00Z")
    assert "Melding voorbij" in client.get("/register/wijzigingen.atom").text


def test_card_shows_the_newest_notice_that_still_stands(hospital):
    entry = public_entry(hospital)
    old = notices.tell(entry=entry, kind=NoticeKind.PAUSE, text="Even niet.", by=hospital.publisher, now=NOW)
    new = closing(hospital, entry)
    notices.close(notice=new, by=hospital.other, now=NOW)

    assert card_of(entry) == old.kind


def test_notice_that_may_stay_needs_a_second_look_again(hospital):
    notice = closing(hospital)

    notices.keep(notice=notice, by=hospital.publisher, now=NOW)

    assert (notice.state, notice.closing_reason, notice.closing_asked_by) == (NoticeState.UNCONFIRMED, "", None)


def test_closing_needs_a_reason(hospital):
    with pytest.raises(ValidationError, match="waarom de melding weg kan"):
        notices.ask_to_close(notice=told(hospital), reason=" ", by=hospital.publisher, now=NOW)


def test_feed_tells_a_notice_anew_when_it_changes(hospital):
    notice = told(hospital)
    feed = ChangesFeed()
    first = {feed.item_guid(item) for item in feed.items()}
    with time_machine.travel(NOW + datetime.timedelta(hours=1), tick=False):
        notices.correct(
            notice=notice, text="Let goed op.", by=hospital.publisher, now=NOW + datetime.timedelta(hours=1)
        )

    assert len({feed.item_guid(item) for item in feed.items()} - first) == 1
