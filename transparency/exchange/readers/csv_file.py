"""CSV: the register's download (31 or 32 columns, any order), older ones, a hospital's own list, or our flat CSV."""

import csv
import io
from collections.abc import Iterator
from itertools import islice

from transparency.exchange.readers import columns
from transparency.exchange.readers.limits import MOST_COLUMNS, MOST_ROWS
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


def _refuse_wide_lines(text: str, delimiter: str) -> None:
    """Raise ExchangeError when a line has too many columns, before a list is made of them."""
    number, begin = 1, 0
    while begin < len(text):
        end = text.find("\n", begin)
        end = len(text) if end < 0 else end
        if text.count(delimiter, begin, end) > MOST_COLUMNS:
            raise ExchangeError(f"Regel {number} heeft te veel kolommen. Er mogen er {MOST_COLUMNS} zijn.")
        number, begin = number + 1, end + 1


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """(number as a spreadsheet counts, cells) of every line, the one with the headers too."""
    text = text.lstrip("\ufeff")
    if text[:4].lower() == "sep=":  # a line that Excel likes
        text = text.partition("\n")[2]
    delimiter = delimiter_of(text)
    _refuse_wide_lines(text, delimiter)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            if number > MOST_ROWS:
                raise ExchangeError(f"Er staan meer dan {MOST_ROWS} regels in het bestand. Deel het op.")
            yield number, cells
    except csv.Error as error:
        raise ExchangeError(
            f"Regel {reader.line_num} is niet te lezen: een cel is te lang, of een aanhalingsteken staat er verkeerd."
        ) from error
