"""The API of vacancies: what it has, in which order, by which filters; and never who replied."""

import pytest
import time_machine
from django.urls import reverse

from participation.states import CandidacyState, VacancyState
from tests.factories.participation import ProjectFactory
from tests.factories.recruiting import (
    DAY,
    MARKER,
    MARKER_MAIL,
    MARKER_STORY,
    CandidacyFactory,
    VacancyFactory,
    withdrawn,
)
from tests.transparency.test_api_schema import keys
from transparency.api.schema import published_schema

pytestmark = pytest.mark.django_db
LIST = reverse("participation-api:vacancies")


def asked(client, query=""):
    return client.get(LIST + query).json()


def titles(client, query=""):
    return [one["title"] for one in asked(client, query)["items"]]


def one(client, vacancy):
    return client.get(reverse("participation-api:vacancy", args=[vacancy.uuid]))


def ended(**fields):
    return VacancyFactory(
        state=VacancyState.FILLED, outcome_text="Het ging goed.", missing=["ouders"], ended_at="2026-11-22T09:00:00Z",
        numbers={"responded": 12, "chosen": 3}, **fields,
    )  # fmt: skip


def test_document_has_the_keys_of_its_schema(client):
    VacancyFactory().criteria.create(text="U hebt een kind", why="Het gaat over kinderen.", is_must=True, place=1)
    ended()
    withdrawn()

    for item in asked(client)["items"]:
        assert list(keys(published_schema("vacature"), item)) == []


def test_schema_stands_at_its_address(client):
    assert client.get(reverse("api:schema", args=["vacature"])).json()["title"] == "Vacature"


def test_list_has_what_was_public_the_newest_first_and_no_examples(client, now):
    for state in (VacancyState.DRAFT, VacancyState.IN_REVIEW):
        VacancyFactory(state=state)
    withdrawn(opened_at=None)
    VacancyFactory(project__organisation__is_example=True)
    VacancyFactory(title="Nieuw", opened_at=now)
    VacancyFactory(title="Oud", opened_at=now - DAY, state=VacancyState.CLOSED)

    assert titles(client) == ["Nieuw", "Oud"]


@pytest.mark.parametrize("query", ["?stand=OPEN", "?fase=DEVELOP", "?rol=PARTNER", "?q=huid", "?organisatie=de-wilg",
                                   "?provincie=ZEELAND"])  # fmt: skip
def test_filter_leaves_what_fits(client, query):
    VacancyFactory(title="Ander", phases=["IDEA"], state=VacancyState.CLOSED)
    VacancyFactory(
        title="Gezocht", phases=["DEVELOP"], influence="PARTNER", perspectives=["mensen met een donkere huid"],
        project__organisation__slug="de-wilg", project__organisation__province="ZEELAND",
    )  # fmt: skip

    assert titles(client, query) == ["Gezocht"]


@pytest.mark.parametrize("query", ["?stand=DRAFT", "?kleur=rood", "?fase=OUD", "?rol=&rol=PARTNER", "?aantal=0"])
def test_question_that_we_do_not_know_is_refused(client, query):
    assert client.get(LIST + query).status_code == 400


def test_pages_follow_each_other_also_when_something_comes_in_between(client, now):
    made = [VacancyFactory(opened_at=now - number * DAY, project=ProjectFactory()) for number in range(5)]
    first = asked(client, "?aantal=2")
    VacancyFactory(opened_at=now + DAY)
    second = client.get(first["next"]).json()
    third = client.get(second["next"]).json()

    found = [item["id"] for page in (first, second, third) for item in page["items"]]
    assert found == [str(one.uuid) for one in made]
    assert (first["total"], third["next"]) == (5, None)


def test_vacancy_is_closed_the_day_after_its_last_day(client, now):
    vacancy = VacancyFactory()

    with time_machine.travel(now + 22 * DAY, tick=False):
        assert one(client, vacancy).json()["state"] == "CLOSED"
        assert titles(client, "?stand=OPEN") == []


def test_small_numbers_of_people_are_not_told(client):
    account = one(client, ended()).json()["account"]

    assert account == {"responded": 12, "chosen": None, "missing": ["ouders"], "text": "Het ging goed."}


def test_account_comes_only_when_both_sides_agreed(client):
    vacancy = VacancyFactory(state=VacancyState.CLOSED, outcome_text="Nog niet.", proposed="NOT_FILLED")

    answer = one(client, vacancy)

    assert (answer.json()["account"], "Nog niet." in answer.text) == (None, False)


@pytest.mark.parametrize("state", [VacancyState.DRAFT, VacancyState.IN_REVIEW])
def test_what_was_never_open_is_a_404(client, state):
    assert one(client, VacancyFactory(state=state)).status_code == 404


@pytest.mark.parametrize("state", CandidacyState)
def test_candidate_is_in_no_answer(client, state):
    vacancy = VacancyFactory()
    CandidacyFactory(vacancy=vacancy, state=state, name=MARKER, email=MARKER_MAIL, motivation=MARKER_STORY)

    for text in (client.get(LIST).text, one(client, vacancy).text):
        assert not [marker for marker in (MARKER, MARKER_MAIL, MARKER_STORY) if marker in text]
