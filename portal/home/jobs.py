"""What comes by the clock: done every minute by `manage.py run_jobs`; one that fails stops no other."""

import datetime
import logging
from collections.abc import Callable

from django.db import DatabaseError

from portal.accounts.actions.duties import forget_old_proposals
from portal.accounts.sessions import forget_old_sessions
from portal.limits.actions import forget_old_values
from portal.organisations.actions.people import forget_old_invitations
from transparency.jobs import publish_due_drafts

Job = Callable[[datetime.datetime], int]  # the moment → how many things were done

JOBS: tuple[Job, ...] = (
    publish_due_drafts,
    forget_old_invitations,
    forget_old_proposals,
    forget_old_sessions,
    forget_old_values,
)
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
