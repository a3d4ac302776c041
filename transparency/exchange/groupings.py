"""The lists that the national CSV flattens into one cell: `1: titel, link. 2: titel, link`."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

_LINK = re.compile(r", (https?://\S+)\s*$", re.IGNORECASE)


def flatten(rows: Iterable[Mapping[str, Any]]) -> str:
    """The rows as the register writes them."""
    items = [", ".join(part for part in (row.get("title"), row.get("link")) if part) for row in rows]
    return ". ".join(f"{number}: {item}" for number, item in enumerate(items, start=1))


def parse(text: str) -> list[dict[str, str]] | None:
    """The rows that `text` was made of, or None when it does not read as such a list.

    It walks from "1: " to ". 2: " to ". 3: ", each the first after the one before: one pattern for all goes wrong at an
    item without a link.
    """
    text = text.strip()
    if not text.startswith("1: "):
        return None
    items, start, number = [], len("1: "), 2
    while (end := text.find(f". {number}: ", start)) >= 0:
        items.append(text[start:end])
        start = end + len(f". {number}: ")
        number += 1
    items.append(text[start:])
    rows = [_item(item) for item in items]
    return rows if all(row["title"] for row in rows) else None


def _item(item: str) -> dict[str, str]:
    if match := _LINK.search(item):
        return {"title": item[: match.start()].strip(), "link": match[1]}
    return {"title": item.strip().rstrip(","), "link": ""}
