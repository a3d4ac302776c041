"""What the portal knows of patients who took part: pushed by participation, beside the versions (decisions.md)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from transparency.models.entry import Entry


class Taken(models.TextChoices):
    """Whether patients took part, as the portal saw it; blank: it saw nothing of it."""

    YES = "YES", "YES"
    PARTLY = "PARTLY", "PARTLY"


class TakenPart(models.Model):
    """The projects of an entry in short, as `transparency.service.show_participation` keeps them."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, primary_key=True, related_name="taken_part")
    answer = models.CharField(max_length=6, choices=Taken, blank=True)
    projects = models.JSONField(default=list)  # [transparency.service.ProjectInShort as a dictionary]
    told_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(answer__in=["", *Taken.values]), name="taken_part_answer")
        ]

    class Retention:
        personal = ()
        keep = "as long as the entry; numbers and roles, no person"

    def __str__(self) -> str:
        return f"projects of entry {self.entry_id}"
