"""Every permission of participation in every phase: who has it stands here by hand, for everybody around a project."""

import datetime
import importlib
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from zeal import zeal_ignore

from participation.actions import advice, exceptions, gates, interests, messages, projects, tasks
from participation.actions.consents import give_consent
from participation.models import Advice, Assignment, ConsentKind, Profile, Project, Side, TeamMember
from participation.permissions import stands_in
from participation.states import AssignmentState, Phase, SigningSide
from portal.core.permissions import Check
from portal.organisations.models import OrganisationKind
from portal.organisations.permissions import remembered_roles
from portal.organisations.roles import Role
from tests.conftest import NOW
from tests.factories.advice import FIELDS
from tests.factories.meetings import paper, planned_meeting
from tests.factories.organisations import OrganisationFactory
from tests.factories.participation import LONG_REASON, ProjectFactory, given_advice, representative
from tests.factories.people import UserFactory, member
from tests.factories.recruiting import CandidacyFactory, VacancyFactory
from tests.factories.starting import fresh, proposed
from tests.support.once import first_everywhere

pytestmark = pytest.mark.django_db

MODULES = (
    "permissions", "starting_permissions", "together_permissions", "vacancy_permissions", "advice_permissions",
)  # fmt: skip
LEADS = {"lead", "other_lead"}
SIDES = LEADS | {"coordinator"}
SIGNED = {"rep", "paused", "fellow"}
TEAM = {"colleague"}  # the lead is on it too
WORKING = SIDES | TEAM | SIGNED
OF_REP = {"rep"} | SIDES  # the person, or either side

# permission → (what it is asked about, who has it). The same in every phase.
TABLE: dict[str, tuple[str, set[str]]] = {
    "permissions.can_start_project": ("organisation", LEADS),
    "permissions.can_lead": ("project", LEADS),
    "permissions.can_follow": ("project", {"coordinator"}),
    "permissions.can_represent": ("project", {"rep", "fellow"}),
    "permissions.can_see_work": ("project", WORKING | {"asked"}),
    "permissions.can_see_home": ("project", WORKING | {"asked", "decider"}),
    "permissions.can_see_gates": ("project", WORKING | {"asked", "decider", "manager"}),
    "permissions.can_decide_gate": ("gate", {"decider"}),
    "permissions.can_grant": ("exception", {"manager"}),
    "permissions.can_grant_for": ("project", {"manager"}),
    "permissions.can_manage_programme": ("fund", {"manager"}),
    "starting_permissions.can_act_for": ("role", {"rep"}),
    "starting_permissions.can_sign": ("role for its person", {"rep"}),
    "starting_permissions.can_manage": ("project", SIDES),
    "starting_permissions.can_record_paper": ("role", {"coordinator"}),
    "starting_permissions.can_see_agreement": ("role", OF_REP),
    "starting_permissions.can_stop": ("role", OF_REP),
    "starting_permissions.can_resume": ("role", {"rep", "coordinator"}),
    "starting_permissions.can_declare": ("project", SIGNED | {"asked", "lead", "colleague"}),
    "starting_permissions.can_decide_interest": ("interest of rep", {"coordinator"}),
    "starting_permissions.can_choose_buddy": ("role", {"coordinator"}),
    "starting_permissions.can_answer_as_buddy": ("role", {"fellow"}),
    "together_permissions.can_work_together": ("project", WORKING),
    "together_permissions.can_run_meetings": ("project", SIDES),
    "together_permissions.can_answer": ("invitation", {"rep"}),
    "together_permissions.can_read_paper": ("paper that was sent", WORKING),
    "together_permissions.can_finish_task": ("task", {"rep"}),
    "together_permissions.can_cancel_task": ("task", {"lead"}),
    "together_permissions.can_take_back": ("message", {"rep"}),
    "vacancy_permissions.can_see_vacancies": ("project", SIDES),
    "vacancy_permissions.can_review": ("vacancy", {"coordinator"}),
    "vacancy_permissions.can_finish": ("vacancy", SIDES),
    "vacancy_permissions.can_agree_outcome": ("vacancy", {"coordinator"}),  # the project proposed it
    "vacancy_permissions.can_see_candidate": ("candidacy", SIDES),
    "vacancy_permissions.can_shortlist": ("candidacy", LEADS),
    "vacancy_permissions.can_assess": ("candidacy for patients", {"coordinator"}),
    "vacancy_permissions.can_choose": ("candidacy", SIDES),
    "vacancy_permissions.can_agree": ("candidacy", {"coordinator"}),  # the project proposed it
    "vacancy_permissions.can_withdraw_candidacy": ("candidacy", {"candidate"}),
    "vacancy_permissions.can_coordinate_people": ("patients", {"coordinator"}),
    "vacancy_permissions.can_put_forward": ("candidate", {"coordinator"}),
    "advice_permissions.can_write_draft": ("draft", {"rep"}),
    "advice_permissions.can_join": ("draft", {"fellow"}),
    "advice_permissions.can_release": ("draft", {"coordinator"}),
    "advice_permissions.can_withdraw": ("draft", {"rep"}),
    "advice_permissions.can_correct": ("public advice", {"rep"}),
    "advice_permissions.can_answer": ("public advice", LEADS),
    "advice_permissions.can_judge": ("public advice", {"rep"}),
    "advice_permissions.can_see_advice": ("draft's advice", {"coordinator"}),
}
# What goes with the end of the project, by `end_project`: roles end, and nobody is invited or asked any more.
WITHOUT_A_ROLE = SIGNED | {"asked"}
LOST = {
    name: WITHOUT_A_ROLE
    for name in (
        "permissions.can_represent", "permissions.can_see_work", "permissions.can_see_home",
        "permissions.can_see_gates",
        "starting_permissions.can_declare", "together_permissions.can_work_together",
        "together_permissions.can_answer", "together_permissions.can_read_paper",
        "together_permissions.can_finish_task", "together_permissions.can_take_back",
    )
}  # fmt: skip


@pytest.fixture
def world(now):
    """A project with one of everything, and everybody around it; `strangers` have every role elsewhere, or none."""
    patients = OrganisationFactory(kind=OrganisationKind.PATIENT_ORGANISATION, verified_at=now)
    project = ProjectFactory(patient_side=patients)
    own, fund = project.organisation, OrganisationFactory(kind=OrganisationKind.FUND, verified_at=now)
    elsewhere = ProjectFactory()
    role = representative(project)
    made = SimpleNamespace(now=now, role=role, fund=fund, project=project)
    made.people = {
        "nobody": AnonymousUser(),
        "newcomer": UserFactory(),
        "outsider": member(elsewhere.organisation, *[one for one in Role if one != Role.FUND_MANAGER]),
        "rep elsewhere": representative(elsewhere).user,
        "lead": project.lead,
        "other_lead": member(own, Role.PROJECT_LEAD),
        "colleague": member(own, Role.EDITOR),
        "decider": member(own, Role.GATE_DECIDER),
        "administrator": member(own, Role.ADMINISTRATOR),
        "own manager": member(own, Role.FUND_MANAGER),
        "coordinator": member(patients, Role.COORDINATOR),
        "manager": member(fund, Role.FUND_MANAGER),
        "rep": role.user,
        "fellow": representative(project).user,
        "paused": representative(project, state=AssignmentState.PAUSED).user,
        "asked": proposed(project).user,
        "stopped": representative(project, state=AssignmentState.ENDED, ended_at=now).user,
        "candidate": UserFactory(),
    }
    for name in ("lead", "colleague"):
        TeamMember.objects.create(project=project, user=made.people[name], function="arts", since=now)
    made.about = things(made)
    return made


def things(w: Any) -> dict[str, tuple[Any, ...]]:
    """What each permission is asked about."""
    project, people, lead, now = w.project, w.people, w.people["lead"], w.now
    Assignment.objects.filter(pk=w.role.pk).update(buddy=people["fellow"])
    vacancy = VacancyFactory(
        project=project, submitted_by=lead, proposed="FILLED", proposed_side=Side.PROJECT, proposed_by=lead,
        proposed_at=now,
    )  # fmt: skip
    candidacy = CandidacyFactory(
        vacancy=vacancy, user=people["candidate"], proposed="DECLINE", proposed_side=Side.PROJECT, proposed_by=lead,
        proposed_at=now,
    )  # fmt: skip
    Profile.objects.create(user=people["candidate"], organisation=project.patient_side, used_at=now)
    about = f"organisation:{project.patient_side.uuid}"
    give_consent(kind=ConsentKind.PUT_FORWARD, by=people["candidate"], now=now, about=about)
    meeting = planned_meeting(project, w.role)
    draft_of = advice.give(project=project, fields=FIELDS, together=[2], by=people["rep"], now=now)
    day = (now + datetime.timedelta(days=30)).date()
    return {
        "organisation": (project.organisation,), "project": (project,), "fund": (w.fund,),
        "patients": (project.patient_side,), "role": (fresh(w.role),),
        "role for its person": (fresh(w.role), SigningSide.REPRESENTATIVE),
        "gate": (gates.ask_gate(project=project, text="Klaar.", by=lead, now=now),),
        "exception": (exceptions.ask_exception(
            project=project, reason=LONG_REASON, missing="Ouders", repair="Zo", repair_by=day, by=lead, now=now),),
        "interest of rep": (interests.declare(project=project, has_none=True, text="", by=people["rep"], now=now),),
        "invitation": (meeting.attendances.get(),),
        "paper that was sent": (paper(meeting, sent_at=now),),
        "task": (tasks.ask_task(project=project, what="Lees", doer=people["rep"], due=day, by=lead, now=now),),
        "message": (messages.write_message(project=project, text="Hoi", by=people["rep"], now=now),),
        "vacancy": (vacancy,), "candidacy": (candidacy,), "candidacy for patients": (candidacy, Side.PATIENTS),
        "candidate": (project.patient_side, people["candidate"]),
        "draft": (draft_of.draft,), "draft's advice": (draft_of,),
        "public advice": (given_advice(project, w.role),),
    }  # fmt: skip


def checks() -> dict[str, Check[Any]]:
    """Every permission of participation, by its module and name."""
    found = {}
    for module in MODULES:
        for name, one in vars(importlib.import_module(f"participation.{module}")).items():
            if isinstance(one, Check) and one.__module__ == f"participation.{module}":
                found[f"{module}.{name}"] = one
    return found


def again(thing: Any) -> Any:
    """The thing as the database has it now; what is no row stays."""
    return type(thing).objects.get(pk=thing.pk) if hasattr(thing, "pk") else thing


def who_has(world: Any, check: Callable[..., Any], what: str) -> set[str]:
    """Everybody whom `check` lets pass."""
    return {name for name, user in world.people.items() if check.ok(user, *map(again, world.about[what]))}


def test_every_permission_has_a_row():
    assert set(TABLE) == set(checks())


@pytest.mark.parametrize("phase", first_everywhere(Phase))
def test_permission_is_for_whom_the_table_says_in_every_phase(world, phase):
    Project.objects.filter(pk=world.project.pk).update(phase=phase, entry_phase=phase)

    with zeal_ignore():
        found = {name: who_has(world, check, TABLE[name][0]) for name, check in checks().items()}

    assert found == {name: who for name, (_what, who) in TABLE.items()}


@pytest.mark.parametrize("how", ["stop", "close"])
def test_who_took_part_loses_what_goes_with_a_role_when_the_project_ends(world, now, how):
    Advice.objects.filter(pk=world.about["public advice"][0].pk).update(state="ACKNOWLEDGED")
    lost = world.about.pop("interest of rep")  # erased with the end: nobody decides on it
    projects.end_project(project=world.project, name=how, reason="Op.", by=world.people["lead"], now=now)

    with zeal_ignore():
        found = {
            name: who_has(world, check, TABLE[name][0])
            for name, check in checks().items()
            if TABLE[name][0] in world.about
        }

    assert not type(lost[0]).objects.filter(pk=lost[0].pk).exists()
    assert found == {name: who - LOST.get(name, set()) for name, (what, who) in TABLE.items() if what in world.about}


# --- Who stands in, where what somebody holds is remembered -----------------------------------------------------------


def test_who_stands_in_is_asked_once_per_role_and_only_inside(django_assert_num_queries):
    centre = OrganisationFactory(kind=OrganisationKind.EXPERTISE_CENTRE, verified_at=NOW)
    person, other = member(centre, Role.COORDINATOR), UserFactory()

    with remembered_roles(person):
        with django_assert_num_queries(2):
            assert [stands_in(person, Role.COORDINATOR), stands_in(person, Role.COORDINATOR)] == [True, True]
            assert [stands_in(person, Role.FUND_MANAGER), stands_in(person, Role.FUND_MANAGER)] == [False, False]
        assert not stands_in(other, Role.COORDINATOR)  # what is remembered is of one person

    person.memberships.all().delete()
    assert not stands_in(person, Role.COORDINATOR)
