"""Every state of an assignment × every step × everybody: who may do what stands here by hand."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from participation.actions import agreements, assignments, interests
from participation.models import Assignment, Interest
from participation.states import ASSIGNMENT, INTEREST, AssignmentState, InterestState, SigningSide
from portal.core.workflow import StepNotAllowed
from portal.organisations.roles import Role
from tests.factories.participation import ProjectFactory, representative
from tests.factories.people import UserFactory, member
from tests.factories.starting import coordinator_of, declared, fresh, fund_manager, proposed

pytestmark = pytest.mark.django_db

S = AssignmentState
PEOPLE = ("rep", "other_rep", "lead", "other_lead", "coordinator", "decider", "manager", "stranger")
LEADS, SIDES = {"lead", "other_lead"}, {"rep", "lead", "other_lead", "coordinator"}
MATRIX = {
    (S.PROPOSED, "sign_rep"): {"rep"},
    (S.PROPOSED, "sign_project"): LEADS,
    (S.PROPOSED, "paper"): {"coordinator"},
    (S.PROPOSED, "link_rep"): {"rep"},
    (S.PROPOSED, "link_project"): LEADS,
    (S.PROPOSED, "end"): SIDES,
    (S.ACTIVE, "pause"): SIDES,
    (S.ACTIVE, "end"): SIDES,
    (S.PAUSED, "resume"): {"rep", "coordinator"},
    (S.PAUSED, "end"): SIDES,
}
STEPS = {
    "sign_rep": lambda one, **k: agreements.sign(
        assignment=one, side=SigningSide.REPRESENTATIVE, typed_name="Naam", **k
    ),
    "sign_project": lambda one, **k: agreements.sign(assignment=one, side=SigningSide.PROJECT, typed_name="Naam", **k),
    "paper": lambda one, **k: agreements.record_paper(assignment=one, typed_name="Naam", **k),
    "link_rep": lambda one, **k: agreements.ask_link(assignment=one, side=SigningSide.REPRESENTATIVE, **k),
    "link_project": lambda one, **k: agreements.ask_link(assignment=one, side=SigningSide.PROJECT, **k),
    "pause": lambda one, **k: assignments.pause(assignment=one, reason="Daarom.", **k),
    "resume": lambda one, **k: assignments.resume(assignment=one, **k),
    "end": lambda one, **k: assignments.end(assignment=one, reason="Daarom.", **k),
}
REFUSED = (PermissionDenied, StepNotAllowed, ValidationError)


@pytest.fixture
def world(now):
    project = ProjectFactory()
    one = proposed(project)
    Interest.objects.create(
        project=project, user=one.user, assignment=one, has_none=True, declared_at=now, decided_at=now,
        valid_until=now.date().replace(year=now.year + 1), state=InterestState.DECIDED, decision="NONE",
    )  # fmt: skip
    people = {
        "rep": one.user,
        "other_rep": representative(project).user,
        "lead": project.lead,
        "other_lead": member(project.organisation, Role.PROJECT_LEAD),
        "coordinator": coordinator_of(project),
        "decider": member(project.organisation, Role.GATE_DECIDER),
        "manager": fund_manager(),
        "stranger": UserFactory(),
    }
    return SimpleNamespace(project=project, one=one, people=people)


def in_state(world, state, now):
    """The assignment put into `state`, as whole as the database asks for."""
    moments = {} if state == S.PROPOSED else dict.fromkeys(
        ("representative_signed_at", "project_signed_at", "interests_cleared_at", "active_since"), now
    )  # fmt: skip
    Assignment.objects.filter(pk=world.one.pk).update(state=state, **moments)
    return fresh(world.one)


def does(act):
    """Whether `act` is carried out; it is undone."""
    before = transaction.savepoint()
    try:
        act()
    except REFUSED:
        return False
    finally:
        transaction.savepoint_rollback(before)
    return True


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", S)
def test_who_takes_a_step_of_an_assignment(world, now, state, step):
    in_state(world, state, now)

    found = {
        name
        for name, person in world.people.items()
        if does(lambda person=person: STEPS[step](fresh(world.one), by=person, now=now))
    }

    assert found == MATRIX.get((state, step), set())


def test_in_no_state_but_the_last_is_everybody_stuck(world, now):
    able = {state for state, _step in MATRIX}

    assert able == set(S) - {S.ENDED}
    assert {state for state in S if ASSIGNMENT.steps_from(state)} == able


# --- Interests -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("whose", ["rep", "lead"])
@pytest.mark.parametrize("state", InterestState)
def test_who_decides_on_interests(world, now, whose, state):
    allowed = {"rep": {"coordinator"}, "lead": {"manager"}}
    user = world.people[whose]
    Interest.objects.filter(user=user).update(declared_at=now.replace(year=now.year - 2))
    interest = declared(world.project, user, now)
    if state == InterestState.DECIDED:
        Interest.objects.filter(pk=interest.pk).update(state=state, decision="NONE", decided_at=now)
    interest.refresh_from_db()

    found = {
        name
        for name, person in world.people.items()
        if does(lambda person=person: interests.decide(
            interest=Interest.objects.get(pk=interest.pk), decision="NONE", text="", by=person, now=now
        ))
    }  # fmt: skip

    assert found == (allowed[whose] if INTEREST.steps_from(state) else set())


def test_who_declares_interests(world, now):
    found = {
        name
        for name, person in world.people.items()
        if does(lambda person=person: declared(world.project, person, now))
    }

    assert found == {"rep", "other_rep", "lead"}
