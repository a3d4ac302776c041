"""Asks the server of the proof for one address, as the proxy in front of it would."""

import http.client
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.proof.places import BASE, CRAWL

SECONDS = 30  # for one answer: a leaflet is laid out on request


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the server said; the body itself is in `file`."""

    address: str
    status: int
    headers: list[tuple[str, str]]
    file: str = ""
    linked_from: str = ""
    asked_as: str = "GET"  # method and headers, for what no link leads to

    def all(self, name: str) -> list[str]:
        """Every value of a header."""
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def header(self, name: str) -> str:
        """A header's value; several become one, as a browser reads them."""
        return ", ".join(self.all(name))

    @property
    def kind(self) -> str:
        """The type of content without its parameters."""
        return self.header("Content-Type").split(";")[0].strip().lower()

    @property
    def is_page(self) -> bool:
        """Whether a person reads it in a browser."""
        return self.kind == "text/html"

    def as_line(self) -> str:
        """One line of the crawl's file."""
        return json.dumps(asdict(self), ensure_ascii=False) + "\n"


class Client:
    """One connection that is kept open."""

    def __init__(self) -> None:
        parts = urlsplit(BASE)
        self.host = parts.netloc
        self.connection = http.client.HTTPConnection("127.0.0.1", parts.port or 80, timeout=SECONDS)

    def ask(
        self, address: str, method: str = "GET", headers: dict[str, str] | None = None
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        """(status, headers, body) of one address. Redirects are not followed."""
        # Said to have come over HTTPS: else Django leaves HSTS out, as it should.
        sent = {"Host": self.host, "X-Forwarded-Proto": "https", **(headers or {})}
        for left in (1, 0):
            try:
                self.connection.request(method, address, headers=sent)
                response = self.connection.getresponse()
                return response.status, response.getheaders(), response.read()
            except (http.client.HTTPException, ConnectionError):
                self.connection.close()  # the server may close an idle connection; one more try tells
                if not left:
                    raise
        raise AssertionError


def crawled(file: Path = CRAWL) -> list[Answer]:
    """Every answer of the last crawl."""
    return [Answer(**json.loads(line)) for line in file.read_text().splitlines()]


def crawled_pages() -> list[Answer]:
    """Every HTML page of the last crawl."""
    return [answer for answer in crawled() if answer.is_page and answer.file]


def visitable_pages() -> list[Answer]:
    """Every HTML page that a browser can open by its address; one for each path."""
    by_path: dict[str, Answer] = {}
    for answer in crawled_pages():
        if answer.asked_as == "GET":
            by_path.setdefault(answer.address.partition("?")[0], answer)
    return list(by_path.values())
