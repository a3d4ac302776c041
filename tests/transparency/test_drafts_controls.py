"""From an answer to the controls of a form and back: for every kind of question what comes back is what was there."""

import string

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from transparency.field import Field, Kind
from transparency.fields import BY_KEY, ENTRY_FIELDS, FIELDS
from transparency.shape import problems
from transparency.vocabularies import vocabulary
from transparency.writing.boxes import controls, digest, posted
from transparency.writing.places import content_of, places_of
from transparency.writing.reading import sent
from transparency.writing.typed import as_kept, as_typed

GROUP = Field(key="groep", section="short", label="Groep", kind=Kind.GROUP, parts=BY_KEY["sources"].parts)
WORDS = st.text(string.ascii_letters + " ëé’.,-\n", max_size=60).map(str.strip)
LINES = WORDS.map(lambda text: " ".join(text.split()))


def one(field):
    """A strategy for answers of the right shape; None: no answer."""
    if field.kind in {Kind.CHOICE, Kind.CHOICES, Kind.ANSWER}:
        codes = list(vocabulary(field.vocabulary).terms)
    made = {
        Kind.LINE: lambda: LINES,
        Kind.TEXT: lambda: WORDS,
        Kind.URL: lambda: st.just("https://www.voorbeeld.example/a?b=c&d=1"),
        Kind.CONTACT: lambda: st.sampled_from(["vragen@voorbeeld.example", "https://voorbeeld.example/"]),
        Kind.MONTH: lambda: st.dates().map(lambda day: day.isoformat()[:7]),
        Kind.DATE: lambda: st.dates().map(lambda day: day.isoformat()),
        Kind.NUMBER: lambda: st.integers(0, 10**9 - 1),
        Kind.CHOICE: lambda: st.sampled_from(codes),
        Kind.CHOICES: lambda: st.sets(st.sampled_from(codes), min_size=1).map(
            lambda some: sorted(some, key=codes.index)
        ),
        Kind.ANSWER: lambda: st.fixed_dictionaries({"answer": st.sampled_from(codes)}, optional={"text": WORDS}),
        Kind.ROWS: lambda: st.lists(row(field), max_size=4),
        Kind.GROUP: lambda: row(field),
    }[field.kind]()
    return st.one_of(st.none(), made.map(told))


def row(field):
    return st.fixed_dictionaries({}, optional={part.key: one(part) for part in field.parts})


def told(value):
    """`value` as it is kept: without what says nothing; None when nothing is left."""
    if isinstance(value, dict):
        return {key: part for key, part in value.items() if part not in (None, "")} or None
    if isinstance(value, list):
        return [part for part in map(told, value) if part] or None
    return value if value != "" else None


def browser(field, place, value, **more):
    """What a browser sends for the question of `value`."""
    data = QueryDict(mutable=True)
    for name, texts in posted(field, place, value).items():
        data.setlist(name, [text.replace("\n", "\r\n") for text in texts])
    for name, text in more.items():
        data[name] = text
    return data


@pytest.mark.parametrize("field", [*FIELDS, GROUP], ids=lambda field: field.key)
def test_answer_comes_back_from_the_form_as_it_was(field):
    @given(one(field))
    @settings(max_examples=40)
    def holds(value):
        found = sent([field], browser(field, field.key, value, **{f"was.{field.key}": "iets anders"}), english=False)

        assert found.answers.get(field.key) == value
        assert value is None or field is GROUP or problems({field.key: value}, [field]) == []

    holds()


@pytest.mark.parametrize("field", [*FIELDS, GROUP], ids=lambda field: field.key)
def test_question_that_nobody_touched_is_not_sent(field):
    @given(one(field))
    @settings(max_examples=20)
    def holds(value):
        mark = digest(field.key, posted(field, field.key, value))

        found = sent([field], browser(field, field.key, value, **{f"was.{field.key}": mark}), english=False)

        assert found.answers == {}

    holds()


@pytest.mark.parametrize("field", [field for field in FIELDS if field.translated], ids=lambda field: field.key)
def test_english_text_comes_back_from_the_form_as_it_was(field):
    english = {Kind.ROWS: [{part.key: "Words" for part in field.parts if part.kind in {Kind.LINE, Kind.TEXT}}],
               Kind.ANSWER: {"text": "Words"}}.get(field.kind, "Words")  # fmt: skip
    place = f"en.{field.key}"

    found = sent([field], browser(field, place, english, **{f"was.{place}": "iets anders"}), english=True)

    assert found.answers == {place: english}


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=20),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
                    max_leaves=6))  # fmt: skip
@settings(max_examples=150)
def test_form_can_show_whatever_stands_in_a_draft(value):
    for field in (*FIELDS, GROUP):
        for place in (field.key, f"en.{field.key}"):
            assert controls(field, place, value)
            assert isinstance(digest(place, posted(field, place, value)), str)


def test_every_kind_of_question_has_a_control():
    for field in (*FIELDS, GROUP):
        shown = controls(field, field.key, None)
        assert shown.boxes or shown.rows, field.key


def test_answer_that_is_on_no_list_is_still_shown_and_sent():
    field = BY_KEY["care_setting"]

    assert posted(field, "care_setting", ["GP", "VROEGER"]) == {"care_setting": ["GP", "VROEGER"]}


def test_list_has_a_row_for_one_more():
    rows = controls(BY_KEY["sources"], "sources", [{"title": "Een"}]).rows

    assert [(row.name, row.is_new) for row in rows] == [("sources.0", False), ("sources.1", True)]


def test_row_that_is_taken_away_is_not_sent_and_the_others_are():
    field, rows = BY_KEY["sources"], [{"title": "Een"}, {"title": "Twee"}, {"title": "Drie"}]
    mark = digest("sources", posted(field, "sources", rows))

    found = sent(
        [field], browser(field, "sources", rows, **{"was.sources": mark}), english=False, leave_out="sources.1"
    )

    assert found.answers == {"sources": [rows[0], rows[2]]}
    assert found.rows == {"sources": [0, 2]}


@pytest.mark.parametrize("name", ["sources.x.title", "sources.-1.title", "sources.99999.title", "sources.0.parking",
                                  "sources", "sources.", "parking", "was.parking", "state"])  # fmt: skip
def test_what_is_no_control_of_the_form_is_not_read(name):
    data = QueryDict(mutable=True)
    data[name] = "Iets."

    assert set(sent(ENTRY_FIELDS, data, english=False).answers.values()) <= {None}


def test_revision_that_is_no_number_counts_as_none_seen():
    data = browser(BY_KEY["purpose"], "purpose", "Zo.", **{"was.purpose": "x", "seen.purpose": "veel"})

    assert sent([BY_KEY["purpose"]], data, english=False).seen == {"purpose": 0}


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (Kind.DATE, "22-11-2026", "2026-11-22"), (Kind.DATE, "22 november 2026", "2026-11-22"),
        (Kind.DATE, "22/11/2026", "2026-11-22"), (Kind.DATE, "22.11.2026", "2026-11-22"),
        (Kind.DATE, "1 mrt 2026", "2026-03-01"), (Kind.DATE, "2026-11-22", "2026-11-22"),
        (Kind.DATE, "31-2-2026", "31-2-2026"), (Kind.DATE, "volgende week", "volgende week"),
        (Kind.MONTH, "11-2026", "2026-11"), (Kind.MONTH, "november 2026", "2026-11"),
        (Kind.MONTH, "2026-11", "2026-11"),
        (Kind.MONTH, "13-2026", "13-2026"), (Kind.NUMBER, "12.000", 12000), (Kind.NUMBER, "12 000", 12000),
        (Kind.NUMBER, "ongeveer 12", "ongeveer 12"), (Kind.NUMBER, "-3", "-3"), (Kind.NUMBER, "1,5", "1,5"),
        (Kind.URL, "www.voorbeeld.nl/pagina", "https://www.voorbeeld.nl/pagina"),
        (Kind.URL, "zie folder", "zie folder"),
        (Kind.CONTACT, "voorbeeld.nl", "https://voorbeeld.nl"), (Kind.CONTACT, " a@b.nl ", "a@b.nl"),
        (Kind.LINE, "  twee   woorden ", "twee woorden"), (Kind.LINE, "   ", None),
    ],
)  # fmt: skip
def test_typing_is_forgiven(kind, typed, kept):
    assert as_kept(kind, typed) == kept


@pytest.mark.parametrize(
    ("kind", "kept", "typed"),
    [(Kind.DATE, "2026-11-22", "22-11-2026"), (Kind.MONTH, "2026-11", "11-2026"), (Kind.DATE, "volgende week",
     "volgende week"), (Kind.NUMBER, 12000, "12000"), (Kind.NUMBER, True, ""), (Kind.LINE, ["x"], "")],
)  # fmt: skip
def test_kept_answer_is_shown_as_people_type_it(kind, kept, typed):
    assert as_typed(kind, kept) == typed


@given(st.dictionaries(st.sampled_from([field.key for field in ENTRY_FIELDS]), WORDS.filter(bool), max_size=5),
       st.lists(st.sampled_from(["name", "risks", "fallback"]), unique=True, max_size=3),
       st.dictionaries(st.sampled_from(["name", "risks"]), WORDS.filter(bool), max_size=2))  # fmt: skip
def test_places_say_the_same_as_the_document(answers, unknown, english):
    content = answers | ({"unknown": unknown} if unknown else {})
    content |= {"translations": {"en": english}} if english else {}

    assert content_of(places_of(content)) == content
