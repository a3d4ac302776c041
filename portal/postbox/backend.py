"""Django's way of sending mail, into the postbox."""

import datetime
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from portal.postbox.models import Mail

KEEP = datetime.timedelta(days=7)
MOST = 200


class EmailBackend(BaseEmailBackend):
    """Keeps every mail once for each who would have got it, and forgets the old ones."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep the mails; how many there were."""
        now = timezone.now()
        Mail.objects.bulk_create(
            Mail(to=to, subject=str(message.subject)[:300], body=str(message.body), sent_at=now)
            for message in email_messages
            for to in message.recipients()
        )
        Mail.objects.filter(sent_at__lt=now - KEEP).delete()
        if oldest := Mail.objects.values_list("pk", flat=True)[MOST : MOST + 1].first():
            Mail.objects.filter(pk__lte=oldest).delete()
        return len(email_messages)
