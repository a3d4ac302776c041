"""The rows of a file that an organisation sends in. Its own list need not say whose it is: that stands on the form."""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice

import openpyxl

from transparency.exchange import flat
from transparency.exchange.cleaning import plain
from transparency.exchange.detect import Counted, read_counted
from transparency.exchange.national import key_of
from transparency.exchange.readers import columns, csv_file, xlsx
from transparency.exchange.readers.limits import decode
from transparency.exchange.readers.row import Row
from transparency.exchange.report import ExchangeError, change, shown
from transparency.uploads.blank import without_example

OWNER = "organisatie"  # the column that we think behind those of a list
LONGEST_TOLD, MOST_TOLD = 60, 30  # characters of a column's name, and columns, in a message
_ENDS = "\r\n"
Line = tuple[int, list[str]]  # where it ends in the file, its cells


def read_file(data: bytes, name: str) -> Counted:
    """(name of the format, its rows, about how many). Raises ExchangeError, at once or while the rows are read."""
    form, rows, count = read_counted(data, name)
    return form, without_example(_rows(form, data, rows)) if form in {"csv", "xlsx"} else rows, count


def _rows(form: str, data: bytes, rows: Iterator[Row]) -> Iterator[Row]:
    """`rows`, or when the reader knows no columns, those of a list that does not say whose it is."""
    try:
        first = next(rows, None)
    except ExchangeError as error:
        fault = ExchangeError(str(error))  # the error itself holds on to everything that was read of the file
    else:
        yield from [] if first is None else [first]
        yield from rows
        return
    yield from map(_checked, _of_csv(decode(data), fault) if form == "csv" else _of_workbook(data, fault))


def _is_header(cells: Iterable[str]) -> bool:
    return columns.knows([*cells, OWNER])


def _of_csv(text: str, fault: ExchangeError) -> Iterator[Row]:
    """The rows, with a column behind the names of the others, by which the reader knows them.

    Raises `fault` when it knew them without; when there are no names, what is missing.
    """
    seen = [(delimiter, *line) for delimiter in csv_file.DELIMITERS for line in _top(text, delimiter)]
    if any(columns.knows(cells) for _delimiter, _end, cells in seen):
        raise fault
    for delimiter, end, cells in seen:
        if _is_header(cells):
            return csv_file.rows(f"{text[:end].rstrip(_ENDS)}{delimiter}{OWNER}\n{text[end:]}")
    raise ExchangeError(_what_is_missing(cells for _delimiter, _end, cells in seen)) from fault


def _top(text: str, delimiter: str) -> Iterator[Line]:
    """The first lines."""
    stream = io.StringIO(text[: csv_file.LONGEST_HEADER], newline="")
    for cells in islice(csv.reader(iter(stream.readline, ""), delimiter=delimiter), columns.MOST_ABOVE):
        yield stream.tell(), cells


def _of_workbook(data: bytes, fault: ExchangeError) -> Iterator[Row]:
    """The same of every sheet that people see and that has names of columns."""
    if not str(fault).startswith(columns.UNKNOWN):
        raise fault
    sheets = xlsx.sheets(openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True))
    found = [sheet for sheet in sheets if not sheet.is_hidden and any(map(_is_header, _above(sheet)))]
    if not found:
        missing = _what_is_missing(cells for sheet in sheets if not sheet.is_hidden for cells in _above(sheet))
        raise ExchangeError(missing + str(fault).removeprefix(columns.UNKNOWN)) from fault
    notes = [sheet.note() for sheet in sheets if sheet not in found]
    for sheet in found:
        begin = next(place for place, cells in enumerate(_above(sheet)) if _is_header(cells))
        (number, names), *lines = sheet.grid[begin:]
        where = sheet.place if len(sheets) > 1 or sheet.is_turned else columns.nowhere
        yield from columns.rows(iter([(number, [*names, OWNER]), *lines]), place=where, notes=notes)


def _above(sheet: xlsx.Sheet) -> list[list[str]]:
    return [cells for _number, cells in sheet.grid[: columns.MOST_ABOVE]]


def _checked(row: Row) -> Row:
    """`row`, refused when something stands behind the last column: which value is in the wrong place, nobody knows."""
    names = list(row.raw)
    if OWNER in names:
        place = names.index(OWNER)
        behind = [cell for cell in list(row.raw.values())[place:] if plain(cell).strip()]
        count = f"Deze regel heeft {len(names)} kolommen, maar er zijn {place} namen."
        row.refused = change("", behind, None, f"{count} Staat er een komma te veel?") if behind else row.refused
    return row


# --- What is missing -------------------------------------------------------------------------------------------------


def _what_is_missing(lines: Iterable[list[str]]) -> str:
    """Which columns we read where the names should be, and which one is not there."""
    filled = [[shown(cell)[:LONGEST_TOLD] for cell in cells if plain(cell).strip()] for cells in lines]
    read = max(filled, key=lambda names: (sum(map(_is_known, names)), len(names) > 1), default=[])
    known, strange = ([name for name in read if _is_known(name) == wanted][:MOST_TOLD] for wanted in (True, False))
    told = [
        f"Wij lazen deze kolommen: {', '.join(known)}." if known else "Wij lazen geen kolommen die wij kennen.",
        f"Deze kennen wij niet: {', '.join(strange)}." if strange else "",
        "Wij missen: Naam. Zet boven elke kolom haar naam, of begin met het lege voorbeeldbestand.",
    ]
    return " ".join(filter(None, told))


def _is_known(name: str) -> bool:
    return bool(flat.column_of(name) or key_of(name))
