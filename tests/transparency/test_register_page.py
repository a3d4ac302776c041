"""The page of the register: what it lists, the marks on a card, empty answers, and English."""

import pytest
from django.urls import reverse

from tests.factories.organisations import OrganisationFactory
from tests.factories.transparency import COMPLETE, EntryFactory, published_entry, published_system, with_notice
from tests.support.html import links, soup, words
from transparency.actions.publishing import end_entry
from transparency.states import NoticeKind, Origin
from transparency.vocabularies import vocabulary
from transparency.word_counts import refresh_words

pytestmark = pytest.mark.django_db
URL = "/register/"


def page(client, query="", path=URL):
    return soup(client.get(path + query))


def names(found):
    return [title.get_text() for title in found.select(".cards .utrecht-card__title")]


def marks(found):
    return words(found.select_one(".cards .marks"))


# --- The list -----------------------------------------------------------------------------------------------------


def test_register_lists_what_is_public_now(client, now):
    published_entry(content={"name": "Breukkijker"})
    EntryFactory()
    end_entry(entry=published_entry(content={"name": "Weg"}), reason="Weg.", by=None, now=now)

    found = page(client)

    assert names(found) == ["Breukkijker"]
    assert words(found.select_one("#aantal")) == "1 toepassing"


def test_card_says_who_where_and_what(client):
    organisation = OrganisationFactory(name="De Linde", place="Goes")
    entry = published_entry(organisation=organisation)

    card = page(client).select_one(".cards article")

    assert words(card.select_one(".utrecht-card__by")) == "De Linde, Goes"
    assert words(card.select_one(".utrecht-card__text")) == COMPLETE["summary"]
    assert card.select_one("h3 a")["href"] == entry.get_absolute_url()
    assert "In gebruik" in marks(card.parent.parent.parent)


def test_address_of_the_register_is_the_public_one():
    assert reverse("transparency:register") == URL


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_register_can_only_be_read(client, method):
    assert getattr(client, method)(URL).status_code == 405


def test_head_answers_without_a_body(client):
    response = client.head(URL)

    assert (response.status_code, response.content) == (200, b"")


def test_register_sets_no_cookie_and_is_the_same_for_everybody(client):
    response = client.get(URL)

    assert not response.cookies
    assert not {"cookie", "accept-language"} & {part.strip().lower() for part in response.headers["Vary"].split(",")}


def test_address_with_too_many_filters_is_refused_politely(client):
    response = client.get(URL + "?" + "plek=GP&" * 2_000)

    assert response.status_code == 400


# --- Marks --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "is_late"), [("2026-11-21", True), ("2026-11-22", False), ("2027-01-01", False)])
def test_text_that_should_have_been_checked_says_so(client, day, is_late):
    published_entry(content={"next_review_date": day})

    assert ("Controle te laat" in marks(page(client))) is is_late


def test_example_says_that_it_is_an_example(client):
    published_entry(organisation=OrganisationFactory(example=True))

    assert "Voorbeeld" in marks(page(client))


@pytest.mark.parametrize(("origin", "is_marked"), [(Origin.EDITORIAL, True), (Origin.PROVIDER, False)])
def test_text_of_the_editors_says_where_it_comes_from(client, origin, is_marked):
    published_entry(origin=origin)

    assert ("Uit openbare bron" in marks(page(client))) is is_marked


def test_warning_stands_on_the_card(client):
    with_notice(published_entry(), kind=NoticeKind.RECALL)

    assert "Teruggeroepen door de maker" in words(page(client).select_one(".utrecht-card__notice"))


@pytest.mark.parametrize(("path", "word"), [("/register/", "Ingetrokken"), ("/en/register/", "Withdrawn")])
def test_entry_that_ended_says_so_on_its_card(client, now, path, word):
    late = {"name": "Klaproos", "next_review_date": "2026-01-01"}
    end_entry(entry=published_entry(content=late), reason="Weg.", by=None, now=now)

    assert marks(page(client, "?q=klaproos", path)) == f"■ {word}"


def test_product_in_a_search_says_that_it_is_a_product(client):
    system = published_system()

    found = page(client, "?q=BoneFinder")

    assert links(found.select_one(".cards")) == [system.get_absolute_url()]
    assert "AI-systeem" in marks(found)


def test_html_in_a_name_stays_text(client):
    hostile = "<img src=x onerror=alert(1)>"
    published_entry(content={"name": hostile, "summary": hostile}, organisation=OrganisationFactory(name=hostile))

    for query in ("", "?q=img", "?q=onerror"):
        found = page(client, query)
        assert names(found) == [hostile]
        assert not found.select("main img")


# --- Searching and choosing ---------------------------------------------------------------------------------------


def test_search_shows_what_was_typed_and_marks_it(client):
    published_entry()

    found = page(client, "?q=breukkijker")

    assert found.select_one("#q")["value"] == "breukkijker"
    assert words(found.select_one(".cards h3 mark")) == "Breukkijker"
    assert "breukkijker" in words(found.title)


def test_chosen_filter_is_ticked_and_can_be_taken_away(client):
    published_entry()

    found = page(client, "?plek=RADIOLOGY&nee=YES")

    assert [box["value"] for box in found.select("input[checked]")] == ["RADIOLOGY", "YES"]
    assert f"{URL}?nee=YES" in links(found)
    assert f"{URL}?plek=RADIOLOGY" in links(found)


def test_every_box_has_a_label_and_every_id_is_there_once(client):
    published_entry()

    found = page(client)

    ids = [tag["id"] for tag in found.select("[id]")]
    assert len(set(ids)) == len(ids)
    assert {box["id"] for box in found.select("form input, form select")} <= {
        tag["for"] for tag in found.select("label")
    }


def test_better_spelling_is_answered_and_said(client):
    published_entry(content={"name": "Longontsteking melder"})

    found = page(client, "?q=longontstekign")

    assert names(found) == ["Longontsteking melder"]
    assert "Niets gevonden voor “longontstekign”" in words(found.select_one("#aantal"))


def test_english_register_offers_the_better_spelling_in_english(client):
    published_entry(content={"translations": {"en": {"purpose": "A pomegranate."}}})
    refresh_words()

    found = page(client, "?q=pomegrenate", "/en/register/")

    assert names(found) == ["Breukkijker"]
    assert "pomegranate" in words(found.select_one("#aantal"))


def test_provider_with_exactly_that_name_is_offered_first(client):
    OrganisationFactory(name="AMC Apotheek")
    OrganisationFactory(name="Ziekenhuis", alias_key="|amc|", find_key="amc ziekenhuis")

    offered = page(client, "?q=AMC").select_one(".empty ul").select("a")

    assert [words(link) for link in offered] == ["Ziekenhuis", "AMC Apotheek"]


def test_provider_with_that_name_is_offered(client):
    organisation = OrganisationFactory(name="De Linde")

    assert organisation.get_absolute_url() in links(page(client, "?q=linde").select_one("#resultaten"))


@pytest.mark.parametrize("q", ["???", "’", "日本語"])
def test_question_without_a_word_offers_no_provider(client, q):
    organisation = OrganisationFactory(name="De Linde")

    assert organisation.get_absolute_url() not in links(page(client, f"?q={q}").select_one("#resultaten"))


# --- Nothing to show ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["", "?q=onbestaanbaarheid", "?q=de+het", "?plek=BESTAAT_NIET"])
def test_empty_answer_says_what_to_do(client, query):
    found = page(client, query)

    assert "Niets gevonden" in words(found.select_one("#resultaten .empty"))
    assert reverse("transparency:letter") in links(found.select_one("#resultaten"))


def test_filter_scrolls_only_when_it_is_long(client):
    """What stands last in view then fades: a row that is cut in half looks like the end."""
    places = list(vocabulary("care_setting").terms)
    published_entry(content={"care_setting": places[:9]})
    assert not page(client).select(".filter[data-long]")

    published_entry(content={"care_setting": places[:10]})
    assert [found["id"] for found in page(client).select(".filter[data-long]")] == ["filter-plek"]


def test_empty_answer_offers_the_question_without_a_filter(client):
    published_entry()

    found = page(client, "?plek=RADIOLOGY&nee=NO")

    assert f"{URL}?plek=RADIOLOGY" in links(found.select_one(".empty"))


# --- English ------------------------------------------------------------------------------------------------------


def test_english_register_shows_english_texts_and_says_which_are_dutch(client):
    english = {"en": {"name": "Fracture finder", "summary": "The computer helps."}}
    published_entry(content={"name": "Botkijker", "translations": english})
    published_entry(content={"name": "Huidkijker"})

    found = page(client, path="/en/register/")

    assert found.html["lang"] == "en"
    titles = {words(link): link.get("lang") for link in found.select(".cards h3 a")}
    assert titles == {"Fracture finder": None, "Huidkijker": "nl"}
    assert all(href.startswith("/en/") for href in links(found.select_one(".cards")))


# --- Examples -----------------------------------------------------------------------------------------------------


def test_examples_stand_below_what_is_real(client):
    real = published_entry()
    example = published_entry(organisation__example=True)

    cards = [link["href"] for link in page(client).select("article h3 a")]

    assert cards == [real.get_absolute_url(), example.get_absolute_url()]


def test_list_says_how_many_are_examples_and_leads_to_the_list_without(client):
    real = published_entry()
    published_entry(organisation__example=True)

    hint = page(client).select_one(".hint:has(a[href*='voorbeeld=REAL'])")
    without = page(client, "?voorbeeld=REAL")

    assert words(hint).startswith("1 van deze toepassingen is een verzonnen voorbeeld.")
    assert [link["href"] for link in without.select("article h3 a")] == [real.get_absolute_url()]
    assert "verzonnen voorbeeld." not in words(without.select_one("#resultaten .with-side__main"))
