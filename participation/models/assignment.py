"""Somebody in a role on a project, the first steps they take, and the offer of a role by mail."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from participation.models.project import Project
from participation.states import AssignmentState, Influence, Phase, WelcomeKind
from portal.organisations.models import Organisation


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Ways to choose assignments."""

    def active(self) -> Self:
        """Those that are signed and go on."""
        return self.filter(state=AssignmentState.ACTIVE)

    def running(self) -> Self:
        """Those that did not end, signed or not."""
        return self.exclude(state=AssignmentState.ENDED)


class Assignment(models.Model):
    """A person, or a patient organisation, in a role on a project.

    Readers see `number` ("patiëntvertegenwoordiger 1"), never a name or a condition unless that person consented.
    The three moments of starting say what is done; without all of them the database lets nobody be active.
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
    buddy_agreed_at = models.DateTimeField(null=True)  # none: asked, and has not answered
    number = models.PositiveSmallIntegerField()
    influence = models.CharField(max_length=10, choices=Influence)
    phases = models.JSONField(default=list)  # list of Phase: for which the person takes part
    state = models.CharField(max_length=10, choices=AssignmentState, default=AssignmentState.PROPOSED)
    proposed_at = models.DateTimeField()
    representative_signed_at = models.DateTimeField(null=True)
    project_signed_at = models.DateTimeField(null=True)
    interests_cleared_at = models.DateTimeField(null=True)  # decided, and no reason to stay out
    active_since = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)  # why the other side paused or ended it: for this person and the project
    access_needs = models.TextField(blank=True)  # what somebody needs to take part: only the project sees it
    access_needs_at = models.DateTimeField(null=True)

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
                condition=~Q(state__in=[AssignmentState.ACTIVE, AssignmentState.PAUSED])
                | Q(active_since__isnull=False),
                name="assignment_active_since",
            ),
            models.CheckConstraint(
                condition=Q(active_since__isnull=True)
                | Q(representative_signed_at__isnull=False, project_signed_at__isnull=False),
                name="assignment_active_is_signed",
            ),
            models.CheckConstraint(
                condition=~Q(state=AssignmentState.ACTIVE) | Q(interests_cleared_at__isnull=False),
                name="assignment_active_is_clear",
            ),
            models.CheckConstraint(
                condition=Q(access_needs="", access_needs_at__isnull=True)
                | (~Q(access_needs="") & Q(access_needs_at__isnull=False)),
                name="assignment_needs_have_day",
            ),
        ]

    class Retention:
        personal = ("user", "buddy", "reason", "access_needs", "access_needs_at")
        keep = (
            "role and dates for ever, without the person; who it was until 24 months after the project ended; "
            "what somebody needs to take part until 3 months after the last meeting"
        )

    def __str__(self) -> str:
        return f"representative {self.number} of project {self.project_id}"

    def takes_part_in(self, phase: str) -> bool:
        """Whether the role is for `phase`; a role without phases is for all."""
        return not self.phases or Phase(phase).value in self.phases

    @property
    def is_running(self) -> bool:
        """Whether it did not end."""
        return self.state != AssignmentState.ENDED


class WelcomeStep(models.Model):
    """A first step that somebody ticked off: for themselves, nobody else looks at it."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="welcome_steps")
    kind = models.CharField(max_length=10, choices=WelcomeKind)
    done_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=WelcomeKind.values), name="welcome_kind"),
            models.UniqueConstraint(fields=["assignment", "kind"], name="welcome_once"),
        ]

    class Retention:
        personal = ("done_at",)
        keep = "until 24 months after the project ended"

    def __str__(self) -> str:
        return f"{self.kind} of representative {self.assignment_id}"


class RoleOffer(models.Model):
    """A role offered by mail, to whoever reads that address; the link in the mail is kept as a hash only.

    The project sees the same of an address with an account as of one without.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="role_offers")
    email = models.EmailField(max_length=254)
    influence = models.CharField(max_length=10, choices=Influence)
    phases = models.JSONField(default=list)
    token_hash = models.CharField(max_length=64, unique=True)  # SHA-256
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="role_offers_made")
    offered_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(influence__in=Influence.values), name="role_offer_influence"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="role_offer_email_lower_case"),
            models.UniqueConstraint(fields=["project", "email"], name="role_offer_once"),
        ]

    class Retention:
        personal = ("email", "offered_by", "offered_at")
        keep = "until it is accepted, withdrawn or has been expired for 30 days"

    def __str__(self) -> str:
        return f"offer {self.pk} of project {self.project_id}"
