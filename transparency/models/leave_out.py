"""An organisation that an entry of one above it does not hold for."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.organisations.models import Organisation
from transparency.models.entry import Entry
from transparency.states import LeaveOutState


def _person(name: str) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name=name)


class LeaveOut(models.Model):
    """The wish of `organisation` to stand outside `entry`, and what its group said."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="leave_outs")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="leave_outs")
    state = models.CharField(max_length=10, choices=LeaveOutState, default=LeaveOutState.ASKED)
    reason = models.TextField()
    answer = models.TextField(blank=True)
    asked_by = _person("leave_outs_asked")
    asked_at = models.DateTimeField()
    decided_by = _person("leave_outs_decided")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=LeaveOutState.values), name="leave_out_state"),
            models.UniqueConstraint(
                fields=["entry", "organisation"],
                condition=Q(state__in=[LeaveOutState.ASKED, LeaveOutState.ACCEPTED]),
                name="leave_out_once",
            ),
        ]

    class Retention:
        personal = ("asked_by", "decided_by", "reason", "answer")
        keep = "two years after it was decided; as long as it holds"

    def __str__(self) -> str:
        return f"{self.organisation_id} outside entry {self.entry_id}"
