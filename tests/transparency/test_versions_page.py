"""Every version of an entry stays to be read, with what it changed and why."""

import copy

import pytest
from django.urls import reverse

from tests.conftest import NOW
from tests.factories.transparency import COMPLETE, published_entry
from tests.support.html import links, soup, words
from tests.support.standing import standing
from transparency.actions.publishing import end_entry, publish_entry

pytestmark = pytest.mark.django_db


def three_versions():
    found = published_entry(at=NOW.replace(day=1))
    for day, name in ((2, "Breukzoeker"), (3, "Breukvinder")):
        publish_entry(
            entry=found, content={**COMPLETE, "name": name}, reason=f"Nieuwe naam: {name}.", responsible="De Linde",
            by=None, now=NOW.replace(day=day), reason_en=f"New name: {name}." if day == 2 else "",
        )  # fmt: skip
    return found


@pytest.fixture(scope="module")
def there(django_db_setup, django_db_blocker):
    with standing(django_db_blocker, three_versions) as made:
        yield made


@pytest.fixture
def entry(there):
    """An entry with three versions."""
    return copy.deepcopy(there)


def versions(client, entry, prefix=""):
    return soup(client.get(prefix + reverse("transparency:versions", args=[entry.slug])))


def version(client, entry, number, prefix=""):
    return soup(client.get(prefix + reverse("transparency:version", args=[entry.slug, number])))


# --- All versions -------------------------------------------------------------------------------------------------


def test_all_versions_stand_in_a_list_newest_first(client, entry):
    rows = versions(client, entry).select(".timeline li")

    assert [words(row.h2) for row in rows] == [
        "Versie 3, 3 november 2026",
        "Versie 2, 2 november 2026",
        "Versie 1, 1 november 2026",
    ]
    assert "Nieuwe naam: Breukvinder." in words(rows[0])


def test_every_version_in_the_list_can_be_read(client, entry):
    found = versions(client, entry).select_one(".timeline")

    assert [client.get(href).status_code for href in links(found)] == [200, 200, 200]


def test_page_of_the_entry_names_its_latest_versions(client, entry):
    found = soup(client.get(entry.get_absolute_url())).select(".versions li > a")

    assert words(found[0]) == "Versie 3, 3 november 2026"
    assert len(found) == 3


# --- One version --------------------------------------------------------------------------------------------------


def test_first_version_says_that_it_is_the_first(client, entry):
    found = version(client, entry, 1)

    assert "Dit is de eerste versie." in words(found.select_one("main"))
    assert not found.select(".change")


def test_later_version_shows_what_it_changed(client, entry):
    change = version(client, entry, 2).select_one(".change")

    assert words(change.h3) == "Naam anders"
    assert (words(change.find("del")), words(change.find("ins"))) == ("Breukkijker", "Breukzoeker")


def test_version_shows_the_whole_text_as_it_was(client, entry):
    found = version(client, entry, 1)

    assert words(found.h1) == "Breukkijker"
    assert COMPLETE["summary"] in words(found.select_one(".whole"))


def test_version_says_why_and_who_answers_for_it(client, entry):
    found = words(version(client, entry, 3).select_one('[aria-labelledby="waarom"]'))

    assert "Nieuwe naam: Breukvinder." in found
    assert "De Linde" in found


@pytest.mark.parametrize(("number", "is_old"), [(1, True), (2, True), (3, False)])
def test_old_version_says_that_there_is_a_newer_one(client, entry, number, is_old):
    boxes = version(client, entry, number).select(".utrecht-alert")

    assert [links(box) for box in boxes] == ([[entry.get_absolute_url()]] if is_old else [])


@pytest.mark.parametrize(("number", "around"), [(1, [2]), (2, [1, 3]), (3, [2])])
def test_version_leads_to_those_around_it(client, entry, number, around):
    found = version(client, entry, number).select_one(".between")

    assert links(found) == [reverse("transparency:version", args=[entry.slug, other]) for other in around]


def test_text_that_stayed_the_same_is_said_to_be_the_same(client, now):
    entry = published_entry()
    publish_entry(entry=entry, content=COMPLETE, reason="Nagekeken.", responsible="De Linde", by=None, now=now)

    assert "De tekst is hetzelfde gebleven." in words(version(client, entry, 2).select_one("main"))


def test_every_term_link_leads_to_a_word_on_the_page(client, entry):
    found = version(client, entry, 2)

    ids = {tag["id"] for tag in found.select("[id]")}
    assert [a["href"] for a in found.select("a.term") if a["href"][1:] not in ids] == []


def test_html_in_a_reason_or_a_text_stays_text(client, now):
    hostile = "<img src=x onerror=alert(1)>"
    entry = published_entry()
    content = {**COMPLETE, "name": hostile, "purpose": hostile}
    publish_entry(entry=entry, content=content, reason=hostile, responsible=hostile, by=None, now=now)

    for found in (version(client, entry, 2), versions(client, entry)):
        assert not found.select("main img")
        assert hostile in words(found.select_one("main"))


def test_versions_of_an_entry_that_ended_stay_to_be_read(client, entry, now):
    end_entry(entry=entry, reason="Weg.", by=None, now=now)

    assert len(versions(client, entry).select(".timeline li")) == 3
    assert words(version(client, entry, 1).h1) == "Breukkijker"


# --- Wrong addresses ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "number", ["0", "4", "01", "٣", "99999999999999999999999", "9" * 5_000, "-1", "1.0", "een", "%00"]
)
def test_version_that_is_not_there_is_not_found(client, entry, number):
    assert client.get(f"/register/{entry.slug}/versies/{number}/").status_code == 404


def test_versions_of_an_unknown_entry_are_not_found(client):
    assert client.get("/register/bestaat-niet/versies/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("end", ["versies/", "versies/1/"])
def test_versions_can_only_be_read(client, entry, method, end):
    assert getattr(client, method)(entry.get_absolute_url() + end).status_code == 405


# --- English ------------------------------------------------------------------------------------------------------


def test_reason_on_an_english_page_is_english_or_marked_as_dutch(client, entry):
    rows = versions(client, entry, "/en").select(".timeline li > div")

    assert [(words(row), row.get("lang")) for row in rows[:2]] == [
        ("Nieuwe naam: Breukvinder.", "nl"),
        ("New name: Breukzoeker.", None),
    ]


def test_links_of_english_versions_stay_in_english(client, entry):
    for found in (versions(client, entry, "/en"), version(client, entry, 2, "/en")):
        inside = [href for href in links(found.select_one("main")) if href.startswith("/")]
        assert [href for href in inside if not href.startswith("/en/")] == []
