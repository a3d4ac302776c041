"""Cells under our own columns: what people write in them is read, and what cannot be read is told with its value."""

import json

import pytest

from tests.transparency.exchange.helpers import workbook
from transparency.exchange.composing import label
from transparency.exchange.detect import read_data
from transparency.exchange.own_cells import MOST_COMMAS
from transparency.exchange.understanding import understand
from transparency.fields import ENTRY_FIELDS
from transparency.vocabularies import FOLDER, vocabulary

HEAD = {"naam": "Hulp", "organisatie": "Zorggroep", "who_decides": "De arts."}
WORDS = {f.vocabulary: f.key for f in ENTRY_FIELDS if f.vocabulary}
UNREADABLE = "Dit antwoord konden wij niet lezen."
NOT_LISTED = "Dit staat niet in onze lijst van keuzes."


def row(**cells):
    """One row of a spreadsheet with these cells, understood."""
    cells = {**HEAD, **cells}
    form, rows = read_data(workbook([list(cells), list(cells.values())]))
    (found,) = rows
    return understand(found, form)


def told(item):
    """(field, value, what it became) of every line about the row."""
    return [(made.field, made.raw, made.cleaned) for made in item.changes]


# --- Answers with an explanation -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "answer", "text"),
    [
        ("Ja, zeg het de arts", "YES", "zeg het de arts"),
        ("Nee tenzij spoed", "NO", "tenzij spoed"),
        ("Ja. Zeg het aan de balie", "YES", "Zeg het aan de balie"),
        ("Deels: alleen thuis", "PARTLY", "alleen thuis"),
        ("ja – bij spoed niet", "YES", "bij spoed niet"),
        ("Nee (bij spoed)", "NO", "(bij spoed)"),
        ("Ja\n\n- voor de foto\n- erna", "YES", "- voor de foto\n- erna"),
        ("YES", "YES", ""),
        ("Nee.", "NO", ""),
    ],
)
def test_text_after_an_answer_is_its_explanation(cell, answer, text):
    item = row(can_refuse=cell)

    assert (item.content["can_refuse"], told(item)) == ({"answer": answer, "text": text}, [])


@pytest.mark.parametrize("cell", ["Jan doet het", "Misschien", "Ja/nee"])
def test_cell_that_begins_with_no_answer_is_told(cell):
    item = row(can_refuse=cell)

    assert ("can_refuse" in item.content, told(item)) == (False, [("can_refuse", cell, "")])


def test_explanation_in_two_columns_is_kept_whole():
    item = row(can_refuse="Ja. Zeg het aan de balie", can_refuse_text="Bel 123")

    assert item.content["can_refuse"] == {"answer": "YES", "text": "Zeg het aan de balie\n\nBel 123"}
    assert [made.field for made in item.changes] == ["can_refuse.text"]


@pytest.mark.parametrize("answer", ["", "Misschien"])
def test_explanation_without_an_answer_is_told_with_its_value(answer):
    item = row(can_refuse=answer, can_refuse_text="Bel 123")

    assert ("can_refuse.text", "Bel 123", "") in told(item)
    assert "Zet Ja, Nee of Deels in de kolom can_refuse." in item.changes[-1].reason


# --- Numbers and days ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "number"),
    [("1250", 1250), (1250, 1250), ("1.250", 1250), ("12.500", 12500), ("1.250.000", 1250000), ("1 250", 1250)],
)
def test_number_may_have_the_dots_of_thousands(cell, number):
    item = row(people_per_year=cell)

    assert (item.content["people_per_year"], told(item)) == (number, [])


@pytest.mark.parametrize("cell", [12.5, "12.5", "12,5", "1.25", "12.50", "1,250", "12 5", "ongeveer 30", "-5"])
def test_number_that_is_not_whole_is_told_and_not_taken(cell):
    item = row(people_per_year=cell)

    assert ("people_per_year" in item.content, told(item)) == (False, [("people_per_year", str(cell), "")])
    assert "heel getal" in item.changes[0].reason


def test_month_and_day_in_another_form_are_told():
    item = row(start_month="Sinds maart 2025, eerst als proef", last_checked_on="1-5-2026")

    assert (item.content["start_month"], item.content["last_checked_on"]) == ("2025-03", "2026-05-01")
    assert sorted(told(item)) == [
        ("last_checked_on", "1-5-2026", "2026-05-01"),
        ("start_month", "Sinds maart 2025, eerst als proef", "2025-03"),
    ]


def test_day_with_more_words_is_told_and_not_cut():
    item = row(last_checked_on="2026-05-01 en elk jaar")

    assert ("last_checked_on" in item.content, told(item)) == (
        False,
        [("last_checked_on", "2026-05-01 en elk jaar", "")],
    )


# --- Choices ---------------------------------------------------------------------------------------------------------


def test_choice_that_we_do_not_know_is_told_and_the_others_stay():
    item = row(care_setting="RADIOLOGY, NOPE; Spoedeisende hulp")

    assert item.content["care_setting"] == ["RADIOLOGY", "EMERGENCY"]
    assert [(made.field, made.raw, made.reason) for made in item.changes] == [("care_setting", '["NOPE"]', NOT_LISTED)]


def test_choices_of_which_we_know_none_are_told():
    assert told(row(care_setting="een, twee")) == [("care_setting", '["een", "twee"]', "[]")]


@pytest.mark.parametrize("name", list(WORDS))
def test_words_of_every_choice_are_read_also_those_with_commas(name):
    for term in vocabulary(name).terms.values():
        value = row(**{WORDS[name]: term.label_nl}).content[WORDS[name]]
        assert value in (term.code, [term.code], {"answer": term.code, "text": ""})


def test_words_with_commas_may_stand_beside_others():
    item = row(body_parts="Keel, neus en oren, Botten of gewrichten", visit_reasons="SCAN; Somber, bang of in de war")

    assert item.content["body_parts"][0] == "EARS_NOSE_THROAT"
    assert item.content["visit_reasons"] == ["SCAN", "MENTAL"]


def test_no_label_has_more_commas_than_a_cell_is_searched_for():
    labels = [term.label_nl for path in FOLDER.glob("*.toml") for term in vocabulary(path.stem).terms.values()]

    assert max(text.count(",") for text in [*labels, *(label(f.key) for f in ENTRY_FIELDS)]) <= MOST_COMMAS


def test_questions_that_nobody_can_answer_may_stand_there_in_dutch():
    item = row(unknown="risks, Wie controleert of het goed blijft gaan, en hoe?, quatsch")

    assert item.content["unknown"] == ["risks", "monitoring"]
    assert told(item) == [("unknown", '["quatsch"]', '["risks", "monitoring"]')]


# --- JSON in a cell --------------------------------------------------------------------------------------------------


def test_translations_that_are_no_json_are_told():
    item = row(translations='{"en": {"name": ')

    assert ("translations" in item.content, told(item)) == (False, [("translations", '{"en": {"name":', "")])


def test_part_that_stands_twice_in_a_cell_is_told_and_the_first_counts():
    item = row(translations='{"en": {"name": "Help", "name": "Aid"}}', sources='[{"title": "A", "title": "B"}]')

    assert (item.content["translations"], item.content["sources"]) == ({"en": {"name": "Help"}}, [{"title": "A"}])
    assert set(told(item)) == {("sources.title", "B", "A"), ("translations.name", "Aid", "Help")}


@pytest.mark.parametrize("cell", ['[{"title": "A"', "[1", "[]]"])
def test_rows_that_are_no_json_are_told(cell):
    assert told(row(sources=cell)) == [("sources", cell, "")]


# --- Columns ---------------------------------------------------------------------------------------------------------


def csv(text):
    """The rows of a CSV, understood."""
    form, rows = read_data(text.encode())
    return [understand(found, form) for found in rows]


def test_column_that_stands_twice_counts_where_the_first_is_empty_and_is_told():
    (item,) = csv("name,name,organisation\n,Hulp,Zorggroep\n")

    assert (item.name, item.refused) == ("Hulp", None)
    assert item.changes[0].reason == "Deze kolom staat er twee keer. In de eerste staat niets; deze geldt."


def test_column_that_stands_twice_and_is_filled_twice_is_told():
    (item,) = csv("name,name,organisation\nHulp,Ander,Zorggroep\n")

    assert (item.name, told(item)) == ("Hulp", [("name (2)", "Ander", "")])
    assert item.changes[0].reason == "Er is nog een kolom voor dit veld. Die geldt. Deze blijft bewaard."


def test_a_long_cell_of_commas_is_read_without_much_work():
    item = row(care_setting="," * 30_000 + "RADIOLOGY")

    assert item.content["care_setting"] == ["RADIOLOGY"]


def test_all_that_is_told_can_be_written_as_json():
    item = row(sources='[{"title": NaN}]', translations="{}", can_refuse="??")

    assert json.dumps([made.as_dict() for made in item.changes])
