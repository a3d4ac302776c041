"""Our own JSON: {"format": "toepassingen", "entries": [one document per entry]}."""

from collections.abc import Iterator
from typing import Any

from transparency.exchange.readers.limits import too_long
from transparency.exchange.readers.row import Row
from transparency.exchange.report import change

FORMAT = "toepassingen"


def rows(document: Any, name: str = "") -> Iterator[Row]:
    """Every entry of `document`; older versions in it are kept beside the newest."""
    for number, raw in enumerate(document["entries"], start=1):
        yield one(number, raw)


def one(number: int, raw: Any) -> Row:
    """One of our documents as a row; refused when it has no content."""
    if not isinstance(raw, dict) or not isinstance(raw.get("content"), dict):
        reason = "Dit is geen toepassing: de inhoud (content) ontbreekt."
        return Row(number=number, raw=raw, refused=change("content", raw, None, reason))
    return Row(number=number, raw=raw, own=raw, refused=too_long(raw["content"]))
