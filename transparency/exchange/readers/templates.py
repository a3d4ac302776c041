"""Supplier templates: prefilled records without an organisation; the supplier stands in for it."""

from collections.abc import Iterator
from typing import Any

from transparency.exchange.cleaning import provider
from transparency.exchange.national import IN_HOUSE
from transparency.exchange.readers.api_json import one
from transparency.exchange.readers.row import Row
from transparency.exchange.report import change

_REASON = "Dit is een voorbeeld van een leverancier. Wij namen de leverancier als organisatie."


def is_templates(document: Any) -> bool:
    """Whether `document` is a list of templates: a code and a name each, and never an organisation."""
    return (
        isinstance(document, list)
        and bool(document)
        and all(
            isinstance(raw, dict) and raw.get("id") and "name" in raw and not raw.get("organization")
            for raw in document
        )
    )


def rows(document: Any, name: str = "") -> Iterator[Row]:
    """Every template; `name` is the file's name, which is the supplier's when the record does not say."""
    for number, raw in enumerate(document, start=1):
        row = one(number, raw)
        supplier = provider(raw.get("provider"))[0]
        supplier = supplier if supplier not in (None, IN_HOUSE) else " ".join(name.split("_"))
        row.record["organization"] = supplier
        row.source_id = f"template:{raw['id']}"
        row.changes.append(change("organization", raw.get("organization"), supplier, _REASON))
        yield row
