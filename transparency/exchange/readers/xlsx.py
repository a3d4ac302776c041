"""XLSX: records as rows under our or the national headers, or the register's own sheet with records as columns."""

import datetime
import io
from collections.abc import Iterator
from typing import Any

import openpyxl
from openpyxl.utils.escape import unescape

from transparency.exchange.national import key_of
from transparency.exchange.readers import columns
from transparency.exchange.readers.limits import MOST_COLUMNS, MOST_ROWS
from transparency.exchange.readers.row import Row
from transparency.exchange.readers.workbook import check
from transparency.exchange.report import ExchangeError

MOST_CELLS = 2_000_000  # of all sheets together
Grid = list[tuple[int, list[str]]]  # (number of the row, its cells)


def rows(data: bytes, name: str = "") -> Iterator[Row]:
    """Every record of every sheet that has columns (or row names) we know. Raises ExchangeError when none has."""
    check(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = _sheets(book)
    except ExchangeError:
        raise
    except Exception as error:  # openpyxl raises many kinds for a broken workbook
        raise ExchangeError("Dit spreadsheet-bestand is beschadigd. Sla het opnieuw op als XLSX.") from error
    if not sheets:
        raise ExchangeError("Het spreadsheet-bestand is leeg.")
    known = [grid for grid in sheets if any(columns.knows(cells) for _number, cells in grid[: columns.MOST_ABOVE])]
    for grid in known or sheets[:1]:
        yield from columns.rows(iter(grid))


def _sheets(book: Any) -> list[Grid]:
    """Every sheet with something in it."""
    sheets: list[Grid] = []
    room = MOST_CELLS
    for sheet in book.worksheets:
        grid = _grid(sheet, room)
        room -= sum(len(line) for _number, line in grid)
        sheets += [grid] if grid else []
    return sheets


def _grid(sheet: Any, room: int) -> Grid:
    """The filled lines of a sheet as text, records as rows; at most `room` cells."""
    if not hasattr(sheet, "iter_rows"):
        return []  # a chart
    sheet.reset_dimensions()  # what a file says of its own size is not to be believed
    grid: Grid = []
    total = 0
    for number, found in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = list(found)
        while cells and cells[-1] is None:  # a sheet that was once coloured to its edge
            cells.pop()
        total += len(cells)
        if len(grid) > MOST_ROWS or len(cells) > MOST_COLUMNS or total > room:
            raise ExchangeError(f"Het blad {sheet.title} heeft te veel rijen of kolommen. Deel het op.")
        if any(line := [_text(cell) for cell in cells]):
            grid.append((number, line))
    return _transposed(grid) if grid and _has_records_as_columns(grid) else grid


def _has_records_as_columns(grid: Grid) -> bool:
    down = sum(bool(key_of(line[0])) for _number, line in grid)
    return down > 3 and down > sum(bool(key_of(cell)) for cell in grid[0][1])


def _transposed(grid: Grid) -> Grid:
    """The columns as rows, numbered by their place."""
    width = max(len(line) for _number, line in grid)
    if width * len(grid) > MOST_CELLS:
        raise ExchangeError("Een blad heeft te veel rijen of kolommen. Deel het op.")
    named = [line + [""] * (width - len(line)) for _number, line in grid if line[0].strip()]
    return [(place, list(record)) for place, record in enumerate(zip(*named, strict=True), start=1)]


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "Ja" if cell else "Nee"
    if isinstance(cell, datetime.datetime | datetime.date):
        return cell.strftime("%Y-%m-%d")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(unescape(str(cell)))  # "_x000D_" is how XLSX writes a character that XML does not allow
