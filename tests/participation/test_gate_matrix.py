"""Every state of a gate and of an exception × every step × everybody: who may do what stands here by hand."""

import datetime
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from participation.actions import exceptions, gates
from participation.models import GateException, GateReview
from participation.states import EXCEPTION, GATE, ExceptionState, GateState
from portal.core.workflow import StepNotAllowed
from portal.organisations.models import OrganisationKind
from portal.organisations.roles import Role
from tests.factories.organisations import OrganisationFactory
from tests.factories.participation import LONG_REASON, ProjectFactory, held_meeting, representative
from tests.factories.people import UserFactory, member
from tests.support.once import first_everywhere

pytestmark = pytest.mark.django_db

PEOPLE = ("lead", "other_lead", "decider", "coordinator", "manager", "own_manager", "rep", "stranger")
GATE_STEPS = {"pass": gates.pass_gate, "refuse": gates.refuse_gate, "withdraw": gates.withdraw_gate}
GATE_MATRIX = {
    (GateState.ASKED, "pass"): {"decider"},
    (GateState.ASKED, "refuse"): {"decider"},
    (GateState.ASKED, "withdraw"): {"lead", "other_lead"},
}
EXCEPTION_STEPS = {
    "grant": exceptions.grant_exception, "refuse": exceptions.refuse_exception, "repair": exceptions.repair_exception,
    "withdraw": exceptions.withdraw_exception,
}  # fmt: skip
EXCEPTION_MATRIX = {
    (ExceptionState.ASKED, "grant"): {"manager"},
    (ExceptionState.ASKED, "refuse"): {"manager"},
    (ExceptionState.ASKED, "withdraw"): {"lead", "other_lead"},
    (ExceptionState.GRANTED, "repair"): {"coordinator"},
}
WITHOUT_WORDS = (gates.withdraw_gate, exceptions.withdraw_exception, exceptions.repair_exception)


@pytest.fixture
def world(now):
    project = ProjectFactory()
    someone = representative(project)
    held_meeting(project, someone)
    own, fund = project.organisation, OrganisationFactory(kind=OrganisationKind.FUND, verified_at=now)
    people = {
        "lead": project.lead,
        "other_lead": member(own, Role.PROJECT_LEAD),
        "decider": member(own, Role.GATE_DECIDER),
        "coordinator": member(project.patient_side, Role.COORDINATOR),
        "manager": member(fund, Role.FUND_MANAGER),
        "own_manager": member(own, Role.FUND_MANAGER),
        "rep": someone.user,
        "stranger": UserFactory(),
    }
    return SimpleNamespace(project=project, people=people, fund=fund)


def a_gate(world, state, now):
    gate = gates.ask_gate(project=world.project, text="Klaar.", by=world.people["lead"], now=now)
    GateReview.objects.filter(pk=gate.pk).update(state=state)
    return GateReview.objects.get(pk=gate.pk)


def an_exception(world, state, now):
    made = exceptions.ask_exception(
        project=world.project, reason=LONG_REASON, missing="Ouders", repair="Via scholen",
        repair_by=(now + datetime.timedelta(days=30)).date(), by=world.people["lead"], now=now,
    )  # fmt: skip
    GateException.objects.filter(pk=made.pk).update(state=state, granted_for=world.fund, decided_at=now)
    return GateException.objects.get(pk=made.pk)


def who_can(world, step, make, **arguments):
    """Everybody whose step is carried out; what each did is undone by making the thing anew."""
    found = set()
    for name in PEOPLE:
        thing = make()
        text = {} if step in WITHOUT_WORDS else {"text": "Daarom."}
        try:
            step(**{arguments["called"]: thing}, by=world.people[name], now=arguments["now"], **text)
        except (PermissionDenied, StepNotAllowed, ValidationError):
            continue
        finally:
            undo(world)
        found.add(name)
    return found


def undo(world):
    GateReview.objects.filter(project=world.project, state=GateState.ASKED).update(state=GateState.WITHDRAWN)
    GateException.objects.filter(project=world.project).exclude(state=ExceptionState.REFUSED).update(
        state=ExceptionState.REFUSED
    )


@pytest.mark.parametrize("step", GATE_STEPS)
@pytest.mark.parametrize("state", first_everywhere(GateState))
def test_step_at_a_gate_is_for_whom_the_matrix_says(world, now, state, step):
    found = who_can(world, GATE_STEPS[step], lambda: a_gate(world, state, now), called="gate", now=now)

    assert found == GATE_MATRIX.get((state, step), set())


@pytest.mark.parametrize("step", EXCEPTION_STEPS)
@pytest.mark.parametrize("state", first_everywhere(ExceptionState))
def test_step_of_an_exception_is_for_whom_the_matrix_says(world, now, state, step):
    found = who_can(world, EXCEPTION_STEPS[step], lambda: an_exception(world, state, now), called="exception", now=now)

    assert found == EXCEPTION_MATRIX.get((state, step), set())


@pytest.mark.parametrize(("workflow", "matrix"), [(GATE, GATE_MATRIX), (EXCEPTION, EXCEPTION_MATRIX)])
def test_somebody_can_act_in_every_state_that_is_not_the_end(workflow, matrix):
    going_on = {state for state in workflow.statuses if workflow.steps_from(state)}

    assert {state for (state, _step), people in matrix.items() if people} == going_on


def test_exception_on_which_nobody_could_decide_is_not_asked(now):
    project = ProjectFactory()

    with pytest.raises(ValidationError, match="geen fonds dat hierover kan beslissen"):
        exceptions.ask_exception(
            project=project, reason=LONG_REASON, missing="Ouders", repair="Via scholen", by=project.lead, now=now,
            repair_by=(now + datetime.timedelta(days=30)).date(),
        )  # fmt: skip
