"""What a field of the register is: a question with the shape of its answer. `fields.py` is the table of all.

A record's content is one JSON document ``{key: value}``. The shape of a value follows from the kind:

=========  =====================================================================
LINE       str, one line                    TEXT     str, blank line = paragraph, "- " = list
CHOICE     str, a code of `vocabulary`      CHOICES  list of such codes
URL        str, http(s)                     CONTACT  str, e-mail address or URL
MONTH      "YYYY-MM"                        DATE     "YYYY-MM-DD"
NUMBER     int                              ANSWER   {"answer": code, "text": str}
ROWS       list of objects, keys from `parts`; GROUP: one such object
=========  =====================================================================

A question that cannot be answered yet is listed in ``content["unknown"]`` (list of keys): that is an honest answer
and counts as one. English texts stand in ``content["translations"]["en"]`` under the same keys.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

Content = Mapping[str, Any]
LONGEST_URL = 500  # characters


class Kind(StrEnum):
    """The shape of an answer."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    URL = "url"
    CONTACT = "contact"
    MONTH = "month"
    DATE = "date"
    NUMBER = "number"
    ANSWER = "answer"
    ROWS = "rows"
    GROUP = "group"


class Audience(StrEnum):
    """For whom an answer is written."""

    PUBLIC = "public"  # every patient reads it: B1, counted by the language gate
    EXPERT = "expert"  # stands under "Meer weten"


@dataclass(frozen=True, kw_only=True)
class Section:
    """A question of the patient; sections stand on the page in this order."""

    key: str
    label: str | Promise


def never(content: Content) -> bool:
    """Never needed for publication."""
    return False


def always(content: Content) -> bool:
    """Always needed for publication."""
    return True


def in_use(content: Content) -> bool:
    """Needed when the AI is or was in use."""
    return content.get("status") not in ("PLANNED", "DEVELOPMENT", None)


def ended(content: Content) -> bool:
    """Needed when the use has ended."""
    return content.get("status") in ("STOPPED", "WITHDRAWN")


def is_device(content: Content) -> bool:
    """Needed for a medical device."""
    return content.get("medical_device") in ("MDR", "IVDR")


@dataclass(frozen=True, kw_only=True)
class Field:
    """One question of an entry (see the module's table for the shape of its value)."""

    key: str
    section: str
    label: str | Promise
    kind: Kind
    help: str | Promise = ""
    max_length: int = 0
    vocabulary: str = ""
    parts: tuple["Field", ...] = ()
    audience: Audience = Audience.PUBLIC
    needed_when: Callable[[Content], bool] = never
    on_entry: bool = True
    on_system: bool = False
    translated: bool = field(init=False)

    def __post_init__(self) -> None:
        if self.kind in {Kind.URL, Kind.CONTACT} and not self.max_length:
            object.__setattr__(self, "max_length", LONGEST_URL)
        object.__setattr__(self, "translated", self.kind in {Kind.LINE, Kind.TEXT, Kind.ANSWER, Kind.ROWS, Kind.GROUP})

    def is_expert(self) -> bool:
        return self.audience == Audience.EXPERT
