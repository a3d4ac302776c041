"""The products: all of them by what they are used for, and one with who uses it."""

import pytest

from tests.factories.organisations import OrganisationFactory
from tests.factories.transparency import EntryFactory, SystemFactory, published_entry, published_system
from tests.support.html import links, soup, words
from transparency.actions.publishing import end_entry, publish_system
from transparency.vocabularies import vocabulary

pytestmark = pytest.mark.django_db
URL = "/systemen/"


def page(client, system, prefix=""):
    return soup(client.get(prefix + system.get_absolute_url()))


# --- All products -------------------------------------------------------------------------------------------------


def test_products_stand_by_what_they_are_used_for_and_then_by_name(client):
    for name, use in (("Bever", "SUMMARY"), ("Aap", "SUMMARY"), ("Cavia", "COMMUNICATION")):
        published_system(content={"name": name, "use_kind": use})
    SystemFactory()

    found = soup(client.get(URL))

    groups = [(words(part.h2), [words(card) for card in part.select("h3")]) for part in found.select("main section")]
    label = vocabulary("use_kind").label
    assert groups == [(label("COMMUNICATION"), ["Cavia"]), (label("SUMMARY"), ["Aap", "Bever"])]


def test_product_without_a_known_use_stands_under_a_heading_in_words(client, now):
    system = SystemFactory()
    publish_system(system=system, content={"name": "Bever"}, reason="x", responsible="x", by=None, now=now)

    section = soup(client.get(URL)).select_one("main section")

    assert links(section) == [system.get_absolute_url()]
    assert any(letter.isalpha() for letter in words(section.h2))


def test_list_without_products_is_a_page(client):
    assert words(soup(client.get(URL)).h1) == "AI-systemen"


# --- One product --------------------------------------------------------------------------------------------------


def test_product_has_a_page_with_its_name_and_maker(client):
    found = page(client, published_system(content={"provider": "Voorbeeldbedrijf"}))

    assert words(found.h1) == "BoneFinder"
    assert "Voorbeeldbedrijf" in words(found.select_one(".entry__by"))


def test_page_says_that_the_editors_wrote_it(client):
    assert "De redactie van deze website schreef deze tekst." in words(
        page(client, published_system()).select_one("main")
    )


def test_who_uses_the_product_now_is_named(client, now):
    system = published_system()
    entry = published_entry(system=system, organisation=OrganisationFactory(name="De Linde", place="Goes"))
    EntryFactory(system=system)
    ended = published_entry(system=system)
    end_entry(entry=ended, reason="Weg.", by=None, now=now)

    section = page(client, system).select_one("#wie")

    assert links(section) == [entry.get_absolute_url()]
    assert words(section.li).startswith("De Linde, Goes")


def test_product_that_nobody_reported_says_so_and_leaves_a_way_on(client):
    section = page(client, published_system()).select_one("#wie")

    assert "Nog niemand heeft gemeld" in words(section)
    assert any(href.startswith("/mijn-zorg/") for href in links(section))


def test_what_the_sources_do_not_say_is_said(client):
    system = published_system()

    assert words(page(client, system).select_one("#purpose .open")).startswith("De bron zegt hier niets over:")


def test_product_that_says_only_its_name_has_a_page(client, now):
    system = SystemFactory()
    publish_system(system=system, content={"name": "Bever"}, reason="x", responsible="x", by=None, now=now)

    assert words(page(client, system).h1) == "Bever"


def test_every_part_of_the_page_can_be_reached_from_its_list(client):
    found = page(client, published_system(content={"sources": [{"title": "Bron"}], "purpose": "Een algoritme."}))

    ids = [tag["id"] for tag in found.select("[id]")]
    assert [href for href in links(found) if href.startswith("#") and href[1:] not in ids] == []
    assert sorted(set(ids)) == sorted(ids)


def test_html_in_any_answer_stays_text(client):
    hostile = "<img src=x onerror=alert(1)>"
    system = published_system(content={"name": hostile, "summary": hostile, "purpose": hostile, "provider": hostile})

    for found in (page(client, system), soup(client.get(URL))):
        assert not found.select("main img")
        assert hostile in words(found.select_one("main"))


# --- Wrong addresses ----------------------------------------------------------------------------------------------


def test_product_without_a_text_has_no_page(client):
    assert client.get(SystemFactory().get_absolute_url()).status_code == 404


def test_unknown_product_is_not_found(client):
    assert client.get(f"{URL}bestaat-niet/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", [URL, f"{URL}finder/"])
def test_pages_can_only_be_read(client, path, method):
    published_system(slug="finder")

    assert getattr(client, method)(path).status_code == 405


# --- English ------------------------------------------------------------------------------------------------------


def test_english_page_is_english_where_it_can_be(client):
    english = {"en": {"name": "Bone Finder International", "purpose": "To find bones."}}
    system = published_system(content={"purpose": "Om botten te vinden.", "translations": english})

    found = page(client, system, "/en")

    assert words(found.h1) == "Bone Finder International"
    assert "To find bones." in words(found.select_one("#purpose"))
    assert found.select_one("#short .lead")["lang"] == "nl"


def test_name_without_a_translation_is_marked_as_dutch(client):
    found = page(client, published_system(content={"name": "Botvinder"}), "/en")

    assert (words(found.h1), found.h1.get("lang")) == ("Botvinder", "nl")


def test_english_list_is_english(client):
    published_system(content={"translations": {"en": {"name": "Bone Finder International"}}})

    found = soup(client.get(f"/en{URL}"))

    assert words(found.select_one("section h2")) == vocabulary("use_kind").terms["DIAGNOSIS_SUPPORT"].label_en
    assert words(found.select_one(".cards h3")) == "Bone Finder International"
