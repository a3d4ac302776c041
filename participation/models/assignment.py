"""Somebody in a role on a project: what they agreed to, and the interests they declared."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from participation.models.project import Project
from participation.states import AssignmentState, Influence, Phase
from portal.organisations.models import Organisation


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Ways to choose assignments."""

    def active(self) -> Self:
        """Those that are signed and go on."""
        return self.filter(state=AssignmentState.ACTIVE)


class Assignment(models.Model):
    """A person, or a patient organisation, in a role on a project.

    Readers see `number` ("patiëntvertegenwoordiger 1"), never a name or a condition unless that person consented.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="assignments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="assignments")
    organisation = models.ForeignKey(  # the patient organisation that takes part, or supports this person
        Organisation, on_delete=models.PROTECT, null=True, related_name="assignments"
    )
    buddy = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="buddy_of"
    )
    number = models.PositiveSmallIntegerField()
    influence = models.CharField(max_length=10, choices=Influence)
    phases = models.JSONField(default=list)  # list of Phase: for which the person takes part
    state = models.CharField(max_length=10, choices=AssignmentState, default=AssignmentState.PROPOSED)
    proposed_at = models.DateTimeField()
    active_since = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=AssignmentState.values), name="assignment_state"),
            models.CheckConstraint(condition=Q(influence__in=Influence.values), name="assignment_influence"),
            models.UniqueConstraint(fields=["project", "number"], name="assignment_number_once"),
            models.UniqueConstraint(
                fields=["project", "user"], condition=~Q(state=AssignmentState.ENDED), name="assignment_once"
            ),
            models.CheckConstraint(
                condition=~Q(state=AssignmentState.ACTIVE) | Q(active_since__isnull=False),
                name="assignment_active_since",
            ),
        ]

    class Retention:
        personal = ("user", "buddy")
        keep = "role and dates for ever, without the person; who it was until 24 months after the project ended"

    def __str__(self) -> str:
        return f"representative {self.number} of project {self.project_id}"

    def takes_part_in(self, phase: str) -> bool:
        """Whether the role is for `phase`; a role without phases is for all."""
        return not self.phases or Phase(phase).value in self.phases
