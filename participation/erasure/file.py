"""The log of erasures outside the database, one JSON object a line: what a restore needs, and no person in it."""

import datetime
import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from participation.models import Erasure

NAME = "erasures.jsonl"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One erasure, as the file tells it."""

    kind: str
    key: str
    at: datetime.datetime


class NotALine(ValueError):
    """A line of the file is not one that we wrote."""


def path() -> Path:
    """Where the file of this installation is."""
    return Path(settings.VAR_DIR) / NAME


def append(erasures: Iterable[Erasure]) -> None:
    """Write them at the end, safely on disk when this returns. Raises OSError."""
    text = "".join(
        json.dumps({"kind": one.kind, "key": one.key, "number": one.number, "at": one.erased_at.isoformat()}) + "\n"
        for one in erasures
    )
    if not text:
        return
    with path().open("a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # other processes write here too
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def read(source: Path | None = None) -> Iterator[Line]:
    """The lines of `source`, or of our own file; none when that is not there. Raises NotALine, OSError."""
    if source is None and not path().exists():
        return
    with (source or path()).open(encoding="utf-8") as file:
        for number, text in enumerate(file, start=1):
            try:
                told = json.loads(text)
                at = datetime.datetime.fromisoformat(told["at"])
                yield Line(kind=str(told["kind"]), key=str(told["key"]), at=at)
            except (ValueError, KeyError, TypeError) as error:
                raise NotALine(f"line {number} is not a line of the log of erasures") from error
