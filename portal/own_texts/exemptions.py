"""What the language gate leaves out: exemptions.toml, where every line has its reason."""

import tomllib
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "exemptions.toml"


@cache
def exempt(kind: str) -> frozenset[str]:
    """The names of one kind (name, part or page). A line without a reason is a ValueError."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8")).get(kind, [])
    if unexplained := [row["name"] for row in rows if not row["reason"].strip()]:
        raise ValueError(f"exempt without a reason: {unexplained}")
    return frozenset(row["name"] for row in rows)
