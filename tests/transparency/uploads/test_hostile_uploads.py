"""Files that are broken or meant to harm: one clear sentence that says what to do, and never much memory."""

import io
import os
import subprocess
import sys
import zipfile

import pytest
from django.conf import settings
from openpyxl import Workbook

from tests.transparency.exchange.test_hostile_files import BAD, BOMBS, rebuilt
from tests.transparency.uploads.helpers import HOSPITAL, as_json, lines, outcomes, place, read, reasons, row

pytestmark = pytest.mark.django_db
HEAD = "name,organisation,summary\n"
MOST_MEMORY = 500  # MB

# Every file of the command's own tests, and those that a browser may send beside them.
MORE = {
    "utf-16 without its mark": (HEAD.encode("utf-16-le"), "UTF-16"),
    "cp1252 with curly quotes": ((HEAD + f"Hulp,{HOSPITAL},“Kort”").encode("cp1252"), "Sla het op als UTF-8"),
    "latin-1": ((HEAD + f"Patiënt,{HOSPITAL},x").encode("latin-1"), "Sla het op als UTF-8"),
    "a million commas": (HEAD.encode() + b"a" + b"," * 1_000_000 + b"b", "kolommen"),
    "a line of commas only": (b"," * 1_000_000, "kolommen"),
    "very many values": (b"[" + b"{}," * 1_100_000 + b"{}]", "te veel waarden"),
    "very many rows": (b"[" + b"{}," * 60_000 + b"{}]", "Deel het op"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "UTF-"),
    "a program": (b"\x7fELF" + b"\xff" * 50, "UTF-8"),
}


@pytest.mark.parametrize("case", [*BAD, *MORE])
def test_file_that_cannot_be_read_says_what_to_do_and_changes_nothing(case):
    data, words = {**BAD, **MORE}[case]
    if not data.strip():
        data = b" \n"  # a form without a byte is refused before

    upload = read(place(), data, "lijst.xlsx")

    assert (upload.state, upload.lines.count()) == ("UNREADABLE", 0)
    assert words in upload.error


@pytest.mark.parametrize("case", list(BOMBS))
def test_workbook_that_would_fill_the_memory_is_refused(case):
    part, old, new, words = BOMBS[case]

    upload = read(place(), rebuilt(part, old, new), "lijst.xlsx")

    assert (upload.state, words in upload.error) == ("UNREADABLE", True)


def workbook(*sheets, macro=False):
    """A workbook with these rows; `macro`: with a program in it, as XLSM has."""
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Blad {number}")
        for cells in rows:
            sheet.append(cells)
    buffer = io.BytesIO()
    book.save(buffer)
    if macro:
        with zipfile.ZipFile(buffer, "a") as archive:
            archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" * 100)
    return buffer.getvalue()


ROWS = [["name", "organisation", "summary"], ["Hulp", HOSPITAL, "=1+1"]]


def test_formula_in_a_workbook_is_not_run():
    (line,) = lines(read(place(), workbook(ROWS), "lijst.xlsx"))

    assert line.outcome == "NEW"
    assert "summary" not in line.values  # the file holds no result of it


def test_formula_in_a_csv_is_only_text():
    (line,) = lines(read(place(), f"{HEAD}Hulp,{HOSPITAL},=1+1".encode(), "lijst.csv"))

    assert line.values["summary"] == "=1+1"


def test_workbook_with_a_macro_is_read_and_its_program_is_not():
    assert outcomes(read(place(), workbook(ROWS, macro=True), "lijst.xlsm")) == ["NEW"]


def test_workbook_with_many_sheets_is_read_where_there_are_columns():
    sheets = [[["losse tekst"]]] * 60 + [ROWS]

    assert outcomes(read(place(), workbook(*sheets), "lijst.xlsx")) == ["NEW"]


@pytest.mark.parametrize("name", ["lijst.csv", "lijst.exe", "lijst", "lijst.xlsx", "lijst.json.html"])
def test_what_a_file_is_stands_in_it_and_not_in_its_name(name):
    assert outcomes(read(place(), as_json(row()), name)) == ["NEW"]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_signs_between_cells_are_found(delimiter):
    data = f"{HEAD}Hulp,{HOSPITAL},Kort.\n".replace(",", delimiter).encode()

    assert outcomes(read(place(), data, "lijst.csv")) == ["NEW"]


def test_cell_of_a_megabyte_makes_one_row_bad():
    upload = read(place(), as_json(row(), row("Groot", technical="x" * 1_000_000)))

    assert outcomes(upload) == ["NEW", "BAD"]
    assert "Er mogen er hooguit 100000 zijn" in reasons(upload)


@pytest.mark.parametrize("text", ["a\0b", "a\u202eb", "a\u200bb", "\ud800", "\ufeffab"])
def test_signs_that_nobody_sees_do_not_come_in(text):
    (line,) = lines(read(place(), as_json(row(text, id=text, summary=text))))

    assert set("\0\u202e\u200b\ud800\ufeff") & set(str(line.values) + line.name + line.source_id) == set()


MEASURE = """
import sys
from pathlib import Path

import django

django.setup()
from tests.transparency.uploads import measured
from transparency.exchange.report import ExchangeError
from transparency.uploads.reading import read_file

for name, make in getattr(measured, sys.argv[1]).items():
    try:
        for row in read_file(make(), "")[1]:
            pass
        said = "read"
    except ExchangeError as error:
        said = str(error)
    status = Path("/proc/self/status").read_text()  # getrusage also counts the process that started this one
    most = int(status.split("VmHWM:")[1].split()[0]) // 1024
    print(name, most, said, sep="|")
"""


@pytest.mark.parametrize("which", ["CASES", pytest.param("SLOW", marks=pytest.mark.bench)])
def test_no_file_of_twenty_megabytes_takes_much_memory(which):
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}

    ended = subprocess.run(
        [sys.executable, "-c", MEASURE, which], cwd=settings.BASE_DIR, env=env, capture_output=True, text=True,
        check=True,
    )  # fmt: skip

    told = [line.split("|") for line in ended.stdout.splitlines()]
    assert told
    assert [(name, most) for name, most, _said in told if int(most) >= MOST_MEMORY] == [], ended.stdout
