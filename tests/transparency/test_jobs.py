"""By the clock: planned texts, planned ends, reminders; each once, whatever runs beside it."""

import datetime

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import DatabaseError

from portal.home import jobs
from portal.home.jobs import run_jobs
from tests.conftest import NOW
from tests.factories.life import make_hospital, public_entry, scheduled
from tests.factories.transparency import COMPLETE
from transparency.actions.publishing import publish_entry
from transparency.jobs import publish_due_drafts, remind
from transparency.models import DraftComment, Entry, Reminder, Version
from transparency.states import DraftState, Origin

pytestmark = pytest.mark.django_db
SOON = NOW + datetime.timedelta(hours=2)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def hospital():
    return make_hospital()


# --- Planned texts ---------------------------------------------------------------------------------------------------


def test_planned_text_is_public_once_its_moment_has_come(hospital):
    draft = scheduled(hospital, SOON)

    assert publish_due_drafts(SOON - datetime.timedelta(seconds=1)) == 0
    assert publish_due_drafts(SOON) == 1
    assert publish_due_drafts(SOON) == 0

    draft.refresh_from_db()
    assert (draft.state, Version.objects.get().published_at) == (DraftState.PUBLISHED, SOON)


def test_planned_text_that_cannot_be_public_goes_back_and_people_hear_why(hospital, django_capture_on_commit_callbacks):
    draft = scheduled(hospital, SOON)
    publish_entry(entry=draft.entry, content=COMPLETE, reason="Eerder.", responsible="Wij", by=None, now=NOW)
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        assert publish_due_drafts(SOON) == 0

    draft.refresh_from_db()
    assert (draft.state, draft.publish_at) == (DraftState.RETURNED, None)
    assert "nieuwere versie" in DraftComment.objects.get(draft=draft).text
    assert sorted(m.to[0] for m in mail.outbox) == sorted([hospital.writer.email, hospital.publisher.email])
    assert publish_due_drafts(SOON) == 0


def test_one_text_that_fails_holds_up_no_other(hospital):
    broken = scheduled(hospital, SOON, slug="kapot")
    publish_entry(entry=broken.entry, content=COMPLETE, reason="Eerder.", responsible="Wij", by=None, now=NOW)
    scheduled(hospital, SOON, slug="heel")

    assert publish_due_drafts(SOON) == 1
    assert Entry.objects.get(slug="heel").current_version


# --- Reminders -------------------------------------------------------------------------------------------------------


def due_in(hospital, days, **fields):
    day = (NOW + days * DAY).date().isoformat()
    return public_entry(hospital, content={"next_review_date": day}, **fields)


def reminded(now, capture):
    mail.outbox.clear()
    with capture(execute=True):
        number = remind(now)
    return number, sorted(message.to[0] for message in mail.outbox)


@pytest.mark.parametrize(("days", "marks"), [
    (61, []), (60, [60]), (31, [60]), (30, [30]), (1, [30]), (0, [0]), (-1, [0]), (-400, [0]),
])  # fmt: skip
def test_text_is_told_of_at_the_nearest_mark(hospital, days, marks):
    due_in(hospital, days)

    remind(NOW)

    assert list(Reminder.objects.values_list("days", flat=True)) == marks


def test_each_mark_is_told_once_to_all_who_write(hospital, django_capture_on_commit_callbacks):
    due_in(hospital, 60)
    people = sorted(person.email for person in (hospital.writer, hospital.publisher, hospital.other))

    told = [reminded(NOW + days * DAY, django_capture_on_commit_callbacks) for days in (0, 1, 30, 31, 60, 61, 300)]

    assert told == [(1, people), (0, []), (1, people), (0, []), (1, people), (0, []), (0, [])]


def test_many_texts_are_one_mail(hospital, django_capture_on_commit_callbacks):
    for number in range(3):
        day = (NOW + 10 * DAY).date().isoformat()
        public_entry(hospital, content={"name": f"Kijker {number}", "next_review_date": day})

    number, people = reminded(NOW, django_capture_on_commit_callbacks)

    assert (number, len(people)) == (3, 3)
    assert all(f"- Kijker {n}: voor 2 december 2026" in mail.outbox[0].body for n in range(3))
    assert "/werk/controle/" in mail.outbox[0].body


def test_text_without_a_day_is_told_of_a_year_after_it_was_published(hospital):
    public_entry(hospital)

    assert remind(NOW + 304 * DAY) == 0
    assert remind(NOW + 305 * DAY) == 1  # 60 days before 22 november 2027


def test_what_another_register_wrote_is_checked_there(hospital):
    public_entry(hospital, origin=Origin.IMPORTED)

    assert remind(NOW + 400 * DAY) == 0


def test_text_of_whom_nobody_works_waits_for_people():
    hospital = make_hospital()
    due_in(hospital, 10)
    hospital.organisation.memberships.all().delete()

    assert remind(NOW) == 0
    assert not Reminder.objects.exists()


# --- All of them -----------------------------------------------------------------------------------------------------


def test_command_says_what_was_done(hospital, capsys):
    due_in(hospital, 10)

    call_command("run_jobs")

    assert "remind: 1" in capsys.readouterr().out.strip().split(", ")


def test_job_that_fails_stops_no_other(monkeypatch, caplog):
    def breaks(now):
        raise DatabaseError("kapot")

    def counts(now):
        return 3

    monkeypatch.setattr(jobs, "JOBS", (breaks, counts))

    assert run_jobs(NOW) == {"counts": 3}
    assert "the job breaks failed" in caplog.text
