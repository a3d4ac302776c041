"""Something that somebody has to do: one line of the workspace, and the groups in which the lines stand."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Group(StrEnum):
    """What kind of work it is; groups stand on the page in this order."""

    FIRST = "first"
    DECIDE = "decide"
    WRITE = "write"
    CHECK = "check"
    OTHER = "other"


TITLES: dict[Group, Promise] = {
    Group.FIRST: _("Eerst dit"),
    Group.DECIDE: _("Kijk mee met een collega"),
    Group.WRITE: _("Schrijf verder"),
    Group.CHECK: _("Kijk of het nog klopt"),
    Group.OTHER: _("Ook nog te doen"),
}


@dataclass(frozen=True, kw_only=True)
class Task:
    """`what` has to be done with `title`, at `url`, by the day `due`; `is_late`: that was before today."""

    what: str | Promise
    title: str
    url: str
    about: str = ""  # the organisation, or who asks
    due: datetime.date | None = None
    is_late: bool = False
    group: Group = Group.OTHER


def in_groups(tasks: Iterable[Task]) -> list[tuple[Promise, list[Task]]]:
    """(title of the group, its tasks): what is late first, then by day, then as they came."""
    found: dict[Group, list[Task]] = {}
    for task in tasks:
        found.setdefault(task.group, []).append(task)
    last = datetime.date.max
    return [
        (TITLES[group], sorted(found[group], key=lambda task: (not task.is_late, task.due or last)))
        for group in Group
        if group in found
    ]
