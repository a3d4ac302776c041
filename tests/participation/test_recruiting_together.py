"""Two who act on the same vacancy or reply at the same moment, on a real PostgreSQL: what they do happens once."""

import pytest
from django.db import connection

from participation.actions import candidacies, choosing, vacancies
from participation.models import Assignment, Candidacy, Vacancy
from participation.states import CandidacyState, VacancyState
from portal.organisations.roles import Role
from tests.factories.participation import ProjectFactory
from tests.factories.people import UserFactory, member
from tests.factories.recruiting import CandidacyFactory, VacancyFactory, linked, weighed
from tests.participation.test_together import together

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"),
    pytest.mark.usefixtures("committed_db"),
]
ROUNDS = 3


def fresh(candidacy):
    return Candidacy.objects.select_related("vacancy__project__organisation", "user").get(pk=candidacy.pk)


@pytest.mark.parametrize("number", range(ROUNDS))
def test_two_coordinators_agree_once(now, number):
    project = ProjectFactory()
    pair = [member(project.patient_side, Role.COORDINATOR) for _n in range(2)]
    made = CandidacyFactory(
        vacancy=VacancyFactory(project=project), user=UserFactory(), state=CandidacyState.SHORTLISTED
    )
    weighed(made, project.lead, pair[0])
    choosing.propose_choice(candidacy=made, choice="ACCEPT", text="U past goed.", by=project.lead, now=now)

    def agreeing(who):
        own = fresh(made)
        return lambda: choosing.agree(candidacy=own, seen=now, by=who, now=now)

    done = together(*(agreeing(who) for who in pair))

    assert (sorted(done), Assignment.objects.filter(project=project).count()) == ([False, True], 1)


@pytest.mark.parametrize("number", range(ROUNDS))
def test_agreeing_and_taking_back_at_once_does_one_of_them(now, number):
    project = ProjectFactory()
    coordinator, person = member(project.patient_side, Role.COORDINATOR), UserFactory()
    made = CandidacyFactory(vacancy=VacancyFactory(project=project), user=person, state=CandidacyState.SHORTLISTED)
    weighed(made, project.lead, coordinator)
    choosing.propose_choice(candidacy=made, choice="ACCEPT", text="U past goed.", by=project.lead, now=now)

    one, other = fresh(made), fresh(made)

    done = together(
        lambda: choosing.agree(candidacy=one, seen=now, by=coordinator, now=now),
        lambda: candidacies.withdraw(candidacy=other, by=person, now=now),
    )

    assert sorted(done) == [False, True]
    assert Assignment.objects.filter(project=project).exists() == done[0]


@pytest.mark.parametrize("number", range(ROUNDS))
def test_link_is_used_once(now, number):
    made = CandidacyFactory(confirmed_at=None)
    token = linked(made, f"t0ken-{number}")

    done = together(*(lambda: candidacies.confirm(token=token, now=now) for _click in range(2)))

    assert sorted(done) == [False, True]


@pytest.mark.parametrize("number", range(ROUNDS))
def test_two_replies_of_one_address_are_one(now, number):
    vacancy, address = VacancyFactory(), f"noor{number}@thuis.example"
    fields = {"name": "Noor", "motivation": "Ik wil helpen.", "wish": "LATER"}

    together(
        *(lambda: candidacies.reply(vacancy=vacancy, email=address, fields=fields, now=now) for _click in range(2))
    )

    assert Candidacy.objects.filter(vacancy=vacancy).count() == 1


@pytest.mark.parametrize("number", range(ROUNDS))
def test_opening_and_withdrawing_at_once_does_one_of_them(now, number):
    project = ProjectFactory()
    coordinator = member(project.patient_side, Role.COORDINATOR)
    made = VacancyFactory(project=project, state=VacancyState.IN_REVIEW)
    one, other = (Vacancy.objects.select_related("project__organisation").get(pk=made.pk) for _n in range(2))

    done = together(
        lambda: vacancies.open_vacancy(vacancy=one, by=coordinator, now=now),
        lambda: vacancies.withdraw_vacancy(vacancy=other, text="Het geld is op.", by=project.lead, now=now),
    )

    made.refresh_from_db()
    assert any(done)
    assert made.state == (VacancyState.WITHDRAWN if done[1] else VacancyState.OPEN)
