"""What search engines read of a page: only what it says, nothing of examples, and nothing that could run."""

import json

import pytest
from bs4 import BeautifulSoup

from tests.factories.transparency import published_entry, published_system

pytestmark = pytest.mark.django_db


def blocks(client, address):
    page = BeautifulSoup(client.get(address).text, "html5lib")
    return [json.loads(tag.string) for tag in page.find_all("script", type="application/ld+json")]


def test_entry_tells_its_product_and_who_uses_it(client):
    entry = published_entry(organisation__name="Linde", content={"product_url": "https://maker.example"})

    (block,) = blocks(client, entry.get_absolute_url())

    assert block["url"] == f"https://aimz.example{entry.get_absolute_url()}"
    assert block["about"]["name"] == "Breukkijker"
    assert block["about"]["creator"]["name"] == "Voorbeeldbedrijf"
    assert (block["about"]["provider"]["@type"], block["about"]["provider"]["name"]) == ("Hospital", "Linde")
    assert block["dateModified"] == "2026-11-22T09:00:00Z"


def test_english_page_tells_english(client):
    entry = published_entry(content={"translations": {"en": {"name": "Fracture finder"}}})

    (block,) = blocks(client, f"/en{entry.get_absolute_url()}")

    assert (block["inLanguage"], block["about"]["name"]) == ("en", "Fracture finder")
    assert block["url"] == f"https://aimz.example/en{entry.get_absolute_url()}"


def test_product_tells_what_it_is_and_invents_nothing(client):
    system = published_system(slug="bonefinder")

    (block,) = blocks(client, system.get_absolute_url())

    assert block["about"]["name"] == "BoneFinder"
    assert not {"creator", "url", "provider"} & set(block["about"])


def test_example_tells_search_engines_nothing(client):
    entry = published_entry(organisation__example=True)

    assert blocks(client, entry.get_absolute_url()) == []


def test_text_cannot_leave_its_block(client):
    text = "</script><script>alert(1)</script><!-- & \u2028"
    entry = published_entry(content={"summary": text})

    (block,) = blocks(client, entry.get_absolute_url())

    assert block["about"]["description"] == text


def test_page_leads_to_its_document(client):
    for thing in (published_entry(), published_system()):
        page = BeautifulSoup(client.get(thing.get_absolute_url()).text, "html5lib")
        address = page.find("link", rel="alternate", type="application/json")["href"]

        assert client.get(address.removeprefix("https://aimz.example")).json()["slug"] == thing.slug
