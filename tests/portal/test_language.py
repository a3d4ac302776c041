"""The path decides the language of a page, and nothing else does."""

import pytest
from django.urls import reverse
from django.utils import translation

from portal.core.public import language_of
from portal.home.views import HELP
from portal.ui.context import other_language_path
from tests.factories.transparency import published_entry, published_system
from tests.support.html import soup

PLAIN = [
    "home", "help-index", "glossary", "over", "privacy", "toegankelijkheid", "transparency:register",
    "transparency:systems", "transparency:providers", "transparency:my-care", "transparency:letter",
]  # fmt: skip
OF_ENTRY = ["transparency:entry", "transparency:versions"]

pytestmark = pytest.mark.django_db


def addresses():
    """The Dutch address of one page of every kind."""
    entry, system = published_entry(slug="breukkijker"), published_system(slug="bonefinder")
    found = [reverse(name) for name in PLAIN]
    found += [reverse("help-page", args=[slug]) for slug in HELP]
    found += [reverse(name, args=[entry.slug]) for name in OF_ENTRY]
    found += [reverse("transparency:version", args=[entry.slug, 1])]
    found += [system.get_absolute_url(), entry.organisation.get_absolute_url()]
    return found


def test_every_dutch_page_says_that_it_is_dutch(client):
    wrong = [path for path in addresses() if soup(client.get(path)).html["lang"] != "nl"]

    assert wrong == []


def test_every_english_page_says_that_it_is_english(client):
    wrong = [path for path in addresses() if soup(client.get(f"/en{path}")).html["lang"] != "en"]

    assert wrong == []


@pytest.mark.parametrize(("path", "language"), [("/", "nl"), ("/en/", "en"), ("/over/", "nl"), ("/en/over/", "en")])
def test_answer_names_its_language(client, path, language):
    assert client.get(path).headers["Content-Language"] == language


@pytest.mark.parametrize(
    ("path", "language"), [("/nergens/", "nl"), ("/en/nergens/", "en"), ("/EN/register/", "nl"), ("/en-gb/", "nl")]
)
def test_page_that_is_not_there_has_the_language_of_its_path(client, path, language):
    response = client.get(path)

    assert (response.status_code, soup(response).html["lang"]) == (404, language)
    assert response.headers["Content-Language"] == language


@pytest.mark.parametrize(
    ("path", "language"),
    [("/engels/", "nl"), ("/x/en/", "nl"), ("/en", "en"), ("/" + "e" * 5_000, "nl"), ("", "nl"), ("/EN/", "nl")],
)
def test_only_a_first_part_that_is_a_language_names_one(path, language):
    assert language_of(path) == language


@pytest.mark.parametrize("path", ["/", "/register/", "/uitleg/wat-is-ai/"])
@pytest.mark.parametrize("wish", ["en", "en-GB,en;q=0.9", "de", "ar, nl;q=0.1", "*"])
def test_language_of_the_browser_changes_nothing(client, path, wish):
    assert client.get(path, headers={"accept-language": wish}).content == client.get(path).content


@pytest.mark.parametrize("wish", ["nl", "nl-NL,nl;q=0.9", "de"])
def test_language_of_the_browser_changes_nothing_on_an_english_page(client, wish):
    assert client.get("/en/", headers={"accept-language": wish}).content == client.get("/en/").content


@pytest.mark.parametrize("name", ["django_language", "language", "__Host-csrftoken", "sessionid"])
def test_cookie_changes_nothing(client, name):
    without = client.get("/").content
    client.cookies[name] = "en"

    assert client.get("/").content == without


@pytest.mark.parametrize("path", ["/english/", "/enkel/", "/eni/", "/nl/", "/de/", "/EN/"])
def test_path_that_only_looks_like_a_language_is_no_page(client, path):
    assert client.get(path).status_code == 404


def test_english_path_without_slash_leads_to_the_english_home(client):
    response = client.get("/en")

    assert (response.status_code, response.headers["Location"]) == (301, "/en/")


def test_language_does_not_stick_to_the_worker(client):
    client.get("/en/")

    assert translation.get_language() == "nl"


@pytest.mark.parametrize(
    ("path", "other"),
    [("/", "/en/"), ("/en/", "/"), ("/en", "/"), ("/register/x/", "/en/register/x/"), ("/en/over/", "/over/"),
     ("/enkel/", "/en/enkel/")],
)  # fmt: skip
def test_other_language_path(path, other):
    assert other_language_path(path) == other


def test_other_language_link_leads_to_the_same_page_and_back(client):
    wrong = []

    for path in addresses():
        there = soup(client.get(path)).select_one("header a.language")["href"]
        back = soup(client.get(there)).select_one("header a.language")["href"]
        wrong += [] if (there, back) == (f"/en{path}", path) else [(path, there, back)]

    assert wrong == []


def test_other_language_link_names_its_language(client):
    link = soup(client.get("/")).select_one("header a.language")

    assert (link.text, link["lang"], link["hreflang"]) == ("English", "en", "en")


def test_english_page_links_back_in_dutch(client):
    link = soup(client.get("/en/")).select_one("header a.language")

    assert (link.text, link["lang"], link["hreflang"]) == ("Nederlands", "nl", "nl")


def test_english_pages_link_to_english_pages(client):
    home = soup(client.get("/en/"))
    inside = [link["href"] for link in home.select("main a[href^='/'], nav a[href^='/'], footer a[href^='/']")]

    assert [href for href in inside if not href.startswith("/en/")] == []


def test_page_names_its_twin_for_search_engines(client):
    link = soup(client.get("/over/")).select_one('link[rel="alternate"][hreflang="en"]')

    assert link["href"] == "https://aimz.example/en/over/"


def test_english_home_speaks_english(client):
    assert soup(client.get("/en/")).h1.text != soup(client.get("/")).h1.text
