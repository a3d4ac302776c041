"""What an exchange tells people: what was changed, and why something could not be read."""

import json
from dataclasses import asdict, dataclass
from typing import Any

SHOWN = 300  # characters of a value in a report; the whole of it stays in the raw record


class ExchangeError(Exception):
    """A file that cannot be read at all; its text is Dutch, for the person who gave the file."""


def shown(value: Any) -> str:
    """`value` as one short line for a report."""
    text = (
        value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False, default=str)
    )
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


@dataclass(frozen=True, kw_only=True)
class Change:
    """One value that did not come through as it was: the field, before, after, and the reason in plain Dutch."""

    field: str
    raw: str
    cleaned: str
    reason: str

    def as_dict(self) -> dict[str, str]:
        """The change as it is kept and written."""
        return asdict(self)


def change(field: str, raw: Any, cleaned: Any, reason: str) -> Change:
    """A change with its values as short lines."""
    return Change(field=shown(field), raw=shown(raw), cleaned=shown(cleaned), reason=reason)
