"""Two who act at the same moment, on a real PostgreSQL: one of them is first, and what they do happens once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from participation.actions import exceptions, gates
from participation.models import GateException, GateReview, Passage, Project
from participation.states import Phase
from portal.core.workflow import StepNotAllowed
from portal.organisations.models import OrganisationKind
from portal.organisations.roles import Role
from tests.factories.organisations import OrganisationFactory
from tests.factories.participation import LONG_REASON, ProjectFactory, held_meeting, representative
from tests.factories.people import member

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"),
    pytest.mark.usefixtures("committed_db"),
]
ROUNDS = 5


def together(*acts: Callable[[], object]) -> list[bool]:
    """Do all `acts` at the same moment, each on a connection of its own; whether each was carried out."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> bool:
        start.wait()
        try:
            act()
        except (StepNotAllowed, ValidationError):
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.parametrize("number", range(ROUNDS))
def test_two_deciders_pass_a_gate_once(now, number):
    project = ProjectFactory()
    held_meeting(project, representative(project))
    gate = gates.ask_gate(project=project, text="Klaar.", by=project.lead, now=now)
    deciders = [member(project.organisation, Role.GATE_DECIDER) for _n in range(2)]

    def passing(who):
        own = GateReview.objects.select_related("project__organisation").get(pk=gate.pk)
        return lambda: gates.pass_gate(gate=own, text="Ja.", by=who, now=now)

    done = together(*(passing(who) for who in deciders))

    assert sorted(done) == [False, True]
    assert Project.objects.get(pk=project.pk).phase == Phase.EXPLORE
    assert Passage.objects.filter(project=project).count() == 2


@pytest.mark.parametrize("number", range(ROUNDS))
def test_passing_and_refusing_at_once_does_one_of_them(now, number):
    project = ProjectFactory()
    held_meeting(project, representative(project))
    gate = gates.ask_gate(project=project, text="Klaar.", by=project.lead, now=now)
    first, second = (member(project.organisation, Role.GATE_DECIDER) for _n in range(2))
    one, other = (GateReview.objects.select_related("project__organisation").get(pk=gate.pk) for _n in range(2))

    done = together(
        lambda: gates.pass_gate(gate=one, text="Ja.", by=first, now=now),
        lambda: gates.refuse_gate(gate=other, text="Nee.", by=second, now=now),
    )

    gate.refresh_from_db()
    project.refresh_from_db()
    assert sorted(done) == [False, True]
    assert (gate.state == "PASSED") == (project.phase == Phase.EXPLORE) == done[0]


@pytest.mark.parametrize("number", range(ROUNDS))
def test_two_questions_at_once_are_one(now, number):
    project = ProjectFactory()
    other = member(project.organisation, Role.PROJECT_LEAD)

    done = together(*(
        lambda who=who: gates.ask_gate(project=Project.objects.get(pk=project.pk), text="Klaar.", by=who, now=now)
        for who in (project.lead, other)
    ))  # fmt: skip

    assert (sorted(done), GateReview.objects.filter(project=project).count()) == ([False, True], 1)


@pytest.mark.parametrize("number", range(ROUNDS))
def test_two_funds_decide_on_an_exception_once(now, number):
    project = ProjectFactory()
    funds = [OrganisationFactory(kind=OrganisationKind.FUND, verified_at=now) for _n in range(2)]
    managers = [member(fund, Role.FUND_MANAGER) for fund in funds]
    exception = exceptions.ask_exception(
        project=project, reason=LONG_REASON, missing="Ouders", repair="Via scholen", by=project.lead, now=now,
        repair_by=now.date().replace(month=12),
    )  # fmt: skip
    one, other = (GateException.objects.select_related("project__organisation").get(pk=exception.pk) for _n in range(2))

    done = together(
        lambda: exceptions.grant_exception(exception=one, text="Ja.", by=managers[0], now=now),
        lambda: exceptions.refuse_exception(exception=other, text="Nee.", by=managers[1], now=now),
    )

    exception.refresh_from_db()
    assert sorted(done) == [False, True]
    assert exception.granted_for == funds[done.index(True)]
