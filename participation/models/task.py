"""What somebody who works on a project was asked to do for it."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from participation.models.project import Project
from participation.states import TaskState


class ProjectTask(models.Model):
    """One thing to do, before a day, for one person: representative, coordinator or team member."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="tasks")
    state = models.CharField(max_length=9, choices=TaskState, default=TaskState.OPEN)
    what = models.CharField(max_length=300)
    doer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="project_tasks"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="project_tasks_asked"
    )
    due_date = models.DateField()
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # done, or not needed any more

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=TaskState.values), name="project_task_state"),
            models.CheckConstraint(
                condition=Q(state=TaskState.OPEN, ended_at__isnull=True)
                | (~Q(state=TaskState.OPEN) & Q(ended_at__isnull=False)),
                name="project_task_ended_has_time",
            ),
        ]

    class Retention:
        personal = ("what", "doer", "asked_by")
        keep = "until 24 months after the project ended"

    def __str__(self) -> str:
        return f"task {self.pk} of project {self.project_id}"
