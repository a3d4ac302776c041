"""What comes by the clock: done every minute by `manage.py run_jobs`; one that fails stops no other."""

import datetime
import logging
from collections.abc import Callable

from transparency.actions.publication_log import publish_daily_head
from transparency.jobs import end_due_entries, publish_due_drafts, remind

Job = Callable[[datetime.datetime], int]  # the moment → how many things were done

JOBS: tuple[Job, ...] = (publish_due_drafts, end_due_entries, remind, publish_daily_head)
_log = logging.getLogger(__name__)


def run_jobs(now: datetime.datetime) -> dict[str, int]:
    """Do every job once; {name: how many things were done}. A job that fails is logged and tried again next time."""
    done = {}
    for job in JOBS:
        try:
            done[job.__name__] = job(now)
        except Exception:  # whatever it is, the other jobs go on and this one is tried again
            _log.exception("the job %s failed", job.__name__)
    return done
