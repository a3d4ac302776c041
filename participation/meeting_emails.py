"""Who is mailed what about meetings. Each mail goes to one person; none names a representative."""

import datetime
from collections.abc import Iterable
from typing import Any

from participation.answer_links import answer_token
from participation.calendar_file import CONTENT_TYPE, NAME, calendar_file
from participation.models import Attendance, Meeting
from participation.people import SIGNED
from portal.core.links import address
from portal.core.mail import send_mail


def _send(attendance: Attendance, event: str, now: datetime.datetime | None = None, **context: Any) -> None:
    """Mail the person of `attendance` about its meeting; with the calendar file as it is at `now`."""
    person, meeting = attendance.assignment.user, attendance.meeting
    if person is None or not person.is_active:
        return
    told = {
        "meeting": meeting,
        "project": meeting.project,
        "page": address("participation:meeting-mine", meeting.uuid),
        "answer_page": address("participation:meeting-answer-link", answer_token(attendance)),
        **context,
    }
    attached = [(NAME, calendar_file(meeting, now), CONTENT_TYPE)] if now else []
    send_mail(person.email, event, told, attachments=attached)


def _invited(meeting: Meeting) -> Iterable[Attendance]:
    """Everybody who was invited and still takes part."""
    asked = meeting.attendances.filter(invited_at__isnull=False, assignment__state__in=SIGNED)
    return asked.select_related("assignment__user", "meeting__project").order_by("pk")


def invited(attendance: Attendance, now: datetime.datetime) -> None:
    """To who is invited: one click to answer, and the calendar file."""
    _send(attendance, "participation/meeting_invited", now)


def changed(meeting: Meeting, now: datetime.datetime, *, answer_anew: bool) -> None:
    """To who was invited: another time or place; `answer_anew`: their answer does not count any more."""
    for one in _invited(meeting):
        _send(one, "participation/meeting_changed", now, answer_anew=answer_anew)


def cancelled(meeting: Meeting, now: datetime.datetime) -> None:
    """To who was invited, with why, and the calendar file that takes it out of their calendar."""
    for one in _invited(meeting):
        _send(one, "participation/meeting_cancelled", now)


def reminded(attendance: Attendance, now: datetime.datetime) -> None:
    """To who is invited, two working days before."""
    _send(attendance, "participation/meeting_reminder", now)


def papers_sent(meeting: Meeting) -> None:
    """To who was invited and did not say no."""
    for one in _invited(meeting):
        if one.will_come is not False:
            _send(one, "participation/meeting_papers")
