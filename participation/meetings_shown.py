"""What everybody may read of the meetings of a project: numbers and summaries, never who was there."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from participation.models import Meeting, Project
from participation.states import MeetingState


@dataclass(frozen=True, kw_only=True)
class MeetingShown:
    """A meeting that was held or is planned."""

    meeting: Meeting
    representatives: int  # how many were there
    is_late: bool  # its papers came too late, or still have to come

    @property
    def is_planned(self) -> bool:
        """Whether it is still to come."""
        return self.meeting.state == MeetingState.PLANNED


def meetings(project: Project) -> dict[str, Any]:
    """Every meeting of `project` but those that were cancelled, the newest first."""
    present = Count("attendances", filter=Q(attendances__was_there=True))
    found = project.meetings.exclude(state=MeetingState.CANCELLED).annotate(present=present)
    today = timezone.localdate()
    return {
        "meetings": [
            MeetingShown(meeting=one, representatives=one.present, is_late=one.papers_are_late(today))
            for one in found.order_by("-starts_at", "-pk")
        ]
    }
