"""The closing account of a project: what came of working with patients, in the five items of GRIPP2-SF."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from participation.models.project import Project
from participation.states import AccountState


class ClosingAccount(models.Model):
    """Written by the project, agreed by the patient side, public when both is done and the project ended.

    Source of the five items: Staniszewska et al., GRIPP2 reporting checklists, BMJ 2017;358:j3453.
    """

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="account")
    state = models.CharField(max_length=8, choices=AccountState, default=AccountState.DRAFT)
    revision = models.PositiveIntegerField(default=1)  # nobody agrees to another text than the one they read
    aim = models.TextField(blank=True)
    methods = models.TextField(blank=True)
    results = models.TextField(blank=True)
    discussion = models.TextField(blank=True)
    reflection = models.TextField(blank=True)
    language_reason = models.TextField(blank=True)  # why it could not be easier to read: public
    remarks = models.TextField(blank=True)  # of the patient side, when it does not agree yet: for both sides
    begun_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=AccountState.values), name="account_state"),
            models.CheckConstraint(
                condition=~Q(state=AccountState.AGREED) | Q(agreed_at__isnull=False), name="account_agreed_at"
            ),
        ]

    class Retention:
        personal = ()
        keep = "for ever: public; no person stands in it"

    def __str__(self) -> str:
        return f"closing account of project {self.project_id}"
