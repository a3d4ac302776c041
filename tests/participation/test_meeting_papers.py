"""Papers of a meeting: what a file is, its content says; who gets it, and how it is served; sent in time or late."""

import datetime
import io
import zipfile

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from participation.actions import meeting_papers as actions
from participation.models import Attendance, MeetingPaper
from participation.papers import LARGEST, form_of
from participation.states import PaperForm
from portal.core.workflow import StepNotAllowed
from tests.factories.meetings import DOCX, JPEG, ODT, PDF, PNG, WORD_TYPE, packed, paper, planned_meeting
from tests.factories.participation import ProjectFactory, representative
from tests.support.html import soup, words

pytestmark = pytest.mark.django_db

WORD = {"[Content_Types].xml": b'<Override ContentType="%s"/>' % WORD_TYPE, "word/document.xml": b"<w/>"}
OPEN = b"application/vnd.oasis.opendocument.text"


@pytest.fixture
def project():
    return ProjectFactory(slug="breukkijker")


@pytest.fixture
def rep(project):
    return representative(project)


@pytest.fixture
def meeting(project, rep):
    return planned_meeting(project, rep)


def added(meeting, now, data, name="uitleg.pdf", title=""):
    return actions.add_paper(meeting=meeting, title=title, name=name, data=data, by=meeting.project.lead, now=now)


def post_file(client, meeting, data, name, **more):
    client.force_login(meeting.project.lead)
    address = reverse("participation:meeting-paper-add", args=["breukkijker", meeting.uuid])
    return client.post(address, {"file": SimpleUploadedFile(name, data), **more})


def bomb():
    """A small file that says it becomes a gigabyte."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in WORD.items():
            file.writestr(name, data)
        file.writestr("word/media/a.bmp", b"\x00" * (201 * 1024 * 1024))
    return buffer.getvalue()


# --- What a file is --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "form"),
    [(PDF, PaperForm.PDF), (DOCX, PaperForm.DOCX), (ODT, PaperForm.ODT), (PNG, PaperForm.PNG), (JPEG, PaperForm.JPEG)],
)
def test_file_is_what_its_content_says_whatever_its_name(meeting, now, data, form):
    assert added(meeting, now, data, name="brief.exe").form == form


@pytest.mark.parametrize(
    "data",
    [
        b"<!doctype html><script>alert(1)</script>",
        b"%PDF-1.7\n<html><script>alert(1)</script>",  # begins as one and never ends as one
        b"<html>%PDF-1.7 %%EOF",
        b"GIF89a" + b"\x00" * 30,
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"MZ\x90\x00" + b"\x00" * 100,
        b"PK\x03\x04 broken",
        b"\x89PNG\r\n\x1a\n<html>",
        b"\xff\xd8\xff<html>",
        b"Gewoon tekst",
        packed({"a.txt": b"x"}),
        packed({"[Content_Types].xml": b"spreadsheetml", "word/document.xml": b"<w/>"}),
        packed({**WORD, "word/vbaProject.bin": b"macro"}),
        packed({"mimetype": OPEN, "Basic/Standard/Module1.xml": b"macro"}),
        packed({"mimetype": OPEN, "Scripts/python/x.py": b"macro"}),
        b"<html>" + packed(WORD),
    ],
)
def test_other_file_is_refused_however_it_is_called(meeting, now, data):
    with pytest.raises(ValidationError, match="Dit bestand nemen wij niet aan"):
        added(meeting, now, data, name="uitleg.pdf")

    assert not MeetingPaper.objects.exists()


def test_file_that_would_become_very_large_is_refused_unread():
    assert form_of(bomb()) is None


def test_locked_word_file_is_refused():
    data = bytearray(packed(WORD))
    for start in (b"PK\x03\x04", b"PK\x01\x02"):
        place = data.find(start)
        while place >= 0:
            data[place + (6 if start == b"PK\x03\x04" else 8)] |= 1  # "encrypted"
            place = data.find(start, place + 1)

    assert form_of(bytes(data)) is None


def test_empty_file_and_one_that_is_too_large_are_refused(client, meeting):
    empty = post_file(client, meeting, b"", "leeg.pdf")
    large = post_file(client, meeting, PDF.replace(b"endobj", b"endobj" + b" " * LARGEST), "groot.pdf")
    much_too_large = post_file(client, meeting, PDF + b" " * 2 * LARGEST, "groter.pdf")

    assert [answer.status_code for answer in (empty, large, much_too_large)] == [422, 422, 413]
    assert "Dit bestand is leeg." in words(soup(empty).select_one("#id_file_error"))
    assert "groter dan 10 megabyte" in words(soup(large).select_one("#id_file_error"))


def test_file_of_ten_megabytes_is_taken(client, meeting):
    data = PDF[:-6] + b" " * (LARGEST - len(PDF)) + PDF[-6:]

    assert (len(data), post_file(client, meeting, data, "groot.pdf").status_code) == (LARGEST, 302)


@pytest.mark.parametrize(
    ("name", "title"),
    [("../../etc/passwd.pdf", "passwd"), ("C:\\Users\\Anna\\uitleg.pdf", "uitleg"), ("a.b.pdf", "a.b"),
     ("uitleg\u202efdp.exe", "uitlegfdp"), ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie: x")],
)  # fmt: skip
def test_path_and_tricks_in_a_name_are_gone(meeting, now, name, title):
    assert added(meeting, now, PDF, name=name).title == title


@pytest.mark.parametrize("name", ["../", "..pdf", "\u202e"])
def test_name_with_nothing_in_it_asks_for_a_title(meeting, now, name):
    with pytest.raises(ValidationError) as error:
        added(meeting, now, PDF, name=name)

    assert list(error.value.error_dict) == ["title"]


def test_database_refuses_a_paper_that_is_both_or_neither(meeting, now):
    for wrong in ({"text": "", "data": None}, {"text": "x", "data": PDF}, {"form": "PDF", "text": "x", "data": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            paper(meeting, **wrong)


# --- How it is served ------------------------------------------------------------------------------------------------


def test_file_is_only_kept_never_opened_here(client, meeting, rep, now):
    added(meeting, now, PDF, title='Uitleg"; x="\r\nX-Evil: 1')
    actions.send_papers(meeting=meeting, by=meeting.project.lead, now=now)
    client.force_login(rep.user)

    answer = client.get(reverse("participation:meeting-paper", args=[MeetingPaper.objects.get().uuid]))

    assert answer.content == PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer.headers["Cache-Control"]
    assert "X-Evil" not in answer.headers


def test_typed_paper_is_a_page_on_which_nothing_runs(client, meeting, rep, now):
    found = paper(meeting, text="<b>Vet</b>\n\n- Een", sent_at=now)
    client.force_login(rep.user)

    page = client.get(reverse("participation:meeting-paper", args=[found.uuid]))

    assert "&lt;b&gt;Vet&lt;/b&gt;" in page.text
    assert [words(one) for one in soup(page).select("main > ul li")] == ["Een"]


def test_list_of_papers_reads_no_file(client, meeting, now, django_assert_max_num_queries):
    paper(meeting, form="PDF", text="", data=PDF, sent_at=now)
    client.force_login(meeting.project.lead)

    with django_assert_max_num_queries(60) as queries:
        client.get(reverse("participation:meeting", args=["breukkijker", meeting.uuid]))

    read = [one["sql"] for one in queries.captured_queries if 'FROM "participation_meetingpaper"' in one["sql"]]
    assert read
    assert not any('"data"' in sql for sql in read)


# --- Sending ---------------------------------------------------------------------------------------------------------


def test_papers_are_sent_to_who_did_not_say_no(project, rep, meeting, now, django_capture_on_commit_callbacks):
    other = representative(project)
    Attendance.objects.create(meeting=meeting, assignment=other, invited_at=now, will_come=False)
    paper(meeting)

    with django_capture_on_commit_callbacks(execute=True):
        number = actions.send_papers(meeting=meeting, by=project.lead, now=now)

    assert (number, [message.to for message in mail.outbox]) == (1, [[rep.user.email]])
    assert not meeting.papers_are_late(now.date())


def test_papers_that_are_sent_late_are_late_for_ever(project, rep, now):
    meeting = planned_meeting(project, rep, starts_at=now + datetime.timedelta(days=3))
    paper(meeting)

    actions.send_papers(meeting=meeting, by=project.lead, now=now)

    assert meeting.papers_are_late(now.date())
    meeting.state = "HELD"
    assert meeting.papers_are_late(now.date())


def test_second_click_sends_nothing_twice(client, project, meeting, now):
    paper(meeting)
    client.force_login(project.lead)
    address = reverse("participation:meeting-step", args=["breukkijker", meeting.uuid, "stukken-sturen"])

    assert [client.post(address).status_code for _click in range(2)] == [302, 422]


def test_papers_wait_for_somebody_to_send_them_to(project, now):
    meeting = planned_meeting(project)
    paper(meeting)

    with pytest.raises(ValidationError, match="nog niemand uitgenodigd"):
        actions.send_papers(meeting=meeting, by=project.lead, now=now)


def test_paper_that_was_sent_stays(client, project, meeting, now):
    sent, other = paper(meeting, sent_at=now), paper(meeting)
    client.force_login(project.lead)
    addresses = [
        reverse("participation:meeting-paper-remove", args=["breukkijker", meeting.uuid, one.uuid])
        for one in (sent, other, other)
    ]

    assert [client.post(address).status_code for address in addresses] == [409, 302, 302]
    assert list(meeting.papers.all()) == [sent]


def test_meeting_that_is_over_takes_no_paper(project, now):
    meeting = planned_meeting(project, state="HELD")

    with pytest.raises(StepNotAllowed):
        added(meeting, now, PDF)


def test_file_and_text_together_and_neither_are_refused(client, meeting):
    client.force_login(meeting.project.lead)
    address = reverse("participation:meeting-paper-add", args=["breukkijker", meeting.uuid])

    neither = client.post(address, {"title": "Vragen"})
    both = post_file(client, meeting, PDF, "a.pdf", text="Tekst")

    assert (neither.status_code, both.status_code) == (422, 422)
    assert soup(neither).select_one("#id_title")["value"] == "Vragen"
    assert soup(neither).select_one("details[open] #id_file_error")


def test_paper_of_another_project_cannot_be_taken_off(client, project, meeting):
    theirs = paper(planned_meeting(ProjectFactory()))
    client.force_login(project.lead)

    client.post(reverse("participation:meeting-paper-remove", args=["breukkijker", meeting.uuid, theirs.uuid]))

    assert MeetingPaper.objects.filter(pk=theirs.pk).exists()


def test_twenty_papers_are_enough(meeting, now):
    for number in range(20):
        paper(meeting, title=f"Stuk {number}")

    with pytest.raises(ValidationError, match="al 20 stukken"):
        added(meeting, now, PDF)
