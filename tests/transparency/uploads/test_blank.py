"""The empty list: what it offers is what the reader takes, and its example is never taken in."""

import io

import pytest
from openpyxl import load_workbook

from tests.transparency.uploads.helpers import lines, outcomes, place, read, reasons
from transparency.exchange import flat
from transparency.exchange.detect import read_counted
from transparency.exchange.understanding import understand
from transparency.uploads.blank import columns, example_cells, workbook
from transparency.uploads.example import EXAMPLE

pytestmark = pytest.mark.django_db


def filled(*rows, keep=()):
    """The empty list as somebody filled it in: {column name: text} per row under the example; `keep`: only those."""
    book = load_workbook(io.BytesIO(workbook()))
    sheet = book["Toepassingen"]
    if keep:
        for place_of in reversed(range(1, sheet.max_column + 1)):
            if sheet.cell(1, place_of).value not in keep:
                sheet.delete_cols(place_of)
    names = [cell.value for cell in sheet[1]]
    for number, cells in enumerate(rows, start=3):
        for name, text in cells.items():
            sheet.cell(number, names.index(name) + 1).value = text
    return book


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_every_column_of_the_list_is_one_that_the_reader_knows():
    sheet = load_workbook(io.BytesIO(workbook()))["Toepassingen"]

    names = [cell.value for cell in sheet[1]]

    assert [flat.column_of(name) for name in names] == [column.key for column in columns()]
    assert names[:2] == ["Naam", "Organisatie"]


def test_every_column_is_explained_and_says_whether_it_is_needed():
    sheet = load_workbook(io.BytesIO(workbook()))["Uitleg"]

    told = [[cell.value for cell in cells] for cells in sheet.iter_rows(min_row=2, max_row=len(columns()) + 1)]

    assert [name.partition(". ")[2] for name, _help, _needed in told] == [column.name for column in columns()]
    assert {needed for *_name, needed in told} >= {"Ja, altijd", "Bij openbaar maken", "Nee"}
    assert told[0][1].startswith("Hoe noemt u deze AI")


def test_every_choice_that_is_offered_is_read_back():
    for column in columns():
        for choice in column.choices:
            row = flat.own_row(2, {"Naam": "Hulp", column.name: choice})

            assert row.changes == [], (column.name, choice)
            assert understand(row, "xlsx").content.get(column.key), (column.name, choice)


def test_example_is_as_the_list_wants_it():
    _form, rows, _count = read_counted(workbook())

    (row,) = rows

    assert row.own["content"] == EXAMPLE
    assert row.changes == []
    assert {column.key for column in columns() if str(column.needed) == "Bij openbaar maken"} <= set(EXAMPLE)
    assert "VOORBEELD" in EXAMPLE["name"]


def test_example_that_is_left_is_not_taken_in():
    upload = read(place(), saved(filled({"Naam": "Hulp", "Maker": "Vier BV"})), "lijst.xlsx")

    assert [(line.name, line.outcome, line.values["provider"]) for line in lines(upload)] == [
        ("Hulp", "NEW", "Vier BV")
    ]


def test_list_with_nothing_but_the_example_says_so():
    upload = read(place(), workbook(), "lijst.xlsx")

    assert (upload.state, "geen regels" in upload.error) == ("UNREADABLE", True)


@pytest.mark.parametrize("keep", [("Naam",), ("Naam", "Organisatie", "Status"), ("Naam", "Wie beslist?", "Maker")])
def test_example_is_known_also_when_columns_are_taken_away(keep):
    upload = read(place(), saved(filled({"Naam": "Hulp"}, keep=keep)), "lijst.xlsx")

    assert [line.name for line in lines(upload)] == ["Hulp"]


def test_example_that_somebody_wrote_in_is_not_lost_in_silence():
    book = filled()
    book["Toepassingen"]["C2"] = "Dit schreef ik zelf."

    upload = read(place(), saved(book), "lijst.xlsx")

    assert outcomes(upload) == ["BAD"]
    assert "Schrijf hier de naam van uw eigen AI." in reasons(upload)


def test_texts_of_the_example_that_are_left_in_a_row_are_not_taken():
    book = filled()
    book["Toepassingen"]["A2"] = "Onze hulp"

    (line,) = lines(read(place(), saved(book), "lijst.xlsx"))

    assert (line.outcome, line.name) == ("NEW", "Onze hulp")
    assert [text for text in map(str, line.values.values()) if "voorbeeld" in text.casefold()] == []
    assert line.values["leaves_eu"] == "NO"
    left = [one["value"] for one in line.told if "nog de tekst van ons voorbeeld" in one["reason"]]
    assert example_cells()["can_refuse"] in left


def test_list_takes_rows_of_another_organisation_no_more_easily():
    upload = read(place(), saved(filled({"Naam": "Hulp", "Organisatie": "Ziekenhuis De Wilg"})), "lijst.xlsx")

    assert outcomes(upload) == ["BAD"]
