"""What readers of one language see of a public record: made with it at publication, so that pages only join it."""

from typing import ClassVar

from django.db import models

from transparency.models.record import PublicRecord


class Shown(models.Model):
    """One record in one language, made by `transparency.shown`. `transparency.cards.CUT` stands between pieces."""

    record = models.ForeignKey(PublicRecord, on_delete=models.CASCADE, related_name="shown", db_index=False)
    language = models.CharField(max_length=2)
    card = models.TextField()  # pieces, see transparency.cards
    sentences = models.TextField(blank=True)  # what patients read, a sentence per line
    places = models.TextField(blank=True)  # " term:0.12 …": on which of these lines a folded stem stands
    due = models.CharField(max_length=10, blank=True, default="")  # that of the record, so that a list reads one row
    page = models.TextField(blank=True, default="")  # pieces, see transparency.entry_page; empty: made when asked for

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "language"], name="shown_once_per_language"),
        ]

    class Retention:
        personal = ()
        keep = "as long as its record; made anew from the published text"

    def __str__(self) -> str:
        return f"{self.language} of record {self.record_id}"
