"""A PDF that everybody can read (PDF/UA-1) from a page of ours; it fetches nothing from outside (ADR 0008)."""

import threading
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from django.conf import settings

STATIC = (Path(settings.BASE_DIR) / "portal" / "static").resolve()
_ONE_AT_A_TIME = threading.Lock()  # one costs as much as a hundred pages: it may not take every thread


def pdf_of(html: str) -> bytes:
    """The PDF of `html`; a worker makes one at a time. Raises ValueError when it wants something from elsewhere."""
    with _ONE_AT_A_TIME:
        return _made(html)


def _made(html: str) -> bytes:
    # WeasyPrint takes about a second and its import another: only who asks for a PDF waits for it.
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OnlyOurs(URLFetcher):
        """Fonts, style and pictures in the page itself; nothing from outside."""

        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            path = Path(url2pathname(urlsplit(url).path)).resolve()
            if not url.startswith("data:") and not path.is_relative_to(STATIC):
                raise ValueError(f"a PDF may not fetch {url}")
            return super().fetch(url, headers)

    fetcher = OnlyOurs(allowed_protocols={"data", "file"})
    document = HTML(string=html, base_url=f"{STATIC.as_uri()}/", url_fetcher=fetcher)
    return bytes(document.write_pdf(pdf_variant="pdf/ua-1"))
