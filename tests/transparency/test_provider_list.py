"""The list of care providers: finding one by name, place or province, with and without htmx."""

import pytest

from portal.organisations.models import OrganisationKind, Province
from tests.factories.organisations import OrganisationFactory
from tests.factories.transparency import EntryFactory, published_entry
from tests.support.html import HTMX, fill, links, main, soup, swap, words
from transparency.views.providers import PAGE_SIZE

pytestmark = pytest.mark.django_db
URL = "/zorgverleners/"


def page(client, query="", path=URL):
    return soup(client.get(path + query))


def rows(found):
    return {
        words(row.select_one(".rows__name")): words(row.select_one(".rows__fact")) for row in found.select(".rows__row")
    }


# --- Finding one --------------------------------------------------------------------------------------------------


def test_providers_stand_in_the_order_of_their_folded_names(client):
    for name in ("Zuid", "Élan", "aarde", "De Linde"):
        OrganisationFactory(name=name)

    assert list(rows(page(client))) == ["aarde", "De Linde", "Élan", "Zuid"]


def test_only_who_gives_care_is_listed(client):
    OrganisationFactory(name="Fonds", kind=OrganisationKind.FUND)
    OrganisationFactory(name="Patiënten", kind=OrganisationKind.PATIENT_ORGANISATION)
    OrganisationFactory(name="Apotheek", kind=OrganisationKind.PHARMACY)

    assert list(rows(page(client))) == ["Apotheek"]


def test_provider_says_how_much_it_reported(client):
    busy = OrganisationFactory(name="Bezig")
    OrganisationFactory(name="Stil")
    for _number in range(2):
        published_entry(organisation=busy)
    EntryFactory(organisation=busy)

    assert rows(page(client)) == {"Bezig": "2 toepassingen", "Stil": "nog niets gemeld"}


def test_number_in_the_list_is_the_number_on_the_page_of_the_provider(client):
    parent = OrganisationFactory(name="Groep")
    location = OrganisationFactory(name="Locatie", parent=parent)
    published_entry(organisation=parent)

    assert "staat 1 toepassing" in words(soup(client.get(location.get_absolute_url())).select_one(".lead"))
    assert rows(page(client))["Locatie"] == "1 toepassing"


def test_example_says_that_it_is_an_example(client):
    OrganisationFactory(name="Verzonnen", is_example=True)

    assert "Voorbeeld" in rows(page(client))["Verzonnen"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?q=linde", ["De Linde"]),
        ("?q=LIND", ["De Linde"]),
        ("?q=goes", ["De Linde"]),
        ("?q=brabant", ["De Wilg"]),
        ("?provincie=ZEELAND", ["De Linde"]),
        ("?provincie=ZEELAND&q=wilg", []),
        ("?provincie=MAAN", ["De Linde", "De Wilg"]),
        ("?q=%00", ["De Linde", "De Wilg"]),
        ("?q=inde", []),
    ],
)
def test_provider_is_found_by_name_place_or_province(client, query, expected):
    OrganisationFactory(name="De Linde", place="Goes", province=Province.ZEELAND)
    OrganisationFactory(
        name="De Wilg", place="Breda", province=Province.NOORD_BRABANT, find_key="de wilg breda noord brabant"
    )

    assert list(rows(page(client, query))) == expected


def test_provider_with_exactly_that_name_comes_first(client):
    OrganisationFactory(name="AMC Apotheek")
    OrganisationFactory(name="Ziekenhuis", alias_key="|amc|", find_key="amc ziekenhuis")

    assert list(rows(page(client, "?q=amc"))) == ["Ziekenhuis", "AMC Apotheek"]


def test_mistyped_name_leads_to_the_nearest(client):
    organisation = OrganisationFactory(name="De Lindeboom")

    found = page(client, "?q=lindeboum")

    assert organisation.get_absolute_url() in links(found.select_one(".empty"))


def test_empty_list_leaves_a_way_on(client):
    found = page(client, "?q=onvindbaar")

    assert "Niets gevonden" in words(found.select_one(".empty"))
    assert "/mijn-zorg/?zorgverlener=weet-ik-niet" in links(found)


@pytest.mark.parametrize("value", ["0", "-1", "een", "99999", "9" * 5_000, "%00", ""])
def test_any_page_number_gives_a_page(client, value):
    OrganisationFactory(name="De Linde")

    assert list(rows(page(client, f"?pagina={value}"))) == ["De Linde"]


def test_pages_together_hold_every_provider_once(client):
    OrganisationFactory.create_batch(PAGE_SIZE + 3)

    first, second = page(client), page(client, "?pagina=2")

    assert (len(rows(first)), len(rows(second))) == (PAGE_SIZE, 3)
    assert not set(rows(first)) & set(rows(second))
    assert f"{URL}?pagina=2" in links(first)


@pytest.mark.parametrize(
    "query", ["?q=ziekenhuis", "?q=onvindbaar", "?provincie=UTRECHT", "?pagina=2", "?q=ziekenhuiz"]
)
def test_part_put_into_the_page_gives_the_page_that_a_reload_gives(client, query):
    OrganisationFactory.create_batch(PAGE_SIZE + 3)
    reload, start = page(client, query), page(client)
    for field in ("q", "provincie"):
        chosen = reload.select_one(f'[name="{field}"] option[selected]') or reload.select_one(f'input[name="{field}"]')
        if chosen is not None:
            fill(start, field, str(chosen.get("value", "")))

    swapped = swap(start, client.get(URL + query, headers=HTMX), "#resultaten")

    assert main(swapped) == main(reload)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_list_can_only_be_read(client, method):
    assert getattr(client, method)(URL).status_code == 405


def test_html_in_a_name_stays_text(client):
    hostile = "<img src=x onerror=alert(1)>"
    OrganisationFactory(name=hostile, place=hostile)

    for found in (page(client), page(client, "?q=img")):
        assert not found.select("main img")
        assert hostile in rows(found)


def test_html_that_was_typed_stays_text(client):
    found = page(client, '?q="><img+src=x>')

    assert not found.select("main img")
    assert found.select_one("#q")["value"] == '"><img src=x>'
