"""Follows every internal link of the running portal, saves what it finds and reports what is broken."""

import hashlib
import shutil
import sys
import time
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.proof.findings import Finding, report
from tests.proof.headers import wrong_headers
from tests.proof.places import CRAWL, PAGES, RESULTS
from tests.proof.reading import Link, Page, addresses_in_text, resolve
from tests.proof.web import Answer, Client

MOST_ADDRESSES = 6000
MOST_SECONDS = 1200
MOST_QUERIES = 8  # per path: filters multiply without end
START = ("/", "/en/", "/sitemap.xml", "/robots.txt", "/.well-known/security.txt",
         "/register/wijzigingen.atom", "/en/register/wijzigingen.atom")  # fmt: skip
# States that a reader reaches by typing: results, a spelling mistake, nothing found.
TYPED = ("/register/?q=botbreuk", "/register/?q=botbruek", "/register/?q=qqqqqq", "/zorgverleners/?q=qqqqqq",
         "/mijn-zorg/?q=ziekenhuis", "/mijn-zorg/?q=qqqqqq", "/en/register/?q=qqqqqq")  # fmt: skip
# (method, address, headers, statuses that are right): answers that say no must be as safe as the others.
REFUSED: tuple[tuple[str, str, dict[str, str], set[int]], ...] = (
    ("GET", "/bestaat-niet/", {}, {404}),
    ("GET", "/en/does-not-exist/", {}, {404}),
    ("GET", "/register/bestaat-niet/", {}, {404}),
    ("GET", "/static/bestaat-niet.css", {}, {404}),
    ("GET", "/api/v1/nergens", {}, {404}),
    ("GET", "/api/v1/toepassingen?niets=1", {}, {400}),
    ("POST", "/api/v1/toepassingen", {"Content-Length": "0"}, {405}),
    ("OPTIONS", "/api/v1/toepassingen", {}, {204}),
    ("POST", "/", {"Content-Length": "0"}, {403, 405}),
    ("POST", "/taalcheck/", {"Content-Length": "0"}, {422}),
    ("POST", "/taalcheck/", {"Content-Length": "0", "Sec-Fetch-Site": "cross-site"}, {403}),
    ("GET", "/api/v1/taalcheck", {}, {405}),
    ("GET", "/?andere-naam", {"Host": "elders.invalid"}, {400}),
)
ENDINGS = {"text/html": ".html", "text/css": ".css", "image/svg+xml": ".svg", "application/json": ".json"}
# An ended entry keeps its page and says so with 410.
TOMBSTONES = ("/register/", "/en/register/")


class Crawl:
    """One walk over the portal."""

    def __init__(self) -> None:
        self.client = Client()
        self.answers: dict[str, Answer] = {}
        self.findings: list[Finding] = []
        self.queue: deque[str] = deque()
        self.came_from: dict[str, str] = {}
        # Path → addresses with a query string: those that wait, and those that were asked.
        self.questions: dict[str, list[str]] = defaultdict(list)
        self.asked: dict[str, list[str]] = defaultdict(list)
        self.anchors: dict[tuple[str, str], str] = {}  # (target, fragment) → a page that names it
        self.ids: dict[str, set[str]] = {}

    def run(self) -> None:
        """Walk until nothing is left, then hold the anchors against the pages."""
        stop = time.monotonic() + MOST_SECONDS
        for start in (*START, *TYPED):
            self._found(Link(target=start), "")
        for typed in TYPED:
            self._choose(typed)
        for method, refused, headers, right in REFUSED:
            self._refused(method, refused, headers, right)
        while (address := self._next()) is not None:
            if len(self.answers) >= MOST_ADDRESSES or time.monotonic() > stop:
                self._wrong("bound", address, "stopped before the end: too many addresses or too slow")
                break
            self._visit(address)
            if len(self.answers) % 250 == 0:
                print(f"  {len(self.answers)} addresses, {len(self.queue)} waiting", flush=True)
        self.findings += self._dead_anchors()

    def _next(self) -> str | None:
        if not self.queue:
            for path, waiting in self.questions.items():
                if waiting and len(self.asked[path]) < MOST_QUERIES:
                    self._choose(self._most_different(path))
        return self.queue.popleft() if self.queue else None

    def _most_different(self, path: str) -> str:
        """The question with most parameters that were not asked yet, so that a few show every kind."""
        known = {key for address in self.asked[path] for key in _keys(address)}
        return max(self.questions[path], key=lambda address: len(_keys(address) - known))

    def _choose(self, address: str) -> None:
        path = address.partition("?")[0]
        self.questions[path].remove(address)
        self.asked[path].append(address)
        self.queue.append(address)

    def _found(self, link: Link, page: str) -> None:
        if link.wrong:
            self._wrong("address", page, link.wrong)
        if not link.target:
            return
        if link.fragment and not link.fragment.startswith(":~:"):
            self.anchors.setdefault((link.target, link.fragment), page)
        if link.target in self.came_from:
            return
        self.came_from[link.target] = page
        path, mark, _query = link.target.partition("?")
        if mark:
            self.questions[path].append(link.target)
        else:
            self.queue.append(link.target)

    def _visit(self, address: str) -> None:
        source = self.came_from[address]
        try:
            status, headers, body = self.client.ask(address)
        except (OSError, ValueError) as error:
            self._wrong("no-answer", address, type(error).__name__, f"linked from {source or 'the start'}")
            return
        answer = self._keep(address, status, headers, body, linked_from=source)
        if 300 <= status < 400:
            for link in _location(answer):
                self._found(link, address)
        elif status != 200 and not (status == 410 and address.startswith(TOMBSTONES)):
            self._wrong("dead-link", address, f"answers {status}", f"linked from {source or 'the start'}")
        self._read(answer, body)

    def _refused(self, method: str, address: str, headers: dict[str, str], right: set[int]) -> None:
        status, given, body = self.client.ask(address, method, headers)
        asked_as = " ".join([method, *(f"{name}: {value}" for name, value in headers.items())])
        key = address if method == "GET" else f"{address}#{method}"
        self.came_from.setdefault(key, "")  # a link to itself on such a page is no reason to ask again
        answer = self._keep(key, status, given, body, asked_as=asked_as)
        if status not in right:
            self._wrong("refusal", address, f"{asked_as} answers {status}, not {sorted(right)}")
        self._read(answer, body)

    def _keep(self, address: str, status: int, headers: list[tuple[str, str]], body: bytes, **why: str) -> Answer:
        answer = Answer(address=address, status=status, headers=headers, **why)
        if body:
            answer = replace(answer, file=_file(address, answer.kind))
            path = PAGES / answer.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)
        self.answers[address] = answer
        self.findings += wrong_headers(answer)
        return answer

    def _read(self, answer: Answer, body: bytes) -> None:
        if not answer.is_page:
            for link in addresses_in_text(answer.address, answer.kind, body):
                self._found(link, answer.address)
            return
        page = Page(answer.address, body)
        self.ids[answer.address] = {*page.ids, *page.names}
        for name, times in page.ids.items():
            if times > 1:
                self._wrong("id-twice", answer.address, f"id “{name}” is used {times} times")
        for link in page.links():
            self._found(link, answer.address)

    def _dead_anchors(self) -> Iterator[Finding]:
        for (target, fragment), page in self.anchors.items():
            ids = self.ids.get(self._at_end(target))
            if ids is not None and fragment not in ids and fragment != "top":
                message, where = "leads to an id that is not there", f"{target}#{fragment}"
                yield Finding(rule="dead-anchor", page=page, message=message, where=where)

    def _at_end(self, address: str) -> str:
        for _step in range(5):
            answer = self.answers.get(address)
            if answer is None or not 300 <= answer.status < 400:
                break
            address = next((link.target for link in _location(answer)), "")
        return address

    def _wrong(self, rule: str, page: str, message: str, where: str = "") -> None:
        self.findings.append(Finding(rule=rule, page=page, message=message, where=where))


def _keys(address: str) -> set[str]:
    return {key for key, _value in parse_qsl(urlsplit(address).query, keep_blank_values=True)}


def _location(answer: Answer) -> Iterator[Link]:
    if answer.header("Location"):
        yield resolve(answer.address, answer.header("Location"))


def _file(address: str, kind: str) -> str:
    """A file name that is safe, readable and different for every address."""
    path, _mark, rest = address.replace("#", "?").partition("?")
    steps = [step for step in unquote(path).split("/") if step not in {"", ".", ".."}]
    name = "/".join(steps) + ("/index" if path.endswith("/") else "")
    name = name.lstrip("/") + (f"~{hashlib.sha256(rest.encode()).hexdigest()[:8]}" if rest else "")
    ending = ENDINGS.get(kind, "")
    return name if name.endswith(ending) and ending else name + ending


def main() -> int:
    """Crawl, save and report."""
    shutil.rmtree(PAGES, ignore_errors=True)
    RESULTS.mkdir(parents=True, exist_ok=True)
    crawl = Crawl()
    crawl.run()
    CRAWL.write_text("".join(answer.as_line() for answer in crawl.answers.values()))
    pages = sum(answer.is_page for answer in crawl.answers.values())
    moved = sum(300 <= answer.status < 400 for answer in crawl.answers.values())
    checked = f"{len(crawl.answers)} addresses, {pages} pages, {moved} redirects"
    return report("crawl", checked, crawl.findings)


if __name__ == "__main__":
    sys.exit(main())
