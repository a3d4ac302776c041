"""The abbreviations of lists/abbreviations.toml; the head of that file says its form."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "lists" / "abbreviations.toml"
# Ordinary words and a name as well: an abbreviation only before a number ("max. 10", "3 jan. 2026").
ALSO_WORDS = frozenset("jan min max gem alg div st mrt event".split())


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """One abbreviation. `instead` is what to write; `is_known` ones need no explanation."""

    full: str
    instead: str
    is_known: bool
    is_ordinary: bool
    has_stop: bool


@cache
def abbreviations() -> dict[str, Abbreviation]:
    """Every spelling without its last stop; ordinary ones in small letters too, for the beginning of a sentence."""
    found: dict[str, Abbreviation] = {}
    for row in _rows():
        for spelling in (row["short"], *row.get("spellings", ())):
            one = Abbreviation(
                full=row["full"], instead=row.get("plain", row["full"]), is_known=row["kind"] == "known",
                is_ordinary=row["kind"] == "ordinary", has_stop=spelling.endswith("."),
            )  # fmt: skip
            found[spelling.removesuffix(".")] = one
            if one.is_ordinary:
                found.setdefault(spelling.removesuffix(".").lower(), one)
    return found


@cache
def with_stop(*, may_end: bool) -> frozenset[str]:
    """The abbreviations with a stop, in small letters without it; `may_end`: those that may end a sentence."""
    return frozenset(
        spelling.removesuffix(".").lower()
        for row in _rows()
        for spelling in (row["short"], *row.get("spellings", ()))
        if spelling.endswith(".") and bool(row.get("may_end_sentence")) == may_end
    ) | (frozenset() if may_end else {"nr", "nrs", "tel", "vgl", "hfst"})


def _rows() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["abbreviation"]
    return rows
