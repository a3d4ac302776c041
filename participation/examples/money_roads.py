"""The whole road of a claim in one row of a story: written and sent, looked at, approved, and paid days later."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

TAKES = (2, 5, 9)  # days after sending: checked, approved, paid
_DAY = re.compile(r"([+-]\d+)d")


def road(row: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The steps of one `[[paid]]` row: {"at", "key", "who", what was asked, "takes" (three numbers of days)}."""
    asked = {name: value for name, value in row.items() if name != "takes"}
    checked, approved, paid = row.get("takes", TAKES)
    yield {**asked, "do": "claims"}
    yield {"at": row["at"], "do": "sends-claim", "claim": row["key"]}
    yield {"at": later(row["at"], checked), "do": "checks-claim", "claim": row["key"]}
    yield {"at": later(row["at"], approved), "do": "approves-claim", "claim": row["key"]}
    yield {"at": later(row["at"], paid), "do": "pays", "batch": row["key"], "claims": [row["key"]]}


def later(at: str, days: int) -> str:
    """ "-12d" from "-20d", 8 days later. Raises ValueError for what is no day."""
    match = _DAY.fullmatch(at)
    if not match:
        raise ValueError(f"not a day: {at}")
    return f"{int(match[1]) + days:+d}d"
