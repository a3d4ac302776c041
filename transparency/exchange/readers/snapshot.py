"""The daily snapshot with nine columns: {"algoritmes": [{id, title, url, organisatie, …}]}."""

from collections.abc import Iterator
from typing import Any

from transparency.exchange.readers.limits import too_long, unreadable
from transparency.exchange.readers.row import Row
from transparency.exchange.report import change

MARKS = {"id", "title", "organisatie"}
_KEYS = {
    "id": "lars",
    "title": "name",
    "organisatie": "organization",
    "status": "status",
    "doel": "goal",
    "juridische_basis": "lawful_basis",
    "url": "url",
}
COLUMNS = frozenset({*_KEYS, "impactassessment", "laatst_gewijzigd"})
_ASSESSED = "Er is een impacttoets gedaan."


def rows(document: Any, name: str = "") -> Iterator[Row]:
    """Every record of the snapshot in national keys."""
    for number, raw in enumerate(document["algoritmes"], start=1):
        if not isinstance(raw, dict):
            yield Row(number=number, raw=raw, refused=unreadable(raw))
        else:
            yield _row(number, raw)


def _row(number: int, raw: dict[str, Any]) -> Row:
    row = Row(number=number, raw=raw, refused=too_long(raw))
    row.record = {key: raw[column] for column, key in _KEYS.items() if raw.get(column) not in (None, "")}
    row.record |= {"lang": "nld", "standard_version": "1.0"}
    if raw.get("impactassessment") == "Ja":
        row.record["impacttoetsen"] = _ASSESSED
        row.changes.append(
            change("impactassessment", "Ja", _ASSESSED, "De kolom zegt alleen ja. Wij schreven daar een zin van.")
        )
    elif raw.get("impactassessment"):
        row.changes.append(
            change("impactassessment", raw["impactassessment"], None, "De kolom zegt niet of er een toets is gedaan.")
        )
    if raw.get("laatst_gewijzigd"):
        row.changes.append(
            change("laatst_gewijzigd", raw["laatst_gewijzigd"], None, "De standaard heeft geen veld voor deze datum.")
        )
    for column in raw.keys() - COLUMNS:
        row.changes.append(change(column, raw[column], None, "Deze kolom kennen wij niet. Zij blijft bewaard."))
    return row
