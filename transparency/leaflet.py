"""The large-print leaflet: the text of an entry as an accessible PDF (PDF/UA-1) with a QR code."""

import base64
import io
import threading
from functools import lru_cache
from typing import Any

import segno
from django.template.loader import render_to_string

from portal.core.pdf import pdf_of

KEPT = 300  # leaflets of about 60 kB that a worker remembers


def qr_code(address: str) -> str:
    """A QR code of `address` as a data: address of an SVG picture, for the leaflet only (pages allow no data:)."""
    picture = io.BytesIO()
    segno.make(address, error="m").save(picture, kind="svg", scale=4, border=2, xmldecl=False)
    return "data:image/svg+xml;base64," + base64.b64encode(picture.getvalue()).decode()


_ONE_AT_A_TIME = threading.Lock()  # who asks for the same leaflet waits for the first
_pdf = lru_cache(maxsize=KEPT)(pdf_of)


def as_pdf(context: dict[str, Any]) -> bytes:
    """The PDF of a page's context (see views.entry.page_context), with `address` for the QR code.

    The same text is made once and kept: the bytes depend on nothing else.
    """
    html = render_to_string("transparency/leaflet.html", context | {"qr": qr_code(context["address"])})
    with _ONE_AT_A_TIME:
        return _pdf(html)
