"""JSON records with the national keys: a list, or an object that holds one (the register's API)."""

from collections.abc import Iterator
from typing import Any

from transparency.exchange.national import key_of
from transparency.exchange.readers.limits import too_long, unreadable
from transparency.exchange.readers.row import Row

LISTS = ("results", "items", "data", "records", "algoritmes", "algorithms")


def records_of(document: Any) -> list[Any] | None:
    """The list of records in `document`, or None when there is none."""
    if isinstance(document, list):
        return document
    if isinstance(document, dict):
        if found := next((document[key] for key in LISTS if isinstance(document.get(key), list)), None):
            return list(found)
        if key_of("name") in document and "organization" in document:
            return [document]
    return None


def one(number: int, raw: Any) -> Row:
    """One JSON record as a row; refused when it is no object."""
    if not isinstance(raw, dict):
        return Row(number=number, raw=raw, refused=unreadable(raw))
    return Row(number=number, raw=raw, record=dict(raw), refused=too_long(raw))


def rows(document: Any, name: str = "") -> Iterator[Row]:
    """Every record of `document`."""
    for number, raw in enumerate(records_of(document) or [], start=1):
        yield one(number, raw)
