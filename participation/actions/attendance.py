"""What a representative says about coming to a meeting, and how they are reminded of it."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation import meeting_emails as emails
from participation.actions.common import day_of, target_of
from participation.models import Attendance
from participation.people import SIGNED
from participation.states import MeetingState
from participation.together_permissions import can_answer
from portal.audit.record import record
from portal.core.text import clean
from portal.core.workflow import StepNotAllowed
from portal.core.working_days import take_working_days

LONGEST_NEED = 1000
DAYS_TO_REMIND = 2  # working days before the meeting
FARTHEST = datetime.timedelta(days=21)  # two working days are never more than this
FIRST_HOUR, LAST_HOUR = 8, 20  # between which we remind people, in Amsterdam


@transaction.atomic
def answer(
    *, attendance: Attendance, will_come: bool, by: Any, now: datetime.datetime, access_needs: str | None = None
) -> None:
    """Say that one comes or not; another answer takes the place of the first. `access_needs`: None leaves what stands.

    Raises PermissionDenied, ValidationError, StepNotAllowed when the meeting began, is over or was cancelled.
    """
    can_answer(by, attendance)
    values: dict[str, Any] = {"will_come": will_come, "answered_at": now}
    if access_needs is not None:
        values["access_needs"] = clean(access_needs).strip()
        if len(values["access_needs"]) > LONGEST_NEED:
            told = _("De tekst is te lang. Er passen %(most)d tekens.") % {"most": LONGEST_NEED}
            raise ValidationError({"access_needs": told})
    open_now = Attendance.objects.filter(
        pk=attendance.pk, invited_at__isnull=False, meeting__state=MeetingState.PLANNED, meeting__starts_at__gt=now
    )
    if not open_now.update(**values):
        raise StepNotAllowed("answer: the meeting is over", told=_("Dit gesprek is al begonnen, voorbij of afgezegd."))
    attendance.refresh_from_db()
    meeting = attendance.meeting
    record("meeting.answered", by=by, target=target_of(meeting.project), now=now, meeting=str(meeting.uuid))


def remind_of_meetings(now: datetime.datetime) -> int:
    """Mail each who is invited and did not say no, once, two working days before; how many that were. A job."""
    if not FIRST_HOUR <= timezone.localtime(now).hour < LAST_HOUR:
        return 0
    soon = Attendance.objects.filter(
        meeting__state=MeetingState.PLANNED, meeting__starts_at__gt=now, invited_at__isnull=False,
        reminded_at__isnull=True, assignment__state__in=SIGNED,
        meeting__starts_at__lt=now + FARTHEST,
    ).exclude(will_come=False)  # fmt: skip
    told = 0
    for one in soon.select_related("meeting__project", "assignment__user").order_by("pk"):
        told += _remind(one, now)
    return told


def _remind(attendance: Attendance, now: datetime.datetime) -> bool:
    """Remind one person, when it is the day for it and the invitation is not as new as that."""
    day = take_working_days(day_of(attendance.meeting.starts_at), DAYS_TO_REMIND)
    if attendance.invited_at is None or day_of(now) < day or day_of(attendance.invited_at) >= day:
        return False
    with transaction.atomic():
        if not Attendance.objects.filter(pk=attendance.pk, reminded_at__isnull=True).update(reminded_at=now):
            return False
        emails.reminded(attendance, now)
    return True
