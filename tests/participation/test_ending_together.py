"""A project that ends while something begins in it, on a real PostgreSQL: nothing is left going in what is over."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction

from participation.actions import (
    advice,
    assignments,
    candidacies,
    exceptions,
    gates,
    interests,
    meetings,
    messages,
    offers,
    tasks,
    vacancies,
)
from participation.actions.projects import end_project
from participation.models import (
    Assignment,
    Candidacy,
    GateException,
    GateReview,
    Interest,
    Meeting,
    Message,
    Project,
    ProjectTask,
    RoleOffer,
    Vacancy,
)
from participation.states import Influence, VacancyState
from portal.core.workflow import StepNotAllowed
from portal.organisations.models import OrganisationKind
from portal.organisations.roles import Role
from tests.factories.advice import FIELDS
from tests.factories.meetings import HOUR
from tests.factories.organisations import OrganisationFactory
from tests.factories.participation import LONG_REASON, ProjectFactory, representative
from tests.factories.people import UserFactory, member
from tests.factories.recruiting import VacancyFactory

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"),
    pytest.mark.usefixtures("committed_db"),
]
A_WHILE = 0.5  # seconds in which who does not wait would be done
WHY = "Het geld is op."
MEETING = {"title": "Over foto’s", "place": "Hier", "agenda": "- de foto’s"}


def reply(project, by, now):
    vacancy = Vacancy.objects.get(project=project)
    made = {"name": "Noor", "motivation": "Ik wil helpen."}
    return candidacies.reply_signed_in(vacancy=vacancy, fields=made, by=UserFactory(), now=now)


def except_(project, by, now):
    return exceptions.ask_exception(
        project=project, reason=LONG_REASON, missing="Ouders", repair="Via scholen", by=by, now=now,
        repair_by=(now + 24 * 30 * HOUR).date(),
    )  # fmt: skip


def meet(project, by, now):
    fields = {**MEETING, "starts_at": now + 48 * HOUR, "ends_at": now + 49 * HOUR}
    return meetings.plan_meeting(project=project, fields=fields, by=by, now=now)


BEGINNINGS = {
    "advice": lambda project, by, now: advice.give(
        project=project, fields=FIELDS, by=project.assignments.get().user, now=now
    ),
    "role": lambda project, by, now: assignments.propose(
        project=project, user=UserFactory(), influence=Influence.ADVISER, by=by, now=now
    ),
    "reply": reply,
    "exception": except_,
    "gate": lambda project, by, now: gates.ask_gate(project=project, text="Klaar.", by=by, now=now),
    "interest": lambda project, by, now: interests.declare(project=project, has_none=True, text="", by=by, now=now),
    "meeting": meet,
    "message": lambda project, by, now: messages.write_message(project=project, text="Hallo", by=by, now=now),
    "offer": lambda project, by, now: offers.offer_role(
        project=project, email="noor@thuis.example", influence="ADVISER", by=by, now=now
    ),
    "task": lambda project, by, now: tasks.ask_task(
        project=project, what="Lees dit", doer=by, due=now.date(), by=by, now=now
    ),
    "vacancy": lambda project, by, now: vacancies.write_vacancy(
        project=project, fields={"title": "Denk mee"}, criteria=[], by=by, now=now
    ),
}
GOING_ON = {
    "role": lambda: Assignment.objects.running(),
    "reply": lambda: Candidacy.objects.live(),
    "exception": lambda: GateException.objects.filter(state="ASKED"),
    "gate": lambda: GateReview.objects.filter(state="ASKED"),
    "interest": lambda: Interest.objects.filter(state="DECLARED"),
    "meeting": lambda: Meeting.objects.filter(state="PLANNED"),
    "offer": lambda: RoleOffer.objects.all(),
    "task": lambda: ProjectTask.objects.filter(state="OPEN"),
    "vacancy": lambda: Vacancy.objects.exclude(state__in=("WITHDRAWN", "FILLED", "NOT_FILLED")),
    "advice": lambda: (),  # stays: it is let through or taken back by the clock (ADR 33)
    "message": lambda: (),  # so does what was said
}


@pytest.fixture
def project(now):
    made = ProjectFactory()
    representative(made)
    member(made.patient_side, Role.COORDINATOR)
    member(OrganisationFactory(kind=OrganisationKind.FUND, verified_at=now), Role.FUND_MANAGER)
    VacancyFactory(project=made, state=VacancyState.OPEN)
    return made


def fresh(project):
    return Project.objects.select_related("organisation", "patient_side", "lead").get(pk=project.pk)


def one_after_the_other(first, second):
    """Do `second` when `first` is done and not landed yet; whether each was carried out."""
    begun, done = Event(), Event()

    def leading():
        try:
            with transaction.atomic():
                first()
                begun.set()
                done.wait(A_WHILE)
        finally:
            begun.set()
            connection.close()
        return True

    def following():
        begun.wait()
        try:
            second()
        except StepNotAllowed:
            return False
        finally:
            done.set()
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(leading), pool.submit(following)]
        return [one.result() for one in both]


@pytest.mark.parametrize("what", BEGINNINGS)
def test_what_just_began_ends_with_the_project(now, project, what):
    beginning, ending = fresh(project), fresh(project)

    done = one_after_the_other(
        lambda: BEGINNINGS[what](beginning, beginning.lead, now),
        lambda: end_project(project=ending, name="stop", reason=WHY, by=ending.lead, now=now),
    )

    assert done == [True, True]
    assert not list(GOING_ON[what]())


@pytest.mark.parametrize("what", BEGINNINGS)
def test_nothing_begins_in_a_project_that_just_ended(now, project, what):
    beginning, ending = fresh(project), fresh(project)

    done = one_after_the_other(
        lambda: end_project(project=ending, name="stop", reason=WHY, by=ending.lead, now=now),
        lambda: BEGINNINGS[what](beginning, beginning.lead, now),
    )

    assert done == [True, False]
    assert not list(GOING_ON[what]())


def test_two_who_end_a_project_end_it_once(now, project):
    other = member(project.organisation, Role.PROJECT_LEAD)
    one, two = fresh(project), fresh(project)

    done = one_after_the_other(
        lambda: end_project(project=one, name="stop", reason=WHY, by=one.lead, now=now),
        lambda: end_project(project=two, name="close", reason="Klaar.", by=other, now=now),
    )

    assert done == [True, False]
    assert Project.objects.get().state == "STOPPED"


def test_every_model_that_is_asked_about_has_begun(now, project):
    """Else the tests above would look at nothing."""
    for what, begin in BEGINNINGS.items():
        if what not in {"advice", "message"}:
            before = len(GOING_ON[what]())
            begin(fresh(project), project.lead, now)
            assert len(GOING_ON[what]()) == before + 1, what
    assert not Message.objects.exists()
