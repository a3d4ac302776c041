"""The calendar file: lines that every calendar reads, moments in UTC, a later file in the place of an earlier one."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from participation.actions import meetings as actions
from participation.calendar_file import calendar_file, escaped, folded, moment
from tests.factories.meetings import HOUR, planned_meeting
from tests.factories.participation import ProjectFactory, representative

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
LINES = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=400)


def read(text):
    """{name: value} of a file, by the rules of RFC 5545: folded lines first, then names with their parameters."""
    assert text.endswith("\r\n")
    lines = text.replace("\r\n ", "").split("\r\n")[:-1]
    return dict(line.partition(":")[::2] for line in lines)


def unescaped(value):
    found, characters = "", iter(value)
    for character in characters:
        if character == "\\":
            following = next(characters)
            found += "\n" if following in "nN" else following
        else:
            found += character
    return found


@given(LINES)
def test_folded_line_is_short_and_reads_back(line):
    made = folded(line)

    assert made.replace("\r\n ", "") == line
    assert all(len(piece.encode()) <= 75 for piece in made.split("\r\n"))


@given(LINES | st.just("a\nb;c,d\\e"))
def test_escaped_text_reads_back(text):
    assert unescaped(escaped(text)) == text
    assert "\n" not in escaped(text)


@pytest.mark.parametrize(
    ("local", "utc"),
    [((2026, 12, 14, 14), "20261214T130000Z"), ((2026, 7, 14, 14), "20260714T120000Z"),
     ((2027, 3, 28, 1, 59), "20270328T005900Z"), ((2027, 3, 28, 3, 0), "20270328T010000Z"),
     ((2026, 12, 31, 23, 59), "20261231T225900Z")],
)  # fmt: skip
def test_moment_is_told_in_utc(local, utc):
    assert moment(datetime.datetime(*local, tzinfo=AMSTERDAM)) == utc


@pytest.mark.django_db
def test_file_tells_when_where_and_what(now, settings):
    settings.PUBLIC_URL = "https://aimz.example"
    meeting = planned_meeting(ProjectFactory(name="Breukkijker; deel 1"), title="Foto’s, en meer", place="Zaal 3\\4")

    told = read(calendar_file(meeting, now))

    assert told["UID"] == f"{meeting.uuid}@aimz.example"
    assert (told["DTSTART"], told["DTEND"]) == ("20261213T090000Z", "20261213T110000Z")
    assert (told["STATUS"], told["SEQUENCE"], told["METHOD"]) == ("CONFIRMED", "0", "PUBLISH")
    assert (told["SUMMARY"], told["LOCATION"]) == ("Foto’s\\, en meer", "Zaal 3\\\\4")
    assert told["DESCRIPTION"] == "Gesprek over Breukkijker\\; deel 1"
    assert told["URL"] == f"https://aimz.example/deelname/gesprekken/{meeting.uuid}/"
    assert list(told)[:2] == ["BEGIN", "VERSION"]


@pytest.mark.django_db
def test_line_cannot_be_put_into_the_file(now):
    meeting = planned_meeting(ProjectFactory(), title="a\r\nATTENDEE:mailto:x@y.example", place="b\nEND:VCALENDAR")

    lines = calendar_file(meeting, now).split("\r\n")

    assert not any(line.startswith("ATTENDEE") for line in lines)
    assert lines.count("END:VCALENDAR") == 1


@pytest.mark.django_db
def test_each_change_makes_a_later_file_and_the_end_says_cancelled(now):
    project = ProjectFactory()
    meeting = planned_meeting(project, representative(project))
    fields = {"title": "Uitleg", "place": "Utrecht", "agenda": "- Kort"}
    numbers = [read(calendar_file(meeting, now))["SEQUENCE"]]

    actions.change_meeting(
        meeting=meeting, fields={**fields, "starts_at": now + 30 * HOUR, "ends_at": now + 31 * HOUR}, revision=0,
        by=project.lead, now=now,
    )  # fmt: skip
    numbers.append(read(calendar_file(meeting, now))["SEQUENCE"])
    actions.cancel_meeting(meeting=meeting, reason="Ziek.", by=project.lead, now=now)
    last = read(calendar_file(meeting, now))

    assert [*numbers, last["SEQUENCE"], last["STATUS"]] == ["0", "1", "2", "CANCELLED"]


@pytest.mark.django_db
def test_file_is_served_as_a_calendar(client, now):
    project = ProjectFactory()
    meeting = planned_meeting(project)
    client.force_login(project.lead)

    answer = client.get(reverse("participation:meeting-calendar", args=[meeting.uuid]))

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="gesprek.ics"'
    assert answer.content.decode() == calendar_file(meeting, now)
