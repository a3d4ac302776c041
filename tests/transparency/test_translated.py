"""A value in the language of the page: English where it is there, else the Dutch, and which of the two it is."""

import pytest
from django.utils.translation import override

from transparency.document import texts, translated
from transparency.fields import BY_KEY, ENTRY_FIELDS

CONTENT = {
    "name": "Breukkijker",
    "summary": "De computer kijkt mee.",
    "use_kind": "SUMMARY",
    "data_rights_url": "https://ziekenhuis.example",
    "can_refuse": {"answer": "YES", "text": "Zeg het vooraf."},
    "works_less_well_for": [
        {"group": "Kinderen", "text": "Hun botten groeien.", "figure": "8 van de 100"},
        {"group": "Ouderen", "text": "Hun botten zijn dun."},
    ],
    "sources": [{"title": "Jaarverslag", "link": "https://bron.example/1"}],
    "translations": {
        "en": {
            "name": "Fracture finder",
            "can_refuse": {"text": "Say so first."},
            "works_less_well_for": [{"group": "Children", "text": "Their bones grow."}, {"group": "Older people"}],
            "sources": [{"title": "Annual report", "link": ""}],
            "summary": "",
        }
    },
}


@pytest.mark.parametrize("key", CONTENT.keys() - {"translations"})
def test_dutch_page_shows_the_dutch(key):
    assert translated(CONTENT, key) == (CONTENT[key], "nl")


def test_english_page_shows_the_english():
    with override("en"):
        assert translated(CONTENT, "name") == ("Fracture finder", "en")


@pytest.mark.parametrize("english", [None, "", [], {}])
def test_english_page_shows_the_dutch_where_the_english_is_empty(english):
    content = {"name": "Breukkijker", "translations": {"en": {"name": english}}}

    with override("en"):
        assert translated(content, "name") == ("Breukkijker", "nl")


@pytest.mark.parametrize("translations", [{}, {"translations": {}}, {"translations": {"en": {}}}])
def test_english_page_shows_the_dutch_where_nothing_was_translated(translations):
    with override("en"):
        assert translated({"name": "Breukkijker", **translations}, "name") == ("Breukkijker", "nl")


def test_english_answer_keeps_the_choice_of_the_dutch():
    with override("en"):
        value, language = translated(CONTENT, "can_refuse")

    assert value == {"answer": "YES", "text": "Say so first."}
    assert language == "en"


def test_choice_is_never_changed_by_a_translation():
    content = {**CONTENT, "translations": {"en": {"can_refuse": {"answer": "NO", "text": "Say so first."}}}}

    with override("en"):
        value, _language = translated(content, "can_refuse")

    assert value["answer"] == "YES"


def test_english_rows_are_laid_over_the_dutch_rows():
    with override("en"):
        value, language = translated(CONTENT, "works_less_well_for")

    assert language == "en"
    assert value == [
        {"group": "Children", "text": "Their bones grow.", "figure": "8 van de 100"},
        {"group": "Older people", "text": "Hun botten zijn dun."},
    ]


def test_link_of_a_row_needs_no_translation():
    with override("en"):
        value, _language = translated(CONTENT, "sources")

    assert value == [{"title": "Annual report", "link": "https://bron.example/1"}]


@pytest.mark.parametrize("key", ["use_kind", "data_rights_url"])
def test_code_or_address_is_the_same_in_both_languages(key):
    content = {**CONTENT, "translations": {"en": {key: "X"}}}

    with override("en"):
        assert translated(content, key) == (CONTENT[key], "en")


def test_english_of_another_shape_is_passed_over():
    content = {"name": "Breukkijker", "translations": {"en": {"name": ["Fracture", "finder"]}}}

    with override("en"):
        assert translated(content, "name")[0] == "Breukkijker"


def test_merging_leaves_the_published_document_as_it_was():
    before = repr(CONTENT)

    with override("en"):
        for key in CONTENT.keys() - {"translations"}:
            translated(CONTENT, key)

    assert repr(CONTENT) == before


def test_question_that_is_not_answered_has_no_value():
    with override("en"):
        assert translated(CONTENT, "purpose")[0] is None


def test_texts_of_an_english_page_are_english_where_they_can_be():
    fields = [BY_KEY[key] for key in ("name", "summary", "use_kind", "can_refuse")]

    with override("en"):
        found = list(texts(CONTENT, fields))

    assert found == [
        ("name", "Fracture finder"),
        ("summary", "De computer kijkt mee."),
        ("use_kind", "Summarising information"),
        ("can_refuse", "Say so first."),
    ]


def test_only_words_are_translated():
    assert {f.kind.value for f in ENTRY_FIELDS if f.translated} <= {"line", "text", "answer", "rows", "group"}
