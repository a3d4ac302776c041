"""Dirty lists of registers made right: themes, and titles with links."""

from typing import Any

from portal.core.text import sort_key
from transparency.exchange.cleaning import choice, plain, url
from transparency.exchange.markup import to_line
from transparency.exchange.national import CATEGORIES

_OLD_CATEGORIES = {"huisvesting": "Wonen", "financien": "Overheidsfinanciën"}


def categories(value: Any) -> tuple[list[str], list[str], str]:
    """(themes of the standard, words that are no theme, reason) of a list or of a text with commas or braces."""
    if value in (None, "", []):
        return [], [], ""
    names = value if isinstance(value, list) else _split(plain(value))
    known: list[str] = []
    unknown: list[str] = []
    for name in (to_line(plain(name)) for name in names):
        theme = choice(name, CATEGORIES) or _OLD_CATEGORIES.get(sort_key(name))
        if theme and theme not in known:
            known.append(theme)
        elif not theme and name:
            unknown.append(name)
    if unknown:
        return known, unknown, "Niet elk woord is een thema van de standaard. De andere woorden zijn nu zoekwoorden."
    return known, [], "" if known == value else "De thema’s zijn geschreven zoals de standaard dat doet."


def _split(text: str) -> list[str]:
    return [part.strip().strip('"').strip() for part in text.strip().strip("{}").split(",")]


def links(value: Any, *, link_needed: bool) -> tuple[list[dict[str, str]], list[str], str]:
    """(rows with title and link, texts that are no such row, reason)."""
    if value in (None, "", []):
        return [], [], ""
    rows: list[dict[str, str]] = []
    left: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        raw = item if isinstance(item, dict) else {"title": item}
        title, address = to_line(plain(raw.get("title"))), url(raw.get("link"))[0] or ""
        if (title or address) and (address or not link_needed):
            rows.append({"title": title or address, "link": address})
        elif title:
            left.append(title)
    reason = "Niet elke regel had een titel en een link." if left else "De regels zijn geschreven als titel en link."
    return rows, left, "" if rows == value else reason
