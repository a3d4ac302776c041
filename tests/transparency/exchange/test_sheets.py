"""A spreadsheet of more sheets: what is read, what is not and why, and where a row stands."""

import datetime
import io

import pytest
from openpyxl import Workbook

from tests.transparency.exchange.helpers import outcomes, planned, workbook
from transparency.exchange.detect import read_data
from transparency.exchange.report import ExchangeError
from transparency.exchange.understanding import understand

NAMES = ["name", "organization"]
LIST = [NAMES, ["Hulp", "Zorggroep"]]
COSTS = [["Product", "Prijs"], ["Hulp", 12]]
LABELS = ["Naam", "Organisatienaam", "Status", "Doel en impact", "Taal"]


def sheets(**lists):
    """A spreadsheet with these sheets; one whose name begins with "verborgen" is hidden."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in lists.items():
        sheet = book.create_sheet(title)
        sheet.sheet_state = "hidden" if title.startswith("verborgen") else "visible"
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def rows(data):
    """Every row of a file."""
    return [*read_data(data)[1]]


def noted(data):
    """(what it is about, reason) of each note on a file."""
    return [(note.field, note.reason) for note in rows(data)[0].notes]


def test_a_sheet_without_columns_we_know_is_told_with_its_name():
    assert noted(sheets(Kosten=COSTS, Lijst=LIST)) == [
        ("blad Kosten", "Op dit blad herkennen wij de kolommen niet. Wij lezen het niet.")
    ]


def test_a_hidden_sheet_is_not_read_and_told_with_its_name():
    data = sheets(Lijst=LIST, verborgen=[NAMES, ["Oud", "Zorggroep"]])

    assert [row.raw["name"] for row in rows(data)] == ["Hulp"]
    assert [(field, "verborgen" in reason) for field, reason in noted(data)] == [("blad verborgen", True)]


def test_a_file_of_which_only_a_hidden_sheet_has_columns_says_so():
    with pytest.raises(ExchangeError, match="blad verborgen: Dit blad is verborgen"):
        rows(sheets(Kosten=COSTS, verborgen=LIST))


def test_a_list_without_rows_tells_which_sheets_are_not_read():
    with pytest.raises(ExchangeError, match="blad Kosten"):
        rows(sheets(Lijst=[NAMES], Kosten=COSTS))


def test_an_empty_sheet_needs_no_note():
    assert noted(sheets(Lijst=LIST, Leeg=[])) == []


@pytest.mark.django_db
def test_the_place_of_a_row_names_its_sheet_when_there_are_more():
    plan = planned(sheets(Een=LIST, Twee=[NAMES, ["Meter", "Zorggroep"]]))

    assert [item.place for item in plan.items] == ["blad Een, regel 2", "blad Twee, regel 2"]
    assert [line["row"] for line in plan.report() if not line["field"]] == ["blad Een, regel 2", "blad Twee, regel 2"]


@pytest.mark.django_db
def test_the_place_of_a_record_in_a_column_is_that_column():
    data = sheets(Lijst=[[label, "eerste", "tweede"] for label in LABELS])

    assert [item.place for item in planned(data).items] == ["blad Lijst, kolom B", "blad Lijst, kolom C"]


@pytest.mark.django_db
def test_notes_on_a_file_stand_once_in_the_report():
    plan = planned(sheets(Kosten=COSTS, Lijst=[*LIST, ["Meter", "Zorggroep"]]))

    assert [line["reason"] for line in plan.report()].count("".join(note.reason for _file, note in plan.notes())) == 1


def test_a_row_without_a_name_beside_records_in_columns_is_kept_and_told():
    data = sheets(Lijst=[*([label, "Hulp"] for label in LABELS), [None, "zie de bijlage"]])
    (row,) = rows(data)

    assert row.raw["(rij 6)"] == "zie de bijlage"
    assert ("(rij 6)", "zie de bijlage") in {(made.field, made.raw) for made in understand(row, "xlsx").changes}


ERRORS = ["#VALUE!", "#DIV/0!", "#SPILL!", "#GETTING_DATA", "#WAARDE!", "#N/B"]


@pytest.mark.django_db
@pytest.mark.parametrize("error", ERRORS)
def test_rows_with_an_error_for_a_code_are_two_records(error):
    lines = [[*NAMES, "source_id"], ["Hulp", "Zorggroep", error], ["Meter", "Zorggroep", error]]
    plan = planned(workbook(lines))

    assert outcomes(plan) == ["new", "new"]
    assert {"source_id", error} <= {text for made in plan.items[1].told() for text in (made.field, made.raw)}


@pytest.mark.parametrize("names", [["Naam", "Organisatie", "In het kort"], [*NAMES, "description_short"]])
@pytest.mark.parametrize("error", ERRORS)
def test_an_error_in_a_cell_is_no_answer(error, names):
    (row,) = rows(workbook([names, ["Hulp", "Zorggroep", error]]))
    understood = understand(row, "xlsx")

    assert (understood.content.get("summary"), row.raw[names[2]]) == (None, error)
    assert [made.raw for made in understood.changes if made.field == names[2]] == [error]


AT = datetime.datetime.fromisoformat("2026-03-04 13:45")


def test_a_time_in_a_cell_is_kept():
    (row,) = rows(workbook([[*NAMES, "publication_dt"], ["Hulp", "Zorggroep", AT]]))

    assert row.raw["publication_dt"] == "2026-03-04 13:45:00"


def test_a_time_that_has_no_place_in_an_answer_is_told():
    (row,) = rows(workbook([["name", "organisation", "last_checked_on"], ["Hulp", "Zorggroep", AT]]))

    assert row.own["content"]["last_checked_on"] == "2026-03-04"
    assert [(made.field, made.raw) for made in row.changes] == [("last_checked_on", "2026-03-04 13:45:00")]


def test_a_day_has_no_time():
    (row,) = rows(workbook([[*NAMES, "begin_date"], ["Hulp", "Zorggroep", datetime.date(2026, 3, 4)]]))

    assert row.raw["begin_date"] == "2026-03-04"


@pytest.mark.parametrize(
    ("cell", "answer", "told"),
    [(12_125, 12_125, []), ("12.125", 12_125, []), (12.125, None, ["12,125"]), (12.5, None, ["12.5"])],
)
def test_a_number_with_decimals_is_not_a_thousand_times_more(cell, answer, told):
    (row,) = rows(sheets(Lijst=[["name", "organisation", "people_per_year"], ["Hulp", "Zorggroep", cell]]))

    understood = understand(row, "xlsx")

    assert understood.content.get("people_per_year") == answer
    assert [made.raw for made in understood.changes] == told
