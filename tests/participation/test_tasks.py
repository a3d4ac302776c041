"""Tasks: whoever works on the project asks, one person does it with one click, who asked hears when it is late."""

import datetime
from types import SimpleNamespace

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from participation.actions import tasks as actions
from participation.models import ProjectTask
from participation.states import TASK, AssignmentState, TaskState
from participation.workspace import tasks_for
from portal.core.workflow import StepNotAllowed
from portal.organisations.roles import Role
from tests.factories.participation import ProjectFactory, representative
from tests.factories.people import UserFactory, member
from tests.support.html import soup, words

pytestmark = pytest.mark.django_db

PEOPLE = ("lead", "other_lead", "coordinator", "colleague", "decider", "rep", "other_rep", "unsigned", "stranger")
WORKING = {"lead", "other_lead", "coordinator", "colleague", "rep", "other_rep"}
# Asked by the representative, to be done by the colleague.
MATRIX = {(TaskState.OPEN, "finish"): {"colleague"}, (TaskState.OPEN, "cancel"): {"rep"}}
STEPS = {"finish": actions.finish_task, "cancel": actions.cancel_task}
DUE = datetime.date(2026, 12, 1)


@pytest.fixture
def world(now):
    project = ProjectFactory(slug="breukkijker", name="Breukkijker")
    rep = representative(project)
    colleague = member(project.organisation, Role.EDITOR, name="Kim de Boer")
    project.team.create(user=colleague, function="arts", since=now)
    people = {
        "lead": project.lead,
        "other_lead": member(project.organisation, Role.PROJECT_LEAD),
        "coordinator": member(project.patient_side, Role.COORDINATOR),
        "colleague": colleague,
        "decider": member(project.organisation, Role.GATE_DECIDER),
        "rep": rep.user,
        "other_rep": representative(project, user=UserFactory(name="Tineke Zonneveld")).user,
        "unsigned": representative(project, state=AssignmentState.PROPOSED, active_since=None).user,
        "stranger": UserFactory(),
    }
    return SimpleNamespace(project=project, people=people, rep=rep)


def a_task(world, state=TaskState.OPEN, now=datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC), **fields):
    values = {"doer": world.people["colleague"], "asked_by": world.people["rep"], "due_date": DUE}
    ended = None if state == TaskState.OPEN else now
    return ProjectTask.objects.create(
        project=world.project, what="Stuur de cijfers", state=state, asked_at=now, ended_at=ended, **values | fields
    )


def who_can(world, step, now, **task):
    found = set()
    for name in PEOPLE:
        try:
            STEPS[step](task=a_task(world, **task), by=world.people[name], now=now)
        except (PermissionDenied, StepNotAllowed):
            continue
        found.add(name)
    return found


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", TaskState)
def test_step_of_a_task_is_for_whom_the_matrix_says(world, now, state, step):
    assert who_can(world, step, now, state=state) == MATRIX.get((state, step), set())


def test_somebody_can_act_in_every_state_that_is_not_the_end():
    going_on = {state for state in TASK.statuses if TASK.steps_from(state)}

    assert {state for (state, _step), people in MATRIX.items() if people} == going_on


@pytest.mark.parametrize("gone", [None, "stranger"])
def test_task_of_who_left_can_be_taken_away_by_both_sides(world, now, gone):
    asker = world.people[gone] if gone else None

    assert who_can(world, "cancel", now, asked_by=asker) == {"lead", "other_lead", "coordinator"}


def test_everybody_who_works_on_the_project_may_ask(world, now):
    found = set()
    for name in PEOPLE:
        try:
            actions.ask_task(project=world.project, what="Lees dit", doer=world.people["lead"], due=DUE,
                             by=world.people[name], now=now)  # fmt: skip
        except PermissionDenied:
            continue
        found.add(name)

    assert found == WORKING


@pytest.mark.parametrize("doer", ["decider", "unsigned", "stranger"])
def test_who_does_not_work_on_the_project_gets_no_task(world, now, doer):
    with pytest.raises(ValidationError) as error:
        actions.ask_task(project=world.project, what="Lees dit", doer=world.people[doer], due=DUE,
                         by=world.people["rep"], now=now)  # fmt: skip

    assert list(error.value.error_dict) == ["doer"]


def ask(client, world, by, **data):
    client.force_login(world.people[by])
    values = {"what": "Lees dit", "doer": str(world.people["colleague"].pk), "due": "1-12-2026"}
    return client.post(reverse("participation:tasks", args=["breukkijker"]), values | data)


def test_task_is_asked_on_one_page_and_done_with_one_click(client, world):
    ask(client, world, "rep")
    made = ProjectTask.objects.get()
    client.force_login(world.people["colleague"])

    client.post(reverse("participation:task-step", args=["breukkijker", made.uuid, "klaar"]))
    again = client.post(reverse("participation:task-step", args=["breukkijker", made.uuid, "klaar"]))

    made.refresh_from_db()
    assert (made.state, made.due_date, made.asked_by) == (TaskState.DONE, DUE, world.people["rep"])
    assert (again.status_code, "al gedaan, of hoeft niet meer" in again.text) == (409, True)


def test_double_click_asks_once(client, world):
    key = "8b3c3a52-5f43-4b2a-9b0e-3d2b5a1c0d7e"

    answers = [ask(client, world, "rep", key=key).status_code for _click in range(2)]

    assert (answers, ProjectTask.objects.count()) == ([302, 302], 1)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [({"what": " "}, "Schrijf wat er moet gebeuren."), ({"what": "x" * 301}, "Er passen 300 tekens."),
     ({"doer": ""}, "Kies wie het doet."), ({"doer": "99999"}, "Kies iets uit de lijst."),
     ({"due": ""}, "Kies een dag vanaf vandaag"), ({"due": "21-11-2026"}, "Kies een dag vanaf vandaag"),
     ({"due": "1-12-2036"}, "Kies een dag vanaf vandaag"), ({"due": "straks"}, "Schrijf de datum zo")],
)  # fmt: skip
def test_fault_is_told_and_what_was_typed_stays(client, world, wrong, told):
    answer = ask(client, world, "rep", **wrong)

    page = soup(answer)
    assert answer.status_code == 422
    assert told in words(page.select_one(".utrecht-alert--error"))
    assert page.select_one("#id_what")["value"] == wrong.get("what", "Lees dit")
    assert not ProjectTask.objects.exists()


def test_representatives_are_called_by_number(client, world):
    client.force_login(world.people["colleague"])

    page = soup(client.get(reverse("participation:tasks", args=["breukkijker"])))
    choices = [words(option) for option in page.select("#id_doer option")]

    assert "patiëntvertegenwoordiger 2" in choices
    assert "Kim de Boer, arts" in choices
    assert "Tineke" not in page.text


def lines(user):
    found = [(str(task.what), task.title, task.is_late) for task in tasks_for(user)]
    return [one for one in found if one[0] != "Meld uw belangen"]  # of every project, whatever its tasks


def test_task_stands_in_the_workspace_and_who_asked_hears_when_it_is_late(world):
    a_task(world)

    assert lines(world.people["colleague"]) == [("Doe dit", "Stuur de cijfers", False)]
    assert lines(world.people["rep"]) == []

    with time_machine.travel(datetime.datetime(2026, 12, 1, 22, 59, tzinfo=datetime.UTC)):
        assert lines(world.people["rep"]) == []
    with time_machine.travel(datetime.datetime(2026, 12, 1, 23, 1, tzinfo=datetime.UTC)):
        assert lines(world.people["rep"]) == [("Iemand is te laat met", "Stuur de cijfers", True)]
        assert lines(world.people["colleague"]) == [("Doe dit", "Stuur de cijfers", True)]


def test_project_that_ended_asks_nothing_more(client, world):
    a_task(world)
    type(world.project).objects.update(state="STOPPED", ended_at=world.project.phase_since, ending_reason="Op.")

    assert (ask(client, world, "rep").status_code, lines(world.people["colleague"])) == (409, [])
