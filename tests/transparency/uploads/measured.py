"""Files of twenty megabytes that try to take much memory, made when they are asked for."""

import io
import zipfile

from tests.transparency.exchange.test_hostile_files import rebuilt

LARGEST = 20 * 1024 * 1024
HEAD = b"name,organisation,summary\n"


def _filled(piece: bytes, begin: bytes = b"", end: bytes = b"") -> bytes:
    return begin + piece * ((LARGEST - len(begin) - len(end)) // len(piece)) + end


def _zip_bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<a/>")
        for number in range(6):
            archive.writestr(f"xl/{number}.xml", b"0" * 25_000_000)
    return buffer.getvalue()


def _many_cells() -> bytes:
    cells = b"<row>" + b'<c t="n"><v>1234567</v></c>' * 4_000 + b"</row>"
    return rebuilt("xl/worksheets/sheet1.xml", b"</sheetData>", cells * 600 + b"</sheetData>")


CASES = {
    "empty objects": lambda: _filled(b"{},", b"[", b"{}]"),
    "empty lists": lambda: _filled(b"[],", b"[", b"[]]"),
    "short texts": lambda: _filled(b'"ab",', b"[", b'""]'),
    "figures": lambda: _filled(b"1.5,", b"[", b"1]"),
    "brackets": lambda: _filled(b"["),
    "keys": lambda: b"{" + b",".join(b'"%d":1' % number for number in range(1_500_000)) + b"}",
    "commas": lambda: _filled(b","),
    "commas under headers": lambda: _filled(b",", HEAD + b"a", b"b"),
    "short lines": lambda: _filled(b"a,b\n", HEAD),
    "short lines of nobody": lambda: _filled(b"a,b\n", b"name,provider\n"),
    "lines of one sign, of nobody": lambda: _filled(b"a\n", b"name,provider\n"),
    "commas of nobody": lambda: _filled(b",", b"name,provider\na", b"b"),
    "one cell": lambda: _filled(b"x", HEAD + b'"', b'"'),
    "quotes": lambda: _filled(b'""', HEAD),
    "zip bomb": _zip_bomb,
}
SLOW = {"many cells": _many_cells}  # half a minute of XML
