"""One value, one row and one part of what the portal holds about somebody, for people and for programs."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from participation.models import Project
from portal.core.dates import long_date

Words = str | Promise
Value = str | int | bool | datetime.datetime | datetime.date | None


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One value: its name for programs, its name for people, and itself; `shown` when people read it otherwise."""

    key: str
    label: Words
    value: Value
    as_words: Words = ""

    @property
    def shown(self) -> Words:
        """The value as people read it; "" when there is none."""
        if self.as_words or self.value is None:
            return self.as_words
        if isinstance(self.value, bool):
            return _("ja") if self.value else _("nee")
        if isinstance(self.value, datetime.date):
            return long_date(self.value)
        return str(self.value)


Row = tuple[Fact, ...]
EVERYBODY, PROJECT_ONLY, COORDINATOR, YOU_ONLY, COLLEAGUES, PAYER = (
    _("Iedereen ziet dit"),
    _("Alleen het project ziet dit"),
    _("Alleen de coördinator die u mag voordragen, ziet dit"),
    _("Alleen u ziet dit"),
    _("Alleen uw organisatie ziet dit"),
    _("Alleen u en de betaler zien dit"),
)


@dataclass(frozen=True, kw_only=True)
class Held:
    """What one part holds of somebody: who sees it, how long it stays, and the rows."""

    key: str
    title: Words
    sees: Words
    keep: Words
    rows: Sequence[Row]

    def as_json(self) -> list[dict[str, Value]]:
        """The rows for the copy."""
        return [{fact.key: plain(fact.value) for fact in row} for row in self.rows]


def plain(value: Value) -> Value:
    """A value as JSON takes it."""
    return value.isoformat() if isinstance(value, datetime.date) else value


def when(key: str, label: Words, moment: datetime.datetime | datetime.date | None) -> Fact:
    """A moment or a day."""
    return Fact(key=key, label=label, value=moment)


def project_fact(project: Project) -> Fact:
    """The project that a row is about."""
    return Fact(key="project", label=_("Project"), value=project.name)


Part = Callable[[Any], Held]
