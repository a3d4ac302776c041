"""Advice of representatives, the organisation's answer, and the verdict on what came of it."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from participation.models.assignment import Assignment
from participation.models.meeting import Meeting
from participation.models.project import Project
from participation.states import (
    FINISHED,
    OVER,
    PUBLIC_ADVICE,
    AdviceDraftState,
    AdviceState,
    Decision,
    Judgement,
    Outcome,
    Phase,
    Topic,
    Weight,
)


class AdviceQuerySet(models.QuerySet["Advice"]):
    """Ways to choose advice."""

    def public(self) -> Self:
        """What everybody may read: released by the coordinator."""
        return self.filter(state__in=PUBLIC_ADVICE)


class Advice(models.Model):
    """One piece of advice. What it says stands in its versions, which never change."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="advice")
    phase = models.CharField(max_length=12, choices=Phase)
    meeting = models.ForeignKey(Meeting, on_delete=models.SET_NULL, null=True, related_name="advice")
    givers = models.ManyToManyField(Assignment, related_name="advice")
    state = models.CharField(max_length=14, choices=AdviceState, default=AdviceState.WAITING)
    weight = models.CharField(max_length=6, choices=Weight)
    topic = models.CharField(max_length=12, choices=Topic)
    typed_out_by = models.ForeignKey(  # the coordinator, of what was said or written on paper
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="advice_typed_out"
    )
    given_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)
    acknowledge_by = models.DateField(null=True)  # five working days after it was released
    respond_by = models.DateField(null=True)  # 30 days, rolled to a working day; once 30 more
    acknowledged_at = models.DateTimeField(null=True)
    more_time_at = models.DateTimeField(null=True)
    more_time_reason = models.TextField(blank=True)
    promise_by = models.DateField(null=True)  # of the newest answer
    started_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=11, choices=Outcome, blank=True)
    finished_at = models.DateTimeField(null=True)  # done, or will not be done
    finish_text = models.TextField(blank=True)
    lapsed_at = models.DateTimeField(null=True)  # nobody judged in time
    on_paper = models.BooleanField(default=False)  # who gave it agreed with a signature on paper
    late_told = models.DateField(null=True)  # the deadline of which caches and people were told that it is past
    due_told = models.DateField(null=True)  # the promised day of which the project was told that it comes near
    reminded_at = models.DateTimeField(null=True)  # when the project was last mailed that this is late

    objects = AdviceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=AdviceState.values), name="advice_state"),
            models.CheckConstraint(condition=Q(weight__in=Weight.values), name="advice_weight"),
            models.CheckConstraint(condition=Q(topic__in=Topic.values), name="advice_topic"),
            models.CheckConstraint(condition=Q(phase__in=Phase.values), name="advice_phase"),
            models.CheckConstraint(
                condition=Q(state__in=[AdviceState.WAITING, AdviceState.WITHDRAWN])
                | Q(released_at__isnull=False, acknowledge_by__isnull=False, respond_by__isnull=False),
                name="advice_released_has_deadlines",
            ),
            models.CheckConstraint(condition=Q(outcome__in=["", *Outcome.values]), name="advice_outcome"),
            models.CheckConstraint(
                condition=~Q(state__in=[*FINISHED, *OVER]) | Q(finished_at__isnull=False),
                name="advice_finished_has_day",
            ),
        ]

    class Retention:
        personal = ("typed_out_by",)
        keep = "for ever: public; who gave it as long as the assignment knows that"

    def __str__(self) -> str:
        return f"advice {self.pk} of project {self.project_id}"

    def get_absolute_url(self) -> str:
        """The public page of this advice."""
        return reverse("participation:advice", args=[self.project.slug, self.uuid])


class AdviceDraft(models.Model):
    """A text of advice that is not public yet: only who gives it and the coordinator see it.

    It becomes an AdviceVersion when the coordinator releases it; then, or when it is withdrawn, the row is deleted.
    """

    advice = models.OneToOneField(Advice, on_delete=models.CASCADE, related_name="draft")
    state = models.CharField(max_length=10, choices=AdviceDraftState)
    text = models.TextField()
    dissent = models.TextField(blank=True)
    agreed = models.ManyToManyField(Assignment, related_name="drafts_agreed")  # who stand behind this text
    asked = models.ManyToManyField(Assignment, related_name="drafts_asked")  # who may still join
    revision = models.PositiveIntegerField(default=1)  # nobody releases another text than the one they read
    question = models.TextField(blank=True)  # of the coordinator, to who gives it
    since = models.DateTimeField()  # since when it is in this state
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=AdviceDraftState.values), name="advice_draft_state"),
        ]

    class Retention:
        personal = ("text", "dissent", "question")
        keep = "until it is released or withdrawn"

    def __str__(self) -> str:
        return f"draft of advice {self.advice_id}"


class AdviceVersion(models.Model):
    """What a piece of advice says. A correction is a new version; all stay readable."""

    append_only: ClassVar[bool] = True

    advice = models.ForeignKey(Advice, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    text_en = models.TextField(blank=True)
    dissent = models.TextField(blank=True)  # what some of the givers think otherwise
    numbers = models.JSONField(default=list)  # list of int: which representatives of the project stand behind it
    given_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["advice", "number"], name="advice_version_once")]

    class Retention:
        personal = ()
        keep = "for ever: public"

    def __str__(self) -> str:
        return f"version {self.number} of advice {self.advice_id}"


class Response(models.Model):
    """The organisation's answer to a piece of advice; never changed, a correction is a new one."""

    append_only: ClassVar[bool] = True

    advice = models.ForeignKey(Advice, on_delete=models.PROTECT, related_name="responses")
    number = models.PositiveSmallIntegerField()
    decision = models.CharField(max_length=12, choices=Decision)
    reason = models.TextField()  # in plain words, always
    reason_en = models.TextField(blank=True)
    language_reason = models.TextField(blank=True)  # why it could not be easier to read: public
    promise = models.TextField(blank=True)  # what will be done
    promised_by = models.CharField(max_length=100, blank=True)  # the function of who does it, no name
    promised_for = models.DateField(null=True)
    responded_at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)  # the user who answered; no key, so that the row can stay as it is

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(decision__in=Decision.values), name="response_decision"),
            models.CheckConstraint(condition=~Q(reason=""), name="response_has_reason"),
            models.UniqueConstraint(fields=["advice", "number"], name="response_once"),
            models.CheckConstraint(
                condition=Q(decision=Decision.NOT_ADOPTED)
                | (~Q(promise="") & ~Q(promised_by="") & Q(promised_for__isnull=False)),
                name="response_adopted_promises",
            ),
        ]

    class Retention:
        personal = ("actor_id",)
        keep = "for ever: public; the number of a user, never a name"

    def __str__(self) -> str:
        return f"response {self.number} to advice {self.advice_id}"


class Verdict(models.Model):
    """Whether what was promised was done, says who gave the advice; never changed."""

    append_only: ClassVar[bool] = True

    advice = models.OneToOneField(Advice, on_delete=models.PROTECT, related_name="verdict")
    judgement = models.CharField(max_length=10, choices=Judgement)
    text = models.TextField(blank=True)
    by_coordinator = models.BooleanField(default=False)  # nobody of those who gave it has an account any more
    judged_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(judgement__in=Judgement.values), name="verdict_judgement")
        ]

    class Retention:
        personal = ()
        keep = "for ever: public"

    def __str__(self) -> str:
        return f"verdict on advice {self.advice_id}"
