"""What a draft said before: to look back at, and to put back."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from transparency.models.draft import Draft


class DraftSave(models.Model):
    """The text of a draft after a while in which one person wrote; the oldest one is what it began with."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="saves")
    revision = models.PositiveIntegerField()  # of the draft, at the end of that while
    content = models.JSONField()
    places = models.JSONField(default=list)  # list of str: what this person changed, see transparency/writing/places.py
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="draft_saves")
    began_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["draft", "revision"], name="draft_save_once")]

    class Retention:
        personal = ("by", "began_at", "saved_at")
        keep = "the newest 50 of a draft, until it is published or thrown away"

    def __str__(self) -> str:
        return f"save of draft {self.draft_id} at revision {self.revision}"
