"""Advice in the API: what is public and nothing else, filtered, page by page, as its schema says."""

import datetime
import uuid
from itertools import pairwise

import pytest
import time_machine
from django.urls import reverse

from participation.actions import responses
from participation.states import PUBLIC_ADVICE, AdviceState, Decision, Topic, Weight
from tests.factories.advice import advice_in, answer, given, make_advice_world
from tests.factories.participation import ProjectFactory, given_advice, representative
from tests.transparency.test_api_schema import keys

pytestmark = pytest.mark.django_db
LIST = reverse("participation-api:advice-list")
DAY = datetime.timedelta(days=1)


def one(key):
    return reverse("participation-api:advice", args=[key])


@pytest.fixture
def world(now):
    return make_advice_world()


def found(client, query=""):
    return client.get(LIST + query).json()


def ids(answer_):
    return [item["id"] for item in answer_["items"]]


def test_list_has_what_is_public_and_no_examples(client, world, now):
    advice = advice_in(world, AdviceState.RESPONDED, now)
    given(world.project, world.one, now)
    advice_in(world, AdviceState.WITHDRAWN, now)
    given_advice(ProjectFactory(organisation__is_example=True))

    assert (ids(found(client)), found(client)["total"]) == ([str(advice.uuid)], 1)


def test_example_can_be_asked_for_and_says_that_it_is_one(client):
    advice = given_advice(ProjectFactory(organisation__is_example=True))

    assert client.get(one(advice.uuid)).json()["is_example"] is True


@pytest.mark.parametrize("state", [AdviceState.WAITING, AdviceState.WITHDRAWN])
def test_what_is_not_public_is_not_there(client, world, now, state):
    response = client.get(one(advice_in(world, state, now).uuid))

    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("state", PUBLIC_ADVICE)
def test_document_has_the_keys_and_codes_of_its_schema(client, world, now, state):
    advice = advice_in(world, state, now)
    schema = client.get(reverse("api:openapi")).json()["components"]["schemas"]["Advies"]

    told = client.get(one(advice.uuid)).json()

    assert list(keys(schema, told)) == []
    assert set(schema["required"]) == set(told)
    for name, part in schema["properties"].items():
        assert "enum" not in part or told[name] in part["enum"], name


def test_document_tells_everything_from_asking_to_verdict_by_number(client, world, now):
    told = client.get(one(advice_in(world, AdviceState.JUDGED, now).uuid)).json()

    assert (told["state"], told["decision"], told["outcome"]) == ("JUDGED", "ADOPTED", "DONE")
    assert told["versions"][0]["representatives"] == [1]
    assert told["responses"][0]["promised_for"] == "2026-12-12"
    assert told["verdict"]["judgement"] == "CONFIRMED"
    assert told["released_at"] == "2026-11-22T09:00:00Z"
    assert told["page"].startswith("https://aimz.example/projecten/breukkijker/advies/")


def test_nobody_is_named(client, world, now):
    for number, user in enumerate((world.rep, world.coordinator, world.lead)):
        user.name = f"Geheim {number}"
        user.save()
    advice = advice_in(world, AdviceState.JUDGED, now)

    for address in (LIST, one(advice.uuid)):
        text = client.get(address).text
        assert "Geheim" not in text
        assert not any(user.email in text for user in (world.rep, world.coordinator, world.lead))


def test_filters_narrow_and_values_widen(client, world, now):
    project, other = ProjectFactory(slug="anders", phase="DEVELOP"), ProjectFactory()
    a = given_advice(project, representative(project), topic=Topic.COSTS, weight=Weight.MUST)
    b = given_advice(other, representative(other), topic=Topic.PRIVACY, state=AdviceState.ACKNOWLEDGED)
    asked = {
        "?project=anders": {a}, "?fase=DEVELOP": {a}, "?fase=DEVELOP&fase=IDEA": {a, b}, "?status=ACKNOWLEDGED": {b},
        "?onderwerp=COSTS": {a}, "?gewicht=MUST": {a}, "?gewicht=MUST&onderwerp=PRIVACY": set(), "?project=weg": set(),
    }  # fmt: skip

    for query, wanted in asked.items():
        assert set(ids(found(client, query))) == {str(advice.uuid) for advice in wanted}, query


def test_decision_is_that_of_the_newest_answer(client, world, now):
    advice = advice_in(world, AdviceState.RESPONDED, now)
    responses.amend(advice=advice, after=1, fields=answer(now, decision=Decision.PARTLY), by=world.lead, now=now)

    assert found(client, "?besluit=ADOPTED")["total"] == 0
    assert ids(found(client, "?besluit=PARTLY&besluit=NOT_ADOPTED")) == [str(advice.uuid)]


def test_what_is_late_can_be_asked_for(client, world, now):
    advice_in(world, AdviceState.DONE, now)
    late = advice_in(world, AdviceState.ACKNOWLEDGED, now)
    assert found(client, "?teLaat=ja")["total"] == 0

    with time_machine.travel(now + 31 * DAY, tick=False):
        assert ids(found(client, "?teLaat=ja")) == [str(late.uuid)]
        assert found(client, "?teLaat=nee")["total"] == 1
        assert client.get(one(late.uuid)).json()["late_since"] == "2026-12-22"


def test_pages_together_are_the_list_and_what_comes_meanwhile_moves_nothing(client, world, now):
    made = [given_advice(world.project, released_at=now - n // 2 * DAY) for n in range(5)]
    wanted = [str(advice.uuid) for advice in sorted(made, key=lambda a: (a.released_at, a.pk), reverse=True)]

    seen, address = [], f"{LIST}?aantal=2&gewicht=SHOULD"
    while address:
        page = client.get(address.removeprefix("https://aimz.example")).json()
        seen += ids(page)
        given_advice(world.project, released_at=now + DAY)
        address = page["next"]

    assert seen == wanted


def test_last_page_has_no_next_and_a_cursor_of_nobody_is_no_error(client, world):
    given_advice(world.project)

    assert found(client)["next"] is None
    for cursor in ("0-0", "99999999999999999-99999999999999999"):
        assert client.get(f"{LIST}?cursor={cursor}").status_code == 200


@pytest.mark.parametrize("query", ["?niets=1", "?fase=OUD", "?teLaat=misschien", "?teLaat=ja&teLaat=nee", "?aantal=0x",
                                   "?cursor=x", "?status=WAITING"])  # fmt: skip
def test_wrong_question_is_refused_with_all_that_is_wrong(client, query):
    response = client.get(LIST + query)

    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert response.json()["errors"]


def test_question_about_one_is_read_strictly_too(client, world):
    assert client.get(one(given_advice(world.project).uuid) + "?x=1").status_code == 400
    assert client.get(one(uuid.uuid4())).status_code == 404


def test_list_asks_the_database_no_more_when_more_is_in_it(client, world, now, django_assert_max_num_queries):
    for _n in range(6):
        advice_in(world, AdviceState.JUDGED, now)

    with django_assert_max_num_queries(6):
        assert len(found(client)["items"]) == 6


def test_newest_comes_first(client, world, now):
    for days in (3, 1, 2):
        given_advice(world.project, released_at=now - days * DAY)

    moments = [item["released_at"] for item in found(client)["items"]]

    assert all(earlier >= later for earlier, later in pairwise(moments))
