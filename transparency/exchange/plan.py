"""What an import would do: one line per record, with an outcome and everything there is to say about it."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from transparency.exchange.report import Change
from transparency.exchange.understanding import Understood


class Outcome(StrEnum):
    """What an import does with one record."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WAITING = "waiting"  # would change what is public or ours; nothing is written
    DOUBLE = "double"  # stands in the file before; kept beside that one
    REFUSED = "refused"


@dataclass(kw_only=True)
class Planned:
    """One record of the file and what will be done with it."""

    understood: Understood
    outcome: Outcome
    file: str = ""
    entry_id: int | None = None
    content: dict[str, Any] = field(default_factory=dict)  # what would be published
    publish: bool = False
    changes: list[Change] = field(default_factory=list)

    @property
    def place(self) -> str:
        """Where it stands, for people."""
        word = "regel" if self.understood.form in {"csv", "xlsx"} else "registratie"
        row = self.understood.row.place or f"{word} {self.understood.row.number}"
        return f"{self.file}, {row}" if self.file else row

    def told(self) -> list[Change]:
        """Everything there is to say about its values."""
        refused = [self.understood.refused] if self.understood.refused else []
        return [*refused, *self.understood.changes, *self.changes]


REPORT_COLUMNS = (
    "file", "row", "outcome", "name", "organisation", "lars", "field", "raw", "cleaned", "reason", "record",
)  # fmt: skip


@dataclass
class Plan:
    """Everything an import would do."""

    items: list[Planned] = field(default_factory=list)
    skipped: int = 0  # of organisations that were not asked for

    def counts(self) -> Counter[Outcome]:
        """How many of each outcome."""
        return Counter(item.outcome for item in self.items)

    def refused(self) -> list[Planned]:
        """The records that cannot come in."""
        return [item for item in self.items if item.outcome == Outcome.REFUSED]

    def notes(self) -> list[tuple[str, Change]]:
        """(file, what there is to say about it) for what is about no record: a sheet that was not read."""
        return list(dict.fromkeys((item.file, note) for item in self.items for note in item.understood.row.notes))

    def report(self) -> Iterable[dict[str, Any]]:
        """One line per note on a file; one per record, then one per value there is something to say about.

        The line of a refused record holds the whole of it, for it is kept nowhere else.
        """
        for file, note in self.notes():
            yield {**dict.fromkeys(REPORT_COLUMNS, ""), "file": file, **note.as_dict()}
        for item in self.items:
            understood = item.understood
            known = {
                "file": item.file, "row": understood.row.place or understood.row.number, "outcome": item.outcome.value,
                "name": understood.name, "organisation": understood.organisation, "lars": understood.lars,
                "field": "", "raw": "", "cleaned": "", "reason": "", "record": "",
            }  # fmt: skip
            whole = json.dumps(understood.row.raw, ensure_ascii=True) if item.outcome == Outcome.REFUSED else ""
            yield {**known, "record": whole}
            for made in item.told():
                yield {**known, **made.as_dict()}
