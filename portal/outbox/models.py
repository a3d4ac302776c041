"""Mails that wait for another try."""

from typing import ClassVar

from django.db import models


class WaitingMail(models.Model):
    """A mail that was refused. Its text may hold a link that opens an account, so the database holds it sealed."""

    sealed = models.TextField()  # the whole mail, see actions.py
    tries = models.PositiveSmallIntegerField(default=1)  # how often it was refused, or is being sent now
    next_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["next_at"], name="waiting_mail_next")]

    class Retention:
        personal = ("sealed", "next_at")
        keep = "until it is sent, or about a day: then we give up and erase it"

    def __str__(self) -> str:
        return f"waiting mail {self.pk}"
