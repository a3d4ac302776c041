"""The one table of fields is sound, and a new question is one row of it."""

import sys

import pytest
from django.urls import reverse

from tests.factories.transparency import COMPLETE, published_entry
from tests.support.html import soup, words
from transparency import fields
from transparency.document import missing
from transparency.field import Audience, Field, Kind, always, never
from transparency.fields import ENTRY_FIELDS, FIELDS, SECTIONS, SYSTEM_FIELDS
from transparency.models import PublicRecord
from transparency.shape import problems
from transparency.vocabularies import FOLDER, vocabulary

CODED = {Kind.CHOICE, Kind.CHOICES, Kind.ANSWER}
WITH_PARTS = {Kind.ROWS, Kind.GROUP}
TYPED = {Kind.LINE, Kind.TEXT, Kind.ANSWER, Kind.CONTACT, Kind.URL}
# Questions whose label says all there is to say.
WITHOUT_HELP = {"start_month", "end_month", "stop_reason", "next_review_date", "sources"}


def keys(rows):
    """The keys of fields, to show what is wrong."""
    return [f.key for f in rows]


def parts():
    """(key of the field and the part, part) of every part in the table."""
    return [(f"{f.key}.{part.key}", part) for f in FIELDS for part in f.parts]


def test_no_key_stands_twice_in_the_table():
    assert sorted(set(keys(FIELDS))) == sorted(keys(FIELDS))


def test_no_part_stands_twice_in_a_field():
    assert [f.key for f in FIELDS if len(set(keys(f.parts))) != len(f.parts)] == []


def test_no_section_stands_twice():
    assert sorted(set(keys(SECTIONS))) == sorted(keys(SECTIONS))


def test_every_field_stands_in_a_known_section():
    assert [f.key for f in FIELDS if f.section not in keys(SECTIONS)] == []


def test_every_field_has_a_label():
    assert [f.key for f in FIELDS if not str(f.label).strip()] == []


def test_fields_that_hold_codes_and_no_others_name_a_vocabulary():
    assert [f.key for f in FIELDS if bool(f.vocabulary) != (f.kind in CODED)] == []


def test_parts_that_hold_codes_and_no_others_name_a_vocabulary():
    assert [name for name, part in parts() if bool(part.vocabulary) != (part.kind in CODED)] == []


def test_every_named_vocabulary_exists_and_holds_codes():
    named = {f.vocabulary for f in FIELDS} | {part.vocabulary for _name, part in parts()}

    assert [name for name in named - {""} if not vocabulary(name).terms] == []


def test_fields_of_rows_and_no_others_have_parts():
    assert [f.key for f in FIELDS if bool(f.parts) != (f.kind in WITH_PARTS)] == []


def test_every_public_field_explains_itself_to_who_fills_it_in():
    silent = [f.key for f in FIELDS if not f.is_expert() and not str(f.help).strip()]

    assert set(silent) <= WITHOUT_HELP


def test_every_field_that_people_type_in_has_a_greatest_length():
    assert [f.key for f in FIELDS if f.kind in TYPED and not f.max_length] == []


def test_every_part_that_people_type_in_has_a_greatest_length():
    assert [name for name, part in parts() if part.kind in TYPED and not part.max_length] == []


def test_every_field_stands_on_an_entry_or_a_system():
    assert [f.key for f in FIELDS if not f.on_entry and not f.on_system] == []


def test_every_needed_field_stands_on_the_entry():
    assert [f.key for f in FIELDS if f.needed_when is not never and not f.on_entry] == []


def test_about_25_questions_are_always_needed():
    needed = [f.key for f in ENTRY_FIELDS if f.needed_when is always]

    assert 22 <= len(needed) <= 32, needed


def test_every_vocabulary_is_used():
    used = {f.vocabulary for f in FIELDS} | {part.vocabulary for _name, part in parts()}

    assert {path.stem for path in FOLDER.glob("*.toml")} <= used


def test_every_code_has_words_in_both_languages():
    terms = [(path.stem, term) for path in FOLDER.glob("*.toml") for term in vocabulary(path.stem).terms.values()]

    assert [(name, term.code) for name, term in terms if not (term.label_nl.strip() and term.label_en.strip())] == []


def test_unknown_vocabulary_is_an_error():
    with pytest.raises(FileNotFoundError):
        vocabulary("bestaat-niet")


@pytest.mark.parametrize(
    ("content", "needed"),
    [
        ({"status": "PLANNED"}, set()),
        ({"status": "DEVELOPMENT"}, set()),
        ({}, set()),
        ({"status": "PILOT"}, {"start_month"}),
        ({"status": "IN_USE"}, {"start_month"}),
        ({"status": "STOPPED"}, {"start_month", "end_month", "stop_reason"}),
        ({"status": "WITHDRAWN"}, {"start_month", "end_month", "stop_reason"}),
        ({"medical_device": "NO"}, set()),
        ({"medical_device": "MDR"}, {"ce_class"}),
        ({"medical_device": "IVDR"}, {"ce_class"}),
    ],
)
def test_some_questions_are_needed_only_in_some_cases(content, needed):
    sometimes = {f.key for f in FIELDS if f.needed_when not in {always, never}}

    assert {key for key in sometimes if fields.BY_KEY[key].needed_when(content)} == needed


def test_complete_example_of_the_tests_is_complete_and_right():
    assert not problems(COMPLETE, ENTRY_FIELDS)
    assert not missing(COMPLETE, ENTRY_FIELDS)


# --- A new question is one row -----------------------------------------------------------------------------------


@pytest.fixture
def new_field(monkeypatch) -> Field:
    """One more row in the table: every module that holds a table of fields holds the longer one."""
    row = Field(key="parking", section="effect", label="Waar parkeert de robot?", kind=Kind.TEXT, max_length=80,
                needed_when=always, help="Noem de plek.", on_system=True)  # fmt: skip
    tables = {id(table): (*table, row) for table in (FIELDS, ENTRY_FIELDS, SYSTEM_FIELDS)}
    monkeypatch.setitem(fields.BY_KEY, row.key, row)
    for name, module in list(sys.modules.items()):
        if name.startswith("transparency"):
            for key, value in list(vars(module).items()):
                if id(value) in tables:
                    monkeypatch.setattr(module, key, tables[id(value)])
    return row


@pytest.mark.django_db
def test_answer_to_a_new_question_stands_on_the_page(client, new_field):
    entry = published_entry(content={"parking": "In de kelder, naast de liften."})

    section = soup(client.get(entry.get_absolute_url())).select_one("#effect")

    assert "Waar parkeert de robot? In de kelder, naast de liften." in words(section)


@pytest.mark.django_db
def test_new_question_counts_for_completeness(new_field):
    assert missing(COMPLETE, fields.ENTRY_FIELDS) == [new_field]


@pytest.mark.django_db
def test_answer_to_a_new_question_is_checked(new_field):
    found = problems({**COMPLETE, "parking": "x" * 81}, fields.ENTRY_FIELDS)

    assert [problem.key for problem in found] == ["parking"]


@pytest.mark.django_db
def test_answer_to_a_new_question_is_found_by_search(client, new_field):
    entry = published_entry(content={"parking": "In de kelder, naast de liften."})

    page = soup(client.get(reverse("transparency:register"), {"q": "kelder"}))

    assert "kelder" in PublicRecord.objects.get(entry=entry).text_terms.split()
    assert page.select_one(f'.cards a[href="{entry.get_absolute_url()}"]')


def test_question_for_experts_says_so():
    assert Field(key="x", section="law", label="X", kind=Kind.LINE, audience=Audience.EXPERT).is_expert()
    assert not Field(key="x", section="law", label="X", kind=Kind.LINE).is_expert()
