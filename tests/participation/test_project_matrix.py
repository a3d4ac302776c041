"""Every state of a project, an offer, a message and a round of questions × every step × everybody, by hand."""

import datetime
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from participation.actions import (
    account,
    advice,
    assignments,
    exceptions,
    gates,
    interests,
    meetings,
    messages,
    offers,
    projects,
    pulse,
    tasks,
    team,
    vacancies,
)
from participation.models import Interest, Message, Project, PulseRound, RoleOffer
from participation.states import Influence, ProjectState, PulseSide, PulseState
from portal.core import links
from portal.core.workflow import StepNotAllowed
from portal.organisations.models import OrganisationKind
from portal.organisations.roles import Role
from tests.factories.advice import FIELDS
from tests.factories.organisations import OrganisationFactory
from tests.factories.participation import LONG_REASON, ProjectFactory, representative
from tests.factories.people import UserFactory, member
from tests.support.once import first_everywhere

pytestmark = pytest.mark.django_db

LEADS = {"lead", "other_lead"}
SIDES = LEADS | {"coordinator"}
WORKING = SIDES | {"colleague", "rep"}
DAY, MINUTE = datetime.timedelta(days=1), datetime.timedelta(minutes=1)


@pytest.fixture
def world(now):
    project = ProjectFactory()
    own, fund = project.organisation, OrganisationFactory(kind=OrganisationKind.FUND, verified_at=now)
    colleague = member(own, Role.EDITOR)
    team.add_colleague(project=project, email=colleague.email, function="arts", by=project.lead, now=now)
    people = {
        "lead": project.lead,
        "other_lead": member(own, Role.PROJECT_LEAD),
        "colleague": colleague,
        "decider": member(own, Role.GATE_DECIDER),
        "administrator": member(own, Role.ADMINISTRATOR),
        "coordinator": member(project.patient_side, Role.COORDINATOR),
        "manager": member(fund, Role.FUND_MANAGER),
        "rep": representative(project).user,
        "asked by mail": UserFactory(email="gevraagd@thuis.example"),
        "stranger": UserFactory(),
    }
    return SimpleNamespace(project=project, people=people, now=now)


def who_can(world: Any, act: Callable[[Any], Any]) -> set[str]:
    """Everybody for whom `act(person)` is carried out; what each did is taken back."""
    found = set()
    for name, person in world.people.items():
        try:
            with transaction.atomic():
                act(person)
                transaction.set_rollback(True)
        except (PermissionDenied, StepNotAllowed, ValidationError):
            continue
        found.add(name)
    return found


# --- A project -------------------------------------------------------------------------------------------------------

WORDS = {"title": "Foto’s", "place": "Utrecht", "agenda": "Kennismaken"}
# What a project lets people do while it runs. When it ended: nothing of this but the account.
PROJECT_STEPS: dict[str, tuple[set[str], Callable[..., Any]]] = {
    "stop": (LEADS, lambda w, p, by: projects.end_project(project=p, name="stop", reason="Op.", by=by, now=w.now)),
    "close": (LEADS, lambda w, p, by: projects.end_project(project=p, name="close", reason="Op.", by=by, now=w.now)),
    "change": (LEADS, lambda w, p, by: projects.change_project(project=p, fields={}, by=by, now=w.now)),
    "ask a gate": (LEADS, lambda w, p, by: gates.ask_gate(project=p, text="Klaar.", by=by, now=w.now)),
    "ask an exception": (LEADS, lambda w, p, by: exceptions.ask_exception(
        project=p, reason=LONG_REASON, missing="Ouders", repair="Zo", repair_by=(w.now + 30 * DAY).date(), by=by,
        now=w.now,
    )),
    "write a vacancy": (LEADS, lambda w, p, by: vacancies.write_vacancy(
        project=p, fields={"title": "Denk mee"}, criteria=[], by=by, now=w.now
    )),
    "ask somebody": (LEADS, lambda w, p, by: assignments.propose(
        project=p, user=UserFactory(), influence=Influence.ADVISER, by=by, now=w.now
    )),
    "offer a role": (LEADS, lambda w, p, by: offers.offer_role(
        project=p, email="nieuw@thuis.example", influence="ADVISER", by=by, now=w.now
    )),
    "plan a meeting": (SIDES, lambda w, p, by: meetings.plan_meeting(
        project=p, fields={**WORDS, "starts_at": w.now + DAY, "ends_at": w.now + DAY + 60 * MINUTE}, by=by, now=w.now
    )),
    "ask a task": (WORKING, lambda w, p, by: tasks.ask_task(
        project=p, what="Lees dit", doer=w.people["lead"], due=w.now.date(), by=by, now=w.now
    )),
    "write a message": (WORKING, lambda w, p, by: messages.write_message(project=p, text="Hoi", by=by, now=w.now)),
    "give advice": ({"rep"}, lambda w, p, by: advice.give(project=p, fields=FIELDS, by=by, now=w.now)),
    "type advice out": ({"coordinator"}, lambda w, p, by: advice.type_out(
        project=p, fields=FIELDS, givers=[1], by=by, now=w.now
    )),
    "declare interests": ({"colleague", "rep"}, lambda w, p, by: interests.declare(
        project=p, has_none=True, text="", by=by, now=w.now
    )),
    "begin the account": (LEADS, lambda w, p, by: account.begin(project=p, by=by, now=w.now)),
}  # fmt: skip
ALSO_AFTER_THE_END = {"begin the account"}


@pytest.mark.parametrize("step", PROJECT_STEPS)
@pytest.mark.parametrize("state", first_everywhere(ProjectState))
def test_step_of_a_project_is_for_whom_the_matrix_says(world, now, state, step):
    who, act = PROJECT_STEPS[step]
    Interest.objects.create(  # of the lead: one waits at a time
        project=world.project, user=world.people["lead"], has_none=True, declared_at=now, valid_until=now.date()
    )
    if state != ProjectState.RUNNING:
        name = "stop" if state == ProjectState.STOPPED else "close"
        projects.end_project(project=world.project, name=name, reason="Op.", by=world.people["lead"], now=now)

    found = who_can(world, lambda person: act(world, Project.objects.get(pk=world.project.pk), person))

    assert found == (who if state == ProjectState.RUNNING or step in ALSO_AFTER_THE_END else set())


# --- An offer by mail ------------------------------------------------------------------------------------------------

OFFER_STEPS: dict[str, Callable[..., Any]] = {
    "accept": lambda w, offer, by: offers.accept_offer(offer=offer, by=by, now=w.now),
    "withdraw": lambda w, offer, by: offers.withdraw_offer(offer=offer, by=by, now=w.now),
    "offer again": lambda w, offer, by: offers.offer_role(
        project=w.project, email=offer.email, influence="ADVISER", by=by, now=w.now
    ),
}
OFFER_MATRIX = {
    ("open", "accept"): {"asked by mail"},
    ("open", "withdraw"): LEADS,
    ("open", "offer again"): LEADS,
    ("too old", "withdraw"): LEADS,
    ("too old", "offer again"): LEADS,
    ("asked by who leads no more", "withdraw"): LEADS,
    ("asked by who leads no more", "offer again"): LEADS,
    ("used up", "offer again"): LEADS,
}


def an_offer(world: Any, state: str) -> RoleOffer:
    lasts = -DAY if state == "too old" else DAY
    by = world.people["stranger" if state == "asked by who leads no more" else "lead"]
    made = RoleOffer.objects.create(
        project=world.project, email="gevraagd@thuis.example", influence="ADVISER", token_hash=links.hash_of("x"),
        offered_by=by, offered_at=world.now, expires_at=world.now + lasts,
    )  # fmt: skip
    if state == "used up":
        RoleOffer.objects.filter(pk=made.pk).delete()
    return made


@pytest.mark.parametrize("step", OFFER_STEPS)
@pytest.mark.parametrize("state", ["open", "too old", "asked by who leads no more", "used up"])
def test_step_of_an_offer_is_for_whom_the_matrix_says(world, state, step):
    offer = an_offer(world, state)

    found = who_can(world, lambda person: OFFER_STEPS[step](world, offer, person))

    assert found == OFFER_MATRIX.get((state, step), set())


def test_offer_is_not_for_an_address_that_nobody_confirmed(world):
    offer = an_offer(world, "open")
    EmailAddress.objects.filter(email=offer.email).update(verified=False)

    assert who_can(world, lambda person: OFFER_STEPS["accept"](world, offer, person)) == set()


# --- A message -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "who"), [("just written", {"rep"}), ("ten minutes old", {"rep"}), ("older", set()), ("taken back", set())]
)
def test_message_is_taken_back_by_whom_the_matrix_says(world, now, state, who):
    age = {"ten minutes old": 10, "older": 11}.get(state, 0) * MINUTE
    made = messages.write_message(project=world.project, text="Hoi", by=world.people["rep"], now=now - age)
    if state == "taken back":
        messages.take_back(message=made, by=world.people["rep"], now=now)

    found = who_can(
        world,
        lambda person: messages.take_back(message=Message.objects.get(pk=made.pk), by=person, now=now),
    )

    assert found == who


# --- A round of questions --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("state", "day", "who"), [
    (PulseState.OPEN, 0, {"rep", "colleague"}),  # who was asked and did not answer yet
    (PulseState.OPEN, 1, set()),  # its last day is past, the clock closes it
    (PulseState.CLOSED, 0, set()),
])  # fmt: skip
def test_questions_are_answered_by_whom_the_matrix_says(world, now, state, day, who):
    closed = {"closed_at": now} if state == PulseState.CLOSED else {}
    made = PulseRound.objects.create(
        project=world.project, phase="IDEA", reason="HALF_YEAR", opened_at=now, closes_on=now.date(), state=state,
        **closed,
    )  # fmt: skip
    for name, side in (("rep", PulseSide.PATIENTS), ("colleague", PulseSide.TEAM), ("lead", PulseSide.TEAM)):
        made.asked.create(user=world.people[name], side=side, has_answered=name == "lead")

    found = who_can(
        world,
        lambda person: pulse.answer(round_=made, values=dict.fromkeys(range(1, 7), 3), by=person, now=now + day * DAY),
    )

    assert found == who
