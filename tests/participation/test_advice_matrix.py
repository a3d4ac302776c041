"""Every state of advice and of a text before it is public × every step × everybody: who may do what, by hand."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from participation.actions import advice as actions
from participation.actions import advice_jobs, responses
from participation.models import AdviceDraft
from participation.states import ADVICE, ADVICE_DRAFT, AdviceDraftState, AdviceState, Judgement
from portal.core.workflow import StepNotAllowed
from portal.organisations.models import OrganisationKind
from portal.organisations.roles import Role
from tests.factories.advice import FIELDS, NO, advice_in, answer, draft_in, make_advice_world
from tests.factories.organisations import OrganisationFactory
from tests.factories.participation import ProjectFactory, representative
from tests.factories.people import UserFactory, member
from tests.support.once import first_everywhere

pytestmark = pytest.mark.django_db

LEADS = {"lead", "other_lead"}
PEOPLE = (
    "lead", "other_lead", "coordinator", "other_coordinator", "decider", "manager", "rep", "other_rep", "rep_elsewhere",
    "stranger",
)  # fmt: skip
STEPS = {
    "acknowledge": lambda one, by, now: responses.acknowledge(advice=one, by=by, now=now),
    "more_time": lambda one, by, now: responses.take_more_time(
        advice=one, until=one.respond_by and one.respond_by + datetime.timedelta(days=7), reason="De arts is ziek.",
        by=by, now=now,
    ),
    "respond": lambda one, by, now: responses.respond(advice=one, fields=answer(now), by=by, now=now),
    "decline": lambda one, by, now: responses.respond(advice=one, fields=NO, by=by, now=now),
    "amend to yes": lambda one, by, now: responses.amend(
        advice=one, after=one.responses.count(), fields=answer(now), by=by, now=now
    ),
    "amend to no": lambda one, by, now: responses.amend(
        advice=one, after=one.responses.count(), fields=NO, by=by, now=now
    ),
    "start": lambda one, by, now: responses.start(advice=one, by=by, now=now),
    "do": lambda one, by, now: responses.finish(advice=one, text="De folder ligt er.", by=by, now=now),
    "drop": lambda one, by, now: responses.drop(advice=one, text="Het geld is op.", by=by, now=now),
    "judge": lambda one, by, now: responses.judge(
        advice=one, judgement=Judgement.CONFIRMED, text="", by=by, now=now
    ),
    "correct": lambda one, by, now: actions.correct(advice=one, text="Beter.", dissent="", by=by, now=now),
}  # fmt: skip
S = AdviceState
MATRIX = {
    (S.SUBMITTED, "acknowledge"): LEADS,
    (S.SUBMITTED, "more_time"): LEADS,
    (S.ACKNOWLEDGED, "more_time"): LEADS,
    (S.SUBMITTED, "respond"): LEADS,
    (S.ACKNOWLEDGED, "respond"): LEADS,
    (S.SUBMITTED, "decline"): LEADS,
    (S.ACKNOWLEDGED, "decline"): LEADS,
    (S.RESPONDED, "amend to yes"): LEADS,
    (S.IN_PROGRESS, "amend to yes"): LEADS,
    (S.WILL_NOT_DO, "amend to yes"): LEADS,  # promised after all
    (S.WILL_NOT_DO, "amend to no"): LEADS,
    (S.RESPONDED, "start"): LEADS,
    (S.RESPONDED, "do"): LEADS,
    (S.IN_PROGRESS, "do"): LEADS,
    (S.RESPONDED, "drop"): LEADS,
    (S.IN_PROGRESS, "drop"): LEADS,
    (S.DONE, "judge"): {"rep"},
    (S.WILL_NOT_DO, "judge"): {"rep"},
    **{
        (state, "correct"): {"rep"}
        for state in (S.SUBMITTED, S.ACKNOWLEDGED, S.RESPONDED, S.IN_PROGRESS, S.DONE, S.WILL_NOT_DO)
    },
}
DRAFT_STEPS = {
    "join": lambda draft, by, now: actions.join(draft=draft, revision=draft.revision, by=by, now=now),
    "stay_out": lambda draft, by, now: actions.stay_out(draft=draft, by=by, now=now),
    "on_paper": lambda draft, by, now: actions.agree_on_paper(draft=draft, revision=draft.revision, by=by, now=now),
    "rewrite": lambda draft, by, now: actions.rewrite(
        draft=draft, revision=draft.revision, fields={**FIELDS, "text": "Anders."}, by=by, now=now
    ),
    "return": lambda draft, by, now: actions.ask_back(
        draft=draft, revision=draft.revision, question="Wie is dat?", by=by, now=now
    ),
    "take_back": lambda draft, by, now: actions.take_back_question(draft=draft, by=by, now=now),
    "release": lambda draft, by, now: actions.release(
        draft=draft, revision=draft.revision, nobody_recognised=True, by=by, now=now
    ),
    "withdraw": lambda draft, by, now: actions.withdraw(draft=draft, by=by, now=now),
}
D = AdviceDraftState
DRAFT_MATRIX = {
    (D.TO_AGREE, "join"): {"rep"},
    (D.TO_AGREE, "stay_out"): {"rep"},
    (D.TO_AGREE, "on_paper"): {"coordinator"},
    (D.TO_AGREE, "rewrite"): {"rep"},
    (D.WAITING, "rewrite"): {"rep"},
    (D.RETURNED, "rewrite"): {"rep"},
    (D.WAITING, "return"): {"coordinator"},
    (D.RETURNED, "take_back"): {"coordinator"},
    (D.WAITING, "release"): {"coordinator"},
    (D.TO_AGREE, "withdraw"): {"rep"},
    (D.WAITING, "withdraw"): {"rep"},
    (D.RETURNED, "withdraw"): {"rep"},
}


@pytest.fixture
def world(now):
    made = make_advice_world()
    fund = OrganisationFactory(kind=OrganisationKind.FUND, verified_at=now)
    elsewhere = OrganisationFactory(kind=OrganisationKind.PATIENT_ORGANISATION, verified_at=now)
    made.people = {
        "lead": made.lead,
        "other_lead": member(made.project.organisation, Role.PROJECT_LEAD),
        "coordinator": made.coordinator,
        "other_coordinator": member(elsewhere, Role.COORDINATOR),
        "decider": made.decider,
        "manager": member(fund, Role.FUND_MANAGER),
        "rep": made.rep,
        "other_rep": made.other_rep,
        "rep_elsewhere": representative(ProjectFactory()).user,
        "stranger": UserFactory(),
    }
    return made


def who_can(world, step, thing, now):
    """Everybody whose step with `thing` is carried out; what each did is taken back."""
    found = set()
    for name in PEOPLE:
        try:
            with transaction.atomic():
                step(type(thing).objects.get(pk=thing.pk), world.people[name], now)
                transaction.set_rollback(True)
        except (PermissionDenied, StepNotAllowed, ValidationError):
            continue
        found.add(name)
    return found


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", first_everywhere(AdviceState))
def test_step_with_advice_is_for_whom_the_matrix_says(world, now, state, step):
    found = who_can(world, STEPS[step], advice_in(world, state, now), now)

    assert found == MATRIX.get((state, step), set())


@pytest.mark.parametrize("step", DRAFT_STEPS)
@pytest.mark.parametrize("state", [D.TO_AGREE, D.WAITING, D.RETURNED])
def test_step_before_it_is_public_is_for_whom_the_matrix_says(world, now, state, step):
    found = who_can(world, DRAFT_STEPS[step], draft_in(world, state, now), now)

    assert found == DRAFT_MATRIX.get((state, step), set())


def test_somebody_can_act_in_every_state_that_is_not_the_end():
    going_on = {state for state in ADVICE.statuses if ADVICE.steps_from(state)} - {S.WAITING}
    before = {state for state in ADVICE_DRAFT.statuses if ADVICE_DRAFT.steps_from(state)}
    acting = {state for (state, step), people in MATRIX.items() if people and step != "correct"}

    assert acting == going_on
    assert {state for (state, _step), people in DRAFT_MATRIX.items() if people} == before


# --- Nobody is stuck when the accounts of those who gave it are gone -------------------------------------------------


@pytest.mark.parametrize("state", [D.TO_AGREE, D.WAITING, D.RETURNED])
def test_coordinator_can_end_a_text_of_people_who_are_gone(world, now, state):
    draft = draft_in(world, state, now)
    world.rep.delete()

    actions.withdraw(draft=AdviceDraft.objects.get(pk=draft.pk), by=world.coordinator, now=now)

    assert not AdviceDraft.objects.exists()


def test_coordinator_can_release_what_somebody_gave_who_is_gone(world, now):
    draft = draft_in(world, D.RETURNED, now)
    world.rep.delete()
    draft = AdviceDraft.objects.get(pk=draft.pk)

    actions.take_back_question(draft=draft, by=world.coordinator, now=now)
    actions.release(draft=draft, revision=draft.revision, nobody_recognised=True, by=world.coordinator, now=now)

    advice = world.project.advice.get()
    assert (advice.state, advice.versions.get().numbers) == (S.SUBMITTED, [world.one.number])


@pytest.mark.parametrize("state", [S.DONE, S.WILL_NOT_DO])
def test_coordinator_judges_for_somebody_who_is_gone_and_that_is_told(world, now, state):
    advice = advice_in(world, state, now)
    world.rep.delete()

    verdict = responses.judge(advice=advice, judgement="CONFIRMED", text="", by=world.coordinator, now=now)

    assert (advice.state, verdict.by_coordinator) == (S.JUDGED, True)


def test_coordinator_does_not_judge_as_long_as_one_of_them_can(world, now):
    advice = advice_in(world, S.DONE, now)
    advice.givers.add(world.other)
    world.rep.delete()

    with pytest.raises(PermissionDenied):
        responses.judge(advice=advice, judgement="CONFIRMED", text="", by=world.coordinator, now=now)


def test_expertise_centre_stands_in_when_nobody_coordinates_any_more(world, now):
    centre = OrganisationFactory(kind=OrganisationKind.EXPERTISE_CENTRE, verified_at=now)
    stand_in = member(centre, Role.COORDINATOR)
    draft = draft_in(world, D.WAITING, now)
    with pytest.raises(PermissionDenied):
        actions.ask_back(draft=draft, revision=1, question="Wie?", by=stand_in, now=now)

    world.coordinator.memberships.all().delete()
    actions.release(draft=draft, revision=1, nobody_recognised=True, by=stand_in, now=now)

    assert world.project.advice.get().state == S.SUBMITTED


@pytest.mark.parametrize("state", [S.SUBMITTED, S.ACKNOWLEDGED])
@pytest.mark.parametrize("how", ["STOPPED", "CLOSED"])
def test_project_that_ended_still_answers_and_is_judged(world, now, state, how):
    advice = advice_in(world, state, now)
    type(world.project).objects.filter(pk=world.project.pk).update(state=how, ended_at=now, ending_reason="Op.")
    world.project.assignments.update(state="ENDED", ended_at=now)
    advice.refresh_from_db()

    responses.respond(advice=advice, fields=answer(now), by=world.lead, now=now)
    responses.finish(advice=advice, text="De folder ligt er.", by=world.lead, now=now)
    responses.judge(advice=advice, judgement="CONFIRMED", text="", by=world.rep, now=now)

    assert advice.state == S.JUDGED


def test_verdict_that_never_comes_lapses_after_sixty_days(world, now):
    advice = advice_in(world, S.DONE, now)
    last = now + datetime.timedelta(days=60)  # 21 January 2027, a Thursday
    assert advice_jobs.lapse_verdicts(last) == 0

    assert advice_jobs.lapse_verdicts(last + datetime.timedelta(days=1)) == 1

    advice.refresh_from_db()
    assert advice.state == S.NO_VERDICT
