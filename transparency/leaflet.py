"""The large-print leaflet: the text of an entry as an accessible PDF (PDF/UA-1) with a QR code."""

import base64
import io
import threading
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import segno
from django.conf import settings
from django.template.loader import render_to_string

KEPT = 300  # leaflets of about 60 kB that a worker remembers
STATIC = (Path(settings.BASE_DIR) / "portal" / "static").resolve()


def qr_code(address: str) -> str:
    """A QR code of `address` as a data: address of an SVG picture, for the leaflet only (pages allow no data:)."""
    picture = io.BytesIO()
    segno.make(address, error="m").save(picture, kind="svg", scale=4, border=2, xmldecl=False)
    return "data:image/svg+xml;base64," + base64.b64encode(picture.getvalue()).decode()


_ONE_AT_A_TIME = threading.Lock()  # a leaflet costs as much as a hundred pages: it may not take every thread


@lru_cache(maxsize=KEPT)
def _pdf(html: str) -> bytes:
    # WeasyPrint takes about a second and its import another: only who asks for a leaflet waits for it.
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OnlyOurs(URLFetcher):
        """Fonts, style and the QR code; nothing from outside."""

        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            path = Path(url2pathname(urlsplit(url).path)).resolve()
            if not url.startswith("data:") and not path.is_relative_to(STATIC):
                raise ValueError(f"the leaflet may not fetch {url}")
            return super().fetch(url, headers)

    fetcher = OnlyOurs(allowed_protocols={"data", "file"})
    document = HTML(string=html, base_url=f"{STATIC.as_uri()}/", url_fetcher=fetcher)
    return bytes(document.write_pdf(pdf_variant="pdf/ua-1"))


def as_pdf(context: dict[str, Any]) -> bytes:
    """The PDF of a page's context (see views.entry.page_context), with `address` for the QR code.

    The same text is made once and kept: the bytes depend on nothing else.
    """
    html = render_to_string("transparency/leaflet.html", context | {"qr": qr_code(context["address"])})
    with _ONE_AT_A_TIME:
        return _pdf(html)
