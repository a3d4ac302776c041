"""The register's own site data: {"algoritme_versions": […], "organisation_details": […]}, more versions of one record.

The newest published Dutch version is the record. Its English twin becomes our English text; every other version of the
same record is kept beside it.
"""

from collections.abc import Iterator
from typing import Any

from transparency.exchange.cleaning import identifier
from transparency.exchange.readers.api_json import one
from transparency.exchange.readers.row import Row


def rows(document: Any, name: str = "") -> Iterator[Row]:
    """One row per record (by its `lars`), in the order of the file."""
    groups: dict[str, list[tuple[int, Any]]] = {}
    for number, raw in enumerate(document["algoritme_versions"], start=1):
        code = identifier(raw.get("lars"))[0] if isinstance(raw, dict) else None
        groups.setdefault(f"lars {code}" if code else f"row {number}", []).append((number, raw))
    for versions in groups.values():
        yield _row(versions)


def _row(versions: list[tuple[int, Any]]) -> Row:
    if not isinstance(versions[0][1], dict):
        return one(*versions[0])
    newest = sorted((raw for _number, raw in versions), key=_rank, reverse=True)
    main = next((raw for raw in newest if _language(raw) == "NLD"), newest[0])
    row = one(next(number for number, raw in versions if raw is main), main)
    row.record = {key: value for key, value in main.items() if value is not None}
    row.english = next((raw for raw in newest if _language(raw) == "ENG" and raw is not main), None)
    row.others = [raw for _number, raw in versions if raw is not main]
    return row


def _rank(raw: dict[str, Any]) -> tuple[bool, str]:
    return (raw.get("state") == "PUBLISHED" or raw.get("published") is True, str(raw.get("create_dt") or ""))


def _language(raw: dict[str, Any]) -> str:
    return str(raw.get("language") or "NLD").upper()
