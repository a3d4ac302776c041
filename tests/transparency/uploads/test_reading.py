"""A list of a hospital's own: it need not say whose it is; when it cannot be read, it hears which column is missing."""

import datetime
import io

import pytest
from openpyxl import Workbook

from tests.transparency.uploads.helpers import HOSPITAL, as_json, lines, outcomes, place, read, reasons, row, taken

pytestmark = pytest.mark.django_db


def workbook(*sheets):
    """A workbook with these rows on its sheets."""
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Blad {number}")
        for cells in rows:
            sheet.append(list(cells))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


LISTS = {
    "with commas": b"Naam,Leverancier,Afdeling\nHulp,Vier BV,Radiologie\n",
    "with semicolons, under a title": b"Onze AI;;\n;;\nNaam;Leverancier;Afdeling\nHulp;Vier BV;Radiologie\n",
    "as Excel writes it": b"\xef\xbb\xbfsep=;\r\nNaam;Leverancier;Afdeling\r\nHulp;Vier BV;Radiologie\r\n",
    "with quotes and old line ends": b'"Naam";"Leverancier";"Afdeling"\r"Hulp";"Vier BV";"Radiologie"\r',
    "a workbook": workbook([("Onze AI",), (), ("Naam", "Leverancier", "Afdeling"), ("Hulp", "Vier BV", "Radiologie")]),
}


@pytest.mark.parametrize("case", LISTS)
def test_list_without_an_organisation_is_of_the_one_that_was_chosen(case):
    (line,) = lines(read(place(), LISTS[case], "lijst"))

    assert (line.outcome, line.name, line.organisation.name) == ("NEW", "Hulp", HOSPITAL)
    assert line.values["provider"] == "Vier BV"


def test_names_only_are_enough():
    assert outcomes(read(place(), b"Naam\nHulp\nKijker\n", "lijst.csv")) == ["NEW", "NEW"]


def test_every_sheet_with_names_of_columns_is_read():
    data = workbook([("Naam", "Maker"), ("Hulp", "Vier")], [("Toelichting",)], [("Naam",), ("Kijker",)])

    upload = read(place(), data, "lijst.xlsx")

    assert [(line.place, line.name) for line in lines(upload)] == [
        ("blad Blad 0, regel 2", "Hulp"), ("blad Blad 2, regel 2", "Kijker"),
    ]  # fmt: skip
    assert reasons(upload).count("Op dit blad herkennen wij de kolommen niet.") == 1


def test_sheet_with_records_as_columns_need_not_say_whose_they_are():
    data = workbook([
        ("Naam", "Hulp", "Kijker"), ("Leverancier", "Vier", "Drie"), ("Doel en impact", "Goed.", "Beter."),
        ("Risicobeheer", "Weinig.", "Niets."),
    ])  # fmt: skip

    assert [(line.name, line.values["provider"]) for line in lines(read(place(), data, "lijst.xlsx"))] == [
        ("Hulp", "Vier"), ("Kijker", "Drie"),
    ]  # fmt: skip


def test_cells_of_a_sheet_are_text_as_always():
    when = datetime.datetime(2026, 3, 1, tzinfo=None)  # noqa: DTZ001 (a workbook knows no zones)
    names = ("Naam", "Laatste controle", "Hoeveel mensen per jaar?", "Kan de AI uit?", "Wie beslist?")
    data = workbook([names, ("Hulp", when, 2500.0, True, "De arts; altijd,\n“zij”."), (None,) * 90])

    (line,) = lines(read(place(), data, "lijst.xlsx"))

    assert line.place == "regel 2"
    assert line.values["can_switch_off"]["answer"] == "YES"
    assert [line.values[key] for key in ("last_checked_on", "people_per_year", "who_decides")] == [
        "2026-03-01", 2500, "De arts; altijd,\n“zij”.",
    ]  # fmt: skip


@pytest.mark.parametrize("nobody", ["", "  ", "-", "n.v.t.", "onbekend"])
def test_row_without_an_organisation_is_of_the_one_that_was_chosen(nobody):
    at = place()
    data = f"naam,organisatie\nHulp,{nobody}\nKijker,{HOSPITAL}\n".encode()

    ours, ours_too = lines(read(at, data, "lijst.csv"))
    (in_json,) = lines(read(at, as_json(row(owner=nobody))))

    assert [one.organisation for one in (ours, ours_too, in_json)] == [at.hospital] * 3


def test_name_in_other_letters_is_no_empty_cell():
    assert outcomes(read(place(), "naam,organisatie\nHulp,Ελπίδα\n".encode(), "lijst.csv")) == ["BAD"]


def test_value_behind_the_last_column_is_told_at_its_place_with_the_true_numbers():
    upload = read(place(), b"Naam,Maker\nHulp,Vier\nHulp, nieuw,Vier\nKijker,Drie\n", "lijst.csv")

    assert [(line.place, line.outcome) for line in lines(upload)] == [
        ("regel 2", "NEW"), ("regel 3", "BAD"), ("regel 4", "NEW"),
    ]  # fmt: skip
    assert "Deze regel heeft 3 kolommen, maar er zijn 2 namen." in reasons(upload)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"Leverancier,Afdeling,Kleur\nVier,Radiologie,rood\n",
         ["Wij lazen deze kolommen: Leverancier, Afdeling.", "Deze kennen wij niet: Kleur.", "Wij missen: Naam."]),
        (b'"Leverancier";"Afdeling"\n"Vier";"Hart"\n', ["Leverancier, Afdeling.", "Wij missen: Naam."]),
        (b"Organisatie;Leverancier\nDe Linde;Vier\n", ["Organisatie, Leverancier.", "Wij missen: Naam."]),
        (b"kleur,maat\nrood,3", ["geen kolommen die wij kennen", "kleur, maat", "Wij missen: Naam."]),
        (workbook([("Leverancier", "Afdeling"), ("Vier", "Hart")]), ["Leverancier, Afdeling.", "Wij missen: Naam."]),
        (b"x" * 90_000 + b"," + b"y" * 90_000, ["Wij missen: Naam."]),
    ],
)  # fmt: skip
def test_file_without_names_says_which_columns_were_read_and_which_is_missing(data, words):
    upload = read(place(), data, "lijst")

    assert upload.state == "UNREADABLE"
    assert [word for word in words if word not in upload.error] == []
    assert len(upload.error) < 3_000


def test_list_that_is_broken_further_on_says_where():
    upload = read(place(), b'Naam,Maker\nHulp,Vier\nKijker,"Drie\n', "lijst.csv")

    assert upload.state == "UNREADABLE"
    assert "Op regel 3 begint een cel met een aanhalingsteken" in upload.error


def test_same_list_again_is_the_same():
    at = place()
    data = b"Naam,Leverancier\nHulp,Vier\n"
    taken(at, data)

    assert outcomes(read(at, data, "lijst.csv")) == ["UNCHANGED"]
