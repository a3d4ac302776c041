"""XLSX: records as rows under our or the national headers, or the register's own sheet with records as columns."""

import datetime
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.escape import unescape

from portal.core.cells import is_error
from transparency.exchange.national import key_of
from transparency.exchange.readers import columns
from transparency.exchange.readers.limits import MOST_COLUMNS, MOST_ROWS
from transparency.exchange.readers.row import Row
from transparency.exchange.readers.workbook import check
from transparency.exchange.report import Change, ExchangeError, change, shown

MOST_CELLS = 2_000_000  # of all sheets together
LONGEST_TITLE = 31  # characters: what Excel allows
_HIDDEN = "Dit blad is verborgen. Wij lezen alleen bladen die u ziet. Wilt u het toch inlezen? Maak het dan zichtbaar."
_STRANGE = "Op dit blad herkennen wij de kolommen niet. Wij lezen het niet."
_LIKE_THOUSANDS = re.compile(r"-?\d{1,3}\.\d{3}")  # three decimals, which Dutch reads as a thousand times more
Grid = list[tuple[int, list[str]]]  # (number of the row or column, its cells)


@dataclass(kw_only=True)
class Sheet:
    """One sheet with something in it, every record a line."""

    title: str
    grid: Grid
    is_turned: bool  # its records stood as columns
    is_hidden: bool

    @property
    def is_known(self) -> bool:
        """Whether it has columns that we know."""
        return any(columns.knows(cells) for _number, cells in self.grid[: columns.MOST_ABOVE])

    def note(self) -> Change:
        """Why it is not read."""
        return change(f"blad {self.title}", None, None, _HIDDEN if self.is_hidden else _STRANGE)

    def place(self, number: int) -> str:
        """Where line `number` stands, for people."""
        line = f"kolom {get_column_letter(number)}" if self.is_turned else f"regel {number}"
        return f"blad {self.title}, {line}"


def rows(data: bytes, name: str = "") -> Iterator[Row]:
    """Every record of every sheet that people see, with columns (or row names) we know; the others are told.

    Raises ExchangeError when none has.
    """
    check(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        found = sheets(book)
    except ExchangeError:
        raise
    except Exception as error:  # openpyxl raises many kinds for a broken workbook
        raise ExchangeError("Dit spreadsheet-bestand is beschadigd. Sla het opnieuw op als XLSX.") from error
    if not found:
        raise ExchangeError("Het spreadsheet-bestand is leeg.")
    known = [sheet for sheet in found if sheet.is_known and not sheet.is_hidden]
    if not known:
        hidden = [f"{sheet.note().field}: {_HIDDEN}" for sheet in found if sheet.is_hidden]
        raise ExchangeError(" ".join([columns.UNKNOWN, *hidden]))
    notes = [sheet.note() for sheet in found if sheet not in known]
    is_empty = True
    for sheet in known:
        needs_place = len(found) > 1 or sheet.is_turned
        for row in columns.rows(iter(sheet.grid), place=sheet.place if needs_place else columns.nowhere, notes=notes):
            is_empty = False
            yield row
    if is_empty and notes:  # there is no row to tell them with
        told = [f"{note.field}: {note.reason}" for note in notes]
        raise ExchangeError(" ".join(["Onder de namen van de kolommen staat niets.", *told]))


def sheets(book: Any) -> list[Sheet]:
    """Every sheet with something in it."""
    made: list[Sheet] = []
    room = MOST_CELLS
    for found in book.worksheets:
        grid = _grid(found, room)
        room -= sum(len(line) for _number, line in grid)
        if grid:
            turned = _has_records_as_columns(grid)
            made.append(
                Sheet(
                    title=shown(found.title)[:LONGEST_TITLE], grid=_transposed(grid) if turned else grid,
                    is_turned=turned, is_hidden=found.sheet_state != "visible",
                )
            )  # fmt: skip
    return made


def _grid(sheet: Any, room: int) -> Grid:
    """The filled lines of a sheet as text, records as rows; at most `room` cells."""
    if not hasattr(sheet, "iter_rows"):
        return []  # a chart
    sheet.reset_dimensions()  # what a file says of its own size is not to be believed
    grid: Grid = []
    total = 0
    for number, found in enumerate(sheet.iter_rows(), start=1):
        cells = list(found)
        while cells and cells[-1].value is None:  # a sheet that was once coloured to its edge
            cells.pop()
        total += len(cells)
        if len(grid) > MOST_ROWS or len(cells) > MOST_COLUMNS or total > room:
            raise ExchangeError(f"Het blad {sheet.title} heeft te veel rijen of kolommen. Deel het op.")
        if any(line := [_text(cell) for cell in cells]):
            grid.append((number, line))
    return grid


def _has_records_as_columns(grid: Grid) -> bool:
    down = sum(bool(key_of(line[0])) for _number, line in grid)
    return down > 3 and down > sum(bool(key_of(cell)) for cell in grid[0][1])


def _transposed(grid: Grid) -> Grid:
    """The columns as rows, numbered by their place."""
    width = max(len(line) for _number, line in grid)
    if width * len(grid) > MOST_CELLS:
        raise ExchangeError("Een blad heeft te veel rijen of kolommen. Deel het op.")
    named = [
        [line[0] if line[0].strip() else f"(rij {number})", *line[1:], *[""] * (width - len(line))]
        for number, line in grid
    ]
    return [(place, list(record)) for place, record in enumerate(zip(*named, strict=True), start=1)]


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Ja" if value else "Nee"
    if isinstance(value, datetime.datetime) and value.time() != datetime.time():  # a day alone comes as midnight
        return value.isoformat(" ", "seconds")
    if isinstance(value, datetime.datetime | datetime.date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, float) and _LIKE_THOUSANDS.fullmatch(text := str(value)):
        return text.replace(".", ",")
    text = str(unescape(str(value)))  # "_x000D_" is how XLSX writes a character that XML does not allow
    if is_error(text) and cell.data_type != "e" and cell.style_array.quotePrefix:
        return f"'{text}"  # words that look like an error: the apostrophe says so, here as in a CSV
    return text
