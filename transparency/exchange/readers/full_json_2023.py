"""The full JSON of 2023: one list with the columns of all versions together, empty ones null."""

from collections.abc import Iterator
from typing import Any

from transparency.exchange.readers.api_json import one
from transparency.exchange.readers.row import Row

MARKS = {"lars", "released", "decision_making_process"}


def rows(document: Any, name: str = "") -> Iterator[Row]:
    """Every record; the columns that its version does not have are empty and say nothing."""
    for number, raw in enumerate(document, start=1):
        row = one(number, raw)
        row.record = {key: value for key, value in row.record.items() if value is not None}
        yield row
