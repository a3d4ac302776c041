"""The API of projects: what its lists hold, one document, and that nobody stands in it."""

import datetime
import json
import uuid
from itertools import chain

import pytest
import time_machine
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from participation.actions import exceptions, gates
from participation.models import PlannedRole
from participation.project_page import context_of
from participation.states import AssignmentState, Decision, Influence, Phase
from portal.audit.revision import current_revision
from portal.core.page_cache import PageCache
from portal.organisations.models import OrganisationKind, Province
from portal.organisations.roles import Role
from tests.factories.organisations import OrganisationFactory
from tests.factories.participation import (
    LONG_REASON,
    ProgrammeFactory,
    ProjectFactory,
    given_advice,
    held_meeting,
    representative,
)
from tests.factories.people import UserFactory, member
from tests.factories.recruiting import VacancyFactory
from tests.factories.transparency import published_entry, published_system
from tests.support.wsgi import Answer
from tests.transparency.test_api_schema import keys
from transparency.api.schema import published_schema

pytestmark = pytest.mark.django_db

LIST = reverse("participation-api:projects")


def listed(client, **query):
    return client.get(LIST, query).json()


def slugs(found):
    return [item["slug"] for item in found["items"]]


def document(client, project):
    return client.get(reverse("participation-api:project", args=[project.uuid])).json()


def full_project(now):
    """A project of which everything there is has happened: gates, an exception, answers, people who came and went."""
    project = ProjectFactory(slug="breukkijker", programme=ProgrammeFactory(), affected=["Kinderen"])
    decider = member(project.organisation, Role.GATE_DECIDER)
    manager = member(OrganisationFactory(kind=OrganisationKind.FUND, verified_at=now), Role.FUND_MANAGER)
    mine = representative(project, user=UserFactory(name="Geheime Naam", email="geheim@thuis.example"))
    representative(project, influence=Influence.PARTNER, state=AssignmentState.ENDED)
    PlannedRole.objects.create(project=project, phase=project.phase, influence="ADVISER", places=3, task="Lezen")
    held_meeting(project, mine)
    for decision in (Decision.ADOPTED, Decision.PARTLY):
        advice = given_advice(project, mine, state="RESPONDED")
        advice.responses.create(
            number=1, decision=decision, reason="Daarom.", promise="Folder", promised_by="arts",
            promised_for=now.date(), responded_at=now,
        )  # fmt: skip
    given_advice(project, mine)
    gate = gates.ask_gate(project=project, text="Wij zijn klaar.", by=project.lead, now=now)
    gates.pass_gate(gate=gate, text="Ouders dachten mee.", by=decider, now=now)
    project.refresh_from_db()
    exception = exceptions.ask_exception(
        project=project, reason=LONG_REASON, missing="Ouders", repair="Via scholen",
        repair_by=(now + datetime.timedelta(days=30)).date(), by=project.lead, now=now,
    )  # fmt: skip
    exceptions.grant_exception(exception=exception, text="Voor één keer.", by=manager, now=now)
    project.entries.add(published_entry(organisation=project.organisation))
    project.systems.add(published_system())
    return project


# --- The list --------------------------------------------------------------------------------------------------------


@pytest.fixture
def _five():
    """a is the newest, e the oldest; b and c began on the same day."""
    for slug, day in {"e": 1, "d": 2, "c": 3, "b": 3, "a": 5}.items():
        ProjectFactory(slug=slug, starts_on=datetime.date(2026, 3, day))


@pytest.mark.usefixtures("_five")
@pytest.mark.parametrize(("size", "pages"), [(1, 5), (2, 3), (5, 1), (100, 1)])
def test_pages_together_are_the_list_with_the_newest_first(client, size, pages):
    found, address = [], f"{LIST}?aantal={size}"
    while address:
        page = client.get(address.removeprefix("https://aimz.example")).json()
        found.append(slugs(page))
        address = page["next"]

    assert (len(found), [*chain(*found)], page["total"]) == (pages, ["a", "b", "c", "d", "e"], 5)


@pytest.mark.usefixtures("_five")
def test_project_that_begins_meanwhile_moves_nothing(client):
    first = listed(client, aantal=2)
    ProjectFactory(slug="nieuw", starts_on=datetime.date(2026, 4, 1))

    assert slugs(client.get(first["next"].removeprefix("https://aimz.example")).json()) == ["c", "d"]


@pytest.mark.usefixtures("_five")
@pytest.mark.parametrize("cursor", ["0-0", "99999999999999999-99999999999999999", "1-5"])
def test_cursor_that_nobody_gave_is_no_error(client, cursor):
    assert set(slugs(listed(client, cursor=cursor))) <= set("abcde")


def test_list_holds_no_examples_but_one_can_be_asked_for(client):
    example = ProjectFactory(organisation__is_example=True)

    assert listed(client) == {"total": 0, "next": None, "items": []}
    assert document(client, example)["is_example"] is True


@pytest.mark.parametrize(
    "query",
    [{"fase": "DEVELOP"}, {"organisatie": "de-wilg"}, {"soort": "GP_GROUP"}, {"provincie": "ZEELAND"},
     {"zoekt": "ja"}, {"fase": ["DEVELOP", "IN_USE"], "soort": "GP_GROUP", "zoekt": "ja"}],
)  # fmt: skip
def test_filter_leaves_what_fits(client, query):
    ProjectFactory(slug="ander")
    wanted = ProjectFactory(
        slug="gezocht", phase=Phase.DEVELOP, entry_phase=Phase.DEVELOP, organisation__slug="de-wilg",
        organisation__kind=OrganisationKind.GP_GROUP, organisation__province=Province.ZEELAND,
    )  # fmt: skip
    VacancyFactory(project=wanted)

    found = listed(client, **query)

    assert (slugs(found), found["total"]) == (["gezocht"], 1)


@pytest.mark.parametrize(
    ("query", "name"),
    [({"fase": "OUD"}, "fase"), ({"zoekt": "nee"}, "zoekt"), ({"q": "bot"}, "q"), ({"aantal": "0"}, "aantal")],
)
def test_what_we_do_not_know_is_a_problem_that_names_it(client, query, name):
    response = client.get(LIST, query)

    assert (response.status_code, response.headers["Content-Type"]) == (400, "application/problem+json")
    assert [error["name"] for error in response.json()["errors"]] == [name]


def test_list_asks_as_much_of_the_database_for_many_as_for_few(client, now):
    full_project(now)
    with CaptureQueriesContext(
        connection,
    ) as few:
        listed(client)
    for _number in range(4):
        project = ProjectFactory()
        someone = representative(project)
        held_meeting(project, someone)
        given_advice(project, someone)

    with CaptureQueriesContext(connection) as many:
        listed(client)

    assert len(many) <= len(few)


# --- One document ----------------------------------------------------------------------------------------------------


def test_document_tells_what_the_page_tells(client, now):
    project = full_project(now)
    page, told = context_of(project), document(client, project)

    assert [(one["place"], one["representatives"], one["meetings"], one["advice"]) for one in told["phases"]] == [
        (one.place, one.representatives, one.meetings, one.advice) for one in page["phases"]
    ]
    assert told["advice"] == {"given": 3, "adopted": 1, "partly": 1, "not_adopted": 0, "unanswered": 1, "kept": 0}
    assert told["advice"]["given"] == page["advice"].given
    assert told["roles"] == [
        {"role": "ADVISER", "now": 1, "before": 0}, {"role": "PARTNER", "now": 0, "before": 1},
    ]  # fmt: skip
    assert told["places_left"] == page["places_left"]
    assert told["planned_roles"] == [{"phase": "IDEA", "role": "ADVISER", "places": 3, "task": "Lezen"}]
    assert [(one["to_phase"], one["state"], one["text"]) for one in told["gates"]] == [
        ("EXPLORE", "PASSED", "Ouders dachten mee.")
    ]
    assert [(one["missing"], one["is_late"]) for one in told["exceptions"]] == [("Ouders", False)]
    assert [one["name"] for one in told["entries"]] == [page["entries"][0][0]]
    assert len(told["systems"]) == 1


def test_document_has_exactly_the_keys_of_its_schema(client, now):
    told = document(client, full_project(now))

    assert list(keys(published_schema("project"), told)) == []


def test_exception_is_late_the_day_after_its_day(client, now):
    project = full_project(now)

    with time_machine.travel(now + datetime.timedelta(days=31), tick=False):
        told = document(client, project)

    assert (told["is_late"], told["exceptions"][0]["is_late"]) == (True, True)


def test_nobody_stands_in_a_document(client, now):
    project = full_project(now)
    people = [*project.assignments.values_list("user__name", "user__email"), (project.lead.name, project.lead.email)]

    text = json.dumps([document(client, project), listed(client)])

    assert [word for person in people for word in person if word in text] == []


def test_project_that_is_not_there_is_a_problem(client):
    response = client.get(reverse("participation-api:project", args=[uuid.UUID(int=7)]))

    assert (response.status_code, response.headers["Content-Type"]) == (404, "application/problem+json")


def test_answer_comes_from_the_cache_with_an_etag_until_something_changes(now):
    project = full_project(now)
    cache = PageCache(WSGIHandler(), current_revision)
    address = reverse("participation-api:project", args=[project.uuid])
    first = Answer(cache, address)

    assert Answer(cache, address, If_None_Match=first.headers["etag"]).status == 304

    gates.ask_gate(project=project, text="Wij zijn verder.", by=project.lead, now=now)

    assert Answer(cache, address, If_None_Match=first.headers["etag"]).status == 200
