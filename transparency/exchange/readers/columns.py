"""Rows of cells under headers, from CSV or XLSX: the national columns or our own."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from transparency.exchange import flat
from transparency.exchange.cleaning import plain
from transparency.exchange.groupings import parse
from transparency.exchange.national import BY_KEY, Shape, key_of
from transparency.exchange.readers.limits import too_long
from transparency.exchange.readers.row import Row
from transparency.exchange.report import ExchangeError, change

MOST_ABOVE = 20  # lines in which we look for the headers


def is_national(headers: Iterable[str]) -> bool:
    """Whether `headers` are the national ones rather than ours. Raises ExchangeError when they are neither."""
    names = [header for header in headers if header.strip()]
    theirs, ours = sum(bool(key_of(name)) for name in names), sum(bool(flat.column_of(name)) for name in names)
    national = {key_of(name) for name in names} >= {"name", "organization"}
    own = {flat.column_of(name) for name in names} >= {"name", "organisation"}
    if not national and not own:
        raise ExchangeError(
            "Wij herkennen de kolommen niet. Zet bovenaan de namen, met in elk geval naam en organisatie."
        )
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


def rows(lines: Iterator[tuple[int, list[str]]]) -> Iterator[Row]:
    """Every line under the headers as a row; `lines` gives (number, cells). Raises ExchangeError without headers."""
    headers = _headers(lines)
    national = is_national(headers)
    names = _unique(headers)
    for number, cells in lines:
        if not any(plain(cell).strip() for cell in cells):
            continue
        raw = {name: cell for name, cell, header in zip(names, cells, headers, strict=False) if header.strip() or cell}
        if len(cells) > len(names) and any(plain(cell).strip() for cell in cells[len(names) :]):
            extra = {f"(kolom {place})": cell for place, cell in enumerate(cells, start=1) if place > len(names)}
            count = f"Deze regel heeft {len(cells)} kolommen, maar er zijn {len(names)} namen."
            reason = f"{count} Staat er een komma of aanhalingsteken te veel?"
            yield Row(number=number, raw={**raw, **extra}, refused=change("", cells[len(names) :], None, reason))
        else:
            yield national_row(number, raw) if national else flat.own_row(number, raw)


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
