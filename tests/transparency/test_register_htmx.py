"""The register with htmx: a part put into the page gives the page that a reload gives."""

import pytest

from tests.factories.organisations import OrganisationFactory
from tests.factories.transparency import published_entry
from tests.support.html import HTMX, fill, main, soup, swap, words
from tests.support.standing import standing

pytestmark = pytest.mark.django_db
URL = "/register/"
STARTS = ["", "?q=kijker&plek=GP", "?q=onbestaanbaarheid"]
QUESTIONS = [
    "?q=kijker",
    "?q=botten&plek=RADIOLOGY",
    "?plek=GP",
    "?nee=YES&volgorde=naam",
    "?q=kijkre",
    "?q=onbestaanbaarheid",
    "?pagina=2",
    "?plaats=Utrecht&q=%3Cb%3E",
]


def twenty_three():
    organisation = OrganisationFactory()
    for number in range(23):
        content = {"name": f"Kijker {number:02}", "care_setting": ["GP"] if number % 2 else ["RADIOLOGY"]}
        published_entry(content=content, organisation=organisation)


@pytest.fixture(scope="module")
def _register(django_db_setup, django_db_blocker):
    with standing(django_db_blocker, twenty_three):
        yield


@pytest.mark.usefixtures("_register")
@pytest.mark.parametrize("before", STARTS)
def test_part_put_into_the_page_gives_the_page_that_a_reload_gives(client, before):
    for query in QUESTIONS:
        reload = soup(client.get(URL + query))
        start = soup(client.get(URL + before))
        fill(start, "q", str(reload.select_one("#q")["value"]))

        swapped = swap(start, client.get(URL + query, headers=HTMX), "#resultaten")

        assert main(swapped) == main(reload), query


@pytest.mark.usefixtures("_register")
def test_title_follows_a_search_as_it_does_without_htmx(client):
    part = soup(client.get(f"{URL}?q=kijker", headers=HTMX))

    assert words(part.title) == words(soup(client.get(f"{URL}?q=kijker")).title)


@pytest.mark.usefixtures("_register")
def test_part_is_never_stored_and_the_page_tells_caches_about_it(client):
    part, whole = client.get(URL, headers=HTMX), client.get(URL)

    assert part.headers["Cache-Control"] == "no-store"
    assert "<html" not in part.text
    assert "HX-Request" in part.headers["Vary"]
    assert "HX-Request" in whole.headers["Vary"]


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_followed_link_and_the_way_back_get_the_whole_page(client, header):
    response = client.get(URL, headers={**HTMX, header: "true"})

    assert soup(response).select_one("html[lang=nl] main form")


@pytest.mark.usefixtures("_register")
def test_form_works_without_htmx(client):
    form = soup(client.get(URL)).select_one("form.register")

    assert (form["action"], form["method"]) == (URL, "get")
    assert form.select_one('button[type="submit"]')


@pytest.mark.usefixtures("_register")
def test_english_part_is_english(client):
    part = soup(client.get("/en/register/?plek=RADIOLOGY", headers=HTMX))

    assert all(link["href"].startswith("/en/") for link in part.select("a[href]:not(.language)"))
    assert "X-rays and scans (radiology)" in words(part.select_one(".chosen"))
