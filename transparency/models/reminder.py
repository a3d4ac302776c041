"""That people were reminded to check a text: a row for each mail, so that none is sent twice."""

from typing import ClassVar

from django.db import models

from transparency.models.entry import Entry


class Reminder(models.Model):
    """One reminder: that the text of `entry` must be checked by `due`, `days` before that day."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="reminders")
    due = models.DateField()
    days = models.PositiveSmallIntegerField()  # 60, 30 or 0
    sent_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "due", "days"], name="reminder_once")]

    class Retention:
        personal = ()
        keep = "two years"

    def __str__(self) -> str:
        return f"reminder {self.days} days before {self.due} of {self.entry_id}"
