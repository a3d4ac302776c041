"""What comes by the clock: done every minute by `manage.py run_jobs`; one that fails stops no other.

What somebody waits for (`SOON`) is looked for every few seconds.
"""

import datetime
import logging
from collections.abc import Callable, Iterable

from participation.actions.advice_jobs import (
    lapse_verdicts,
    remind_of_drafts,
    take_back_forgotten_drafts,
    tell_days_that_come_near,
    tell_late_advice,
)
from participation.actions.agreements import forget_old_links
from participation.actions.attendance import remind_of_meetings
from participation.actions.digest import send_digests
from participation.actions.erasing import erase_due, keep_file_whole
from participation.actions.exceptions import tell_late_exceptions
from participation.actions.figures import freeze_figures
from participation.actions.interests import remind_interests
from participation.actions.money.ends import release_forgotten_promises
from participation.actions.money.rates import tell_missing_rates
from participation.actions.money.reminders import remind_of_held_claims
from participation.actions.money.stuck import tell_stuck_claims
from participation.actions.money.watching import watch_ledger
from participation.actions.offers import forget_old_offers
from participation.actions.pulse import close_pulses, open_pulses, remind_of_pulses
from participation.actions.vacancies import close_due_vacancies
from participation.entry_summary import tell_every_entry
from portal.accounts.actions.duties import forget_old_proposals
from portal.accounts.sessions import forget_old_sessions
from portal.keys.actions import forget_answers
from portal.limits.actions import forget_old_values
from portal.organisations.actions.money_roles import forget_old_requests
from portal.organisations.actions.people import forget_old_invitations
from portal.outbox.actions import send_waiting_mails
from transparency.actions.forgetting import forget_old_work
from transparency.actions.publication_log import publish_daily_head
from transparency.actions.upkeep import recount_words
from transparency.jobs import end_due_entries, flag_law, publish_due_drafts, remind, show_due_disputes
from transparency.uploads.work import forget_old_uploads, work_on_uploads

Job = Callable[[datetime.datetime], int]  # the moment → how many things were done

SOON: tuple[Job, ...] = (work_on_uploads,)
JOBS: tuple[Job, ...] = (
    send_waiting_mails,
    publish_due_drafts,
    end_due_entries,
    remind,
    show_due_disputes,
    flag_law,
    publish_daily_head,
    recount_words,
    forget_old_uploads,
    forget_old_work,
    forget_answers,
    forget_old_invitations,
    forget_old_proposals,
    forget_old_requests,
    forget_old_sessions,
    forget_old_values,
    tell_late_exceptions,
    tell_late_advice,
    tell_days_that_come_near,
    lapse_verdicts,
    remind_of_drafts,
    take_back_forgotten_drafts,
    close_due_vacancies,
    close_pulses,
    open_pulses,
    remind_of_pulses,
    send_digests,
    tell_stuck_claims,
    tell_every_entry,
    remind_interests,
    forget_old_links,
    forget_old_offers,
    remind_of_meetings,
    remind_of_held_claims,
    erase_due,
    keep_file_whole,
    freeze_figures,
    tell_missing_rates,
    watch_ledger,
    release_forgotten_promises,
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
