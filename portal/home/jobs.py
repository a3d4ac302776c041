"""What comes by the clock: done every minute by `manage.py run_jobs`; one that fails stops no other.

What somebody waits for (`SOON`) is looked for every few seconds.
"""

import datetime
import logging
from collections.abc import Callable, Iterable

from participation.actions.exceptions import tell_late_exceptions
from participation.entry_summary import tell_every_entry
from portal.accounts.actions.duties import forget_old_proposals
from portal.accounts.sessions import forget_old_sessions
from portal.keys.actions import forget_answers
from portal.limits.actions import forget_old_values
from portal.organisations.actions.people import forget_old_invitations
from transparency.actions.forgetting import forget_old_work
from transparency.actions.publication_log import publish_daily_head
from transparency.jobs import end_due_entries, flag_law, publish_due_drafts, remind, show_due_disputes
from transparency.uploads.work import forget_old_uploads, work_on_uploads

Job = Callable[[datetime.datetime], int]  # the moment → how many things were done

SOON: tuple[Job, ...] = (work_on_uploads,)
JOBS: tuple[Job, ...] = (
    publish_due_drafts,
    end_due_entries,
    remind,
    show_due_disputes,
    flag_law,
    publish_daily_head,
    forget_old_uploads,
    forget_old_work,
    forget_answers,
    forget_old_invitations,
    forget_old_proposals,
    forget_old_sessions,
    forget_old_values,
    tell_late_exceptions,
    tell_every_entry,
    *SOON,
)
_log = logging.getLogger(__name__)


def run_jobs(now: datetime.datetime, jobs: Iterable[Job] | None = None) -> dict[str, int]:
    """Do every job once; {name: how many things were done}. A job that fails is logged and tried again next time."""
    done = {}
    for job in JOBS if jobs is None else jobs:
        try:
            done[job.__name__] = job(now)
        except Exception:  # whatever it is, the other jobs go on and this one is tried again
            _log.exception("the job %s failed", job.__name__)
    return done
