"""A representative and a meeting: the page, one click to answer, the link of the mail, the calendar, the reminder."""

import datetime
import re
from types import SimpleNamespace

import pytest
import time_machine
from django.core import mail, signing
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from participation.actions import attendance as actions
from participation.actions import meetings
from participation.actions.erasing import erase_due
from participation.answer_links import answer_token, stop_token
from participation.models import Attendance
from participation.states import AssignmentState, MeetingState
from participation.workspace import tasks_for
from portal.core.workflow import StepNotAllowed
from tests.factories.meetings import HOUR, paper, planned_meeting
from tests.factories.participation import ProjectFactory, representative
from tests.factories.people import UserFactory
from tests.support.html import soup, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    project = ProjectFactory(slug="breukkijker", name="Breukkijker")
    rep = representative(project)
    meeting = planned_meeting(project, rep)
    return SimpleNamespace(project=project, rep=rep, meeting=meeting, asked=meeting.attendances.get())


def link(world):
    return reverse("participation:meeting-answer-link", args=[answer_token(world.asked)])


def again(world):
    world.asked.refresh_from_db()
    return world.asked


def seen(answer):
    return words(soup(answer).select_one("main"))


# --- Signed in -------------------------------------------------------------------------------------------------------


def test_page_shows_everything_but_who_the_others_are(client, world, now):
    other = representative(world.project, user=UserFactory(name="Tineke Zonneveld"))
    Attendance.objects.create(
        meeting=world.meeting, assignment=other, invited_at=now, will_come=True, access_needs="Rolstoel"
    )
    world.project.team.create(user=world.project.lead, function="kinderarts", since=now)
    paper(world.meeting, title="Vragenlijst", sent_at=now)
    paper(world.meeting, title="Nog niet klaar")
    client.force_login(world.rep.user)

    text = seen(client.get(reverse("participation:meeting-mine", args=[world.meeting.uuid])))

    for told in ("Foto’s uitleggen", "Kennismaken", "Zaal 3, Utrecht", "13 december 2026, 10:00–12:00 uur",
                 "kinderarts", "Vragenlijst", "2 patiëntvertegenwoordigers zijn uitgenodigd"):  # fmt: skip
        assert told in text
    for secret in ("Tineke", "Rolstoel", "Nog niet klaar", world.project.lead.name):
        assert secret not in text


def test_answer_with_what_somebody_needs_is_one_click(client, world):
    client.force_login(world.rep.user)
    address = reverse("participation:meeting-answer", args=[world.meeting.uuid])

    answer = client.post(address, {"answer": "ja", "access_needs": "Een tolk"})

    assert answer.headers["Location"] == reverse("participation:meeting-mine", args=[world.meeting.uuid])
    assert (again(world).will_come, world.asked.access_needs) == (True, "Een tolk")


def test_answer_may_change_and_be_given_twice(client, world):
    client.force_login(world.rep.user)
    address = reverse("participation:meeting-answer", args=[world.meeting.uuid])

    for said in ("ja", "ja", "nee"):
        client.post(address, {"answer": said})

    assert again(world).will_come is False


@pytest.mark.parametrize("wrong", [{}, {"answer": "misschien"}, {"answer": "ja", "access_needs": "x" * 1001}])
def test_what_is_no_answer_comes_back_with_what_was_typed(client, world, wrong):
    client.force_login(world.rep.user)

    answer = client.post(reverse("participation:meeting-answer", args=[world.meeting.uuid]),
                         {"access_needs": "Een tolk", **wrong})  # fmt: skip

    assert (answer.status_code, again(world).will_come) == (422, None)
    assert soup(answer).select_one("#id_access_needs").text.strip() == wrong.get("access_needs", "Een tolk")


def test_who_was_not_invited_sees_the_meeting_and_cannot_answer(client, world):
    other = representative(world.project)
    client.force_login(other.user)
    page = client.get(reverse("participation:meeting-mine", args=[world.meeting.uuid]))

    answer = client.post(reverse("participation:meeting-answer", args=[world.meeting.uuid]), {"answer": "ja"})

    assert (page.status_code, answer.status_code) == (200, 403)
    assert not soup(page).select("button[value=ja]")


def test_colleague_on_the_team_reads_the_agenda_and_the_papers(client, world, now):
    colleague = UserFactory()
    world.project.team.create(user=colleague, function="arts", since=now)
    sent = paper(world.meeting, title="Vragenlijst", sent_at=now)
    client.force_login(colleague)
    listed = soup(client.get(reverse("participation:meetings", args=["breukkijker"])))

    page = client.get(listed.select_one(".rows a")["href"])

    assert "Vragenlijst" in seen(page)
    assert client.get(reverse("participation:meeting-paper", args=[sent.uuid])).status_code == 200
    assert client.get(reverse("participation:meeting", args=["breukkijker", world.meeting.uuid])).status_code == 403


def test_link_to_a_meeting_on_a_screen_can_be_clicked_and_nothing_else(client, world):
    type(world.meeting).objects.update(place="https://bellen.example/a?b=1 <script>alert(1)</script>")
    client.force_login(world.rep.user)

    page = soup(client.get(reverse("participation:meeting-mine", args=[world.meeting.uuid])))

    assert page.select_one("main dd a")["href"] == "https://bellen.example/a?b=1"
    assert "<script>" in page.select_one("main dl").text


def test_nobody_answers_for_somebody_else(world, now):
    with pytest.raises(PermissionDenied):
        actions.answer(attendance=world.asked, will_come=True, by=representative(world.project).user, now=now)


@pytest.mark.parametrize("state", [MeetingState.HELD, MeetingState.CANCELLED])
def test_meeting_that_is_over_takes_no_answer(world, now, state):
    type(world.meeting).objects.update(state=state, cancel_reason="Ziek.")

    with pytest.raises(StepNotAllowed):
        actions.answer(attendance=world.asked, will_come=True, by=world.rep.user, now=now)


def test_only_who_plans_the_meeting_sees_what_somebody_needs(client, world):
    Attendance.objects.update(access_needs="Rolstoel", will_come=True)
    client.force_login(world.project.lead)

    text = seen(client.get(reverse("participation:meeting", args=["breukkijker", world.meeting.uuid])))

    assert "patiëntvertegenwoordiger 1" in text
    assert "Heeft nodig: Rolstoel" in text
    assert "Rolstoel" not in client.get(reverse("participation:project", args=["breukkijker"])).text


def test_needs_are_erased_three_months_after_the_meeting(world, now):
    Attendance.objects.update(access_needs="Rolstoel")
    over = world.meeting.ends_at

    erase_due(over + datetime.timedelta(days=89))
    assert again(world).access_needs == "Rolstoel"
    erase_due(over + datetime.timedelta(days=93))
    assert again(world).access_needs == ""


# --- By the link of the mail -----------------------------------------------------------------------------------------


def test_link_asks_first_and_a_button_does_it(client, world):
    page = client.get(link(world))

    assert [button["value"] for button in soup(page).select("main button[name=answer]")] == ["ja", "nee"]
    assert again(world).will_come is None

    done = client.post(link(world), {"answer": "ja"})

    assert "Wij weten nu dat u komt." in seen(done)
    assert again(world).will_come


def test_link_shows_no_more_than_it_needs_and_never_what_somebody_needs(client, world):
    Attendance.objects.update(access_needs="Rolstoel")
    paper(world.meeting, title="Vragenlijst", sent_at=world.asked.invited_at)

    text = client.get(link(world)).text

    for secret in ("Rolstoel", "Zaal 3", "Kennismaken", "Vragenlijst", world.rep.user.email, world.rep.user.name):
        assert secret not in text


def test_answer_by_the_link_without_needs_leaves_what_stood(client, world):
    Attendance.objects.update(access_needs="Rolstoel")

    client.post(link(world), {"answer": "nee", "access_needs": " "})

    assert (again(world).will_come, world.asked.access_needs) == (False, "Rolstoel")


def test_link_signs_nobody_in(client, world):
    client.post(link(world), {"answer": "ja"})

    assert client.get(reverse("participation:meeting-mine", args=[world.meeting.uuid])).status_code == 302


def test_link_in_the_mail_is_the_link_that_works(client, world, now, django_capture_on_commit_callbacks):
    world.meeting.attendances.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        meetings.invite(meeting=world.meeting, by=world.project.lead, now=now)
    path = re.search(r"/deelname/antwoord/\S+", mail.outbox[0].body).group()

    assert client.post(path, {"answer": "ja"}).status_code == 200
    assert Attendance.objects.get().will_come


@pytest.mark.parametrize("made", ["verzonnen", "other salt", "other meeting", "changed"])
def test_link_that_was_made_up_opens_nothing(client, world, made):
    token = {
        "verzonnen": "verzonnen",
        "other salt": stop_token(world.asked.pk),
        "other meeting": signing.dumps(999_999, salt="participation.answer"),
        "changed": answer_token(world.asked)[:-1] + "_",
    }[made]

    answer = client.post(reverse("participation:meeting-answer-link", args=[token]), {"answer": "ja"})

    assert (answer.status_code, again(world).will_come) == (410, None)


def test_link_gets_old(client, world, now):
    world.meeting.starts_at, world.meeting.ends_at = (
        now + datetime.timedelta(days=90),
        now + datetime.timedelta(days=91),
    )
    world.meeting.save()
    address = link(world)

    with time_machine.travel(now + datetime.timedelta(days=59)):
        young = client.get(address).status_code
    with time_machine.travel(now + datetime.timedelta(days=61)):
        old = client.get(address).status_code

    assert (young, old) == (200, 410)


@pytest.mark.parametrize(
    ("changes", "told"),
    [({"state": "CANCELLED", "cancel_reason": "Ziek."}, "Het gesprek gaat niet door."),
     ({"state": "HELD"}, "al begonnen of voorbij"),
     ({"starts_at": datetime.datetime(2026, 11, 22, 9, 0, tzinfo=datetime.UTC)}, "al begonnen of voorbij")],
)  # fmt: skip
def test_link_to_what_is_over_says_so(client, world, changes, told):
    type(world.meeting).objects.update(**changes)

    answer = client.get(link(world))

    assert (answer.status_code, told in seen(answer)) == (410, True)


def test_link_of_who_stopped_opens_nothing(client, world):
    world.project.assignments.update(state=AssignmentState.ENDED)

    assert client.get(link(world)).status_code == 410


# --- The reminder ----------------------------------------------------------------------------------------------------


def at(*moment):
    return datetime.datetime(*moment, tzinfo=datetime.UTC)


def reminded(now, capture):
    with capture(execute=True):
        return actions.remind_of_meetings(now)


def test_reminder_comes_once_two_working_days_before(world, django_capture_on_commit_callbacks):
    # The meeting is on Sunday 13 December: two working days before is Thursday.
    moments = [at(2026, 12, 9, 12), at(2026, 12, 10, 6, 59), at(2026, 12, 10, 7), at(2026, 12, 10, 7, 1),
               at(2026, 12, 11, 9)]  # fmt: skip

    assert [reminded(moment, django_capture_on_commit_callbacks) for moment in moments] == [0, 0, 1, 0, 0]
    assert [message.to for message in mail.outbox] == [[world.rep.user.email]]
    assert "/deelname/antwoord/" in mail.outbox[0].body


@pytest.mark.parametrize(
    "changes",
    [{"will_come": False}, {"invited_at": None}, {"invited_at": at(2026, 12, 10, 6)}],
)
def test_who_said_no_or_was_just_asked_gets_no_reminder(world, changes, django_capture_on_commit_callbacks):
    Attendance.objects.update(**changes)

    assert reminded(at(2026, 12, 10, 9), django_capture_on_commit_callbacks) == 0


def test_cancelled_meeting_reminds_nobody(world, django_capture_on_commit_callbacks):
    type(world.meeting).objects.update(state="CANCELLED", cancel_reason="Ziek.")

    assert reminded(at(2026, 12, 10, 9), django_capture_on_commit_callbacks) == 0


# --- The workspace ---------------------------------------------------------------------------------------------------


def tasks(user):
    found = [(str(task.what), task.due, task.is_late) for task in tasks_for(user)]
    return [one for one in found if one[0] != "Meld uw belangen"]  # of every project, whatever its meetings


def test_invitation_without_an_answer_is_something_to_do(world, now):
    assert tasks(world.rep.user) == [("Zeg of u komt", datetime.date(2026, 12, 13), False)]

    actions.answer(attendance=world.asked, will_come=False, by=world.rep.user, now=now)

    assert tasks(world.rep.user) == []


def test_who_plans_the_meeting_sees_what_it_waits_for(world, now):
    papers = datetime.date(2026, 12, 7)
    assert tasks(world.project.lead) == [("Stuur de stukken", papers, False)]

    type(world.meeting).objects.update(invited_at=None)
    assert tasks(world.project.lead) == [("Nodig mensen uit", papers, False)]

    with time_machine.travel(world.meeting.starts_at + HOUR):
        assert tasks(world.project.lead) == [("Schrijf wat er is gezegd", datetime.date(2026, 12, 13), False)]
