"""Every state of a vacancy and of a candidacy × every step × everybody: who may do what stands here by hand."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from participation.actions import candidacies, choosing, vacancies, vacancy_ends
from participation.models import Candidacy, Choice, Side, Vacancy, VacancyEnd
from participation.states import CANDIDACY, VACANCY, CandidacyState, VacancyState
from portal.core.workflow import StepNotAllowed
from portal.organisations.models import OrganisationKind
from portal.organisations.roles import Role
from tests.factories.organisations import OrganisationFactory
from tests.factories.participation import ProjectFactory, representative
from tests.factories.people import UserFactory, member
from tests.factories.recruiting import CandidacyFactory, VacancyFactory, weighed, withdrawn
from tests.support.once import first_everywhere

pytestmark = pytest.mark.django_db

PEOPLE = (
    "lead",
    "other_lead",
    "coordinator",
    "decider",
    "manager",
    "other_coordinator",
    "rep",
    "candidate",
    "stranger",
)
LEADS, SIDES = {"lead", "other_lead"}, {"lead", "other_lead", "coordinator"}


@pytest.fixture
def world(now):
    project = ProjectFactory()
    own, fund = project.organisation, OrganisationFactory(kind=OrganisationKind.FUND, verified_at=now)
    elsewhere = OrganisationFactory(kind=OrganisationKind.PATIENT_ORGANISATION, verified_at=now)
    people = {
        "lead": project.lead,
        "other_lead": member(own, Role.PROJECT_LEAD),
        "coordinator": member(project.patient_side, Role.COORDINATOR),
        "decider": member(own, Role.GATE_DECIDER),
        "manager": member(fund, Role.FUND_MANAGER),
        "other_coordinator": member(elsewhere, Role.COORDINATOR),
        "rep": representative(project).user,
        "candidate": UserFactory(),
        "stranger": UserFactory(),
    }
    return SimpleNamespace(project=project, people=people, now=now)


class Undo(Exception):
    """Takes back what one person did."""


def who_can(world, act):
    """Everybody for whom `act(person)` is carried out; each in the same world."""
    found = set()
    for name in PEOPLE:
        try:
            with transaction.atomic():
                act(world.people[name])
                found.add(name)
                raise Undo  # noqa: TRY301 (it leaves the transaction)
        except (PermissionDenied, StepNotAllowed, ValidationError, Undo):
            continue
    return found


# --- Vacancies -------------------------------------------------------------------------------------------------------

VACANCY_MATRIX = {
    (VacancyState.DRAFT, "submit"): LEADS,
    (VacancyState.IN_REVIEW, "return"): {"coordinator"},
    (VacancyState.IN_REVIEW, "open"): {"coordinator"},
    (VacancyState.OPEN, "close"): LEADS,
    (VacancyState.CLOSED, "fill"): {"coordinator"},  # the project proposed it
    (VacancyState.CLOSED, "leave_empty"): {"coordinator"},
    (VacancyState.DRAFT, "withdraw"): LEADS,
    (VacancyState.IN_REVIEW, "withdraw"): LEADS,
    (VacancyState.OPEN, "withdraw"): LEADS,
    # Steps that lead to no other state.
    (VacancyState.DRAFT, "change"): LEADS,
    (VacancyState.CLOSED, "propose"): SIDES,
}
VACANCY_STEPS = {
    "submit": lambda v, by, now: vacancies.submit_vacancy(vacancy=v, by=by, now=now),
    "return": lambda v, by, now: vacancies.return_vacancy(vacancy=v, text="Zeg hoe lang.", by=by, now=now),
    "open": lambda v, by, now: vacancies.open_vacancy(vacancy=v, by=by, now=now),
    "close": lambda v, by, now: vacancies.close_vacancy(vacancy=v, by=by, now=now),
    "fill": lambda v, by, now: vacancy_ends.agree_outcome(vacancy=v, seen=now, by=by, now=now),
    "leave_empty": lambda v, by, now: vacancy_ends.agree_outcome(vacancy=v, seen=now, by=by, now=now),
    "withdraw": lambda v, by, now: vacancies.withdraw_vacancy(vacancy=v, text="Het geld is op.", by=by, now=now),
    "change": lambda v, by, now: vacancies.change_vacancy(vacancy=v, fields={}, criteria=[], by=by, now=now),
    "propose": lambda v, by, now: vacancy_ends.propose_outcome(
        vacancy=v, outcome=VacancyEnd.FILLED, text="Het ging goed.", missing=[], by=by, now=now
    ),
}


def a_vacancy(world, state, step):
    if state == VacancyState.WITHDRAWN:
        return withdrawn(project=world.project)
    made = VacancyFactory(project=world.project, state=state, submitted_by=world.people["lead"])
    if state in {VacancyState.CLOSED, VacancyState.FILLED, VacancyState.NOT_FILLED}:
        outcome = VacancyEnd.NOT_FILLED if step == "leave_empty" else VacancyEnd.FILLED
        if outcome == VacancyEnd.FILLED:
            CandidacyFactory(vacancy=made, state=CandidacyState.ACCEPTED)
        if step in {"fill", "leave_empty"}:
            Vacancy.objects.filter(pk=made.pk).update(
                proposed=outcome, proposed_side=Side.PROJECT, proposed_by=world.people["lead"], proposed_at=world.now
            )
            made.refresh_from_db()
    return made


@pytest.mark.parametrize("step", VACANCY_STEPS)
@pytest.mark.parametrize("state", first_everywhere(VacancyState))
def test_step_of_a_vacancy_is_for_whom_the_matrix_says(world, state, step):
    made = a_vacancy(world, state, step)

    def act(person):
        VACANCY_STEPS[step](Vacancy.objects.select_related("project__organisation").get(pk=made.pk), person, world.now)

    assert who_can(world, act) == VACANCY_MATRIX.get((state, step), set())


# --- Candidacies -----------------------------------------------------------------------------------------------------

_S = CandidacyState
CANDIDACY_MATRIX = {
    (_S.SUBMITTED, "shortlist"): LEADS,
    (_S.SHORTLISTED, "assess_project"): LEADS,
    (_S.SHORTLISTED, "assess_patients"): {"coordinator"},
    (_S.SUBMITTED, "propose_decline"): SIDES,
    **{(_S.SHORTLISTED, f"propose_{choice}"): SIDES for choice in ("accept", "reserve", "decline")},
    **{(_S.RESERVE, f"propose_{choice}"): SIDES for choice in ("accept", "decline")},
    (_S.SUBMITTED, "agree_decline"): {"coordinator"},  # the project proposed it
    **{(_S.SHORTLISTED, f"agree_{choice}"): {"coordinator"} for choice in ("accept", "reserve", "decline")},
    **{(_S.RESERVE, f"agree_{choice}"): {"coordinator"} for choice in ("accept", "decline")},
    (_S.SUBMITTED, "correct"): {"candidate"},
    **{(state, "withdraw"): {"candidate"} for state in (_S.SUBMITTED, _S.SHORTLISTED, _S.RESERVE)},
}
REPLY = {"name": "Noor", "motivation": "Ik wil helpen."}
CANDIDACY_STEPS = {
    "shortlist": lambda c, by, now: choosing.shortlist(candidacy=c, by=by, now=now),
    "assess_project": lambda c, by, now: choosing.assess(
        candidacy=c, side=Side.PROJECT, judgement="FITS", text="Past.", by=by, now=now
    ),
    "assess_patients": lambda c, by, now: choosing.assess(
        candidacy=c, side=Side.PATIENTS, judgement="FITS", text="Past.", by=by, now=now
    ),
    **{
        f"propose_{choice.lower()}": lambda c, by, now, choice=choice: choosing.propose_choice(
            candidacy=c, choice=choice, text="U past goed.", by=by, now=now
        )
        for choice in Choice
    },
    **{f"agree_{choice.lower()}": lambda c, by, now: choosing.agree(candidacy=c, seen=now, by=by, now=now)
       for choice in Choice},
    "correct": lambda c, by, now: candidacies.correct(candidacy=c, fields=REPLY, by=by, now=now),
    "withdraw": lambda c, by, now: candidacies.withdraw(candidacy=c, by=by, now=now),
}  # fmt: skip


def a_candidacy(world, state, step):
    vacancy = VacancyFactory(project=world.project)
    made = CandidacyFactory(vacancy=vacancy, state=state, user=world.people["candidate"])
    kind, _, choice = step.partition("_")
    if kind in {"propose", "agree"}:
        weighed(made, world.people["lead"], world.people["coordinator"])
    if kind == "agree":
        Candidacy.objects.filter(pk=made.pk).update(
            proposed=choice.upper(), proposed_side=Side.PROJECT, proposed_by=world.people["lead"],
            proposed_at=world.now, proposed_text="U past goed.",
        )  # fmt: skip
    return made


@pytest.mark.parametrize("step", CANDIDACY_STEPS)
@pytest.mark.parametrize("state", first_everywhere(CandidacyState))
def test_step_of_a_candidacy_is_for_whom_the_matrix_says(world, state, step):
    made = a_candidacy(world, state, step)

    def act(person):
        found = Candidacy.objects.select_related("vacancy__project__organisation", "user").get(pk=made.pk)
        CANDIDACY_STEPS[step](found, person, world.now)

    assert who_can(world, act) == CANDIDACY_MATRIX.get((state, step), set())


@pytest.mark.parametrize(("workflow", "matrix"), [(VACANCY, VACANCY_MATRIX), (CANDIDACY, CANDIDACY_MATRIX)])
def test_somebody_can_act_in_every_state_that_is_not_the_end(workflow, matrix):
    going_on = {state for state in workflow.statuses if workflow.steps_from(state)}

    assert {state for (state, _step), people in matrix.items() if people} == going_on


def test_nobody_can_act_on_what_nobody_confirmed(world):
    made = CandidacyFactory(vacancy=VacancyFactory(project=world.project), confirmed_at=None)

    assert who_can(world, lambda person: choosing.shortlist(candidacy=made, by=person, now=world.now)) == set()


def test_candidate_who_is_also_coordinator_decides_nothing_on_themselves(world):
    coordinator = world.people["coordinator"]
    made = CandidacyFactory(vacancy=VacancyFactory(project=world.project), user=coordinator, state=_S.SHORTLISTED)

    with pytest.raises(PermissionDenied, match="uw eigen aanmelding"):
        choosing.assess(
            candidacy=made, side=Side.PATIENTS, judgement="FITS", text="Past.", by=coordinator, now=world.now
        )


def test_who_has_both_roles_does_not_judge_or_decide_twice(world):
    both = member(world.project.organisation, Role.PROJECT_LEAD, user=world.people["coordinator"])
    made = CandidacyFactory(vacancy=VacancyFactory(project=world.project), state=_S.SHORTLISTED)
    choosing.assess(candidacy=made, side=Side.PROJECT, judgement="FITS", text="Past.", by=both, now=world.now)

    with pytest.raises(PermissionDenied, match="andere kant"):
        choosing.assess(candidacy=made, side=Side.PATIENTS, judgement="FITS", text="Past.", by=both, now=world.now)

    Candidacy.objects.filter(pk=made.pk).update(
        proposed="DECLINE", proposed_side=Side.PROJECT, proposed_by=both, proposed_at=world.now
    )
    made.refresh_from_db()
    with pytest.raises(PermissionDenied, match="andere kant"):
        choosing.agree(candidacy=made, seen=world.now, by=both, now=world.now)


def test_vacancy_that_nobody_could_open_is_not_submitted(now):
    project = ProjectFactory()
    made = VacancyFactory(project=project, state=VacancyState.DRAFT)

    with pytest.raises(ValidationError, match="geen coördinator"):
        vacancies.submit_vacancy(vacancy=made, by=project.lead, now=now)


def test_coordinator_of_the_expertise_centre_stands_in(now):
    project = ProjectFactory(patient_side=None)
    centre = OrganisationFactory(kind=OrganisationKind.EXPERTISE_CENTRE, verified_at=now)
    stand_in = member(centre, Role.COORDINATOR)
    made = VacancyFactory(project=project, state=VacancyState.DRAFT)

    vacancies.submit_vacancy(vacancy=made, by=project.lead, now=now)
    vacancies.open_vacancy(vacancy=made, by=stand_in, now=now)

    assert made.state == VacancyState.OPEN
