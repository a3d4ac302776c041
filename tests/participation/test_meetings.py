"""Meetings: planned, changed by one at a time, invited to, cancelled, held: by whom, in which state, who is mailed."""

import datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from participation.actions import gates
from participation.actions import meetings as actions
from participation.contributions import findings_of
from participation.models import Attendance, Meeting
from participation.states import MEETING, AssignmentState, MeetingState, Phase
from portal.audit.models import AuditEvent
from portal.audit.revision import current_revision
from portal.core.workflow import StepNotAllowed
from portal.organisations.roles import Role
from tests.factories.meetings import HOUR, planned_meeting
from tests.factories.participation import ProjectFactory, held_meeting, representative
from tests.factories.people import UserFactory, member
from tests.factories.transparency import published_entry
from tests.participation.test_project_work import HARD
from tests.support.html import soup, words

pytestmark = pytest.mark.django_db

PEOPLE = ("lead", "other_lead", "coordinator", "colleague", "decider", "manager", "rep", "stranger")
RUN = {"lead", "other_lead", "coordinator"}
MATRIX = {
    (MeetingState.PLANNED, "change"): RUN,
    (MeetingState.PLANNED, "invite"): RUN,
    (MeetingState.PLANNED, "cancel"): RUN,
    (MeetingState.PLANNED, "hold"): RUN,
}
SUMMARY = "Wij spraken over de foto’s. De dokter legt uit wat de computer ziet."
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def world(now):
    names = {"organisation__name": "De Linde", "patient_side__name": "Samen Sterk"}  # no number, as of minutes
    project = ProjectFactory(slug="breukkijker", name="Breukkijker", **names)
    rep = representative(project)
    colleague = member(project.organisation, Role.EDITOR)
    project.team.create(user=colleague, function="arts", since=now)
    people = {
        "lead": project.lead,
        "other_lead": member(project.organisation, Role.PROJECT_LEAD),
        "coordinator": member(project.patient_side, Role.COORDINATOR),
        "colleague": colleague,
        "decider": member(project.organisation, Role.GATE_DECIDER),
        "manager": member(project.organisation, Role.FUND_MANAGER),
        "rep": rep.user,
        "stranger": UserFactory(),
    }
    return SimpleNamespace(project=project, rep=rep, people=people, lead=project.lead)


def fields(now, **more):
    start = more.pop("starts_at", now + datetime.timedelta(days=30))
    values = {"title": "Uitleg", "place": "Utrecht", "agenda": "- Kennismaken", "starts_at": start}
    return {**values, "ends_at": start + HOUR, **more}


def typed(**more):
    values = {"title": "Uitleg", "place": "Utrecht", "agenda": "- Kennismaken", "day": "14-12-2026", "begins": "14.00",
              "ends": "15:30"}  # fmt: skip
    return {**values, **more}


def post(client, user, name, data, *args):
    client.force_login(user)
    return client.post(reverse(f"participation:{name}", args=args), data)


def begun(world, *invited, **more):
    return planned_meeting(world.project, *invited, starts_at=datetime.datetime(2026, 11, 20, 9, tzinfo=datetime.UTC),
                           **more)  # fmt: skip


def holding(world, meeting, now, *, there=None, by=None, **texts):
    actions.hold_meeting(
        meeting=meeting, there={world.rep.pk: 90} if there is None else there, team_present=3,
        texts={"summary": SUMMARY, **texts}, by=by or world.lead, now=now,
    )  # fmt: skip


# --- Who, in which state ---------------------------------------------------------------------------------------------


def does(step, meeting, by, now):
    if step == "change":
        actions.change_meeting(meeting=meeting, fields=fields(now), revision=0, by=by, now=now)
    elif step == "invite":
        actions.invite(meeting=meeting, by=by, now=now)
    elif step == "cancel":
        actions.cancel_meeting(meeting=meeting, reason="Iedereen is ziek.", by=by, now=now)
    else:
        later = meeting.starts_at + HOUR
        actions.hold_meeting(meeting=meeting, there={}, team_present=1, texts={"summary": SUMMARY}, by=by, now=later)


@pytest.mark.parametrize("step", ["change", "invite", "cancel", "hold"])
@pytest.mark.parametrize("state", MeetingState)
def test_step_of_a_meeting_is_for_whom_the_matrix_says(world, now, state, step):
    found = set()
    for name in PEOPLE:
        reason = "Ziek." if state == MeetingState.CANCELLED else ""
        meeting = planned_meeting(world.project, state=state, cancel_reason=reason)
        try:
            does(step, meeting, world.people[name], now)
        except (PermissionDenied, StepNotAllowed):
            continue
        found.add(name)

    assert found == MATRIX.get((state, step), set())


def test_somebody_can_act_in_every_state_that_is_not_the_end():
    going_on = {state for state in MEETING.statuses if MEETING.steps_from(state)}

    assert {state for (state, _step), people in MATRIX.items() if people} == going_on


def test_planning_is_for_both_sides(world, now):
    found = set()
    for name in PEOPLE:
        try:
            actions.plan_meeting(project=world.project, fields=fields(now), by=world.people[name], now=now)
        except PermissionDenied:
            continue
        found.add(name)

    assert found == RUN


def test_database_refuses_a_cancelled_meeting_without_a_reason(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        planned_meeting(world.project, state=MeetingState.CANCELLED)


# --- Planning and changing -------------------------------------------------------------------------------------------


def test_meeting_is_planned_on_one_page_in_the_time_of_amsterdam(client, world):
    answer = post(client, world.lead, "meeting-new", typed(), "breukkijker")

    made = Meeting.objects.get()
    assert answer["Location"] == reverse("participation:meeting", args=["breukkijker", made.uuid])
    assert (made.starts_at, made.ends_at) == (datetime.datetime(2026, 12, 14, 13, tzinfo=datetime.UTC),
                                              datetime.datetime(2026, 12, 14, 14, 30, tzinfo=datetime.UTC))  # fmt: skip
    assert made.phase == world.project.phase


def test_double_click_plans_one_meeting(client, world):
    data = typed(key="8b3c3a52-5f43-4b2a-9b0e-3d2b5a1c0d7e")

    first, second = (post(client, world.lead, "meeting-new", data, "breukkijker") for _click in range(2))

    assert (first["Location"], Meeting.objects.count()) == (second["Location"], 1)


def test_day_on_which_summer_time_begins_counts_its_own_hours(client, world):
    post(client, world.lead, "meeting-new", typed(day="2027-03-28", begins="01:30", ends="03:30"), "breukkijker")

    assert Meeting.objects.get().ends_at - Meeting.objects.get().starts_at == HOUR


@pytest.mark.parametrize(("day", "hour"), [("2027-03-28", "02:30"), ("2027-10-31", "02:30")])
def test_hour_that_the_clock_skips_or_has_twice_is_refused(client, world, day, hour):
    answer = post(client, world.lead, "meeting-new", typed(day=day, begins=hour), "breukkijker")

    assert answer.status_code == 422
    assert "In dit uur gaat de klok vooruit of terug." in words(soup(answer).select_one("main"))


@pytest.mark.parametrize(
    ("wrong", "field", "told"),
    [({"title": " "}, "title", "Geef het gesprek een naam."), ({"place": ""}, "place", "Schrijf waar het is."),
     ({"agenda": ""}, "agenda", "Schrijf waar u het over wilt hebben."), ({"day": ""}, "day", "Kies een dag."),
     ({"day": "32-13-2026"}, "day", "Schrijf de datum zo"), ({"begins": "25:00"}, "begins", "Schrijf de tijd zo"),
     ({"ends": ""}, "ends", "Kies een tijd."), ({"ends": "13:00"}, "ends", "Kies een einde na het begin"),
     ({"ends": "14:00"}, "ends", "Kies een einde na het begin"), ({"day": "21-11-2026"}, "begins", "dat nog komt"),
     ({"day": "14-12-2036"}, "begins", "binnen twee jaar"), ({"title": "a" * 151}, "title", "Er passen 150 tekens.")],
)  # fmt: skip
def test_fault_is_told_at_its_field_and_what_was_typed_stays(client, world, wrong, field, told):
    answer = post(client, world.lead, "meeting-new", typed(**{"place": "Zaal 9", **wrong}), "breukkijker")

    page = soup(answer)
    assert answer.status_code == 422
    assert told in words(page.select_one(f"#id_{field}_error"))
    assert page.select_one("#id_place").get("value", "") == wrong.get("place", "Zaal 9")
    assert not Meeting.objects.exists()


def test_second_who_changes_sees_what_the_first_saved_and_keeps_what_was_typed(client, world, now):
    meeting = planned_meeting(world.project)
    actions.change_meeting(meeting=meeting, fields=fields(now, place="Zaal 1"), revision=0, by=world.lead, now=now)
    args = ("breukkijker", meeting.uuid)

    answer = post(client, world.people["coordinator"], "meeting-edit", typed(place="Zaal 2", revision="0"), *args)

    page = soup(answer)
    assert answer.status_code == 409
    assert "Zaal 1" in words(page.select_one(".utrecht-alert--info"))
    assert (page.select_one("#id_place")["value"], page.select_one("#id_revision")["value"]) == ("Zaal 2", "1")
    again = post(client, world.people["coordinator"], "meeting-edit", typed(place="Zaal 2", revision="1"), *args)
    assert (again.status_code, Meeting.objects.get().place) == (302, "Zaal 2")


@pytest.mark.parametrize("revision", ["", "x", "99"])
def test_change_without_the_right_revision_is_not_made(client, world, revision):
    meeting = planned_meeting(world.project)

    answer = post(client, world.lead, "meeting-edit", typed(revision=revision), "breukkijker", meeting.uuid)

    assert answer.status_code in {409, 422}
    assert Meeting.objects.get().title == meeting.title


def test_another_time_asks_everybody_anew_and_another_agenda_does_not(world, now, django_capture_on_commit_callbacks):
    meeting = planned_meeting(world.project, world.rep)
    Attendance.objects.update(will_come=True, answered_at=now, reminded_at=now)
    same = fields(now, starts_at=meeting.starts_at, ends_at=meeting.ends_at, place=meeting.place)
    with django_capture_on_commit_callbacks(execute=True):
        actions.change_meeting(meeting=meeting, fields={**same, "agenda": "- Meer"}, revision=0, by=world.lead, now=now)

    assert (Attendance.objects.get().will_come, mail.outbox) == (True, [])

    with django_capture_on_commit_callbacks(execute=True):
        actions.change_meeting(meeting=meeting, fields=fields(now), revision=1, by=world.lead, now=now)

    assert (Attendance.objects.get().will_come, Attendance.objects.get().reminded_at) == (None, None)
    assert "De tijd is anders." in mail.outbox[0].body


def test_another_place_is_told_but_an_answer_stays(world, now, django_capture_on_commit_callbacks):
    meeting = planned_meeting(world.project, world.rep)
    Attendance.objects.update(will_come=True)
    moved = fields(now, starts_at=meeting.starts_at, ends_at=meeting.ends_at, place="Amersfoort")

    with django_capture_on_commit_callbacks(execute=True):
        actions.change_meeting(meeting=meeting, fields=moved, revision=0, by=world.lead, now=now)

    assert Attendance.objects.get().will_come
    assert "Amersfoort" in mail.outbox[0].body
    assert "De tijd is anders." not in mail.outbox[0].body


def test_project_that_ended_plans_no_meeting(client, world):
    type(world.project).objects.update(state="STOPPED", ended_at=world.project.phase_since, ending_reason="Op.")

    answer = post(client, world.lead, "meeting-new", typed(), "breukkijker")

    assert answer.status_code == 409


# --- Inviting --------------------------------------------------------------------------------------------------------


def test_everybody_who_takes_part_in_the_phase_is_invited_once(world, now, django_capture_on_commit_callbacks):
    representative(world.project, phases=[Phase.DEVELOP])
    representative(world.project, state=AssignmentState.PAUSED)
    representative(world.project, state=AssignmentState.PROPOSED, active_since=None)
    meeting = planned_meeting(world.project)

    with django_capture_on_commit_callbacks(execute=True):
        numbers = [actions.invite(meeting=meeting, by=world.lead, now=now) for _click in range(2)]

    assert numbers == [1, 0]
    assert [message.to for message in mail.outbox] == [[world.rep.user.email]]
    assert [one.assignment for one in meeting.attendances.all()] == [world.rep]


def test_who_joins_later_is_invited_alone(world, now, django_capture_on_commit_callbacks):
    meeting = planned_meeting(world.project, world.rep)
    later = representative(world.project)

    with django_capture_on_commit_callbacks(execute=True):
        actions.invite(meeting=meeting, by=world.lead, now=now)

    assert [message.to for message in mail.outbox] == [[later.user.email]]


def test_invitation_to_nobody_says_what_to_do(client, world):
    world.project.assignments.update(state=AssignmentState.ENDED)
    meeting = planned_meeting(world.project)

    answer = post(client, world.lead, "meeting-step", {}, "breukkijker", meeting.uuid, "uitnodigen")

    assert answer.status_code == 422
    assert "Er doet in deze fase nog geen patiëntvertegenwoordiger mee." in words(soup(answer).select_one("main"))


def test_mail_of_an_invitation_has_the_answer_and_the_calendar_and_names_nobody(
    world, now, django_capture_on_commit_callbacks
):
    other = representative(world.project, user=UserFactory(name="Tineke Zonneveld"))
    meeting = planned_meeting(world.project)

    with django_capture_on_commit_callbacks(execute=True):
        actions.invite(meeting=meeting, by=world.lead, now=now)

    sent = next(message for message in mail.outbox if message.to == [world.rep.user.email])
    name, text, kind = sent.attachments[0]
    assert f"{settings.PUBLIC_URL}/deelname/antwoord/" in sent.body
    assert (name, kind) == ("gesprek.ics", "text/calendar; charset=utf-8; method=PUBLISH")
    assert "STATUS:CONFIRMED" in text
    for told in (sent.body, text, sent.subject):
        assert "Tineke" not in told
        assert other.user.email not in told


def test_meeting_that_began_invites_nobody_any_more(world, now):
    with pytest.raises(StepNotAllowed):
        actions.invite(meeting=begun(world), by=world.lead, now=now)


# --- Cancelling ------------------------------------------------------------------------------------------------------


def test_who_was_invited_hears_why_it_is_cancelled(world, now, django_capture_on_commit_callbacks):
    meeting = planned_meeting(world.project, world.rep)

    with django_capture_on_commit_callbacks(execute=True):
        actions.cancel_meeting(meeting=meeting, reason="De dokter is ziek.", by=world.lead, now=now)

    assert "De dokter is ziek." in mail.outbox[0].body
    assert "STATUS:CANCELLED" in mail.outbox[0].attachments[0][1]
    assert "SEQUENCE:1" in mail.outbox[0].attachments[0][1]


def test_cancelling_without_a_reason_asks_for_it(client, world):
    meeting = planned_meeting(world.project)

    answer = post(client, world.lead, "meeting-step", {"afzeggen-text": " "}, "breukkijker", meeting.uuid, "afzeggen")

    assert (answer.status_code, Meeting.objects.get().state) == (422, "PLANNED")
    assert "Schrijf waarom het gesprek niet doorgaat." in words(soup(answer).select_one(".utrecht-alert--error"))


def test_step_that_came_too_late_is_told(client, world):
    meeting = planned_meeting(world.project, state="CANCELLED", cancel_reason="Ziek.")

    answer = post(
        client, world.lead, "meeting-step", {"afzeggen-text": "Ziek."}, "breukkijker", meeting.uuid, "afzeggen"
    )

    assert answer.status_code == 409
    assert "Dit gesprek is al geweest of afgezegd." in words(soup(answer).select_one("main"))


# --- Held ------------------------------------------------------------------------------------------------------------


def test_meeting_that_was_held_opens_the_gate_for_who_was_there(world, now):
    absent = representative(world.project)
    meeting = begun(world, world.rep, absent)

    holding(world, meeting, now)

    assert findings_of(world.project).representatives == (world.rep.number,)
    assert findings_of(world.project).idle == (absent.number,)
    assert dict(meeting.attendances.values_list("assignment", "minutes")) == {world.rep.pk: 90, absent.pk: None}
    assert not meeting.attendances.get(assignment=absent).was_there


def test_meeting_counts_in_the_phase_in_which_it_was(world, now):
    meeting = begun(world, world.rep)
    held_meeting(world.project, world.rep)
    gate = gates.ask_gate(project=world.project, text="Klaar.", by=world.lead, now=now)
    gates.pass_gate(gate=gate, text="Goed.", by=world.people["decider"], now=now)
    world.project.refresh_from_db()

    holding(world, meeting, now)

    meeting.refresh_from_db()
    assert meeting.phase == Phase.IDEA
    assert findings_of(world.project).representatives == ()


def test_meeting_that_was_planned_in_the_phase_before_counts_in_the_phase_of_its_day(world, now):
    held_meeting(world.project, world.rep)
    meeting = planned_meeting(world.project, world.rep, starts_at=now + HOUR)
    gate = gates.ask_gate(project=world.project, text="Klaar.", by=world.lead, now=now)
    gates.pass_gate(gate=gate, text="Goed.", by=world.people["decider"], now=now)
    world.project.refresh_from_db()

    holding(world, meeting, now + 4 * HOUR)

    assert findings_of(world.project).representatives == (world.rep.number,)


def test_entry_of_the_register_hears_of_a_meeting_at_once(world, now):
    entry = published_entry(organisation=world.project.organisation)
    world.project.entries.add(entry)

    holding(world, begun(world, world.rep), now)

    entry.refresh_from_db()
    assert entry.taken_part.answer == "YES"


def test_meeting_cannot_be_held_before_it_begins(world, now):
    with pytest.raises(ValidationError, match="nog niet begonnen"):
        holding(world, planned_meeting(world.project, world.rep), now)


def test_summary_that_patients_cannot_read_is_refused(world, now):
    with pytest.raises(ValidationError) as error:
        holding(world, begun(world), now, there={}, summary=HARD, language_reason="Het kan niet anders.")

    assert list(error.value.error_dict) == ["summary"]


@pytest.mark.parametrize(
    ("there", "team", "summary"), [({}, None, SUMMARY), ({}, -1, SUMMARY), ({}, 100, SUMMARY), ({}, 1, " ")]
)
def test_what_is_missing_holds_nothing(world, now, there, team, summary):
    meeting = begun(world, world.rep)

    with pytest.raises(ValidationError):
        actions.hold_meeting(meeting=meeting, there=there, team_present=team, texts={"summary": summary},
                             by=world.lead, now=now)  # fmt: skip

    meeting.refresh_from_db()
    assert meeting.state == MeetingState.PLANNED


@pytest.mark.parametrize("minutes", [0, -1, 24 * 60 + 1])
def test_minutes_that_cannot_be_are_refused(world, now, minutes):
    with pytest.raises(ValidationError):
        holding(world, begun(world, world.rep), now, there={world.rep.pk: minutes})


def test_only_who_signed_could_be_there(world, now):
    unsigned = representative(world.project, state=AssignmentState.PROPOSED, active_since=None)
    gone = representative(world.project, state=AssignmentState.ENDED, ended_at=now - datetime.timedelta(days=9))
    elsewhere = representative(ProjectFactory())

    for one in (unsigned, gone, elsewhere):
        with pytest.raises(ValidationError):
            holding(world, begun(world), now, there={one.pk: 60})


def test_page_to_hold_is_filled_in_with_who_said_to_come(client, world):
    meeting = begun(world, world.rep)
    Attendance.objects.update(will_come=True)
    client.force_login(world.lead)

    page = soup(client.get(reverse("participation:meeting-held", args=["breukkijker", meeting.uuid])))

    assert page.select_one(f"#id_there_{world.rep.pk}").has_attr("checked")
    assert page.select_one(f"#id_minutes_{world.rep.pk}")["value"] == "120"


def test_holding_without_minutes_tells_at_the_person(client, world):
    meeting = begun(world, world.rep)
    data = {"summary": SUMMARY, "team_present": "1", f"there_{world.rep.pk}": "on", f"minutes_{world.rep.pk}": ""}

    answer = post(client, world.lead, "meeting-held", data, "breukkijker", meeting.uuid)

    assert answer.status_code == 422
    assert "Schrijf hoeveel minuten." in words(soup(answer).select_one(f"#id_minutes_{world.rep.pk}_error"))
    assert soup(answer).select_one("#id_summary").text.strip() == SUMMARY


def test_language_can_be_asked_without_a_fault_for_what_is_empty(client, world):
    meeting = begun(world, world.rep)

    answer = post(client, world.lead, "meeting-held", {"summary": SUMMARY, "controleer": "ja"}, "breukkijker",
                  meeting.uuid)  # fmt: skip

    assert answer.status_code == 200
    assert not soup(answer).select(".field__fault")
    assert Meeting.objects.get().state == MeetingState.PLANNED


# --- What everybody sees ---------------------------------------------------------------------------------------------


def test_public_page_tells_numbers_and_words_and_no_names(client, world, now):
    world.rep.user.name = "Tineke Zonneveld"
    world.rep.user.save()
    meeting = begun(world, world.rep, place="Geheime zaal")
    holding(world, meeting, now, summary_en="We spoke about the pictures.")

    text = words(soup(client.get(reverse("participation:project", args=["breukkijker"]))).select_one("main"))
    english = words(soup(client.get("/en" + reverse("participation:project", args=["breukkijker"]))).select_one("main"))

    assert "Er was 1 patiëntvertegenwoordiger. Mensen van het project: 3." in text
    assert "Wij spraken over de foto’s." in text
    assert "We spoke about the pictures." in english
    for secret in ("Tineke", "Geheime zaal", "90", world.rep.user.email):
        assert secret not in text


def test_cancelled_meeting_is_not_public_and_its_reason_neither(client, world, now):
    meeting = planned_meeting(world.project, title="Weg gesprek")
    actions.cancel_meeting(meeting=meeting, reason="Een deelnemer ligt in het ziekenhuis.", by=world.lead, now=now)

    text = client.get(reverse("participation:project", args=["breukkijker"])).text

    assert "Weg gesprek" not in text
    assert "ziekenhuis." not in text


def test_what_everybody_sees_is_made_anew_after_each_public_change(world, now):
    numbers = [current_revision()]
    meeting = actions.plan_meeting(project=world.project, fields=fields(now), by=world.lead, now=now)
    numbers.append(current_revision())
    actions.change_meeting(meeting=meeting, fields=fields(now), revision=0, by=world.lead, now=now)
    numbers.append(current_revision())
    holding(world, meeting, meeting.starts_at + HOUR)
    numbers.append(current_revision())

    assert numbers == sorted(set(numbers))


@pytest.mark.parametrize(
    ("start", "last"),
    [((2026, 12, 14), datetime.date(2026, 12, 7)), ((2026, 12, 12), datetime.date(2026, 12, 7)),
     ((2026, 12, 29), datetime.date(2026, 12, 21)), ((2027, 1, 4), datetime.date(2026, 12, 24)),
     ((2027, 5, 10), datetime.date(2027, 4, 29))],
)  # fmt: skip
def test_papers_are_due_five_dutch_working_days_before(world, start, last):
    meeting = planned_meeting(world.project, starts_at=datetime.datetime(*start, 0, 30, tzinfo=AMSTERDAM))

    assert meeting.papers_due == last


def test_papers_that_do_not_come_are_public_after_their_last_day(client, world):
    meeting = planned_meeting(world.project, starts_at=datetime.datetime(2026, 12, 14, 13, tzinfo=datetime.UTC))
    address = reverse("participation:project", args=["breukkijker"])

    with time_machine.travel(datetime.datetime(2026, 12, 7, 22, 59, tzinfo=datetime.UTC)):
        in_time = "Stukken te laat" in client.get(address).text
    with time_machine.travel(datetime.datetime(2026, 12, 7, 23, 1, tzinfo=datetime.UTC)):
        late = "Stukken te laat" in client.get(address).text

    assert (meeting.papers_due, in_time, late) == (datetime.date(2026, 12, 7), False, True)


# --- The log ---------------------------------------------------------------------------------------------------------


def test_log_holds_no_words_that_people_typed(world, now):
    meeting = actions.plan_meeting(project=world.project, fields=fields(now, place="Geheim"), by=world.lead, now=now)
    actions.invite(meeting=meeting, by=world.lead, now=now)
    holding(world, meeting, meeting.starts_at + HOUR)

    events = AuditEvent.objects.filter(kind__startswith="meeting.").order_by("pk")
    assert [event.kind for event in events] == ["meeting.planned", "meeting.invited", "meeting.held"]
    assert all(set(event.data) <= {"meeting", "number"} for event in events)
