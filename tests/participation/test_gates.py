"""A gate has teeth: no next phase without a patient who really contributed, unless a public exception stands."""

import datetime
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from participation.actions import exceptions
from participation.actions import gates as actions
from participation.contributions import findings_of
from participation.models import GateException, Passage
from participation.states import (
    EXCEPTION,
    GATE,
    PHASES,
    AdviceState,
    AssignmentState,
    ExceptionState,
    GateState,
    Influence,
    MeetingState,
    Phase,
    Weight,
)
from portal.core.workflow import StepNotAllowed
from portal.organisations.models import OrganisationKind
from portal.organisations.roles import Role
from tests.factories.organisations import OrganisationFactory
from tests.factories.participation import LONG_REASON, ProjectFactory, given_advice, held_meeting, representative
from tests.factories.people import member
from tests.support.html import soup, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(now):
    project = ProjectFactory()
    fund = OrganisationFactory(kind=OrganisationKind.FUND, verified_at=now)
    return SimpleNamespace(
        project=project,
        lead=project.lead,
        decider=member(project.organisation, Role.GATE_DECIDER),
        coordinator=member(project.patient_side, Role.COORDINATOR),
        manager=member(fund, Role.FUND_MANAGER),
        fund=fund,
    )


def asked(world, now):
    return actions.ask_gate(project=world.project, text="De proef kan beginnen.", by=world.lead, now=now)


def passed(world, now):
    gate = asked(world, now)
    actions.pass_gate(gate=gate, text="Akkoord.", by=world.decider, now=now)
    world.project.refresh_from_db()
    return gate


def asked_exception(world, now, *, days=30, **more):
    values = {"reason": LONG_REASON, "missing": "Ouders van jonge kinderen", "repair": "Wij zoeken via scholen."}
    return exceptions.ask_exception(
        project=world.project, repair_by=(now + datetime.timedelta(days=days)).date(), by=world.lead, now=now,
        **{**values, **more},
    )  # fmt: skip


def excepted(world, now, **more):
    exception = asked_exception(world, now, **more)
    exceptions.grant_exception(exception=exception, text="Voor één keer.", by=world.manager, now=now)
    return exception


# --- What opens a gate -----------------------------------------------------------------------------------------------


def test_gate_opens_when_somebody_was_at_a_meeting(world, now):
    held_meeting(world.project, representative(world.project))

    passed(world, now)

    assert world.project.phase == Phase.EXPLORE
    assert Passage.objects.filter(project=world.project).count() == 2


def test_gate_opens_when_somebody_gave_advice(world, now):
    given_advice(world.project, representative(world.project))

    passed(world, now)

    assert world.project.phase == Phase.EXPLORE


def nobody(project):
    pass


def only_a_meeting(project):
    held_meeting(project)


def somebody_idle(project):
    representative(project)


def not_signed(project):
    held_meeting(project, representative(project, state=AssignmentState.PROPOSED, active_since=None))


def paused(project):
    held_meeting(project, representative(project, state=AssignmentState.PAUSED))


def ended(project):
    held_meeting(project, representative(project, state=AssignmentState.ENDED))


def only_listening(project):
    held_meeting(project, representative(project, influence=Influence.LISTENER))


def for_another_phase(project):
    held_meeting(project, representative(project, phases=[Phase.DEVELOP]))


def meeting_of_another_phase(project):
    held_meeting(project, representative(project), phase=Phase.EXPLORE)


def meeting_still_to_come(project):
    held_meeting(project, representative(project), state=MeetingState.PLANNED)


def advice_not_released(project):
    given_advice(project, representative(project), state=AdviceState.WAITING)


def advice_taken_back(project):
    given_advice(project, representative(project), state=AdviceState.WITHDRAWN)


NOT_ENOUGH = (
    nobody, only_a_meeting, somebody_idle, not_signed, paused, ended, only_listening, for_another_phase,
    meeting_of_another_phase, meeting_still_to_come, advice_not_released, advice_taken_back,
)  # fmt: skip


@pytest.mark.parametrize("prepare", NOT_ENOUGH, ids=[one.__name__ for one in NOT_ENOUGH])
def test_gate_stays_shut(world, now, prepare):
    prepare(world.project)

    with pytest.raises(ValidationError, match="nog geen patiëntvertegenwoordiger echt mee"):
        passed(world, now)

    world.project.refresh_from_db()
    assert (world.project.phase, Passage.objects.count()) == (Phase.IDEA, 1)


def test_gate_stays_shut_as_long_as_advice_that_must_has_no_answer(world, now):
    given_advice(world.project, representative(world.project), weight=Weight.MUST)

    with pytest.raises(ValidationError, match="advies dat moet, zonder antwoord"):
        passed(world, now)


@pytest.mark.parametrize("state", [AdviceState.RESPONDED, AdviceState.WILL_NOT_DO, AdviceState.JUDGED])
def test_answered_advice_holds_no_gate(world, now, state):
    given_advice(world.project, representative(world.project), weight=Weight.MUST, state=state)

    passed(world, now)

    assert world.project.phase == Phase.EXPLORE


@pytest.mark.parametrize(
    ("phase", "enough"),
    [(phase, Influence.THINKER if phase in (Phase.IDEA, Phase.IN_USE) else Influence.ADVISER) for phase in PHASES],
)
def test_phase_asks_for_a_role(world, phase, enough):
    order = list(Influence)
    project = ProjectFactory(phase=phase, entry_phase=phase)
    for influence in order:
        held_meeting(project, representative(project, influence=influence))

    counted = findings_of(project).representatives

    assert counted == tuple(order.index(one) + 1 for one in order[order.index(enough) :])


# --- Who decides -----------------------------------------------------------------------------------------------------


def test_project_lead_does_not_decide(world, now):
    gate = asked(world, now)
    member(world.project.organisation, Role.GATE_DECIDER, user=world.lead)

    with pytest.raises(PermissionDenied, match="Iemand anders moet beslissen"):
        actions.pass_gate(gate=gate, text="Akkoord.", by=world.lead, now=now)


def test_decider_of_another_organisation_does_not_decide(world, now):
    other = member(OrganisationFactory(verified_at=now), *Role)

    with pytest.raises(PermissionDenied):
        actions.pass_gate(gate=asked(world, now), text="Akkoord.", by=other, now=now)


def test_one_gate_is_decided_at_a_time(world, now):
    asked(world, now)

    with pytest.raises(StepNotAllowed):
        asked(world, now)


def test_gate_that_was_asked_in_an_earlier_phase_opens_nothing(world, now):
    gate = asked(world, now)
    held_meeting(world.project, representative(world.project))
    type(world.project).objects.filter(pk=world.project.pk).update(phase=Phase.DEVELOP)

    with pytest.raises(StepNotAllowed):
        actions.pass_gate(gate=gate, text="Akkoord.", by=world.decider, now=now)


def test_refusal_says_why_and_changes_nothing(world, now):
    gate = asked(world, now)

    actions.refuse_gate(gate=gate, text="Eerst een gesprek met ouders.", by=world.decider, now=now)

    world.project.refresh_from_db()
    assert (gate.state, gate.text, world.project.phase) == (GateState.REFUSED, "Eerst een gesprek met ouders.", "IDEA")


# --- The exception ---------------------------------------------------------------------------------------------------


def test_exception_opens_one_gate(world, now):
    exception = excepted(world, now)

    gate = passed(world, now)

    assert (world.project.phase, gate.exception) == (Phase.EXPLORE, exception)


def test_exception_does_not_open_two_gates_in_a_row(world, now):
    exception = excepted(world, now)
    passed(world, now)
    GateException.objects.filter(pk=exception.pk).update(state=ExceptionState.REPAIRED)

    with pytest.raises(ValidationError, match="geen twee keer achter elkaar"):
        excepted(world, now)
    with pytest.raises(ValidationError, match="nog geen patiëntvertegenwoordiger echt mee"):
        passed(world, now)


def test_exception_does_not_open_a_gate_after_its_day(world, now):
    excepted(world, now, days=10)

    with pytest.raises(ValidationError):
        passed(world, now + datetime.timedelta(days=11))


def test_contribution_opens_the_gate_without_using_the_exception(world, now):
    excepted(world, now)
    held_meeting(world.project, representative(world.project))

    assert passed(world, now).exception is None


def test_one_exception_runs_at_a_time(world, now):
    excepted(world, now)

    with pytest.raises(StepNotAllowed):
        excepted(world, now)


@pytest.mark.parametrize(("days", "is_right"), [(0, False), (1, True), (181, True), (182, False), (-5, False)])
def test_exception_is_mended_within_six_months(world, now, days, is_right):
    # 22 November 2026 and six months later: 22 May 2027, after 181 days
    if is_right:
        excepted(world, now, days=days)
    else:
        with pytest.raises(ValidationError, match="binnen zes maanden"):
            excepted(world, now, days=days)


def test_everything_that_is_wrong_is_told_at_once(world, now):
    with pytest.raises(ValidationError) as error:
        excepted(world, now, reason="Te druk.", missing=" ", repair="")

    assert len(error.value.messages) == 3


def test_database_refuses_a_short_reason(world, now):
    exception = excepted(world, now)

    with pytest.raises(IntegrityError), transaction.atomic():
        GateException.objects.filter(pk=exception.pk).update(reason="Te druk.")


@pytest.mark.parametrize("where", ["own organisation", "the one above it", "not verified", "another role"])
def test_exception_is_not_granted_by(world, now, where):
    above = OrganisationFactory(verified_at=now)
    world.project.organisation.parent = above
    world.project.organisation.save()
    other = OrganisationFactory(verified_at=None if where == "not verified" else now)
    organisation = {"own organisation": world.project.organisation, "the one above it": above}.get(where, other)
    person = member(organisation, Role.PUBLISHER if where == "another role" else Role.FUND_MANAGER)
    exception = exceptions.ask_exception(
        project=world.project, reason=LONG_REASON, missing="Ouders", repair="Via scholen",
        repair_by=(now + datetime.timedelta(days=9)).date(), by=world.lead, now=now,
    )  # fmt: skip

    with pytest.raises(PermissionDenied):
        exceptions.grant_exception(exception=exception, text="Goed.", by=person, now=now)


def test_exception_is_mended_when_somebody_contributed(world, now):
    exception = excepted(world, now)
    with pytest.raises(ValidationError):
        exceptions.repair_exception(exception=exception, by=world.coordinator, now=now)
    held_meeting(world.project, representative(world.project))

    exceptions.repair_exception(exception=exception, by=world.coordinator, now=now)

    assert exception.state == ExceptionState.REPAIRED


def test_exception_that_is_withdrawn_stays_public_and_another_can_be_asked(client, world, now):
    exception = asked_exception(world, now)

    exceptions.withdraw_exception(exception=exception, by=world.lead, now=now)

    page = words(soup(client.get(world.project.get_absolute_url())).select_one(f"#uitzondering-{exception.pk}"))
    assert "Ingetrokken op 22 november 2026" in page
    assert LONG_REASON.split(",")[0] in page
    asked_exception(world, now)


def test_exception_that_was_granted_or_withdrawn_is_not_withdrawn(world, now):
    granted = excepted(world, now)

    with pytest.raises(StepNotAllowed):
        exceptions.withdraw_exception(exception=granted, by=world.lead, now=now)
    with pytest.raises(PermissionDenied):
        exceptions.withdraw_exception(exception=granted, by=world.manager, now=now)


def test_who_would_decide_hears_that_it_is_not_needed(world, now, django_capture_on_commit_callbacks):
    exception = asked_exception(world, now)
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        exceptions.withdraw_exception(exception=exception, by=world.lead, now=now)

    assert [(one.to, one.subject) for one in mail.outbox] == [
        ([world.manager.email], f"Uitzondering ingetrokken: {world.project.name}")
    ]


def test_lead_takes_it_back_by_its_button(client, world, now):
    exception = asked_exception(world, now)
    address = reverse("participation:project-exception", args=[world.project.slug])
    client.force_login(world.lead)
    assert "Trek de vraag dan in." in words(soup(client.get(address)).select_one("main"))

    client.post(
        reverse("participation:project-exception-step", args=[world.project.slug, "intrekken"]),
        {"besluit": str(exception.uuid)},
    )

    exception.refresh_from_db()
    assert exception.state == ExceptionState.WITHDRAWN
    page = words(soup(client.get(address)).select_one("main"))
    assert "De vraag is ingetrokken." in page
    assert "Vraag een uitzondering" in page


# --- Every state and step --------------------------------------------------------------------------------------------

GATE_STEPS = {("ASKED", "pass"), ("ASKED", "refuse"), ("ASKED", "withdraw")}
EXCEPTION_STEPS = {("ASKED", "grant"), ("ASKED", "refuse"), ("ASKED", "withdraw"), ("GRANTED", "repair")}


@pytest.mark.parametrize(
    ("workflow", "states", "names", "allowed"),
    [
        (GATE, GateState, ("pass", "refuse", "withdraw"), GATE_STEPS),
        (EXCEPTION, ExceptionState, ("grant", "refuse", "withdraw", "repair"), EXCEPTION_STEPS),
    ],
    ids=["gate", "exception"],
)
def test_every_step_is_allowed_as_the_table_says(workflow, states, names, allowed):
    found = {(step.source, step.name) for state in states for step in workflow.steps_from(state)}

    assert found == allowed
    assert {step.name for state in states for step in workflow.steps_from(state)} == set(names)
