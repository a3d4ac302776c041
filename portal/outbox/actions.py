"""Keeping mails that were refused, and sending them again: seven tries in about a day, then they are erased."""

import datetime
import json
import logging
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from portal.core.sealing import SealBroken, seal, unseal
from portal.outbox.models import WaitingMail

WAITS = tuple(  # after the first try, the second and so on
    datetime.timedelta(minutes=minutes) for minutes in (1, 5, 30, 2 * 60, 6 * 60, 15 * 60)
)
MOST_AT_ONCE = 20  # a mail server that does not answer takes long to say so
_log = logging.getLogger(__name__)


def send_now(message: EmailMessage) -> None:
    """Hand `message` to the mail server. Raises OSError (as smtplib does) when that does not take it."""
    get_connection(settings.SENDING_BACKEND).send_messages([message])


def keep(message: EmailMessage, error: Exception, now: datetime.datetime) -> None:
    """Keep a mail that was refused. What is logged names nobody: an error of a mail server may."""
    _log.warning("a mail waits: it was refused (%s)", type(error).__name__)
    WaitingMail.objects.create(sealed=seal(json.dumps(_parts(message))), next_at=now + WAITS[0])


def send_waiting_mails(now: datetime.datetime) -> int:
    """Try what is due again; how many went out. Two workers at once do not send the same one. A job of every minute."""
    due = WaitingMail.objects.filter(next_at__lte=now).order_by("next_at", "pk")[:MOST_AT_ONCE]
    return sum(try_again(one, now) for one in list(due))


def try_again(waiting: WaitingMail, now: datetime.datetime) -> bool:
    """Try one; whether it went out. The number of tries is written first: who writes it, sends."""
    is_last = waiting.tries >= len(WAITS)
    following = now + (WAITS[-1] if is_last else WAITS[waiting.tries])
    mine = WaitingMail.objects.filter(pk=waiting.pk, tries=waiting.tries)
    if not mine.update(tries=waiting.tries + 1, next_at=following):
        return False  # another worker tries it now
    there = WaitingMail.objects.filter(pk=waiting.pk)
    try:
        send_now(EmailMessage(**json.loads(unseal(waiting.sealed))))
    except (OSError, SealBroken) as error:
        if is_last or isinstance(error, SealBroken):
            _log.error("a mail was given up after %d tries (%s)", waiting.tries + 1, type(error).__name__)
            there.delete()
        return False
    there.delete()
    return True


def _parts(message: EmailMessage) -> dict[str, Any]:
    """What the mail is made of again. Ours are plain text, with plain text as attachments."""
    return {
        "subject": str(message.subject), "body": str(message.body), "from_email": message.from_email,
        "to": list(message.to), "cc": list(message.cc), "bcc": list(message.bcc), "reply_to": list(message.reply_to),
        "headers": {name: str(value) for name, value in message.extra_headers.items()},
        "attachments": [list(one) for one in message.attachments],
    }  # fmt: skip
