"""The pulse: asked of both sides, answered once and by nobody in particular, shown of five people or more."""

import datetime

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from participation.actions import pulse as actions
from participation.actions.gates import ask_gate, pass_gate
from participation.actions.projects import end_project
from participation.models import PulseAsked, PulseCount, PulseRound, TeamMember
from participation.pulse import QUESTIONS, SideShown, about, average, people, rounds_of
from participation.states import PulseReason, PulseSide, PulseState
from participation.workspace import tasks_for
from portal.audit.models import AuditEvent
from portal.audit.revision import current_revision
from portal.core.workflow import StepNotAllowed
from portal.organisations.roles import Role
from tests.factories.participation import ProjectFactory, held_meeting, representative
from tests.factories.people import UserFactory, member
from tests.support.html import soup, words

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
ALL_FOUR = dict.fromkeys(QUESTIONS, 4)


@pytest.fixture
def project(now):
    """A project with six representatives and a team of five."""
    made = ProjectFactory(slug="breukkijker", phase_since=now - 30 * DAY)
    for _number in range(6):
        representative(made, active_since=now - 20 * DAY)
    for user in (made.lead, *(UserFactory() for _number in range(4))):
        TeamMember.objects.create(project=made, user=user, function="arts", since=now - 20 * DAY)
    return made


def passed(project, now):
    """Let the project into its next phase: that ends the first."""
    held_meeting(project, project.assignments.first())
    gate = ask_gate(project=project, text="Klaar.", by=project.lead, now=now)
    pass_gate(gate=gate, text="Ja.", by=member(project.organisation, Role.GATE_DECIDER), now=now)
    project.refresh_from_db()


@pytest.fixture
def round_(project, now):
    passed(project, now)
    assert actions.open_pulses(now) == 1
    return PulseRound.objects.get()


def answered(round_, side, values, now, number=None):
    """Let people of `side` answer `values` to all questions, as many as there are values."""
    waiting = list(round_.asked.filter(side=side, has_answered=False).order_by("pk")[:number])
    for asked, value in zip(waiting, values, strict=False):
        actions.answer(round_=round_, values=dict.fromkeys(QUESTIONS, value), by=asked.user, now=now)


def closed(round_, now):
    actions.close_pulses(now + 22 * DAY)
    round_.refresh_from_db()


# --- When and whom ---------------------------------------------------------------------------------------------------


def test_both_sides_are_asked_when_a_phase_ends(project, round_, now):
    assert (round_.reason, round_.phase, round_.state) == (PulseReason.PHASE, "IDEA", PulseState.OPEN)
    sides = list(round_.asked.values_list("side", flat=True))
    assert (sides.count(PulseSide.PATIENTS), sides.count(PulseSide.TEAM)) == (6, 5)


def test_a_phase_is_asked_about_once(project, round_, now):
    closed(round_, now)

    assert actions.open_pulses(now + 23 * DAY) == 0


def test_both_sides_are_asked_every_half_year(project, now):
    assert actions.open_pulses(now + 100 * DAY) == 0

    assert actions.open_pulses(now + 190 * DAY) == 1

    assert PulseRound.objects.get().reason == PulseReason.HALF_YEAR


def test_both_sides_are_asked_when_the_project_ends_also_who_stopped_with_it(project, now):
    end_project(project=project, name="close", reason="Klaar.", by=project.lead, now=now)
    project.assignments.update(state="ENDED", ended_at=now)

    assert [actions.open_pulses(now + DAY), actions.open_pulses(now + DAY)] == [1, 0]

    round_ = PulseRound.objects.get()
    assert (round_.reason, round_.asked.filter(side=PulseSide.PATIENTS).count()) == (PulseReason.END, 6)


def test_what_ended_long_ago_is_not_asked_about(project, now):
    end_project(project=project, name="close", reason="Klaar.", by=project.lead, now=now)

    assert actions.open_pulses(now + 61 * DAY) == 0


def test_one_round_runs_at_a_time(project, round_, now):
    passed(project, now + DAY)

    assert actions.open_pulses(now + DAY) == 0


def test_project_without_representatives_is_not_asked(now):
    ProjectFactory()

    assert actions.open_pulses(now + 190 * DAY) == 0


def test_who_came_later_who_left_and_who_is_paused_is_not_asked(project, now):
    late, gone, paused, closed_account, *_rest = project.assignments.order_by("number")
    project.assignments.filter(pk=late.pk).update(active_since=now + DAY)
    project.assignments.filter(pk=gone.pk).update(state="ENDED", ended_at=now - DAY)
    project.assignments.filter(pk=paused.pk).update(state="PAUSED")
    closed_account.user.is_active = False
    closed_account.user.save()

    assert len(people(project, now)[PulseSide.PATIENTS]) == 2


def test_who_stands_on_both_sides_is_asked_as_a_representative(project, now):
    both = project.assignments.first().user
    TeamMember.objects.create(project=project, user=both, function="patiënt", since=now - DAY)

    found = people(project, now)

    assert both in found[PulseSide.PATIENTS]
    assert both not in found[PulseSide.TEAM]


# --- Answering without a name ----------------------------------------------------------------------------------------


def test_answer_only_raises_a_count(project, round_, now):
    rows = PulseCount.objects.count()
    log = AuditEvent.objects.count()

    answered(round_, PulseSide.PATIENTS, [4], now)

    assert PulseCount.objects.count() == rows == 2 * 6 * 5
    assert list(PulseCount.objects.exclude(number=0).values_list("side", "value", "number")) == [("PATIENTS", 4, 1)] * 6
    assert AuditEvent.objects.count() == log


@pytest.mark.parametrize("model", [PulseCount, PulseRound])
def test_nothing_that_stays_leads_to_a_person(model):
    relations = {field.related_model.__name__ for field in model._meta.concrete_fields if field.related_model}

    assert relations <= {"PulseRound", "Project", "GateReview"}


def test_that_somebody_answered_has_no_time_and_no_answer():
    assert {field.name for field in PulseAsked._meta.concrete_fields} == {
        "id", "round", "user", "side", "has_answered",
    }  # fmt: skip


def test_nobody_answers_twice(project, round_, now):
    user = round_.asked.first().user
    actions.answer(round_=round_, values=ALL_FOUR, by=user, now=now)

    with pytest.raises(StepNotAllowed):
        actions.answer(round_=round_, values=ALL_FOUR, by=user, now=now)


def test_who_is_not_asked_does_not_answer(project, round_, now):
    with pytest.raises(PermissionDenied):
        actions.answer(round_=round_, values=ALL_FOUR, by=UserFactory(), now=now)


@pytest.mark.parametrize("values", [{}, {**ALL_FOUR, 6: 0}, {**ALL_FOUR, 2: 6}])
def test_all_six_are_answered(project, round_, now, values):
    with pytest.raises(ValidationError):
        actions.answer(round_=round_, values=values, by=round_.asked.first().user, now=now)

    assert not PulseCount.objects.exclude(number=0).exists()


def test_round_that_is_over_takes_no_answer(project, round_, now):
    with pytest.raises(StepNotAllowed):
        actions.answer(round_=round_, values=ALL_FOUR, by=round_.asked.first().user, now=now + 22 * DAY)


def test_who_was_asked_is_forgotten_when_it_closes(project, round_, now):
    answered(round_, PulseSide.TEAM, [3] * 5, now)

    closed(round_, now)

    assert not PulseAsked.objects.exists()


# --- What is shown ---------------------------------------------------------------------------------------------------


def sides(project):
    _question, patients, team = rounds_of(project)["pulses"][0].rows[0]
    return patients.average, team.average


def test_nothing_is_shown_while_it_runs(client, project, round_, now):
    answered(round_, PulseSide.PATIENTS, [4] * 6, now)

    page = client.get(reverse("participation:project", args=["breukkijker"])).text

    assert rounds_of(project)["pulses"] == []
    assert "Hoe gaat het samenwerken" not in page


@pytest.mark.parametrize(("number", "shown"), [(0, None), (4, None), (5, 3.0), (6, 3.0)])
def test_side_is_shown_from_five_people_on(project, round_, now, number, shown):
    answered(round_, PulseSide.PATIENTS, [3] * number, now)
    answered(round_, PulseSide.TEAM, [5, 4, 4, 4, 4], now)

    closed(round_, now)

    assert sides(project) == (shown, 4.2)


def test_counts_of_fewer_than_five_are_deleted_when_it_closes(project, round_, now):
    answered(round_, PulseSide.PATIENTS, [1] * 4, now)
    answered(round_, PulseSide.TEAM, [5] * 5, now)

    closed(round_, now)

    assert set(PulseCount.objects.values_list("side", flat=True)) == {PulseSide.TEAM}


def test_closing_tells_caches_and_happens_once(project, round_, now):
    assert actions.close_pulses(now + 21 * DAY) == 0
    before = current_revision()

    assert [actions.close_pulses(now + 22 * DAY) for _time in range(2)] == [1, 0]

    assert current_revision() > before


def test_page_shows_both_sides_with_words_and_a_picture(client, project, round_, now):
    answered(round_, PulseSide.PATIENTS, [3, 3, 3, 3, 4], now)
    answered(round_, PulseSide.TEAM, [5] * 4, now)
    closed(round_, now)

    section = soup(client.get(reverse("participation:project", args=["breukkijker"]))).select_one(
        "[aria-labelledby=samenwerken]"
    )

    rows = section.select("tbody tr")
    assert len(rows) == 6
    assert [words(cell) for cell in rows[0].select("td")] == ["3,2", "te weinig antwoorden om te laten zien"]
    assert rows[0].select_one("rect.pulse-bar__part")["width"] == "11"
    assert "patiëntvertegenwoordigers 5 tot 9, team minder dan 5." in words(section)


def test_how_many_answered_is_told_in_steps_only():
    assert [str(about(number)) for number in (0, 4, 5, 9, 10, 50)] == [
        "minder dan 5", "minder dan 5", "5 tot 9", "5 tot 9", "10 of meer", "10 of meer",
    ]  # fmt: skip


def test_average_is_of_one_decimal_and_of_nobody_when_few():
    assert average({5: 4}) is None
    assert average({1: 1, 2: 1, 5: 4}) == 3.8
    assert (SideShown(average=1.0).width, SideShown(average=5.0).width) == (0, 20)


# --- The page and the mails ------------------------------------------------------------------------------------------


def test_six_words_and_one_button(client, project, round_, now):
    asked = round_.asked.filter(side=PulseSide.PATIENTS).first()
    client.force_login(asked.user)
    address = reverse("participation:pulse", args=[round_.uuid])
    assert "Vertel hoe het samenwerken gaat" in [str(task.what) for task in tasks_for(asked.user)]

    page = soup(client.get(address))
    answer = client.post(address, {f"q{number}": "4" for number in QUESTIONS}, follow=True)

    assert len(page.select("fieldset")) == 6
    assert "U hebt deze vragen al beantwoord." in words(soup(answer).select_one("main"))
    assert "Vertel hoe het samenwerken gaat" not in [str(task.what) for task in tasks_for(asked.user)]


def test_what_is_missing_is_told_and_what_was_chosen_stays(client, project, round_, now):
    client.force_login(round_.asked.first().user)

    answer = client.post(reverse("participation:pulse", args=[round_.uuid]), {"q1": "2"})

    page = soup(answer)
    assert answer.status_code == 422
    assert page.select_one("input[name=q1][checked]")["value"] == "2"
    assert len(page.select(".field__fault")) == 5


def test_everybody_is_mailed_and_who_did_not_answer_once_more(project, now, django_capture_on_commit_callbacks):
    passed(project, now)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        actions.open_pulses(now)
    round_ = PulseRound.objects.get()
    assert len(mail.outbox) == 11
    answered(round_, PulseSide.PATIENTS, [4] * 6, now)
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        done = [actions.remind_of_pulses(now + days * DAY) for days in (9, 10, 15)]

    assert (done, len(mail.outbox)) == ([0, 1, 0], 5)
