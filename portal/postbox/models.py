"""Mails that were sent to nobody."""

from typing import ClassVar

from django.db import models
from django.urls import reverse


class Mail(models.Model):
    """A mail as it would have been sent. Only where EXAMPLE_PEOPLE is on, so to invented people."""

    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    sent_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-pk"]

    class Retention:
        personal = ("to", "subject", "body", "sent_at")
        keep = "a week, and the newest 200 at most; only in an installation with example people"

    def __str__(self) -> str:
        return f"mail {self.pk}"

    def get_absolute_url(self) -> str:
        """The page of the mail."""
        return reverse("postbox-mail", args=[self.pk])
