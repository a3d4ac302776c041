"""Folding, cleaning and hidden characters."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portal.core.text import clean, fold, hidden_characters, sort_key

# Unicode's property Bidi_Control, and the characters of no width that people paste without knowing it.
BIDIRECTIONAL = [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
ZERO_WIDTH = [0x00AD, 0x180E, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF]
CONTROLS = [0x00, 0x08, 0x0B, 0x0C, 0x1B, 0x1F, 0x7F, 0x85, 0x9F]
TAGS = [0xE0001, 0xE0041, 0xE007F]  # letters that nobody sees and machines read
HIDDEN = [*BIDIRECTIONAL, *ZERO_WIDTH, *CONTROLS, *TAGS]


@pytest.mark.parametrize("code", HIDDEN, ids=[f"U+{code:04X}" for code in HIDDEN])
def test_hidden_character_is_named(code):
    assert hidden_characters(f"Breuk{chr(code)}kijker") == [f"U+{code:04X}"]


@pytest.mark.parametrize("code", HIDDEN, ids=[f"U+{code:04X}" for code in HIDDEN])
def test_hidden_character_is_cleaned_away(code):
    assert clean(f"Breuk{chr(code)}kijker") == "Breukkijker"


@pytest.mark.parametrize("text", ["één\ttab", "twee\n\nalinea’s", "€ 5 – “ja” …", "naïef Fryslân", "ελληνικά", "👍"])
def test_what_a_reader_sees_is_not_hidden(text):
    assert hidden_characters(text) == []


def test_every_hidden_character_is_named_once_per_place():
    assert hidden_characters("a\u200bb\u202ec\u200b") == ["U+200B", "U+202E", "U+200B"]


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
def test_line_ends_become_one_kind(ending):
    assert clean(f"een{ending}twee") == "een\ntwee"


def test_loose_accents_join_their_letter():
    assert clean("patie\u0308nt") == "patiënt"


def test_accent_joins_its_letter_also_when_a_hidden_character_stood_between():
    assert clean("patie\u200b\u0308nt") == "patiënt"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Röntgen", "rontgen"),
        ("PATIËNTEN", "patienten"),
        ("foto’s", "fotos"),
        ("foto's", "fotos"),
        ("Straße", "strasse"),
        ("Æsculaap", "aesculaap"),
        ("cœur", "coeur"),
        ("Sørensen", "sorensen"),
        ("Łódź", "lodz"),
        ("x–y", "x y"),
        ("BoneView™", "boneviewtm"),
        ("№ 5", "no 5"),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("  Het   Ziekenhuis ", "het ziekenhuis"),
        ("St. Jans-Gasthuis", "st jans gasthuis"),
        ("’t Lange Land", "t lange land"),
        ("CT-scan (3D)", "ct scan 3d"),
        ("", ""),
        ("???", ""),
    ],
)
def test_sort_key(text, key):
    assert sort_key(text) == key


def test_sort_key_puts_accented_names_beside_plain_ones():
    names = ["Zuid", "Éénhoorn", "Eender", "Andere"]

    assert sorted(names, key=sort_key) == ["Andere", "Eender", "Éénhoorn", "Zuid"]


@given(st.text())
@example("e\u200b\u0301")
def test_clean_text_is_nfc(text):
    assert unicodedata.is_normalized("NFC", clean(text))


@given(st.text())
@example("e\u200b\u0301")
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)


@given(st.text())
def test_clean_text_hides_nothing(text):
    assert hidden_characters(clean(text)) == []


@given(st.text())
@example("BoneView™")
def test_folded_text_is_lower_case_ascii(text):
    folded = fold(text)

    assert folded.isascii()
    assert folded == folded.lower()


@given(st.text())
@example("№")
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
@example("Ǿ")
def test_composed_and_loose_accents_sort_alike(text):
    assert sort_key(unicodedata.normalize("NFD", text)) == sort_key(unicodedata.normalize("NFC", text))


@given(st.text(alphabet=st.characters(max_codepoint=0xFF)))
def test_capitals_make_no_difference_to_sort_key(text):
    assert sort_key(text.upper()) == sort_key(text)


@given(st.text())
def test_sort_key_is_words_with_one_space_between(text):
    assert re.fullmatch(r"([a-z0-9]+( [a-z0-9]+)*)?", sort_key(text))
