"""What meetings and tasks ask of somebody, as lines of the workspace."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from participation.models import Attendance, Meeting, Project, ProjectTask
from participation.people import SIGNED
from participation.states import MeetingState, ProjectState, TaskState
from portal.ui.tasks import Task


def together_tasks(user: Any, run_by_user: QuerySet[Project]) -> Iterator[Task]:
    """Everything that `user` has to do; `run_by_user`: the projects of which they plan the meetings."""
    today = timezone.localdate()
    yield from _answers(user)
    yield from _meetings(run_by_user, today)
    yield from _tasks(user, today)


def _answers(user: Any) -> Iterator[Task]:
    """Invitations without an answer."""
    asked = Attendance.objects.filter(
        assignment__user=user.pk, assignment__state__in=SIGNED, invited_at__isnull=False, will_come__isnull=True,
        meeting__state=MeetingState.PLANNED, meeting__starts_at__gt=timezone.now(),
    )  # fmt: skip
    for one in asked.select_related("meeting__project").order_by("meeting__starts_at", "pk"):
        meeting = one.meeting
        yield Task(
            what=_("Zeg of u komt"), title=meeting.title, about=meeting.project.name,
            url=reverse("participation:meeting-mine", args=[meeting.uuid]), due=_day(meeting.starts_at),
        )  # fmt: skip


def _meetings(run_by_user: QuerySet[Project], today: datetime.date) -> Iterator[Task]:
    """What planned meetings wait for."""
    planned = Meeting.objects.filter(
        state=MeetingState.PLANNED, project__in=run_by_user, project__state=ProjectState.RUNNING
    )
    for meeting in planned.select_related("project").order_by("starts_at", "pk"):
        if meeting.starts_at <= timezone.now():
            yield _task(_("Schrijf wat er is gezegd"), meeting, "meeting-held", _day(meeting.starts_at), today)
        elif meeting.invited_at is None:
            yield _task(_("Nodig mensen uit"), meeting, "meeting", meeting.papers_due, today)
        elif meeting.papers_sent_at is None:
            yield _task(_("Stuur de stukken"), meeting, "meeting", meeting.papers_due, today)


def _tasks(user: Any, today: datetime.date) -> Iterator[Task]:
    """What `user` was asked to do, and what others did not do in time for `user`."""
    running = ProjectTask.objects.filter(state=TaskState.OPEN, project__state=ProjectState.RUNNING)
    asked = running.filter(Q(doer=user.pk) | Q(asked_by=user.pk, due_date__lt=today)).select_related("project")
    for one in asked.order_by("due_date", "pk"):
        yield Task(
            what=_("Doe dit") if one.doer_id == user.pk else _("Iemand is te laat met"), title=one.what,
            about=one.project.name, url=reverse("participation:tasks", args=[one.project.slug]), due=one.due_date,
            is_late=one.due_date < today,
        )  # fmt: skip


def _task(what: str | Promise, meeting: Meeting, page: str, due: datetime.date, today: datetime.date) -> Task:
    project = meeting.project
    url = reverse(f"participation:{page}", args=[project.slug, meeting.uuid])
    return Task(what=what, title=meeting.title, about=project.name, url=url, due=due, is_late=due < today)


def _day(moment: datetime.datetime) -> datetime.date:
    return timezone.localtime(moment).date()
