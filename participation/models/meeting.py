"""Meetings of a project: agenda, papers in time, who was there, what was said in plain words."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from participation.models.assignment import Assignment
from participation.models.project import Project
from participation.states import MeetingState, Phase


class Meeting(models.Model):
    """A meeting with representatives; `summary` is public once it was held, who was there is not."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="meetings")
    phase = models.CharField(max_length=12, choices=Phase)
    state = models.CharField(max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    title = models.CharField(max_length=150)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=300)  # an address, or where it is online
    agenda = models.TextField()
    papers_sent_at = models.DateTimeField(null=True)  # at least five working days before
    summary = models.TextField(blank=True)
    summary_en = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=MeetingState.values), name="meeting_state"),
            models.CheckConstraint(condition=Q(phase__in=Phase.values), name="meeting_phase"),
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="meeting_ends_later"),
        ]

    class Retention:
        personal = ()
        keep = "as long as the project; no person stands in it"

    def __str__(self) -> str:
        return f"meeting {self.pk} of project {self.project_id}"


class Attendance(models.Model):
    """That a representative is asked to a meeting, says to come, and was there."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="attendances")
    will_come = models.BooleanField(null=True)
    was_there = models.BooleanField(null=True)
    minutes = models.PositiveIntegerField(null=True)  # spent, with preparation: for the claim

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "assignment"], name="attendance_once"),
        ]

    class Retention:
        personal = ("will_come", "was_there", "minutes")
        keep = "until 24 months after the project ended"

    def __str__(self) -> str:
        return f"representative {self.assignment_id} at meeting {self.meeting_id}"
