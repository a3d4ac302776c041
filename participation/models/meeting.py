"""Meetings of a project: agenda, papers in time, who was there, what was said in plain words."""

import datetime
import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from participation.models.assignment import Assignment
from participation.models.project import Project
from participation.states import MeetingState, PaperForm, Phase
from portal.core.working_days import take_working_days

DAYS_TO_READ = 5  # working days before the meeting on which its papers are there, at the latest


class Meeting(models.Model):
    """A meeting with representatives; `summary` is public once it was held, who was there is not."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="meetings")
    phase = models.CharField(max_length=12, choices=Phase)
    state = models.CharField(max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    revision = models.PositiveIntegerField(
        default=0
    )  # goes up with each change: nobody writes over what they did not see
    title = models.CharField(max_length=150)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=300)  # an address, or where it is online
    agenda = models.TextField()
    invited_at = models.DateTimeField(null=True)
    papers_sent_at = models.DateTimeField(null=True)  # the last ones: at least five working days before
    cancel_reason = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    summary_en = models.TextField(blank=True)
    language_reason = models.TextField(blank=True)  # why the summary stays a little hard: public
    team_present = models.PositiveSmallIntegerField(null=True)  # how many people of the project were there

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=MeetingState.values), name="meeting_state"),
            models.CheckConstraint(condition=Q(phase__in=Phase.values), name="meeting_phase"),
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="meeting_ends_later"),
            models.CheckConstraint(
                condition=~Q(state=MeetingState.CANCELLED) | ~Q(cancel_reason=""), name="meeting_cancelled_has_reason"
            ),
        ]

    class Retention:
        personal = ()
        keep = "as long as the project; no person stands in it"

    def __str__(self) -> str:
        return f"meeting {self.pk} of project {self.project_id}"

    @property
    def papers_due(self) -> datetime.date:
        """The last day on which papers are in time."""
        return take_working_days(timezone.localtime(self.starts_at).date(), DAYS_TO_READ)

    def papers_are_late(self, today: datetime.date) -> bool:
        """Whether papers came after that day, or are still to come while it is past."""
        if self.state == MeetingState.CANCELLED:
            return False
        if self.papers_sent_at is not None:
            return timezone.localtime(self.papers_sent_at).date() > self.papers_due
        return self.state == MeetingState.PLANNED and today > self.papers_due


class Attendance(models.Model):
    """That a representative is asked to a meeting, says to come, and was there."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="attendances")
    invited_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    will_come = models.BooleanField(null=True)
    answered_at = models.DateTimeField(null=True)
    access_needs = models.TextField(blank=True)  # what somebody needs to take part: only who plans the meeting sees it
    was_there = models.BooleanField(null=True)
    minutes = models.PositiveIntegerField(null=True)  # spent, with preparation: for the claim

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "assignment"], name="attendance_once"),
        ]

    class Retention:
        personal = ("invited_at", "reminded_at", "will_come", "answered_at", "access_needs", "was_there", "minutes")
        keep = "24 months after the project ended, then only that somebody was there; needs 3 months after the meeting"

    def __str__(self) -> str:
        return f"representative {self.assignment_id} at meeting {self.meeting_id}"


class MeetingPaperQuerySet(models.QuerySet["MeetingPaper"]):
    """Ways to choose papers."""

    def without_file(self) -> Self:
        """Without the bytes, which only the download reads."""
        return self.defer("data")

    def sent(self) -> Self:
        """Those that the representatives got."""
        return self.filter(sent_at__isnull=False)


class MeetingPaper(models.Model):
    """A paper to read before a meeting: typed text, or a file that stands in the database and opens nowhere here."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="papers")
    title = models.CharField(max_length=150)
    form = models.CharField(max_length=4, choices=PaperForm)
    text = models.TextField(blank=True)
    data = models.BinaryField(null=True)
    size = models.PositiveIntegerField(default=0)  # bytes of the file
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    objects = MeetingPaperQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(form__in=PaperForm.values), name="meeting_paper_form"),
            models.CheckConstraint(
                condition=(Q(form=PaperForm.TEXT, data__isnull=True) & ~Q(text=""))
                | (~Q(form=PaperForm.TEXT) & Q(data__isnull=False, text="")),
                name="meeting_paper_text_or_file",
            ),
        ]

    class Retention:
        personal = ("added_by",)
        keep = "until 24 months after the project ended"

    def __str__(self) -> str:
        return f"paper {self.pk} of meeting {self.meeting_id}"
