"""Two descriptions of one product, joined."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from transparency.models.system import AISystem
from transparency.states import OPEN_MERGE, MergeState


def _person(name: str) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name=name)


class Merge(models.Model):
    """The wish, and the act, to go on with `into` for what is said of `old`; it remembers what moved, to undo it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    old = models.ForeignKey(AISystem, on_delete=models.PROTECT, related_name="merges")
    into = models.ForeignKey(AISystem, on_delete=models.PROTECT, related_name="merges_into")
    state = models.CharField(max_length=10, choices=MergeState, default=MergeState.ASKED)
    reason = models.TextField()  # why they are one product; public on the page of the old one
    asked_by = _person("merges_asked")
    asked_at = models.DateTimeField()
    decided_by = _person("merges_decided")
    decided_at = models.DateTimeField(null=True)
    undo_asked_by = _person("merges_undo_asked")
    moved = models.JSONField(default=list)  # numbers of the entries that went over
    names = models.JSONField(default=list)  # the names that `into` got

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=MergeState.values), name="merge_state"),
            models.CheckConstraint(condition=~Q(old=F("into")), name="merge_of_two"),
            models.UniqueConstraint(fields=["old"], condition=Q(state__in=OPEN_MERGE), name="merge_open_once"),
        ]

    class Retention:
        personal = ("asked_by", "decided_by", "undo_asked_by")
        keep = "for ever: the history of a product; the people are left out two years after it was decided"

    def __str__(self) -> str:
        return f"merge {self.pk} of {self.old_id} into {self.into_id}"
