"""Reads one saved page: the addresses it names, its ids, the addresses that its forms lead to."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlencode, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

from tests.proof.places import BASE, LOCAL

# Where HTML names an address; hx-get is asked for by htmx, and must answer as a page as well.
ATTRIBUTES = ("href", "src", "poster", "data", "hx-get", "data-hx-get")
HINTS = {"preconnect", "dns-prefetch"}
OWN = urlsplit(BASE).netloc


@dataclass(frozen=True, kw_only=True)
class Link:
    """An address as a page names it."""

    target: str  # path and query string, without fragment; empty when it is not ours
    fragment: str = ""
    wrong: str = ""  # why nobody can follow it


def resolve(address: str, named: str) -> Link:
    """What `named` on the page `address` leads to."""
    try:
        parts = urlsplit(urljoin(f"http://{OWN}{address}", named.strip()))
        local, own = parts.hostname in LOCAL, parts.netloc == OWN
    except ValueError as error:
        return Link(target="", wrong=f"not an address ({error}): {named}")
    if parts.scheme == "javascript":
        return Link(target="", wrong="javascript: is stopped by the security policy")
    if parts.scheme not in {"http", "https"} or not local:
        return Link(target="")
    if not own:
        return Link(target="", wrong=f"address of another server on this machine: {parts.netloc}")
    query = f"?{quote(parts.query, safe='=&%+-_.~!*()/:;,@$?')}" if parts.query else ""
    path = quote(parts.path or "/", safe="/%~@:!$&'()*+,;=")
    return Link(target=path + query, fragment=unquote(parts.fragment))


class Page:
    """One HTML page."""

    def __init__(self, address: str, body: bytes) -> None:
        self.address = address
        self.soup = BeautifulSoup(body, "html.parser")
        self.ids = Counter(str(tag["id"]) for tag in self.soup.find_all(id=True))
        self.names = {str(tag["name"]) for tag in self.soup.find_all("a", attrs={"name": True})}

    def links(self) -> Iterator[Link]:
        """Every address on the page."""
        for tag in self.soup.find_all(True):
            if tag.name == "link" and HINTS & set(tag.get("rel") or ()):
                continue
            for attribute in ATTRIBUTES:
                if tag.has_attr(attribute):
                    yield resolve(self.address, str(tag[attribute]))
            for candidate in str(tag.get("srcset") or "").split(","):
                if candidate.strip():
                    yield resolve(self.address, candidate.split()[0])
            if tag.name == "form" and str(tag.get("method") or "get").lower() == "get":
                yield from self._form(tag)

    def _form(self, form: Tag) -> Iterator[Link]:
        """A form asked with one choice at a time: enough to reach every step of a form in steps."""
        action = str(form.get("action") or self.address).split("?")[0].split("#")[0]
        yield resolve(self.address, action)
        kept = [(str(t["name"]), str(t.get("value") or "")) for t in form.select("input[type=hidden][name]")]
        seen: set[str] = set()
        for tag in form.select("input[name], button[name][value], select[name]"):
            name, value = str(tag["name"]), _first_value(tag)
            if value and name not in seen:
                seen.add(name)
                yield resolve(self.address, f"{action}?{urlencode([*kept, (name, value)])}")


def _first_value(tag: Tag) -> str:
    if tag.name == "select":
        return next((str(o["value"]) for o in tag.select("option[value]") if o["value"]), "")
    if tag.name == "input" and tag.get("type") not in {"radio", "checkbox"}:
        return ""
    return str(tag.get("value") or "")


def addresses_in_text(address: str, kind: str, body: bytes) -> Iterator[Link]:
    """Every address in what is not HTML: style sheets, the sitemap, feeds, robots.txt, the manifest."""
    text = body.decode("utf-8", "replace")
    if kind == "text/css":
        patterns = [r"url\(\s*['\"]?([^'\")]+)", r"@import\s+['\"]([^'\"]+)"]
    elif kind in {"application/xml", "text/xml", "application/atom+xml", "image/svg+xml"}:
        patterns = [r"<loc>([^<]+)</loc>", r"\bhref=\"([^\"]+)\""]
    elif address == "/robots.txt":
        patterns = [r"(?mi)^sitemap:\s*(\S+)"]
    elif kind in {"application/manifest+json", "application/json"}:
        patterns = [r"\"(?:src|start_url)\"\s*:\s*\"([^\"]+)\""]
    else:
        patterns = []
    for pattern in patterns:
        for named in re.findall(pattern, text):
            if not named.startswith("data:"):
                yield resolve(address, named.replace("&amp;", "&"))
