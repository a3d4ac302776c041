"""Every version of the text of a product stays to read, also when it went on under another name."""

import pytest
from django.urls import reverse

from tests.factories.claims import changed_system
from tests.factories.transparency import SystemFactory, published_system

pytestmark = pytest.mark.django_db
VERSIONS, VERSION = "transparency:system-versions", "transparency:system-version"


@pytest.fixture
def system():
    return changed_system(published_system(slug="finder", content={"risks": "Eerst zo."}), risks="Nu anders.")


def test_list_leads_to_every_version(client, system):
    text = client.get(reverse(VERSIONS, args=["finder"])).text

    for number in (1, 2):
        assert f'href="{reverse(VERSION, args=["finder", number])}"' in text
    assert "Er is iets nieuws." in text


def test_product_leads_to_its_versions(client, system):
    assert reverse(VERSIONS, args=["finder"]) in client.get(system.get_absolute_url()).text


def test_version_says_what_it_said_and_what_changed(client, system):
    old, new = (client.get(reverse(VERSION, args=["finder", number])).text for number in (1, 2))

    assert "Eerst zo." in old
    assert "Nu anders." not in old
    assert "Dit is een oude versie." in old
    assert "<del>Eerst zo.</del>" in new
    assert "<ins>Nu anders.</ins>" in new


@pytest.mark.parametrize("number", ["0", "3", "01"])
def test_version_that_is_not_there_is_not_found(client, system, number):
    assert client.get(f"/systemen/finder/versies/{number}/").status_code == 404


def test_product_without_a_text_has_no_versions(client):
    SystemFactory(slug="leeg")

    assert client.get(reverse(VERSIONS, args=["leeg"])).status_code == 404


def test_english_page_shows_the_dutch_as_dutch(client, system):
    assert 'lang="nl"' in client.get("/en" + reverse(VERSION, args=["finder", 1])).text
