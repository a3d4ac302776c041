"""One record of a file, whatever its format."""

from dataclasses import dataclass, field
from typing import Any

from transparency.exchange.report import Change


@dataclass(kw_only=True)
class Row:
    """What a reader makes of one record: `record` in national keys of any version, or `own` as our own document."""

    number: int  # where it stood in the file, from 1
    place: str = ""  # the same for people, when "regel" with the number does not say it
    raw: Any  # exactly as received
    record: dict[str, Any] = field(default_factory=dict)
    own: dict[str, Any] | None = None
    others: list[Any] = field(default_factory=list)  # the same record again: other languages, older versions
    english: dict[str, Any] | None = None  # national keys, in English
    source_id: str = ""  # when the format itself has a code that the record does not carry
    changes: list[Change] = field(default_factory=list)
    refused: Change | None = None  # the value for which it cannot be read
    notes: list[Change] = field(default_factory=list)  # about the file around it: the same list in all its rows
