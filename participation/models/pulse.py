"""The pulse: six questions to representatives and team, answered without a name, shown side by side."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from participation.models.gate import GateReview
from participation.models.project import Project
from participation.states import Phase, PulseReason, PulseSide, PulseState

QUESTIONS = 6
LOWEST, HIGHEST = 1, 5


class PulseRound(models.Model):
    """One asking of both sides. Nothing of it is told before it is closed: no live count that somebody can watch."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="pulses")
    phase = models.CharField(max_length=12, choices=Phase)
    reason = models.CharField(max_length=10, choices=PulseReason)
    gate = models.OneToOneField(GateReview, on_delete=models.PROTECT, null=True)  # of the phase that ended
    state = models.CharField(max_length=6, choices=PulseState, default=PulseState.OPEN)
    opened_at = models.DateTimeField()
    closes_on = models.DateField()  # the last day on which people can answer
    reminded_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(phase__in=Phase.values), name="pulse_phase"),
            models.CheckConstraint(condition=Q(reason__in=PulseReason.values), name="pulse_reason"),
            models.CheckConstraint(condition=Q(state__in=PulseState.values), name="pulse_state"),
            models.UniqueConstraint(fields=["project"], condition=Q(state=PulseState.OPEN), name="pulse_one_open"),
        ]

    class Retention:
        personal = ()
        keep = "for ever: no person stands in it"

    def __str__(self) -> str:
        return f"pulse {self.pk} of project {self.project_id}"


class PulseAsked(models.Model):
    """That somebody is asked in an open round, and whether they answered: only so that nobody answers twice.

    It says not when, and nothing leads from it to an answer. All of a round go when it closes.
    """

    round = models.ForeignKey(PulseRound, on_delete=models.CASCADE, related_name="asked")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="pulses_asked")
    side = models.CharField(max_length=8, choices=PulseSide)
    has_answered = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(side__in=PulseSide.values), name="pulse_asked_side"),
            models.UniqueConstraint(fields=["round", "user"], name="pulse_asked_once"),
        ]

    class Retention:
        personal = ("user", "has_answered")
        keep = "until the round closes, three weeks at most"

    def __str__(self) -> str:
        return f"{self.side} asked in pulse {self.round_id}"


class PulseCount(models.Model):
    """How often an answer was given on one side: there is no row of one person's answers.

    Where fewer than five people answered on a side, its counts are deleted when the round closes.
    """

    round = models.ForeignKey(PulseRound, on_delete=models.CASCADE, related_name="counts")
    side = models.CharField(max_length=8, choices=PulseSide)
    question = models.PositiveSmallIntegerField()
    value = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(side__in=PulseSide.values), name="pulse_count_side"),
            models.CheckConstraint(condition=Q(question__range=(1, QUESTIONS)), name="pulse_count_question"),
            models.CheckConstraint(condition=Q(value__range=(LOWEST, HIGHEST)), name="pulse_count_value"),
            models.UniqueConstraint(fields=["round", "side", "question", "value"], name="pulse_count_once"),
        ]

    class Retention:
        personal = ()
        keep = "for ever, of five people or more; else until the round closes"

    def __str__(self) -> str:
        return f"question {self.question} of {self.side} in pulse {self.round_id}"
