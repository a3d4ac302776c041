"""What can be wrong with the publication log."""

from dataclasses import dataclass
from enum import StrEnum


class Wrong(StrEnum):
    """What can be wrong with a log."""

    CHANGED = "veranderd"
    MISSING = "ontbreekt"
    INSERTED = "ertussen gezet"
    MOVED = "op een andere plaats gezet"
    TRUNCATED = "het einde ontbreekt"
    HEAD = "de kop past niet"
    CONTENT = "de tekst is niet wat er gepubliceerd is"
    NO_CONTENT = "de tekst ontbreekt"
    NO_LINE = "staat niet in het logboek"
    REDACTION = "weggehaald zonder dat het logboek het zegt"
    TRIGGER = "de beveiliging van de database ontbreekt"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing that is wrong; `number` is the line of the log, 0 when it is not about a line."""

    number: int
    wrong: Wrong
    detail: str = ""

    def __str__(self) -> str:
        where = f"regel {self.number}: " if self.number else ""
        return f"{where}{self.wrong.value}{f' ({self.detail})' if self.detail else ''}"
