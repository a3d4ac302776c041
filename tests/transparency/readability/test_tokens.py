"""A text as sentences and words: abbreviations, lists, headings, links, broken lines, and every place right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transparency.readability.tokens import Kind, sentences


def split(text):
    return [text[one.start : one.end] for one in sentences(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Dit is één. Dit is twee! En drie?", ["Dit is één.", "Dit is twee!", "En drie?"]),
        ("Bel dr. Jansen van de afd. Oogheelkunde.", ["Bel dr. Jansen van de afd. Oogheelkunde."]),
        ("Neem iets mee, bijv. een boek of o.a. een pen.", ["Neem iets mee, bijv. een boek of o.a. een pen."]),
        ("Neem pleisters, gaas enz. Daarna gaat u.", ["Neem pleisters, gaas enz.", "Daarna gaat u."]),
        ("J. de Vries belt. Hij komt.", ["J. de Vries belt.", "Hij komt."]),
        ("U krijgt vitamine C. De pillen zijn wit.", ["U krijgt vitamine C.", "De pillen zijn wit."]),
        ("Hij heet Jan. De dokter belt.", ["Hij heet Jan.", "De dokter belt."]),
        ("Wij zijn er max. 10 minuten.", ["Wij zijn er max. 10 minuten."]),
        ("Het kost 3.50 euro. Dat is veel.", ["Het kost 3.50 euro.", "Dat is veel."]),
        ("Kijk op www.voorbeeld.nl. Daar staat het.", ["Kijk op www.voorbeeld.nl.", "Daar staat het."]),
        ("Hij zei: “Kom.” Ik ging.", ["Hij zei: “Kom.”", "Ik ging."]),
        ("Wacht… Ik kom.", ["Wacht…", "Ik kom."]),
        ("De zin loopt\ndoor op de volgende regel.", ["De zin loopt\ndoor op de volgende regel."]),
        ("Neem mee:\n- uw pas\n- uw pillen", ["Neem mee:", "uw pas", "uw pillen"]),
        ("1. Bel ons.\r\n2. Kom langs.", ["Bel ons.", "Kom langs."]),
        ("", []),
        (" \n\t… !!! ", []),
    ],
)
def test_sentences_are_found(text, wanted):
    assert split(text) == wanted


def test_list_items_and_headings_are_known_as_such():
    found = sentences("Wat merkt u?\n\nUw foto\n\nDe arts kijkt.\n- snel\n\n## Meer weten\nBel ons.")

    assert [one.kind for one in found] == [
        Kind.SENTENCE, Kind.HEADING, Kind.SENTENCE, Kind.ITEM, Kind.HEADING, Kind.SENTENCE,
    ]  # fmt: skip


def test_paragraphs_are_counted_by_blank_lines():
    found = sentences("Een. Twee.\nDrie.\r\n\r\nVier.\n\n\nVijf.")

    assert [one.paragraph for one in found] == [0, 0, 0, 1, 2]


def test_words_with_marks_in_them_stay_whole():
    (sentence,) = sentences("Zo’n AI-systeem kost o.a. €3,50 via https://voorbeeld.nl/a?b=c op 1-2-2026.")

    assert [(word.text, word.kind) for word in sentence.words] == [
        ("Zo’n", "word"), ("AI-systeem", "word"), ("kost", "word"), ("o.a.", "short"), ("3,50", "number"),
        ("via", "word"), ("https://voorbeeld.nl/a?b=c", "link"), ("op", "word"), ("1-2-2026", "number"),
    ]  # fmt: skip


def test_letters_written_in_two_parts_are_looked_up_as_one():
    (sentence,) = sentences("Ge\u0301e\u0301n coe\u0308fficie\u0308nt")

    assert [word.low for word in sentence.words] == ["géén", "coëfficiënt"]


@given(st.text(alphabet=st.sampled_from("aAé .,!?:;-•\n\r\t()“”'’1<>/@#😀\u0301\u200bא"), max_size=300))
def test_every_word_stands_where_it_says_and_in_one_sentence_only(text):
    last = 0
    for sentence in sentences(text):
        assert last <= sentence.start < sentence.end <= len(text)
        last = sentence.end
        for token in sentence.tokens:
            assert sentence.start <= token.start < token.end <= sentence.end
            assert text[token.start : token.end] == token.text
