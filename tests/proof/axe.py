"""Opens every public page in Chromium, wide and narrow, and holds it against axe's rules for WCAG 2.2 AA."""

import signal
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, Literal
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import ConsoleMessage, Error, Page, Request, sync_playwright

from tests.proof.findings import Finding, report
from tests.proof.places import BASE, CHROMIUM, RESULTS
from tests.proof.web import Answer, visitable_pages

PROCESSES = 2
WIDTHS = (1280, 320)
SECONDS = 30  # for one page
MOST_SECONDS = 45 * 60
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations", "incomplete"]}
# Dark colours are looked at on one page of each kind; they are the same elsewhere.
DARK = ("/", "/register/", "/register/voorbeeld-botbreuken/")
BROWSER = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking"]
LONGEST = 200
Scheme = Literal["light", "dark"]

# axe passes over what is hidden, so every part that can be opened is.
OPEN_ALL = "document.querySelectorAll('details').forEach(d => { d.open = true })"
TOO_WIDE = """() => {
  const wide = document.documentElement.clientWidth, root = document.scrollingElement
  if (root.scrollWidth <= wide) return null
  const inside = e => { for (let p = e.parentElement; p; p = p.parentElement)
    if (getComputedStyle(p).overflowX !== 'visible') return true; return false }
  const name = e => [e.tagName.toLowerCase() + (e.id ? '#' + e.id : ''), ...e.classList].join('.')
  const found = [...document.body.querySelectorAll('*')]
    .filter(e => e.getBoundingClientRect().right > wide + 1 && !inside(e)).slice(-3).map(name)
  return `${root.scrollWidth} px wide: ${found.join(' , ')}`
}"""


def look(pages: list[Answer]) -> tuple[list[Finding], int]:
    """Findings of these pages and the number of looks, in a browser of its own."""
    signal.alarm(MOST_SECONDS)  # a browser that hangs ends this process, and with it the run
    findings: list[Finding] = []
    looks = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=BROWSER)
        page = browser.new_context(reduced_motion="reduce").new_page()
        page.set_default_timeout(SECONDS * 1000)
        heard: list[Finding] = []
        page.on("console", lambda message: heard.extend(_console(page, message)))
        page.on("pageerror", lambda error: heard.append(_at(page, "script-error", str(error))))
        page.on("request", lambda request: heard.extend(_outside(page, request)))
        for number, answer in enumerate(pages, 1):
            schemes: list[Scheme] = ["light", "dark"] if answer.address in DARK else ["light"]
            for scheme in schemes:
                try:
                    found = list(_look(page, answer.address, scheme))
                except Error as error:
                    reason = error.message.splitlines()[0].partition(" at http")[0]
                    found = [Finding(rule="did-not-open", page=answer.address, message=reason)]
                findings += [*found, *heard]
                heard.clear()
                looks += len(WIDTHS)
            if number % 50 == 0:
                print(f"  {number} of {len(pages)} pages here, {len(findings)} findings", flush=True)
        browser.close()
    return findings, looks


def _look(page: Page, address: str, scheme: Scheme) -> Iterator[Finding]:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    page.goto(BASE + address, wait_until="load")
    page.evaluate(OPEN_ALL)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        view = f"{address} ({width} px{', dark' if scheme == 'dark' else ''})"
        if wide := page.evaluate(TOO_WIDE):
            message = f"the page is wider than {width} px"
            yield Finding(rule="scrolls-sideways", page=view, message=message, where=wide)
        for violation in Axe().run(page, options=OPTIONS).response["violations"]:
            for node in violation["nodes"]:
                yield _violation(view, violation, node)


def _violation(view: str, violation: dict[str, str], node: dict[str, Any]) -> Finding:
    target = " ".join(str(part) for part in node["target"])
    why = " ".join(str(node.get("failureSummary", "")).splitlines()[1:2]).strip()
    return Finding(
        rule=violation["id"],
        page=view,
        message=violation["help"],
        where=f"{target} | {' '.join(str(node['html']).split())} | {why}"[: 2 * LONGEST],
    )


def _console(page: Page, message: ConsoleMessage) -> Iterator[Finding]:
    # A page that answers 404 or 410 is itself reported as an error; that one is meant.
    if message.type == "error" and message.location.get("url") != page.url:
        yield _at(page, "console-error", message.text)


def _outside(page: Page, request: Request) -> Iterator[Finding]:
    if request.url.startswith(("http:", "https:")) and urlsplit(request.url).netloc != urlsplit(BASE).netloc:
        yield _at(page, "asks-elsewhere", request.url)


def _at(page: Page, rule: str, message: str) -> Finding:
    return Finding(rule=rule, page=page.url.removeprefix(BASE), message=message[:LONGEST])


def main() -> int:
    """Look at every page in two browsers at once and report."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    pages = visitable_pages()
    if not pages:
        print("axe: FAILED, no saved page to open")
        return 1
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        parts = list(pool.map(look, [pages[start::PROCESSES] for start in range(PROCESSES)]))
    findings = [finding for found, _looks in parts for finding in found]
    return report("axe", f"{len(pages)} pages, {sum(looks for _found, looks in parts)} looks", findings)


if __name__ == "__main__":
    sys.exit(main())
