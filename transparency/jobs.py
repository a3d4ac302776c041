"""What the register does by the clock."""

import datetime
import logging

from django.core.exceptions import ValidationError

from portal.core.workflow import StepNotAllowed
from transparency.actions.drafts import publish_scheduled
from transparency.models import Draft
from transparency.states import DraftState

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
