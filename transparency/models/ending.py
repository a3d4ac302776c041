"""The end of an entry as two people agree on it: one asks, another confirms; at once or on a day."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from transparency.models.entry import Entry
from transparency.states import OPEN_ENDING, EndingState


def _person(name: str) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name=name)


class EndingQuerySet(models.QuerySet["Ending"]):
    """Ways to choose endings."""

    def open(self) -> Self:
        """Those that are asked for or planned."""
        return self.filter(state__in=OPEN_ENDING)


class Ending(models.Model):
    """That an entry leaves the register, why, and what comes after it. Its page stays as a tombstone."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="endings")
    state = models.CharField(max_length=12, choices=EndingState, default=EndingState.ASKED)
    reason = models.TextField()
    reason_en = models.TextField(blank=True)
    successor = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="endings_before")
    end_on = models.DateField(null=True)  # the first day on which it is gone; empty: as soon as it is confirmed
    asked_by = _person("endings_asked")
    asked_at = models.DateTimeField()
    decided_by = _person("endings_decided")  # who confirmed or cancelled it
    decided_at = models.DateTimeField(null=True)

    objects = EndingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=EndingState.values), name="ending_state"),
            models.CheckConstraint(condition=~Q(reason=""), name="ending_has_reason"),
            models.CheckConstraint(
                condition=~Q(state=EndingState.PLANNED) | Q(end_on__isnull=False), name="ending_planned_has_day"
            ),
            models.UniqueConstraint(fields=["entry"], condition=Q(state__in=OPEN_ENDING), name="ending_open_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "end_on"], name="ending_by_day")]

    class Retention:
        personal = ("asked_by", "decided_by")
        keep = "two years after it was decided; reason and date stay on the entry for ever"

    def __str__(self) -> str:
        return f"ending {self.pk} of {self.entry_id}: {self.state}"
