"""The files we give: national JSON and CSV, our own JSON, a flat CSV and XLSX, made piece by piece."""

import csv
import html
import io
import json
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from portal.core.cells import escape, unescape
from transparency.exchange import flat
from transparency.exchange.exporting import content_of, national_record, own_document
from transparency.exchange.groupings import flatten
from transparency.exchange.markup import has_tags, shorten, to_line, without_surrogates
from transparency.exchange.national import CSV_COLUMNS
from transparency.exchange.readers.own_json import FORMAT
from transparency.exchange.report import Change, change
from transparency.field import Content
from transparency.models import Entry

LICENCE = "CC0-1.0"
BATCH = 200
PIECE = 64 * 1024
LONGEST_CELL = 32_767  # characters in one cell of a spreadsheet
# What XML cannot hold, and the underscore that would make other text look like its escape.
_NOT_XML = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")
Report = Callable[[Entry, Change], None]
TextOf = Callable[[Entry], Content]  # which text of an entry goes out


def each(entries: QuerySet[Entry]) -> Iterator[Entry]:
    """The entries in batches, so that a large register does not fill the memory."""
    yield from entries.iterator(chunk_size=BATCH)


def _json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:  # a lone surrogate that came so: JSON can write it only as an escape
        return json.dumps(value, ensure_ascii=True)
    return text


def _array(items: Iterable[Any]) -> Iterator[str]:
    start = "[\n"
    for item in items:
        yield start + _json(item)
        start = ",\n"
    yield "[]" if start == "[\n" else "\n]"


def _records(entries: QuerySet[Entry], report: Report, text: TextOf = content_of) -> Iterator[dict[str, Any]]:
    for entry in each(entries):
        exported = national_record(entry, text(entry))
        for made in exported.changes:
            report(entry, made)
        yield exported.record


def national_json(entries: QuerySet[Entry], report: Report, *, text: TextOf = content_of) -> Iterator[str]:
    """The entries as one JSON list of records of 1.0."""
    yield from _array(_records(entries, report, text))
    yield "\n"


def national_csv(entries: QuerySet[Entry], report: Report) -> Iterator[str]:
    """The register's own CSV: its columns in its order, everything quoted, no tags, one line a record.

    It is their format to the letter, so cells are not guarded against formulas; `flat_csv` is for a spreadsheet.
    """
    yield "\ufeff" + _line(CSV_COLUMNS)
    for record in _records(entries, report):
        yield _line([_cell(record.get("lars" if column == "algorithm_id" else column)) for column in CSV_COLUMNS])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        rows = [row for row in value if isinstance(row, dict)]
        return without_surrogates(flatten(rows)) if rows else ", ".join(str(part) for part in value)
    text = without_surrogates(str(value))
    return to_line(text) if has_tags(text) else " ".join(html.unescape(text).splitlines())


def _line(cells: Iterable[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerow(cells)
    return buffer.getvalue()


# --- Our own files ---------------------------------------------------------------------------------------------------


def own_json(entries: QuerySet[Entry], report: Report, *, with_versions: bool = False) -> Iterator[str]:
    """The entries in our own JSON, all versions too when asked."""
    yield from own_json_of(own_document(entry, with_versions=with_versions) for entry in each(entries))


def own_json_of(documents: Iterable[dict[str, Any]]) -> Iterator[str]:
    """A file of our own JSON that holds `documents`."""
    yield f'{{"format": "{FORMAT}", "format_version": "1.0", "licence": "{LICENCE}", "entries": '
    yield from _array(documents)
    yield "}\n"


def flat_csv(entries: QuerySet[Entry], report: Report, *, text: TextOf = content_of) -> Iterator[str]:
    """One row per entry under our keys, safe to open in a spreadsheet (`portal.core.cells`)."""
    yield "\ufeff" + _line(flat.headers())
    for entry in each(entries):
        yield _line([escape(cell) for cell in flat.cells(own_document(entry, content=text(entry)))])


def xlsx(entries: QuerySet[Entry], report: Report, *, text: TextOf = content_of) -> Iterator[bytes]:
    """The rows of `flat_csv` as one sheet; every cell is text, so that none can be a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Toepassingen")
    sheet.freeze_panes = "A2"
    sheet.append(list(flat.headers()))
    for entry in each(entries):
        found = zip(flat.headers(), flat.cells(own_document(entry, content=text(entry))), strict=True)
        sheet.append([_text_cell(sheet, _fitting(entry, key, cell, report)) for key, cell in found])
    with tempfile.TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def _fitting(entry: Entry, key: str, cell: str, report: Report) -> str:
    if len(cell) <= LONGEST_CELL:
        return cell
    short = "" if cell.startswith(("[", "{")) else shorten(cell, LONGEST_CELL)
    report(entry, change(key, cell, short, f"In een cel passen {LONGEST_CELL} tekens. Neem JSON voor de hele tekst."))
    return short


def _text_cell(sheet: Any, text: str) -> Any:
    if not text:
        return None
    if unescape(text) != text:  # an apostrophe that reading would take for the guard of a CSV
        text = f"'{text}"
    escaped = _NOT_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    if not text.startswith(("=", "#")):  # these would become a formula or an error; all else that is text stays text
        return escaped
    cell = WriteOnlyCell(sheet)
    cell.value = escaped
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell
