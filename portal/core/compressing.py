"""Compressing an answer that is made for one reader: faster than Django does, and a little less tightly.

Django compresses at level 6. Level 4 takes half the time and gives 5 % more bytes (a list of 52 kB: 0.26 ms and 8.5 kB
against 0.44 ms and 8.1 kB; measured here). What many readers get comes from `portal.core.page_cache`, which compresses
it once and as tightly as it can.
"""

import gzip
import secrets
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip
from django.utils.cache import patch_vary_headers

LEVEL = 4
SHORTEST = 200  # bytes: less is not worth it


def accepted(encodings: str) -> set[str]:
    """What a reader takes, of the header Accept-Encoding (RFC 9110, 12.5.3); "q=0" means not."""
    taken = set()
    for part in encodings.lower().split(","):
        name, _, weight = part.replace(" ", "").partition(";q=")
        if weight.strip("0.") or not weight:
            taken.add(name)
    return taken


class AcceptedMiddleware:
    """Leave in Accept-Encoding what the reader takes: WhiteNoise and Django find "gzip" in "gzip;q=0" too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        told = request.META.get("HTTP_ACCEPT_ENCODING", "")
        if ";" in told:
            request.META["HTTP_ACCEPT_ENCODING"] = ", ".join(sorted(accepted(told)))
        return self.get_response(request)


class CompressingMiddleware(GZipMiddleware):
    """As Django's, but at our level; what is streamed stays Django's."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> Any:
        """`response` compressed where the reader takes it and it gets shorter."""
        body: bytes = b"" if response.streaming else response.content  # type: ignore[attr-defined]
        if len(body) < SHORTEST or response.has_header("Content-Encoding"):
            return super().process_response(request, response)
        patch_vary_headers(response, ("Accept-Encoding",))
        if not re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")):
            return response
        packed = self.packed(body)
        if len(packed) < len(body):
            response.content = packed  # type: ignore[attr-defined]
            response.headers["Content-Length"] = str(len(packed))
            response.headers["Content-Encoding"] = "gzip"
            tag = response.headers.get("ETag", "")
            if tag.startswith('"'):  # the same page in other bytes (RFC 9110, section 8.8.1)
                response.headers["ETag"] = f"W/{tag}"
        return response

    def packed(self, body: bytes) -> bytes:
        """`body` in gzip, with a name of random length in its head: its length tells nothing of a secret (BREACH)."""
        plain = gzip.compress(body, LEVEL, mtime=0)
        name = b"a" * secrets.randbelow(self.max_random_bytes)
        return b"".join((plain[:3], bytes([gzip.FNAME]), plain[4:10], name, b"\0", plain[10:]))
