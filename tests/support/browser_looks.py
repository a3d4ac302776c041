"""What a page looks like to a machine: accessibility rules, width, and what the browser complains about."""

from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from tests.support.browser_pages import State

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE = Axe().axe_script
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
LONGEST = 200

# Rules pass over what is hidden, so every part that can be opened is.
OPEN_ALL = "document.querySelectorAll('details').forEach(part => { part.open = true })"
# The elements that stick out of a page that scrolls sideways, but for what scrolls in a box of its own.
TOO_WIDE = """() => {
  const wide = document.documentElement.clientWidth
  if (document.scrollingElement.scrollWidth <= wide) return []
  const boxed = e => { for (let p = e.parentElement; p && p !== document.body; p = p.parentElement)
    if (getComputedStyle(p).overflowX !== 'visible') return true; return false }
  const name = e => [e.tagName.toLowerCase() + (e.id ? '#' + e.id : ''), ...e.classList].join('.')
  const out = [...document.body.querySelectorAll('*')]
    .filter(e => e.getBoundingClientRect().right > wide + 1 && !boxed(e))
  return [`${document.scrollingElement.scrollWidth} px`, ...out.slice(-3).map(name)]
}"""


def visit(page: Page, base: str, state: State) -> None:
    """Open the page of `state`; fails when it is not that page in that state."""
    answer = page.goto(state.url(base))
    assert answer is not None
    assert answer.status == state.status, state.address
    expect(page.locator(state.shows).first).to_be_attached()


def has_script(page: Page) -> bool:
    """Whether the scripts of the page run."""
    return bool(page.evaluate("typeof htmx === 'object'"))


def settled(page: Page) -> None:
    """Wait until htmx has put in place what it asked for; at once without JavaScript."""
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA: rule, element and why."""
    page.evaluate(OPEN_ALL)
    if not page.evaluate("typeof axe === 'object'"):  # it stays on a page until that is left
        page.evaluate(AXE)
    found = page.evaluate("options => axe.run(options).then(told => told.violations)", OPTIONS)
    return [
        f"{rule['id']} {' '.join(map(str, node['target']))}: {' '.join(node['failureSummary'].split())}"[: 2 * LONGEST]
        for rule in found
        for node in rule["nodes"]
    ]


def sticking_out(page: Page) -> list[str]:
    """Empty when the page does not scroll sideways; else how wide it is and what sticks out."""
    page.evaluate(OPEN_ALL)
    found: list[str] = page.evaluate(TOO_WIDE)
    return found


class Ear:
    """Hears what a page complains about: errors, breaches of its own rules, questions to other servers."""

    def __init__(self, page: Page, base: str) -> None:
        self.complaints: list[str] = []
        self._ours = urlsplit(base).port
        page.on("console", lambda message: self._console(message.type, message.text, message.location.get("url", "")))
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"[:LONGEST]))
        page.on("request", lambda request: self._request(request.url))
        page.expose_function("aimzBreach", lambda rule, what: self.complaints.append(f"policy {rule}: {what}"))
        page.add_init_script(
            "addEventListener('securitypolicyviolation', e => aimzBreach(e.violatedDirective, e.blockedURI))"
        )
        self._page = page

    def _console(self, kind: str, text: str, url: str) -> None:
        # The browser reports a page that answers 400 or 404 as an error too; that answer is meant.
        if kind in {"error", "warning"} and url != self._page.url:
            self.complaints.append(f"{kind}: {text} ({url})"[:LONGEST])

    def _request(self, url: str) -> None:
        if url.startswith(("http:", "https:", "ws:", "wss:")) and urlsplit(url).port != self._ours:
            self.complaints.append(f"asks elsewhere: {url}"[:LONGEST])
