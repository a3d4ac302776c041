"""CSV: the register's download (31 or 32 columns, any order), older ones, a hospital's own list, or our flat CSV."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

from transparency.exchange.readers import columns
from transparency.exchange.readers.limits import MOST_COLUMNS, MOST_ROWS, line_after
from transparency.exchange.readers.row import Row
from transparency.exchange.report import ExchangeError

DELIMITERS = ",;\t|"
LONGEST_HEADER = 100_000  # characters in which the headers must stand


def rows(text: str, name: str = "") -> Iterator[Row]:
    """Every line under the header. Raises ExchangeError when this is no CSV with columns we know."""
    yield from columns.rows(_lines(text))


def delimiter_of(text: str) -> str:
    """The character with which one of the first lines gives columns that we know, or else a comma."""
    for delimiter in DELIMITERS:
        lines = csv.reader(io.StringIO(text[:LONGEST_HEADER], newline=""), delimiter=delimiter)
        if any(columns.knows(cells) for cells in islice(lines, columns.MOST_ABOVE)):
            return delimiter
    return ","


_QUOTED = r'"[^"]*+(?:""[^"]*+)*+'  # a cell in quotes, without the last one


def _refuse_wide_lines(text: str, delimiter: str) -> None:
    """Raise ExchangeError when a line has too many columns, before a list is made of them."""
    if text.count(delimiter) < MOST_COLUMNS:
        return
    mark = re.escape(delimiter)
    cell = rf'(?:{_QUOTED}"?+)?+[^{mark}\r\n]*+'
    line = re.compile(rf"(?:{cell}{mark}){{0,{MOST_COLUMNS - 1}}}+{cell}(?:\r\n?|\n|\Z)")
    position = 0
    while position < len(text):
        found = line.match(text, position)
        if found is None:
            number = line_after(text[:position])
            raise ExchangeError(f"Regel {number} heeft te veel kolommen. Er mogen er {MOST_COLUMNS} zijn.")
        position = found.end()


def _fault(text: str, delimiter: str, number: int) -> str:
    """Why `text` cannot be read on at line `number`; a quote without its end is wrong where it begins."""
    mark = re.escape(delimiter)
    for cell in re.finditer(rf'(?:\A|(?<=[{mark}\r\n])){_QUOTED}("(?=[{mark}\r\n]|\Z))?+', text):
        if cell[1] is None:
            begin = line_after(text[: cell.start()])
            return (
                f"Op regel {begin} begint een cel met een aanhalingsteken, maar zij eindigt er niet goed mee. "
                "Sluit de cel, of schrijf een aanhalingsteken in de tekst twee keer."
            )
    return f"Regel {number} is niet te lezen: een cel is te lang, of een aanhalingsteken staat er verkeerd."


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """(number as a spreadsheet counts, cells) of every line, the one with the headers too."""
    text = text.lstrip("\ufeff")
    if text[:4].lower() == "sep=":  # a line that Excel likes
        text = re.sub(r"\A[^\r\n]*(?:\r\n?|\n)?", "", text)
    delimiter = delimiter_of(text)
    _refuse_wide_lines(text, delimiter)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            if number > MOST_ROWS:
                raise ExchangeError(f"Er staan meer dan {MOST_ROWS} regels in het bestand. Deel het op.")
            yield number, cells
    except csv.Error as error:
        raise ExchangeError(_fault(text, delimiter, reader.line_num)) from error
