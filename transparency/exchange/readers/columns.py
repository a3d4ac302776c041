"""Rows of cells under headers, from CSV or XLSX: the national columns or our own."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice, zip_longest
from typing import Any

from transparency.exchange import flat
from transparency.exchange.cleaning import CELL_ERROR, is_cell_error, plain
from transparency.exchange.groupings import parse
from transparency.exchange.national import BY_KEY, Shape, key_of
from transparency.exchange.readers.limits import too_long
from transparency.exchange.readers.row import Row
from transparency.exchange.report import Change, ExchangeError, change

MOST_ABOVE = 20  # lines in which we look for the headers
LONGEST_NAME = 200  # characters of the name of a column
UNKNOWN = "Wij herkennen de kolommen niet. Zet bovenaan de namen, met in elk geval naam en organisatie."
_AGAIN = "Hier staan de namen van de kolommen nog een keer. Deze regel slaan wij over."
_OTHERS = "Hier staan andere namen van kolommen. De regels hieronder lezen wij met deze namen."


def is_national(headers: Iterable[str]) -> bool:
    """Whether `headers` are the national ones rather than ours. Raises ExchangeError when they are neither."""
    names = [header for header in headers if header.strip()]
    theirs, ours = sum(bool(key_of(name)) for name in names), sum(bool(flat.column_of(name)) for name in names)
    national = {key_of(name) for name in names} >= {"name", "organization"}
    own = {flat.column_of(name) for name in names} >= {"name", "organisation"}
    if not national and not own:
        raise ExchangeError(UNKNOWN)
    return national and (theirs >= ours or not own)


def knows(headers: Iterable[str]) -> bool:
    """Whether `headers` are the national ones or ours."""
    try:
        is_national(headers)
    except ExchangeError:
        return False
    return True


def _headers(lines: Iterator[tuple[int, list[str]]]) -> list[str]:
    """The first of `lines` with columns that we know, or an empty list: a list may have a title above it."""
    return next((cells for _number, cells in islice(lines, MOST_ABOVE) if knows(cells)), [])


def nowhere(number: int) -> str:
    """The place of a line whose number says enough."""
    return ""


def rows(
    lines: Iterator[tuple[int, list[str]]],
    *,
    place: Callable[[int], str] = nowhere,
    notes: list[Change] | None = None,
) -> Iterator[Row]:
    """Every line under the headers as a row; `lines` gives (number, cells). Raises ExchangeError without headers.

    `place` says where a line stands when its number does not, `notes` is what there is to say about the file.
    """
    notes = [] if notes is None else notes
    waiting: Row | None = None  # until the line under it is read: a note about that one is then there too
    for row in _rows(lines, place, notes):
        row.place, row.notes = place(row.number), notes
        if waiting is not None:
            yield waiting
        waiting = row
    if waiting is not None:
        yield waiting


def _rows(lines: Iterator[tuple[int, list[str]]], place: Callable[[int], str], notes: list[Change]) -> Iterator[Row]:
    headers = _headers(lines)
    national, names = is_national(headers), _unique(headers)
    for number, cells in lines:
        if not any(plain(cell).strip() for cell in cells):
            continue
        if _names_columns(cells):  # two files in one
            is_other = _mean_other(headers, cells)
            if is_other:
                headers, national, names = cells, is_national(cells), _unique(cells)
            reason = _OTHERS if is_other else _AGAIN
            notes.append(change(place(number) or f"regel {number}", ", ".join(cells), None, reason))
            continue
        raw = {name: cell for name, cell, header in zip(names, cells, headers, strict=False) if header.strip() or cell}
        if len(cells) > len(names) and any(plain(cell).strip() for cell in cells[len(names) :]):
            extra = {f"(kolom {place})": cell for place, cell in enumerate(cells, start=1) if place > len(names)}
            count = f"Deze regel heeft {len(cells)} kolommen, maar er zijn {len(names)} namen."
            reason = f"{count} Staat er een komma of aanhalingsteken te veel?"
            yield Row(number=number, raw={**raw, **extra}, refused=change("", cells[len(names) :], None, reason))
        else:
            yield _row(number, raw, national=national)


def _names_columns(cells: list[str]) -> bool:
    """Whether `cells` are names of columns; the first of them tells that most lines are not."""
    first = next(cell for cell in cells if plain(cell).strip())
    is_name = len(first) <= LONGEST_NAME and bool(key_of(first) or flat.column_of(first))
    return is_name and all(len(cell) <= LONGEST_NAME for cell in cells) and knows(cells)


def _mean_other(headers: list[str], cells: list[str]) -> bool:
    """Whether a name in `cells` is of another column than the one that stands there in `headers`."""
    pairs = [(key_of(cell) or flat.column_of(cell), key_of(name) or flat.column_of(name))
             for cell, name in zip_longest(cells, headers, fillvalue="")]  # fmt: skip
    return any(cell and cell != name for cell, name in pairs)


def _row(number: int, raw: dict[str, Any], *, national: bool) -> Row:
    """A line as a row, without the cells that a spreadsheet could not work out."""
    told = [change(header, cell, None, CELL_ERROR) for header, cell in raw.items() if is_cell_error(cell)]
    known = {header: cell for header, cell in raw.items() if not is_cell_error(cell)} if told else raw
    row = national_row(number, known) if national else flat.own_row(number, known)
    row.raw, row.changes = raw, [*told, *row.changes]
    return row


def _unique(headers: list[str]) -> list[str]:
    """The headers, with the place behind one that stands there twice or is empty, so that its cells are kept too."""
    names: list[str] = []
    for place, header in enumerate(headers, start=1):
        name = header.strip().lstrip("\ufeff") or f"(kolom {place})"
        while name in names:
            name += f" ({place})"
        names.append(name)
    return names


def national_row(number: int, raw: dict[str, Any]) -> Row:
    """One row of national columns: lists that were flattened into one cell are lists again."""
    row = Row(number=number, raw=raw, refused=too_long(raw))
    for header, cell in raw.items():
        key, text = key_of(header), plain(cell)
        if text.strip() and key in row.record:
            row.changes.append(
                change(header, cell, None, "Er is nog een kolom voor dit veld. Die geldt. Deze blijft bewaard.")
            )
        elif text.strip():
            row.record[key or header] = text if key not in BY_KEY else _cell(row, key, text)
    return row


def _cell(row: Row, key: str, text: str) -> Any:
    field = BY_KEY[key]
    if field.shape == Shape.ENUMS:
        parts = [part.strip() for part in text.split(",")]
        return parts if all(part in field.values for part in parts) else text
    if field.shape != Shape.LINKS:
        return text
    items = parse(text)
    if items is None:
        row.changes.append(
            change(key, text, text, "Wij konden deze lijst niet lezen. De tekst staat nu bij de toelichting.")
        )
        return text
    return items
