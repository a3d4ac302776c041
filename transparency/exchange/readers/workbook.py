"""Looking into a workbook before it is opened: a small file that would fill the memory is refused."""

import io
import zipfile
from typing import Any
from xml.parsers import expat

from transparency.exchange.report import ExchangeError

MOST_UNPACKED = 128 * 1024 * 1024  # bytes of all parts together
MOST_PARTS = 2_000
MOST_DEPTH = 50  # elements inside each other
MOST_TOGETHER = 50_000  # elements of one row, or of one shared text: the reader forgets them after each
MOST_LOOSE = 100_000  # elements of one part outside those (styles, merged cells): the reader keeps them all
MOST_TEXTS = 500_000  # shared texts: the reader keeps them all
LONGEST_TOKEN = 1024 * 1024  # bytes without the end of a tag: one tag or one text
PIECE = 64 * 1024

_SPREADSHEET = "xl/workbook.xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ROW, _TEXT = f"{_MAIN} row", f"{_MAIN} si"
_TOO_LARGE = "Dit bestand is uitgepakt veel te groot. Wij openen het niet."


def check(data: bytes) -> None:
    """Raise ExchangeError when `data` is no workbook, is packed to burst, or declares entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if _SPREADSHEET not in {part.filename for part in parts}:
                raise ExchangeError("Dit is een zip-bestand, geen spreadsheet (XLSX).")
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise ExchangeError(_TOO_LARGE)
            for part in parts:
                _check_part(archive, part)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError) as error:
        raise ExchangeError(
            "Dit spreadsheet-bestand is beschadigd of beveiligd. Wij kunnen het niet openen."
        ) from error


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Walk through a part without keeping it. One that is no XML (an image) the reader cannot open either."""
    parser = _Counter().parser()
    without_end = 0
    with archive.open(part) as stream:
        while piece := stream.read(PIECE):
            end = piece.rfind(b">")
            without_end = without_end + len(piece) if end < 0 else len(piece) - end
            if without_end > LONGEST_TOKEN:
                raise ExchangeError(_TOO_LARGE)
            try:
                parser.Parse(piece)
            except expat.ExpatError:
                return


class _Counter:
    """Counts the elements that the reader of a part would have in memory at once."""

    def __init__(self) -> None:
        self.depth = self.loose = self.together = self.texts = 0
        self.forgotten_at = 0  # the depth of the row or text that is being read

    def parser(self) -> Any:
        """A parser that reports to this counter."""
        made = expat.ParserCreate(namespace_separator=" ")
        made.StartElementHandler = self.start
        made.EndElementHandler = self.end
        made.StartDoctypeDeclHandler = self.doctype
        return made

    def start(self, name: str, attributes: Any) -> None:
        """An element begins."""
        self.depth += 1
        self.texts += name == _TEXT
        if not self.forgotten_at and name in {_ROW, _TEXT}:
            self.forgotten_at, self.together = self.depth, 0
        if self.forgotten_at:
            self.together += 1
        else:
            self.loose += 1
        much = self.together > MOST_TOGETHER or self.loose > MOST_LOOSE or self.texts > MOST_TEXTS
        if much or self.depth > MOST_DEPTH:
            raise ExchangeError(_TOO_LARGE)

    def end(self, name: str) -> None:
        """An element ends."""
        if self.depth == self.forgotten_at:
            self.forgotten_at = 0
        self.depth -= 1

    def doctype(self, *declared: Any) -> None:
        """A workbook has no DOCTYPE."""
        raise ExchangeError("In dit spreadsheet-bestand staat een DOCTYPE. Dat hoort daar niet. Wij openen het niet.")
