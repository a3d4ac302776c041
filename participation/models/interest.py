"""The interests that everybody in a project declares, every year anew, and what was decided about them."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from participation.models.assignment import Assignment
from participation.models.project import Project
from participation.states import InterestDecision, InterestState


class Interest(models.Model):
    """What one person declared on one day: nothing, or a text; and what was decided.

    Only who declared it and who decides read `text`. `decision_text` is written by who decides: the project reads it,
    and everybody when the decision says so, with the role and without a name. A new declaration is a new row.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="interests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="interests")
    assignment = models.ForeignKey(  # of a representative; none: of the team
        Assignment, on_delete=models.CASCADE, null=True, related_name="interests"
    )
    has_none = models.BooleanField()
    text = models.TextField(blank=True)
    declared_at = models.DateTimeField()
    valid_until = models.DateField()
    reminded_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=InterestState, default=InterestState.DECLARED)
    decision = models.CharField(max_length=10, choices=InterestDecision, blank=True)
    decision_text = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="interests_decided"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=InterestState.values), name="interest_state"),
            models.CheckConstraint(condition=Q(decision__in=["", *InterestDecision.values]), name="interest_decision"),
            models.CheckConstraint(
                condition=Q(has_none=True, text="") | (Q(has_none=False) & ~Q(text="")), name="interest_none_or_text"
            ),
            models.CheckConstraint(
                condition=Q(state=InterestState.DECLARED, decision="", decided_at__isnull=True)
                | (Q(state=InterestState.DECIDED, decided_at__isnull=False) & ~Q(decision="")),
                name="interest_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(decision__in=["", InterestDecision.NONE]) | ~Q(decision_text=""),
                name="interest_decision_has_text",
            ),
            models.UniqueConstraint(
                fields=["project", "user"], condition=Q(state=InterestState.DECLARED), name="interest_one_to_decide"
            ),
        ]

    class Retention:
        personal = ("user", "text", "decision_text", "decided_by")
        keep = "until 24 months after the project ended"

    def __str__(self) -> str:
        return f"interests of {self.user_id} in project {self.project_id}"
