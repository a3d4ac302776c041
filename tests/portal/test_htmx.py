"""One address gives the page or its fragment; nobody is ever handed a bare fragment as a page."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.factories.organisations import OrganisationFactory
from tests.support.html import soup

PAGES = ["transparency:register", "transparency:providers"]
FRAGMENT = {"HX-Request": "true"}
# Requests of htmx that replace the whole page.
WHOLE = {
    "no htmx": {},
    "a boosted link": {"HX-Request": "true", "HX-Boosted": "true"},
    "the history restored": {"HX-Request": "true", "HX-History-Restore-Request": "true"},
    "only the word boosted": {"HX-Boosted": "true"},
    "htmx said to be off": {"HX-Request": "false"},
}

pytestmark = pytest.mark.django_db


def results(html):
    """The list of results, read as htmx reads it: text, not bytes (a fragment does not name its encoding)."""
    return str(BeautifulSoup(html, "html5lib").select_one("#resultaten"))


def is_whole(response):
    return response.text.lstrip().lower().startswith("<!doctype html>")


@pytest.mark.parametrize("name", PAGES)
def test_htmx_gets_the_fragment(client, name):
    response = client.get(reverse(name), headers=FRAGMENT)

    assert not is_whole(response)
    assert soup(response).select_one("#resultaten") is not None


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("headers", WHOLE.values(), ids=WHOLE.keys())
def test_others_get_the_whole_page(client, name, headers):
    response = client.get(reverse(name), headers=headers)

    assert is_whole(response)
    assert len(soup(response).select("#resultaten")) == 1


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("headers", [FRAGMENT, *WHOLE.values()], ids=["a fragment", *WHOLE.keys()])
def test_caches_are_told_that_the_answer_depends_on_htmx(client, name, headers):
    response = client.get(reverse(name), headers=headers)

    assert "hx-request" in response.headers["Vary"].lower()


@pytest.mark.parametrize("name", PAGES)
def test_fragment_is_never_stored(client, name):
    response = client.get(reverse(name), headers=FRAGMENT)

    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", PAGES)
def test_whole_page_may_be_stored(client, name):
    response = client.get(reverse(name))

    assert "no-store" not in response.headers.get("Cache-Control", "")


@pytest.mark.parametrize("name", PAGES)
def test_fragment_holds_what_the_page_holds(client, name):
    OrganisationFactory()

    page, fragment = client.get(reverse(name)).text, client.get(reverse(name), headers=FRAGMENT).text

    assert results(fragment) == results(page)


def test_fragment_answers_the_question_of_its_address(client):
    OrganisationFactory(name="Antonius", slug="antonius")
    OrganisationFactory(name="Zuiderpoort", slug="zuiderpoort")

    response = client.get(reverse("transparency:providers"), {"q": "zuider"}, headers=FRAGMENT)

    assert [link.text for link in soup(response).select(".rows__name")] == ["Zuiderpoort"]


def test_english_fragment_is_in_english_addresses(client):
    OrganisationFactory(slug="antonius")

    response = client.get("/en" + reverse("transparency:providers"), headers=FRAGMENT)

    assert soup(response).select_one(".rows__name")["href"] == "/en/zorgverleners/antonius/"
