"""The gates between phases: who asked, what was found, who decided; and the public exceptions to them."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from participation.models.project import Project
from participation.states import ExceptionState, GateState, Phase
from portal.organisations.models import Organisation

models.TextField.register_lookup(Length)
SHORTEST_REASON = 200  # characters of an exception's reason (participation.md)


def _person(name: str) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name=name)


class GateException(models.Model):
    """Permission to pass a gate without patients: public for ever, given by a fund of another organisation.

    Who is missing, how and before when that is mended: within six months. One runs at a time; never two in a row.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="exceptions")
    from_phase = models.CharField(max_length=12, choices=Phase)
    state = models.CharField(max_length=10, choices=ExceptionState, default=ExceptionState.ASKED)
    reason = models.TextField()
    missing = models.TextField()  # who is missing
    repair = models.TextField()  # how it is mended
    repair_by = models.DateField()
    asked_by = _person("exceptions_asked")
    asked_at = models.DateTimeField()
    granted_for = models.ForeignKey(  # the organisation of who decided
        Organisation, on_delete=models.PROTECT, null=True, related_name="exceptions_granted"
    )
    decided_by = _person("exceptions_decided")
    decided_at = models.DateTimeField(null=True)
    decision_text = models.TextField(blank=True)
    repaired_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    late_told_at = models.DateTimeField(null=True)  # when both sides were mailed that its day is past

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=ExceptionState.values), name="exception_state"),
            models.CheckConstraint(condition=Q(from_phase__in=Phase.values), name="exception_phase"),
            models.CheckConstraint(condition=Q(reason__length__gte=SHORTEST_REASON), name="exception_reason_long"),
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(state__in=[ExceptionState.ASKED, ExceptionState.GRANTED]),
                name="exception_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ExceptionState.GRANTED, ExceptionState.REPAIRED])
                | Q(granted_for__isnull=False, decided_at__isnull=False),
                name="exception_granted_by_somebody",
            ),
        ]

    class Retention:
        personal = ("asked_by", "decided_by")
        keep = "for ever: public; who asked and decided as long as they have an account"

    def __str__(self) -> str:
        return f"exception {self.pk} of project {self.project_id}"


class GateReview(models.Model):
    """One decision on entering the next phase. `findings` keeps what was there: roles, contributions, open advice."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="gate_reviews")
    from_phase = models.CharField(max_length=12, choices=Phase)
    to_phase = models.CharField(max_length=12, choices=Phase)
    state = models.CharField(max_length=10, choices=GateState, default=GateState.ASKED)
    asked_by = _person("gates_asked")
    asked_at = models.DateTimeField()
    decided_by = _person("gates_decided")
    decided_at = models.DateTimeField(null=True)
    findings = models.JSONField(default=dict)
    asked_text = models.TextField(blank=True)  # why the project can go on, says who asked: public
    text = models.TextField(blank=True)  # why it may or may not, says who decided: public
    exception = models.ForeignKey(GateException, on_delete=models.PROTECT, null=True, related_name="gates")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=GateState.values), name="gate_state"),
            models.CheckConstraint(condition=Q(from_phase__in=Phase.values), name="gate_from_phase"),
            models.CheckConstraint(condition=Q(to_phase__in=Phase.values), name="gate_to_phase"),
            models.UniqueConstraint(fields=["project"], condition=Q(state=GateState.ASKED), name="gate_one_at_a_time"),
        ]

    class Retention:
        personal = ("asked_by", "decided_by")
        keep = "for ever: public; who asked and decided as long as they have an account"

    def __str__(self) -> str:
        return f"gate {self.from_phase} → {self.to_phase} of project {self.project_id}"


class Passage(models.Model):
    """That a project entered a phase: written once, never changed. The gate says why it could."""

    append_only: ClassVar[bool] = True

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="passages")
    phase = models.CharField(max_length=12, choices=Phase)
    gate = models.OneToOneField(GateReview, on_delete=models.PROTECT, null=True)  # none: the phase it began in
    entered_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(phase__in=Phase.values), name="passage_phase"),
            models.UniqueConstraint(fields=["project", "phase"], name="passage_once"),
        ]

    class Retention:
        personal = ()
        keep = "for ever: public"

    def __str__(self) -> str:
        return f"project {self.project_id} in {self.phase}"
