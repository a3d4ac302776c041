"""Which format a file is in, by what is in it and never by its name."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from transparency.exchange.readers import (
    api_json,
    csv_file,
    full_json_2023,
    own_json,
    site_data,
    snapshot,
    templates,
    xlsx,
)
from transparency.exchange.readers.limits import MOST_ROWS, decode, parse_json, read_bytes
from transparency.exchange.readers.row import Row
from transparency.exchange.report import ExchangeError

FORMS = ("national-json", "full-json-2023", "site-data", "snapshot", "templates", "own-json", "csv", "xlsx")
_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
Read = tuple[str, Iterator[Row]]
Counted = tuple[str, Iterator[Row], int]


def read(path: Path) -> Read:
    """(name of the format, its rows) of the file `path`.

    Raises ExchangeError, at once or while the rows are read, when the file cannot be understood.
    """
    return read_data(read_bytes(path), path.stem)


def read_data(data: bytes, name: str = "") -> Read:
    """The same for the bytes of a file called `name`."""
    form, rows, _count = read_counted(data, name)
    return form, rows


def read_counted(data: bytes, name: str = "") -> Counted:
    """The same, with about how many rows there are; 0 when only reading them tells."""
    if not data.strip():
        raise ExchangeError("Het bestand is leeg.")
    if data.startswith(_ZIP):
        return "xlsx", xlsx.rows(data, name), 0
    if data.startswith(_OLD_EXCEL):
        raise ExchangeError("Dit is een oud of beveiligd Excel-bestand. Sla het op als XLSX, zonder wachtwoord.")
    text = decode(data)
    if text.lstrip()[:1] in ("{", "["):
        return _json(parse_json(text), name)
    if text.lstrip()[:1] == "<":
        raise ExchangeError("Dit is een webpagina of XML. Wij lezen JSON, CSV en XLSX.")
    return "csv", csv_file.rows(text, name), text.count("\n")


def _json(document: Any, name: str) -> Counted:
    if isinstance(document, dict):
        if isinstance(document.get("algoritme_versions"), list):
            return "site-data", site_data.rows(document, name), _few_enough(document["algoritme_versions"])
        if document.get("format") == own_json.FORMAT and isinstance(document.get("entries"), list):
            return "own-json", own_json.rows(document, name), _few_enough(document["entries"])
        if isinstance(document.get("algoritmes"), list) and _first(document["algoritmes"]) >= snapshot.MARKS:
            return "snapshot", snapshot.rows(document, name), _few_enough(document["algoritmes"])
    if templates.is_templates(document):
        return "templates", templates.rows(document, name), 1
    records = api_json.records_of(document)
    if records is None:
        raise ExchangeError("In deze JSON staan geen registraties die wij kennen.")
    count = _few_enough(records)
    if isinstance(document, list) and _first(records) >= full_json_2023.MARKS:
        return "full-json-2023", full_json_2023.rows(records, name), count
    return "national-json", api_json.rows(records, name), count


def _few_enough(records: list[Any]) -> int:
    """How many there are. Raises ExchangeError when those are too many."""
    if len(records) > MOST_ROWS:
        raise ExchangeError(f"Er staan meer dan {MOST_ROWS} registraties in het bestand. Deel het op.")
    return len(records)


def _first(records: list[Any]) -> set[str]:
    return set(records[0]) if records and isinstance(records[0], dict) else set()
