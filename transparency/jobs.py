"""What the register does by the clock."""

import datetime
import logging

from django.core.exceptions import ValidationError

from portal.core.workflow import StepNotAllowed
from transparency.actions.claims import show
from transparency.actions.drafts import publish_scheduled
from transparency.actions.proposals import follow_law
from transparency.models import Claim, Draft
from transparency.states import ClaimState, DraftState

_log = logging.getLogger(__name__)


def publish_due_drafts(now: datetime.datetime) -> int:
    """Publish every scheduled draft whose time has come; returns how many. One that cannot be published waits."""
    done = 0
    due = Draft.objects.filter(state=DraftState.SCHEDULED, publish_at__lte=now).order_by("publish_at", "pk")
    for draft in due.select_related("entry__organisation", "entry__current_version", "system", "decided_by"):
        try:
            publish_scheduled(draft=draft, now=now)
            done += 1
        except (StepNotAllowed, ValidationError) as error:
            _log.warning("draft %s cannot be published: %s", draft.pk, type(error).__name__)
    return done


def show_due_disputes(now: datetime.datetime) -> int:
    """Show every dispute that our editors did not look at in time; returns how many."""
    done = 0
    due = Claim.objects.filter(state=ClaimState.FILED, show_at__lte=now).order_by("show_at", "pk")
    for claim in due.select_related("entry__organisation", "entry__current_version", "asked_by", "decided_by"):
        try:
            show(claim=claim, by=None, now=now)
            done += 1
        except StepNotAllowed:
            _log.info("dispute %s was decided meanwhile", claim.pk)
    return done


def flag_law(now: datetime.datetime) -> int:
    """Flag the entries that a changed or long unchecked line of the law touches; returns how many flags are new."""
    return follow_law(now=now)
