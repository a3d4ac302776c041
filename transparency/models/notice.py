"""A notice on an entry: warning, incident, pause, stop or recall."""

from typing import ClassVar

from django.db import models

from transparency.models.entry import Entry
from transparency.states import NoticeKind


class Notice(models.Model):
    """What patients must know now about an entry; stands on top of it."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=10, choices=NoticeKind)
    text = models.TextField()
    text_en = models.TextField(blank=True)
    link = models.URLField(max_length=500, blank=True)
    published_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=NoticeKind.values), name="notice_kind"),
            models.UniqueConstraint(fields=["entry", "kind", "published_at"], name="notice_once"),
        ]

    class Retention:
        personal = ()
        keep = "for ever: part of the history of an entry"

    def __str__(self) -> str:
        return f"{self.kind} {self.published_at:%Y-%m-%d} ({self.pk})"
