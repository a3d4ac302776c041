"""Whatever somebody puts in a content document: a message, never a crash."""

from contextlib import nullcontext
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.transparency import COMPLETE
from transparency.actions.publishing import check_publishable
from transparency.document import missing
from transparency.field import Kind
from transparency.fields import ENTRY_FIELDS, FIELDS
from transparency.shape import Problem, problems

KEYS = [f.key for f in ENTRY_FIELDS]
HUGE = "x" * 100_000
HIDDEN = {
    "NUL": "\x00",
    "backspace": "\x08",
    "escape": "\x1b",
    "delete": "\x7f",
    "next line (C1)": "\x85",
    "zero-width space": "\u200b",
    "zero-width joiner": "\u200d",
    "right-to-left mark": "\u200f",
    "right-to-left override": "\u202e",
    "Arabic letter mark": "\u061c",
    "left-to-right isolate": "\u2066",
    "word joiner": "\u2060",
    "byte order mark": "\ufeff",
    "half of a surrogate pair": "\ud800",
}

# Any JSON value: what an API or a file may bring.
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
# Any JSON value that looks a bit like an answer, so that checks inside rows and answers are reached.
PARTS = sorted({part.key for f in FIELDS for part in f.parts} | {"answer", "text"})
NEAR_JSON = JSON | st.lists(st.dictionaries(st.sampled_from(PARTS), JSON, max_size=3), max_size=3)


def hostile(value: Any) -> dict[str, Any]:
    """A document that has `value` everywhere."""
    return dict.fromkeys(KEYS, value)


def acceptable(content: dict[str, Any]) -> bool:
    """Whether `content` may be published."""
    return not problems(content, ENTRY_FIELDS) and not missing(content, ENTRY_FIELDS)


def deep(levels: int) -> list[Any]:
    """Lists in lists."""
    value: list[Any] = []
    for _level in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize("character", HIDDEN.values(), ids=HIDDEN)
@pytest.mark.parametrize("key", ["name", "summary", "contact_public"])
def test_character_that_nobody_sees_is_a_problem(key, character):
    found = problems({key: f"a{character}@b.nl"}, ENTRY_FIELDS)

    assert len(found) == 1
    assert f"U+{ord(character):04X}" in found[0].message


@pytest.mark.parametrize("character", HIDDEN.values(), ids=HIDDEN)
def test_character_that_nobody_sees_is_a_problem_inside_an_answer_and_a_row(character):
    content = {"can_refuse": {"answer": "YES", "text": f"a{character}"}, "sources": [{"title": f"a{character}"}]}

    assert {problem.key for problem in problems(content, ENTRY_FIELDS)} == {"can_refuse", "sources"}


@pytest.mark.parametrize("text", ["met tab\ten regel\neinde", "façade – 100 °C “ja” 👩‍⚕️"[:20], "Ünïcödé", "日本語"])
def test_character_that_people_see_is_no_problem(text):
    assert problems({"summary": text}, ENTRY_FIELDS) == []


def test_message_names_no_more_than_three_hidden_characters():
    found = problems({"summary": "\x00\x01\x02\x03\x04"}, ENTRY_FIELDS)

    assert found[0].message.count("U+") == 3


def test_text_of_100_000_characters_gives_a_message_in_every_question():
    found = problems(hostile(f"https://a.nl/{HUGE}"), ENTRY_FIELDS)

    assert set(KEYS) - {problem.key for problem in found} == set()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("can_refuse", {"answer": "YES", "text": HUGE}),
        ("can_refuse", {"answer": HUGE}),
        ("sources", [{"title": HUGE}]),
        ("sources", [{"link": f"https://a.nl/{HUGE}"}]),
        ("care_setting", [HUGE]),
        ("people_per_year", 10**4000),
        ("last_checked_on", HUGE),
        ("name", deep(900)),
        ("care_setting", deep(900)),
        ("sources", deep(900)),
        ("sources", [{"title": deep(900)}]),
        ("can_refuse", {"answer": deep(900)}),
        ("can_refuse", {"answer": "YES", "text": deep(900)}),
    ],
)
def test_huge_or_deep_value_gives_a_message(key, value):
    assert [problem.key for problem in problems({key: value}, ENTRY_FIELDS)] == [key]


@pytest.mark.parametrize("kind", list(Kind), ids=str)
def test_every_kind_refuses_a_value_of_another_shape(kind):
    found = [f for f in FIELDS if f.kind == kind]

    assert all(problems({f.key: 3.5}, FIELDS) for f in found)
    assert all(problems({f.key: {"een": ["twee"]}}, FIELDS) for f in found)


@pytest.mark.parametrize("key", [" name", "NAME", "name\x00", "näme", "", "__class__"])
def test_key_that_looks_like_a_question_is_refused(key):
    assert [problem.key for problem in problems({key: "x"}, ENTRY_FIELDS)] == [key]


@pytest.mark.parametrize("value", [None, 5, "risks", {"risks": True}, [["risks"]], [{"a": 1}], [None], HUGE, deep(900)])
def test_list_of_unknown_answers_of_another_shape_is_a_problem(value):
    found = problems({**COMPLETE, "unknown": value}, ENTRY_FIELDS)

    assert all(isinstance(problem, Problem) for problem in found)
    assert found


@pytest.mark.parametrize(
    "value",
    [
        None,
        5,
        "en",
        [],
        {"en": None},
        {"en": "name"},
        {"en": ["name"]},
        {"de": {"name": "Name"}},
        {"en": {"geheim": "x"}},
        {"en": {"name": 5}},
        {"en": {"name": "a\x00"}},
        {"en": {"name": "x" * 101}},
        {"en": {"can_refuse": {"answer": "MAYBE", "text": "x"}}},
        {"en": {"can_refuse": {"text": ["x"]}}},
        {"en": {"works_less_well_for": ["Kinderen", "Ouderen"]}},
        {"en": {"works_less_well_for": [{"geheim": "x"}]}},
    ],
)
def test_translation_of_another_shape_is_a_problem(value):
    assert problems({**COMPLETE, "translations": value}, ENTRY_FIELDS)


def test_translation_of_the_right_shape_is_no_problem():
    english = {
        "name": "Fracture finder",
        "can_refuse": {"text": "Say so before the X-ray."},
        "works_less_well_for": [{"group": "Children", "text": "Their bones still grow."}],
    }

    assert problems({**COMPLETE, "translations": {"en": english}}, ENTRY_FIELDS) == []


@given(value=NEAR_JSON)
@settings(max_examples=150, deadline=None)
def test_any_value_in_every_question_gives_a_list_of_problems(value):
    found = problems(hostile(value), ENTRY_FIELDS)

    assert isinstance(found, list)
    assert all(isinstance(problem, Problem) and problem.message for problem in found)


@given(value=NEAR_JSON, key=st.sampled_from(["unknown", "translations"]))
@settings(max_examples=150, deadline=None)
def test_any_value_beside_the_questions_gives_a_list_of_problems(value, key):
    found = problems({**COMPLETE, key: value}, ENTRY_FIELDS)

    assert all(isinstance(problem, Problem) and problem.message for problem in found)


@given(value=NEAR_JSON, key=st.sampled_from([*KEYS, "unknown", "translations"]))
@settings(max_examples=150, deadline=None)
def test_any_value_is_published_or_refused_with_messages(value, key):
    content = {**COMPLETE, key: value}

    with nullcontext() if acceptable(content) else pytest.raises(ValidationError):
        check_publishable(content, ENTRY_FIELDS, complete=True)


@given(content=st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=8), NEAR_JSON, max_size=6))
@settings(max_examples=150, deadline=None)
def test_missing_questions_can_be_asked_of_any_document(content):
    found = missing(content, ENTRY_FIELDS)

    assert all(f in ENTRY_FIELDS for f in found)
