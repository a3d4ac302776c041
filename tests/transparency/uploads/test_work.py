"""The job: one worker a file, a killed one is followed by another, what is old is erased, a bad file stops no other."""

import datetime
import os
import signal
import subprocess
import sys
import threading

import pytest
from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from portal.home.jobs import run_jobs
from tests.factories.transparency import COMPLETE
from tests.transparency.uploads.helpers import (
    accepted,
    again,
    as_json,
    lines,
    outcomes,
    place,
    read,
    reasons,
    row,
    sent,
    taken,
)
from transparency.actions import taking
from transparency.actions.upload_work import LEASE, Lost, begin_reading, claim_next, keep_lines, show_plan
from transparency.models import Draft, Entry, Upload
from transparency.uploads import work
from transparency.uploads.work import forget_old_uploads, work_on_uploads

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)


def test_file_is_read_with_the_other_jobs():
    upload = sent(place(), as_json(row()))

    assert run_jobs(timezone.now())["work_on_uploads"] == 1
    assert again(upload).state == "PLANNED"


def test_how_far_it_is_can_be_seen_while_it_is_read(monkeypatch):
    upload = sent(place(), as_json(*[row(f"Hulp {n}") for n in range(5)]))
    seen = []
    monkeypatch.setattr(work, "BATCH", 2)
    kept = work.keep_lines
    monkeypatch.setattr(
        work, "keep_lines", lambda **more: (kept(**more), seen.append((again(upload).done, again(upload).total)))
    )

    work_on_uploads(timezone.now())

    assert seen == [(2, 5), (4, 5), (5, 5)]


def test_claimed_file_is_nobody_elses():
    sent(place(), as_json(row()))

    assert claim_next(timezone.now()) is not None
    assert claim_next(timezone.now()) is None


def test_file_of_a_worker_that_says_nothing_any_more_goes_to_another():
    upload = sent(place(), as_json(row()))
    lost = claim_next(timezone.now())

    work_on_uploads(timezone.now() + LEASE + MINUTE)

    assert again(upload).state == "PLANNED"
    for step in (lambda: begin_reading(upload=lost, form="csv", total=1, now=timezone.now()),
                 lambda: keep_lines(upload=lost, lines=[], done=1, now=timezone.now()),
                 lambda: show_plan(upload=lost, now=timezone.now())):  # fmt: skip
        with pytest.raises(Lost):
            step()


def test_reading_that_stopped_half_way_begins_anew(monkeypatch):
    upload = sent(place(), as_json(*[row(f"Hulp {n}") for n in range(5)]))
    monkeypatch.setattr(work, "BATCH", 2)
    kept, calls = work.keep_lines, []

    def dies(**more):
        calls.append(1)
        if len(calls) == 2:
            raise SystemExit
        kept(**more)

    monkeypatch.setattr(work, "keep_lines", dies)
    with pytest.raises(SystemExit):
        work_on_uploads(timezone.now())
    assert (again(upload).state, upload.lines.count()) == ("WAITING", 2)

    monkeypatch.setattr(work, "keep_lines", kept)
    work_on_uploads(timezone.now() + LEASE + MINUTE)

    assert (again(upload).state, len(lines(upload))) == ("PLANNED", 5)


def test_writing_that_stopped_half_way_wrote_nothing_and_begins_anew(monkeypatch):
    at = place()
    upload = accepted(at, read(at, as_json(*[row(f"Hulp {n}") for n in range(5)])))
    monkeypatch.setattr(taking, "BATCH", 2)
    write, calls = taking._write_new, []

    def dies(*args, **more):
        calls.append(1)
        if len(calls) == 2:
            raise SystemExit
        write(*args, **more)

    monkeypatch.setattr(taking, "_write_new", dies)
    with pytest.raises(SystemExit):
        work_on_uploads(timezone.now())
    assert (Entry.objects.count(), Draft.objects.count(), again(upload).state) == (0, 0, "ACCEPTED")

    monkeypatch.setattr(taking, "_write_new", write)
    work_on_uploads(timezone.now() + LEASE + MINUTE)

    assert (Entry.objects.count(), again(upload).state) == (5, "DONE")


def test_what_fails_three_times_is_given_up_and_other_files_go_on(monkeypatch):
    at = place()
    bad, good = sent(at, as_json(row("Kwaad"))), sent(at, as_json(row("Goed")))
    plan = work.LinePlanner.plan
    monkeypatch.setattr(
        work.LinePlanner, "plan",
        lambda self, one, form, position: 1 / 0 if "Kwaad" in str(one.raw) else plan(self, one, form, position),
    )  # fmt: skip

    for turn in range(5):
        work_on_uploads(timezone.now() + turn * 3 * MINUTE)

    assert (again(good).state, again(bad).state) == ("PLANNED", "UNREADABLE")
    assert "drie keer niet" in again(bad).error


def test_file_that_cannot_be_read_says_why():
    upload = read(place(), b"kleur,maat\nrood,3", "lijst.csv")

    assert (upload.state, upload.lines.count()) == ("UNREADABLE", 0)
    assert "kolommen" in upload.error


def test_file_without_rows_says_so():
    upload = read(place(), b"naam,organisatie\n", "lijst.csv")

    assert (upload.state, "geen regels" in upload.error) == ("UNREADABLE", True)


def test_fault_on_the_last_line_leaves_no_row_behind(monkeypatch):
    monkeypatch.setattr(work, "BATCH", 2)

    upload = read(place(), b'naam,organisatie\na,b\nc,d\ne,f\n"g,h', "lijst.csv")

    assert (upload.state, upload.lines.count()) == ("UNREADABLE", 0)


def test_after_thirty_days_the_file_and_what_its_rows_say_are_gone():
    at = place()
    done, planned = taken(at, as_json(row("Een", id="7"))), read(at, as_json(row("Twee")))

    assert forget_old_uploads(timezone.now() + datetime.timedelta(days=29)) == 0
    forget_old_uploads(timezone.now() + datetime.timedelta(days=31))

    (line,) = lines(done)
    assert (again(done).data, line.values, line.told, again(planned).state) == (None, {}, [], "DISCARDED")
    assert again(done).uploaded_by == at.editor
    assert outcomes(read(at, as_json(row("Een", id="7")))) == ["UNCHANGED"]


def test_after_two_years_nobody_is_named():
    at = place()
    upload = taken(at, as_json(row()))

    forget_old_uploads(timezone.now() + datetime.timedelta(days=800))

    upload = again(upload)
    assert (upload.uploaded_by, upload.accepted_by) == (None, None)


def test_ten_thousand_rows_with_thirty_seven_bad_ones_are_told_exactly():
    at = place()
    bad = set(range(100, 10_000, 271))
    small = {key: COMPLETE[key] for key in ("summary", "risks", "purpose")}
    rows = [
        {"id": str(n), "organisation": {"name": "Andere" if n in bad else "Ziekenhuis De Linde"},
         "content": {"name": f"Hulp {n}", **small}}
        for n in range(1, 10_001)
    ]  # fmt: skip
    assert len(bad) == 37

    upload = taken(at, as_json(*rows))

    wrong = upload.lines.filter(outcome="BAD").order_by("position")
    assert upload.counts == {"NEW": 9_963, "BAD": 37}
    assert [line.place for line in wrong] == [f"registratie {n}" for n in sorted(bad)]
    assert {line.told[0]["value"] for line in wrong} == {"Andere"}
    assert (Entry.objects.count(), Draft.objects.count()) == (9_963, 9_963)


# --- Real processes and threads --------------------------------------------------------------------------------------

KILLED = """
import os, signal
import django
django.setup()
from django.utils import timezone
from transparency.actions import taking
from transparency.uploads.work import work_on_uploads
remember = taking._remember_what_was_made
def dies(upload):
    remember(upload)
    os.kill(os.getpid(), signal.SIGKILL)
taking._remember_what_was_made = dies
work_on_uploads(timezone.now())
"""


def url_of_database():
    """The address of the database of this test, for another process."""
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    return f"postgres://{told['USER']}:{told['PASSWORD']}@{told['HOST']}:{told['PORT']}/{told['NAME']}"


@pytest.mark.skipif("postgres" not in os.environ.get("DATABASE_URL", ""), reason="another process needs a server")
def test_worker_killed_after_the_last_row_leaves_nothing_and_another_goes_on(committed_db):
    at = place()
    upload = accepted(at, read(at, as_json(*[row(f"Hulp {n}") for n in range(5)])))

    env = {**os.environ, "DATABASE_URL": url_of_database(), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    ended = subprocess.run([sys.executable, "-c", KILLED], cwd=settings.BASE_DIR, env=env, check=False)

    assert ended.returncode == -signal.SIGKILL
    assert (Entry.objects.count(), again(upload).state, again(upload).claim is None) == (0, "ACCEPTED", False)
    Upload.objects.filter(pk=upload.pk).update(claimed_until=timezone.now() - LEASE)  # the other one has a real clock
    work_on_uploads(timezone.now() + LEASE)
    assert (Entry.objects.count(), again(upload).state) == (5, "DONE")


@pytest.mark.skipif("postgres" not in os.environ.get("DATABASE_URL", ""), reason="SQLite lets one thread write")
def test_two_workers_take_two_files_of_the_same_rows_over_once(committed_db):
    at = place()
    uploads = [read(at, as_json(*[row(f"Hulp {n}", id=str(n)) for n in range(20)])) for _ in range(2)]
    for upload in uploads:
        accepted(at, upload)
    start = threading.Barrier(2)

    def worker():
        start.wait()
        work_on_uploads(timezone.now() + MINUTE)
        connections.close_all()

    threads = [threading.Thread(target=worker) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Entry.objects.count() == 20
    assert sorted(again(upload).state for upload in uploads) == ["DONE", "PLANNED"]
    assert "Precies" not in reasons(uploads[0])
