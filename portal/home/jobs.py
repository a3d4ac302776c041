"""What comes by the clock: done every minute by `manage.py run_jobs`; one that fails stops no other."""

import datetime
import logging
from collections.abc import Callable

from django.db import DatabaseError

from participation.actions.exceptions import tell_late_exceptions
from participation.entry_summary import tell_every_entry
from transparency.jobs import publish_due_drafts

Job = Callable[[datetime.datetime], int]  # the moment → how many things were done

JOBS: tuple[Job, ...] = (publish_due_drafts, tell_late_exceptions, tell_every_entry)
_log = logging.getLogger(__name__)


def run_jobs(now: datetime.datetime) -> dict[str, int]:
    """Do every job once; {name: how many things were done}. A job that fails is logged and tried again next time."""
    done = {}
    for job in JOBS:
        try:
            done[job.__name__] = job(now)
        except (DatabaseError, ValueError, LookupError):
            _log.exception("the job %s failed", job.__name__)
    return done
