"""How a value, a text and a line are hashed: canonical JSON as RFC 8785 says, and a hash over it."""

import ast
import hashlib
import json
import sys
from pathlib import Path

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from transparency.proof import controleer
from transparency.proof.controleer import (
    GENESIS,
    canonical,
    content_hash,
    digest,
    field_hash,
    line_hash,
    values_of_text,
    wrong_values,
)
from transparency.proof.lines import sealed

SALT = "00112233445566778899aabbccddeeff"
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


# --- Canonical JSON ------------------------------------------------------------------------------------------------


def test_example_of_the_rfc_for_sorting_of_keys():
    given_keys = {
        "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
        "\U0001f600": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis",
    }  # fmt: skip

    made = list(json.loads(canonical(given_keys)).values())

    assert made == [
        "Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign",
        "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh",
    ]  # fmt: skip


def test_example_of_the_rfc_for_texts_and_literals():
    value = {"string": '\u20ac$\u000f\nA\'B"\\\\"/', "literals": [None, True, False]}

    assert canonical(value) == b'{"literals":[null,true,false],"string":"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'


@pytest.mark.parametrize(
    ("value", "text"),
    [("é\u2028", '"é\u2028"'), ("\x7f\b\f\t", '"\x7f\\b\\f\\t"'), (0, "0"), (-7, "-7"), ([], "[]"), ({}, "{}")],
)
def test_what_needs_no_escape_is_written_as_it_is(value, text):
    assert canonical(value).decode() == text


@given(VALUES)
def test_every_value_is_written_as_another_program_writes_it(value):
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize("value", [1.0, 0.5, float("nan"), float("inf"), {"a": [1.5]}], ids=str)
def test_number_with_a_fraction_is_refused(value):
    with pytest.raises(ValueError, match="float"):
        canonical(value)


@pytest.mark.parametrize("value", [2**53, -(2**53), {"a": 10**30}], ids=str)
def test_number_that_json_cannot_say_exactly_is_refused(value):
    with pytest.raises(ValueError, match="exact"):
        canonical(value)


@pytest.mark.parametrize("value", [b"a", {1: "a"}, {"a": {2, 3}}, "\ud800", object()], ids=repr)
def test_what_is_no_json_is_refused(value):
    with pytest.raises(ValueError, match=r"."):
        canonical(value)


# --- Hashes --------------------------------------------------------------------------------------------------------


def sha(text):
    """SHA-256 of a text, by hand."""
    return hashlib.sha256(text.encode()).hexdigest()


def test_value_is_hashed_with_its_salt_and_its_place():
    expected = sha(f'["{SALT}","content.name","Breuk \\"kijker\\" é"]')

    assert field_hash(SALT, "content.name", 'Breuk "kijker" é') == expected


@given(VALUES)
def test_value_put_together_by_hand_is_the_list_of_its_parts(value):
    assert field_hash(SALT, "content.a", value) == digest([SALT, "content.a", value])


def test_text_is_hashed_over_the_hashes_of_its_values_in_order_of_their_places():
    fields = {"b": {"salt": SALT, "hash": "2" * 64}, "a": {"hash": "1" * 64, "redacted": {"reason": "x"}}}

    assert content_hash(fields) == sha(f'{{"a":"{"1" * 64}","b":"{"2" * 64}"}}')


def test_line_is_hashed_without_its_own_hash():
    line = {"number": 1, "previous_hash": GENESIS, "kind": "ENTRY_PUBLISHED"}

    expected = sha(f'{{"kind":"ENTRY_PUBLISHED","number":1,"previous_hash":"{GENESIS}"}}')
    assert (line_hash(line), line_hash({**line, "hash": "x"})) == (expected, expected)


def test_two_values_that_are_the_same_have_other_hashes():
    fields = sealed({"a": "NO", "b": "NO"})

    assert len({kept["hash"] for kept in fields.values()}) == 2
    assert len({kept["salt"] for kept in fields.values()}) == 2
    assert {len(kept["salt"]) for kept in fields.values()} == {32}


TEXT = {
    "content": {"name": "A", "unknown": ["risks"], "translations": {"en": {"name": "B"}}, "redacted": {"x": {}}},
    "reason": "Nieuw.", "reason_en": "", "responsible": "Redactie",
}  # fmt: skip


def test_places_of_a_text():
    assert values_of_text(TEXT) == {
        "content.name": "A", "content.unknown": ["risks"], "content.translations.en.name": "B", "reason": "Nieuw.",
        "reason_en": "", "responsible": "Redactie",
    }  # fmt: skip


def test_text_that_is_as_it_was_has_no_wrong_values():
    values = values_of_text(TEXT)

    assert list(wrong_values(sealed(values), values)) == []


@given(st.sampled_from(sorted(values_of_text(TEXT))), VALUES)
def test_every_other_value_is_found_at_its_place(place, value):
    values = values_of_text(TEXT)
    fields = sealed(values)
    is_same = type(values[place]) is type(value) and values[place] == value

    assert list(wrong_values(fields, {**values, place: value})) == ([] if is_same else [place])


def test_value_that_is_gone_or_new_is_found():
    values = values_of_text(TEXT)
    fields = sealed(values)

    without = {place: value for place, value in values.items() if place != "reason"}
    assert list(wrong_values(fields, without)) == ["reason"]
    assert list(wrong_values(fields, {**values, "content.risks": "Nieuw"})) == ["content.risks"]


@pytest.mark.parametrize("kept", [{}, {"salt": SALT}, {"hash": "1" * 64}, {"salt": "", "hash": ""}], ids=str)
def test_broken_proof_is_a_wrong_value(kept):
    assert list(wrong_values({"a": kept}, {"a": "x"})) == ["a"]


# --- The script stands alone -----------------------------------------------------------------------------------------


def test_script_imports_nothing_but_python_itself():
    tree = ast.parse(Path(controleer.__file__).read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names


def test_everything_it_says_is_said_in_two_languages():
    for dutch, english in controleer.SAYINGS.values():
        assert dutch != english
        assert dutch.count("{") == english.count("{")
