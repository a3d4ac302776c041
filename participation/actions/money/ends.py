"""What happens with promises when somebody stops, a project ends or an account goes: nothing is left hanging.

What was only asked is taken back at once. What was promised stays for 60 days, so that last claims can be sent, and
then goes back to its line; claims that are on their way keep their part (portal/docs/adr/0034).
"""

import datetime
import uuid
from typing import Any

from django.db import transaction
from django.db.models import Q

from participation import commitment_emails as emails
from participation.actions.money.commands import money_command
from participation.actions.money.commitments import commitment_target, release_rest
from participation.models import Assignment, Commitment, MoneyCommand, Project
from participation.states import ASKING, COMMITMENT, AssignmentState, ClaimState, CommitmentState
from portal.audit.record import record
from portal.audit.revision import raise_revision
from portal.core.workflow import StepNotAllowed

LAST_CLAIMS = datetime.timedelta(days=60)  # after the end
LONGEST = datetime.timedelta(days=365 + 60)  # a claim may be kept for a year (claims.MOST_MONTHS_HELD)
WHOLE = ("line__budget__fund__organisation", "line__budget__project", "assignment__user", "organisation")


def take_back_asked(chosen: Q, *, by: Any, now: datetime.datetime) -> int:
    """Take back the promises of `chosen` that were only asked; for a caller who may and holds a transaction."""
    step, done = COMMITMENT.step(CommitmentState.ASKED, "withdraw"), 0
    for one in Commitment.objects.filter(chosen, state=step.source).select_related(*WHOLE).order_by("pk"):
        if Commitment.objects.filter(pk=one.pk, state=step.source).update(state=step.target):
            target = commitment_target(one)
            record("money.commitment_withdrawn", by=by, target=target, now=now, commitment=str(one.uuid))
            done += 1
    return done


def end_asked_for(assignment: Assignment, *, by: Any, now: datetime.datetime) -> None:
    """The role of somebody ends: what was asked for it is not needed any more."""
    take_back_asked(Q(assignment=assignment), by=by, now=now)


def end_asked_of(project: Project, *, by: Any, now: datetime.datetime) -> None:
    """A project ends: nothing of its budgets is asked any more."""
    take_back_asked(Q(line__budget__project=project), by=by, now=now)


def leave_money(user: Any, now: datetime.datetime) -> None:
    """An account goes: what was asked for its owner is taken back, and what they were promised goes back.

    A claim that was sent goes on, and keeps its part. For a caller who holds a transaction.
    """
    take_back_asked(Q(assignment__user=user), by=user, now=now)
    promised = Commitment.objects.filter(assignment__user=user, state=CommitmentState.RESERVED)
    for one in promised.exclude(items__claim__state__in=ASKING).select_related(*WHOLE).order_by("pk"):
        _release(commitment=one, by=None, now=now, key=_key(one))


def release_forgotten_promises(now: datetime.datetime) -> int:
    """Close the promises of roles and projects that ended 60 days ago, unless a claim is on its way; how many.

    A job. Of who has no account any more nothing can come: those need no 60 days. A claim that its owner keeps or has
    to change counts as on its way, but not for ever.
    """
    over = AssignmentState.ENDED
    ended = (
        Q(assignment__state=over, assignment__ended_at__lte=now - LAST_CLAIMS)
        | Q(assignment__state=over, assignment__user__isnull=True)
        | Q(assignment__isnull=True, line__budget__project__ended_at__lte=now - LAST_CLAIMS)
    )
    long_ago = Q(assignment__ended_at__lte=now - LONGEST) | Q(
        assignment__isnull=True, line__budget__project__ended_at__lte=now - LONGEST
    )
    waits = Commitment.objects.filter(items__claim__state__in=[ClaimState.RETURNED, ClaimState.HELD]).exclude(long_ago)
    found = Commitment.objects.filter(ended, state=CommitmentState.RESERVED)
    found = found.exclude(items__claim__state__in=ASKING).exclude(pk__in=waits.values("pk"))
    done = 0
    for one in list(found.select_related(*WHOLE).order_by("pk")):
        try:
            _release(commitment=one, by=None, now=now, key=_key(one))
        except StepNotAllowed:  # somebody closed it meanwhile
            continue
        done += 1
    return done


def _key(commitment: Commitment) -> uuid.UUID:
    """The key of closing this promise by itself: the same for two jobs at once."""
    return uuid.uuid5(commitment.uuid, "release")


@money_command("money.released", about=lambda commitment: f"commitment:{commitment.uuid}")
def _release(*, command: MoneyCommand, commitment: Commitment, by: Any, now: datetime.datetime) -> None:
    """Close a promise by the clock. Raises StepNotAllowed."""
    with transaction.atomic():
        release_rest(command, commitment, now)
        record("money.released", by=by, target=commitment_target(commitment), now=now, commitment=str(commitment.uuid))
        emails.commitment_released(commitment, by)
        raise_revision()
