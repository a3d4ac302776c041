"""A small cache in front of Django (WSGI): a public page is made once per revision and day, then told from memory.

Public pages carry no cookie, session or token, and the address says language and filters, so the answer is the same
for everybody (decisions.md, Pages and cache). What this process keeps is named by the revision of everything public,
the day in Amsterdam, host, scheme, path and the query keys that the page reads; there is nothing to invalidate.
Only 200s of addresses that the URL patterns know are kept, and at most `room` bytes of them. Fragments for htmx and
everything that needs a sign-in pass by untouched.
"""

import datetime
import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock
from typing import Any
from urllib.parse import parse_qsl, urlencode
from zoneinfo import ZoneInfo

import brotli

from portal.core.compressing import accepted
from portal.core.public import ANY_QUERY, view_at

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Headers = list[tuple[str, str]]
Key = tuple[Any, ...]
Told = tuple[str, Headers]  # status and headers

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ROOM = 64 * 1024 * 1024  # bytes that one worker keeps
LARGEST = 2 * 1024 * 1024  # a larger answer is not kept
NOT_MODIFIED = "304 Not Modified"
LONGEST_QUERY = 2000  # characters; a longer question is answered but not kept
WORTH_COMPRESSING = 500  # bytes
COMPRESSED = ("text/", "application/json", "application/ld+json", "application/atom+xml", "application/xml",
              "application/problem+json", "application/schema+json")  # fmt: skip
# What a page may see of a request that we keep the answer of: nothing of the reader.
TOLD = ("REQUEST_METHOD", "SCRIPT_NAME", "PATH_INFO", "SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "REMOTE_ADDR",
        "HTTP_HOST", "HTTP_X_FORWARDED_PROTO")  # fmt: skip


@dataclass
class Kept:
    """An answer of 200 with its body as made and, once somebody wanted it so, compressed."""

    headers: Headers  # without length, encoding and ETag
    bodies: dict[str, bytes]  # encoding → body; "" is as made
    tag: str
    compressible: bool
    lock: Lock = field(default_factory=Lock)

    def body(self, encoding: str) -> bytes:
        """The body in `encoding` ("", "gzip" or "br"), made once."""
        with self.lock:
            if encoding not in self.bodies:
                plain = self.bodies[""]
                self.bodies[encoding] = (
                    brotli.compress(plain, quality=5) if encoding == "br" else gzip.compress(plain, 6, mtime=0)
                )
            return self.bodies[encoding]

    @property
    def weight(self) -> int:
        """About how many bytes this takes, with room for what compressing adds."""
        return int(len(self.bodies[""]) * 1.5) + sum(len(name) + len(value) for name, value in self.headers) + 1000


class PageCache:
    """WSGI middleware. `revision` gives the number now, or None when the database does not answer."""

    def __init__(self, application: Application, revision: Callable[[], int | None], *, room: int = ROOM) -> None:
        self._application = application
        self._revision = revision
        self._room = room
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._weight = 0
        self._newest = -1
        self._lock = Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from memory, or let Django answer and keep that when everybody may have it."""
        query = _kept_query(environ)
        if query is None or (revision := self._revision()) is None:
            return self._application(environ, start_response)
        key = _key(environ, query, revision)
        kept = self._find(key, revision)
        if kept is None:
            asked = {name: environ[name] for name in TOLD if name in environ}
            asked |= {name: value for name, value in environ.items() if name.startswith("wsgi.")}
            asked |= {"QUERY_STRING": query, "REQUEST_METHOD": "GET"}
            told, answer = _ask(self._application, asked)
            if not isinstance(answer, Kept):
                return _pass_on(told, answer, environ, start_response)
            kept = answer
            self._keep(key, kept)
        return _tell(kept, environ, start_response)

    def _find(self, key: Key, revision: int) -> Kept | None:
        with self._lock:
            if revision > self._newest:  # nobody asks for what came before
                self._newest, self._weight = revision, 0
                self._kept.clear()
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
            return kept

    def _keep(self, key: Key, kept: Kept) -> None:
        with self._lock:
            if key not in self._kept:
                self._weight += kept.weight
            self._kept[key] = kept
            while self._weight > self._room and self._kept:
                self._weight -= self._kept.popitem(last=False)[1].weight


def _kept_query(environ: Environ) -> str | None:
    """The part of the query string that the page reads, in one order; None when this is not ours to answer."""
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or "HTTP_HX_REQUEST" in environ or "HTTP_RANGE" in environ:
        return None
    raw = environ.get("QUERY_STRING", "")
    if len(raw) > LONGEST_QUERY:
        return None
    keys = _read_keys(environ.get("PATH_INFO", ""))
    if keys is None:
        return None
    if keys == ANY_QUERY or not raw:
        return str(raw)
    try:
        asked = parse_qsl(raw, keep_blank_values=True, encoding="utf-8", errors="strict")
    except (UnicodeDecodeError, ValueError):
        return None
    return urlencode(sorted((pair for pair in asked if pair[0] in keys), key=lambda pair: pair[0]))


@lru_cache(maxsize=20_000)
def _read_keys(path_info: str) -> tuple[str, ...] | None:
    """The query keys that the public page at this path reads; None when there is no such page.

    WSGI hands a path over as Latin-1 (PEP 3333).
    """
    try:
        view = view_at(path_info.encode("latin-1").decode())
    except UnicodeError:
        return None
    return getattr(view, "query_keys", None)


def _key(environ: Environ, query: str, revision: int) -> Key:
    day = datetime.datetime.now(AMSTERDAM).date()
    where = (environ.get("wsgi.url_scheme"), environ.get("HTTP_X_FORWARDED_PROTO"), environ.get("HTTP_HOST"))
    return (revision, day, *where, environ.get("SCRIPT_NAME"), environ["PATH_INFO"], query)


def _ask(application: Application, environ: Environ) -> tuple[Told, Kept | Iterable[bytes]]:
    """What Django answers: status and headers, and what to keep or (not for everybody, too large) the body itself."""
    heard: list[Any] = []
    answer = application(environ, lambda *arguments: heard.append(arguments))
    told = status, headers = heard[-1][0], heard[-1][1]
    named = {name.lower(): value for name, value in headers}
    is_public = "public" in named.get("cache-control", "") and "set-cookie" not in named
    if not (status.startswith("200") and is_public) or getattr(answer, "streaming", False):
        return told, answer
    body = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    if len(body) > LARGEST:
        return told, [body]
    kind = named.get("content-type", "")
    compressible = len(body) >= WORTH_COMPRESSING and kind.startswith(COMPRESSED) and "content-encoding" not in named
    left_out = {"content-length", "etag", "vary"} if compressible else {"content-length", "etag"}
    shown = [(name, value) for name, value in headers if name.lower() not in left_out]
    if compressible:
        varies = [name for name in named.get("vary", "").split(", ") if name and name.lower() != "accept-encoding"]
        shown.append(("Vary", ", ".join([*varies, "Accept-Encoding"])))
    return told, Kept(
        headers=shown, bodies={"": body}, tag=hashlib.sha256(body).hexdigest()[:20], compressible=compressible
    )


def _pass_on(told: Told, answer: Iterable[bytes], environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """An answer that is not kept; one that names its own ETag may be a 304 too."""
    status, headers = told
    tags = [value for name, value in headers if name.lower() == "etag"]
    known = any(_has_it(environ.get("HTTP_IF_NONE_MATCH", ""), tag.removeprefix("W/").strip('"')) for tag in tags)
    if status.startswith("200") and known:
        status, headers = NOT_MODIFIED, [header for header in headers if not header[0].lower().startswith("content-")]
    start_response(status, headers)
    if environ["REQUEST_METHOD"] == "GET" and status != NOT_MODIFIED:
        return answer
    if hasattr(answer, "close"):
        answer.close()
    return []


def _tell(kept: Kept, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Answer with `kept`: 304 when the reader has it already."""
    taken = accepted(environ.get("HTTP_ACCEPT_ENCODING", "")) if kept.compressible else set()
    encoding = "br" if "br" in taken else "gzip" if "gzip" in taken else ""
    tag = f'W/"{kept.tag}"'
    headers = [*kept.headers, ("ETag", tag)]
    if _has_it(environ.get("HTTP_IF_NONE_MATCH", ""), kept.tag):
        start_response(NOT_MODIFIED, [h for h in headers if h[0].lower() != "content-type"])
        return []
    body = kept.body(encoding)
    headers.append(("Content-Length", str(len(body))))
    if encoding:
        headers.append(("Content-Encoding", encoding))
    start_response("200 OK", headers)
    return [body] if environ["REQUEST_METHOD"] == "GET" else []


def _has_it(asked: str, tag: str) -> bool:
    return asked.strip() == "*" or any(one.strip().removeprefix("W/").strip('"') == tag for one in asked.split(","))
