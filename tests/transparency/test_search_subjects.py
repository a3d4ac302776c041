"""A search that found only other things says so first: what hits a word need not be about what was asked."""

import pytest

from tests.factories.transparency import published_entry, published_system
from tests.support.html import soup, words
from transparency.filters import Ask
from transparency.listing import answer
from transparency.search.query import parse
from transparency.search.subjects import subjects_of
from transparency.search.words import synonyms


def untold(question):
    found = answer(Ask(q=question)).untold
    return found and found.words


# --- When is a record about what was asked? -----------------------------------------------------------------------

CHEST = {"name": "Longkijker", "summary": "Kijkt naar foto’s van de borst.", "body_parts": ["LUNGS"]}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "about",
    [
        {"name": "Kijker", "body_parts": ["BREASTS"], "purpose": "Zoekt borstkanker."},  # by its code
        {"name": "Borstkankerkijker", "body_parts": ["WHOLE_BODY"]},  # by its name
        {"name": "Kijker", "summary": "Zoekt borstkanker.", "body_parts": ["BLOOD"]},  # says the whole word
        {"name": "Kijker", "summary": "Zoekt mammacarcinoom.", "body_parts": []},  # or another whole word for it
    ],
)
def test_one_record_about_it_is_enough(about):
    published_entry(content=CHEST)
    published_entry(content=about)

    assert untold("borstkanker") is None


@pytest.mark.django_db
def test_product_that_has_no_codes_is_about_what_its_summary_names():
    published_system(content={"name": "Kijker", "summary": "Kijkt naar foto’s van de borst.", "body_parts": []})

    assert untold("borst") is None


@pytest.mark.django_db
def test_part_of_the_body_that_a_summary_only_mentions_is_not_what_it_is_about():
    published_entry(content=CHEST)

    assert untold("borst") == "borst"


@pytest.mark.django_db
def test_filter_that_leaves_out_what_is_about_it_does_not_make_it_untold():
    published_entry(content=CHEST)
    published_entry(content={"name": "Kijker", "body_parts": ["BREASTS"], "purpose": "Voor de borst."})

    narrowed = answer(Ask(q="borst", filters={"body_parts": ["LUNGS"]}))

    assert (narrowed.total, narrowed.untold) == (1, None)


def test_words_that_are_no_part_of_the_body_name_none():
    names = {" ".join(phrase) for phrase in synonyms() if any(facet for facet, _code in subjects_of(phrase))}

    assert not names & {"chatbot", "voicebot", "robot", "vooroordelen", "pijn op de borst", "foto", "scan", "kanker",
                        "dossier", "huisarts", "telefoonassistent", "trainingsgegevens", "beeldherkenning"}  # fmt: skip


def test_english_screen_is_no_screening():
    assert not {t.text for c in parse("screen") for terms in c.alternatives for t in terms} & {"screening"}
    assert parse("screening")[0].alternatives[0] == parse("screenings")[0].alternatives[0]


# --- The page -----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_page_says_first_that_nothing_is_told_and_how_to_ask(client):
    published_entry(content=CHEST)

    main = soup(client.get("/register/?q=borstkanker+borst")).select_one(".with-side__main")
    said = words(main)

    assert said.index("Over AI voor “borstkanker borst” is hier nog niets gemeld") < said.index(
        "Dit gaat over iets anders"
    )
    assert said.index("Dit gaat over iets anders") < said.index("Longkijker")
    assert main.select_one(".empty a")["href"] == "/mijn-zorg/brief/?lichaam=BREASTS"
    assert "Past het best" not in said


@pytest.mark.django_db
def test_count_says_that_the_results_are_about_something_else(client):
    published_entry(content=CHEST)

    assert words(soup(client.get("/register/?q=borst")).select_one("#aantal")) == (
        "Niets over “borst”. 1 resultaat gaat over iets anders."
    )


@pytest.mark.django_db
def test_page_without_any_result_says_it_as_well(client):
    said = words(soup(client.get("/register/?q=darmkanker")).select_one(".with-side__main"))

    assert said.startswith("Resultaten Over AI voor “darmkanker” is hier nog niets gemeld")
    assert "Niets gevonden" in said


@pytest.mark.django_db
def test_letter_names_what_was_asked(client):
    published_entry(content=CHEST)
    link = soup(client.get("/register/?q=borst")).select_one(".with-side__main .empty a")["href"]

    assert "Het gaat over: Borsten." in words(soup(client.get(link)).select_one("#brief"))
