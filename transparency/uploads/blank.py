"""An empty list to begin with: which columns there are, what to write in each, and one invented row as an example."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from transparency.exchange.cleaning import plain
from transparency.exchange.composing import as_text, label
from transparency.exchange.readers.row import Row
from transparency.exchange.report import change
from transparency.field import Field, Kind, always, ended, in_use, is_device, never
from transparency.fields import ENTRY_FIELDS
from transparency.uploads.example import EXAMPLE
from transparency.vocabularies import vocabulary

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXPLANATION = "Uitleg"  # the sheet that says what to write
ROWS = 1_000  # under the names, that say what to write in them
LONGEST_PROMPT, LONGEST_TITLE = 255, 32  # characters that a spreadsheet shows beside a cell
_LONG = {Kind.TEXT, Kind.ANSWER, Kind.ROWS}
_HOW: dict[Kind, str | Promise] = {
    Kind.CHOICES: _("Meer dan één mag, met een komma ertussen."),
    Kind.ANSWER: _("Begin met een van deze woorden en een punt. Schrijf daarna uw uitleg."),
    Kind.NUMBER: _("Alleen een getal."),
    Kind.DATE: _("Een dag, zoals 2026-12-31."),
    Kind.MONTH: _("Een maand, zoals 2026-03."),
    Kind.URL: _("Een webadres. Het begint met https://."),
    Kind.ROWS: _("Meer dan één? Zet elk op een eigen regel in de cel."),
}
_NEEDED: dict[Any, str | Promise] = {
    always: _("Bij openbaar maken"),
    in_use: _("Bij openbaar maken, als u de AI gebruikt of gebruikte"),
    ended: _("Bij openbaar maken, als u gestopt bent"),
    is_device: _("Bij openbaar maken, als het een medisch hulpmiddel is"),
    never: _("Nee"),
}


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column that a list may have: its Dutch name, and what to write in it."""

    key: str
    name: str
    help: str | Promise
    needed: str | Promise
    choices: tuple[str, ...] = ()  # in Dutch, as they are to be written
    is_long: bool = False


def columns() -> list[Column]:
    """Those that can be filled in by hand: first the name and whose it is, then what every public text needs."""
    name, *others = (_column(f) for f in ENTRY_FIELDS if f.kind != Kind.ROWS or f.parts[0].kind == Kind.LINE)
    owner = Column(
        key="organisation", name="Organisatie", needed=_NEEDED[never],
        help=_("Mag leeg blijven. Dan geldt de organisatie die u kiest als u het bestand instuurt."),
    )  # fmt: skip
    return [name, owner, *sorted(others, key=lambda one: one.needed != _NEEDED[always])]


def _column(field: Field) -> Column:
    most = format_lazy(_("Niet meer dan {most} tekens."), most=field.max_length) if field.kind == Kind.TEXT else ""
    terms = vocabulary(field.vocabulary).terms if field.vocabulary else {}
    told = [part for part in (field.help, _HOW.get(field.kind, ""), most) if part]
    return Column(
        key=field.key,
        name=label(field.key),
        help=format_lazy(" ".join(["{}"] * len(told)), *told),
        needed=_("Ja, altijd") if field.key == "name" else _NEEDED[field.needed_when],
        choices=tuple(term.label_nl for term in terms.values()),
        is_long=field.kind in _LONG,
    )


# --- The file --------------------------------------------------------------------------------------------------------


@cache
def workbook() -> bytes:
    """The empty list as XLSX, in Dutch: what is written under other names cannot be read back."""
    book = Workbook()
    with translation.override("nl"):
        _list(book.worksheets[0])
        _explanation(book.create_sheet(EXPLANATION))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _list(sheet: Any) -> None:
    """The names of the columns, and the example under them."""
    sheet.title, sheet.freeze_panes = "Toepassingen", "B2"
    sheet.append([column.name for column in columns()])
    sheet.append([example_cells().get(column.key) for column in columns()])
    for place, column in enumerate(columns(), start=1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = 50 if column.is_long else 28
        sheet.add_data_validation(_prompt(column, f"{letter}2:{letter}{ROWS}"))
        sheet[f"{letter}2"].font = Font(italic=True)
    _set_out(sheet)


def _set_out(sheet: Any) -> None:
    """Names in bold, and every text whole."""
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")


def _prompt(column: Column, cells: str) -> DataValidation:
    """What a spreadsheet shows beside a cell, with a list to choose from where that fits; it refuses nothing."""
    listed = ",".join(column.choices)
    fits = column.choices and not column.is_long and listed.count(",") == len(column.choices) - 1
    made = DataValidation(sqref=cells, allow_blank=True, showErrorMessage=False, showInputMessage=True)
    if fits and len(listed) < LONGEST_PROMPT:
        made.type, made.formula1 = "list", f'"{listed}"'
    made.promptTitle, made.prompt = column.name[:LONGEST_TITLE], _what_to_write(column)[:LONGEST_PROMPT]
    return made


def _explanation(sheet: Any) -> None:
    """One line for each column; with its number in front, no line looks like the names of a list."""
    sheet.append(["Nummer en kolom", "Wat u schrijft", "Nodig"])
    for place, column in enumerate(columns(), start=1):
        sheet.append([f"{place}. {column.name}", _what_to_write(column), str(column.needed)])
    sheet.append(["Let op", "De regel met VOORBEELD is verzonnen. Haal die weg."])
    for letter, width in zip("ABC", (40, 90, 40), strict=True):
        sheet.column_dimensions[letter].width = width
    _set_out(sheet)


def _what_to_write(column: Column) -> str:
    listed = f"Kies: {'; '.join(column.choices)}." if column.choices else ""
    return " ".join(filter(None, (str(column.help), listed)))


# --- The example -----------------------------------------------------------------------------------------------------

_NAME_LEFT = "Dit is nog de naam van ons voorbeeld. Schrijf hier de naam van uw eigen AI."
_TEXT_LEFT = "Dit is nog de tekst van ons voorbeeld. Wij nemen hem niet over."


@cache
def example_cells() -> dict[str, str]:
    """The invented row, as it stands in the file, by key."""
    return {key: as_text(key, value) for key, value in EXAMPLE.items()}


def without_example(rows: Iterable[Row]) -> Iterator[Row]:
    """`rows` without the invented one; what is left of it in a row is not taken, or is said to be left.

    That our explanation holds no rows is no news to anybody.
    """
    texts = set(example_cells().values())
    for row in rows:
        row.notes = [note for note in row.notes if note.field != f"blad {EXPLANATION}"]
        answers = row.record if row.own is None else row.own["content"]
        if answers.get("name") != EXAMPLE["name"]:
            yield _without_texts(row)
        elif not {plain(cell).strip() for cell in row.raw.values() if cell} <= texts:
            row.refused = row.refused or change("name", EXAMPLE["name"], None, _NAME_LEFT)
            yield row


def _without_texts(row: Row) -> Row:
    """`row` without answers that say themselves that they are an example."""
    content = {} if row.own is None else row.own["content"]
    for key, text in example_cells().items():
        if "voorbeeld" in text.casefold() and content.get(key) == EXAMPLE[key]:
            row.changes.append(change(key, text, None, _TEXT_LEFT))
            del content[key]
    return row
