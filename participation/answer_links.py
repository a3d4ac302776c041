"""Links in mails that let somebody do one thing without signing in: answer an invitation, or stop a mail."""

import datetime

from django.core import signing

from participation.models import Attendance

ANSWER, STOP = "participation.answer", "participation.stop"  # a link of one kind opens nothing of the other
OLDEST = datetime.timedelta(days=60)  # that an answer is taken from a mail; a reminder brings a new link


def answer_token(attendance: Attendance) -> str:
    """The text that stands in the link of an invitation: it names the invitation and nobody can make another."""
    return signing.dumps(attendance.pk, salt=ANSWER)


def attendance_of(token: str) -> Attendance | None:
    """The invitation that a link is about; None when it was made up, changed, or is too old."""
    try:
        pk = signing.loads(token, salt=ANSWER, max_age=OLDEST)
    except signing.BadSignature:
        return None
    found = Attendance.objects.select_related("meeting__project__organisation", "assignment__user").filter(pk=pk)
    return found.first()


def stop_token(user_id: int) -> str:
    """The text in the link that stops the mail to one person. It does not get old: to stop is always possible."""
    return signing.dumps(user_id, salt=STOP)


def reader_of(token: str) -> int | None:
    """The number of the user whose mail a link stops; None when it was made up or changed."""
    try:
        return int(signing.loads(token, salt=STOP))
    except signing.BadSignature:
        return None
