"""Django's way of sending mail: what the mail server does not take, waits for another try."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from portal.outbox.actions import keep, send_now


class EmailBackend(BaseEmailBackend):
    """Sends by SENDING_BACKEND. Nobody who did something meets a fault because the mail server has one."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send or keep the mails; how many there were."""
        for message in email_messages:
            try:
                send_now(message)
            except OSError as error:  # every fault of smtplib is one
                keep(message, error, timezone.now())
        return len(email_messages)
