"""Annex VIII: only for uses of Annex III, every point of section C, and what is still missing."""

import pytest
from django.urls import reverse

from tests.factories.organisations import LocationFactory
from tests.factories.transparency import EntryFactory, published_entry
from transparency.api.annex_viii import SECTION_A, SECTION_C
from transparency.fields import BY_KEY
from transparency.vocabularies import vocabulary

pytestmark = pytest.mark.django_db


def form(client, **content):
    entry = published_entry(
        content={"ai_act_route": "ANNEX_III", **content}, organisation__name="Linde", organisation__place="Utrecht"
    )
    return client.get(reverse("api:annex-viii", args=[entry.slug])).json()


def answers(found):
    return {row["point"]: row["answer"] for row in found["points"]}


@pytest.mark.parametrize("route", [code for code in vocabulary("ai_act_route").terms if code != "ANNEX_III"])
def test_use_outside_annex_iii_has_no_such_form(client, route):
    entry = published_entry(content={"ai_act_route": route})

    assert client.get(reverse("api:annex-viii", args=[entry.slug])).status_code == 404


def test_page_leads_to_the_form_of_a_use_that_has_it(client):
    route = {True: "ANNEX_III", False: "NEITHER"}
    for has_form, code in route.items():
        entry = published_entry(content={"ai_act_route": code})
        address = reverse("api:annex-viii", args=[entry.slug])

        assert (f'href="https://aimz.example{address}"' in client.get(entry.get_absolute_url()).text) is has_form


def test_draft_has_no_such_form(client):
    assert client.get(reverse("api:annex-viii", args=[EntryFactory().slug])).status_code == 404


def test_every_point_of_section_c_is_there_in_order(client):
    assert list(answers(form(client))) == ["C1", "C2", "C3", "C4", "C5"]


def test_points_are_answered_from_the_entry(client):
    assessments = [
        {"kind": "FRIA", "summary": "Grondrechten zijn geborgd."},
        {"kind": "DPIA", "summary": "Privacy is geborgd."},
        {"kind": "IAMA", "summary": "Iets anders."},
    ]
    found = form(
        client,
        assessments=assessments,
        eu_db_provider_url="https://eu.example/1",
        contact_name_role="Privacyfunctionaris",
    )

    told = answers(found)

    assert told["C1"] == {
        "name": "Linde",
        "addresses": ["Utrecht"],
        "website": "",
        "contact_public": "vragen@ziekenhuis.example",
    }
    assert told["C2"] == {"contact_name_role": "Privacyfunctionaris"}
    assert told["C3"] == {"eu_db_provider_url": "https://eu.example/1"}
    assert told["C4"] == {"summaries": ["Grondrechten zijn geborgd."]}
    assert told["C5"] == {"summaries": ["Privacy is geborgd."]}
    assert found["missing"] == []


def test_points_without_an_answer_are_named(client):
    assert form(client)["missing"] == ["C2", "C3", "C4", "C5"]


def test_addresses_are_those_of_the_places(client):
    entry = published_entry(content={"ai_act_route": "ANNEX_III"})
    LocationFactory(organisation=entry.organisation, address="Laan 1", postcode="1234 AB", place="Goes")

    found = client.get(reverse("api:annex-viii", args=[entry.slug])).json()

    assert answers(found)["C1"]["addresses"] == ["Laan 1, 1234 AB, Goes"]


def test_points_ask_for_fields_that_there_are():
    keys = {key for point in (*SECTION_C, *SECTION_A) for key in point.keys}

    assert keys <= set(BY_KEY)
    assert {point.assessment for point in SECTION_C if point.assessment} <= set(vocabulary("assessment").terms)
