"""The outbox app: mails that wait for another try."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Mails that the mail server did not take."""

    name = "portal.outbox"
    verbose_name = "Mails die wachten"
