"""Something that somebody has to do: one line of the workspace."""

import datetime
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, kw_only=True)
class Task:
    """`what` has to be done with `title`, at `url`, by the day `due`; `is_late`: that was before today."""

    what: str | Promise
    title: str
    url: str
    about: str = ""  # the organisation, or who asks
    due: datetime.date | None = None
    is_late: bool = False
