"""What the tests of the exchange share: the invented files, one way in and one way out."""

import datetime
import io
import json
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from transparency.exchange import files
from transparency.exchange.applying import apply
from transparency.exchange.detect import read, read_data
from transparency.exchange.exporting import public_entries
from transparency.exchange.importing import Planner
from transparency.exchange.plan import Plan

DATA = Path(__file__).parent / "data"
RECORD = {
    "name": "Hulp",
    "organization": "Zorggroep",
    "description_short": "Kort.",
    "lars": "1",
    "goal": "<p>Doel.</p>",
}
NOW = datetime.datetime(2026, 11, 22, 9, 0, tzinfo=datetime.UTC)


def data_json(name: str) -> Any:
    """An invented file as Python."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def as_bytes(document: Any) -> bytes:
    """A document as the bytes of a JSON file."""
    return json.dumps(document, ensure_ascii=True).encode()


def take_in(
    source: Path | bytes, *, publish: bool = False, skip_bad: bool = False, now: Any = NOW, **more: Any
) -> Plan:
    """Import a file and give back what was planned."""
    form, rows = read(source) if isinstance(source, Path) else read_data(source)
    made = Planner(publish=publish, **more).take(rows, form)
    apply(made, by=None, now=now, skip_bad=skip_bad)
    return made


def planned(data: bytes) -> Plan:
    """What importing a file would do."""
    form, rows = read_data(data)
    return Planner().take(rows, form)


def outcomes(made: Plan) -> list[str]:
    """What was done with each record, in order."""
    return [item.outcome.value for item in made.items]


def written(kind: Any, **more: Any) -> str:
    """The public register in one of the text formats."""
    return "".join(kind(public_entries(), lambda entry, change: None, **more))


def national() -> list[dict[str, Any]]:
    """The public register as national JSON."""
    return json.loads(written(files.national_json))


def workbook(*sheets: list[list[Any]]) -> bytes:
    """A spreadsheet with these rows."""
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Blad {number}")
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def cells_of(data: bytes) -> list[tuple[Any, ...]]:
    """The cells of the first sheet."""
    return list(load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True))


def one(**values):
    """A file with one record."""
    return as_bytes([{**RECORD, **values}])
