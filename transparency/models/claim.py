"""What a provider says of an entry that our editors wrote about it: that it is right, or what is wrong with it."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from transparency.models.entry import Entry
from transparency.models.version import Version
from transparency.states import (
    OPEN_CLAIM,
    STATES_OF_CLAIM,
    ClaimKind,
    ClaimOutcome,
    ClaimState,
    ReturnGround,
)


def _person(name: str) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name=name)


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Ways to choose claims."""

    def open(self) -> Self:
        """Those on which somebody still has to do something."""
        return self.filter(state__in=OPEN_CLAIM)

    def disputes_shown(self) -> Self:
        """Disputes that everybody may read, also after they were answered or withdrawn; the oldest first."""
        return self.filter(kind=ClaimKind.DISPUTE, shown_at__isnull=False).order_by("shown_at", "pk")

    def confirmations(self) -> Self:
        """Confirmations that hold, the newest first."""
        return self.filter(kind=ClaimKind.CONFIRM, state=ClaimState.CONFIRMED).order_by("-decided_at", "-pk")


class Claim(models.Model):
    """One thing that a provider says of one version of an entry. Who corrects the text writes a draft instead.

    A confirmation holds for the version it is about. A dispute becomes public at `show_at` at the latest.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="claims")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="claims")
    kind = models.CharField(max_length=10, choices=ClaimKind)
    state = models.CharField(max_length=10, choices=ClaimState, default=ClaimState.ASKED)
    text = models.TextField(blank=True)  # a dispute: what is wrong, in the provider's words
    asked_by = _person("claims_asked")
    asked_at = models.DateTimeField()
    decided_by = _person("claims_decided")  # the colleague who confirmed, filed or refused it
    decided_at = models.DateTimeField(null=True)
    filed_at = models.DateTimeField(null=True)
    show_at = models.DateTimeField(null=True)  # two working days after it was filed
    shown_at = models.DateTimeField(null=True)
    shown_by = _person("claims_shown")  # the editor who looked; nobody when it was the clock
    return_ground = models.CharField(max_length=10, choices=ReturnGround, blank=True)
    return_note = models.TextField(blank=True)  # for the provider only
    outcome = models.CharField(max_length=12, choices=ClaimOutcome, blank=True)
    answer = models.TextField(blank=True)  # why our editors changed the text or not; public once it is approved
    answered_by = _person("claims_answered")  # the editor who wrote the answer
    approved_by = _person("claims_approved")  # another one
    answered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=ClaimKind.values), name="claim_kind"),
            models.CheckConstraint(condition=Q(state__in=ClaimState.values), name="claim_state"),
            models.CheckConstraint(
                condition=Q(return_ground="") | Q(return_ground__in=ReturnGround.values), name="claim_return_ground"
            ),
            models.CheckConstraint(condition=Q(outcome="") | Q(outcome__in=ClaimOutcome.values), name="claim_outcome"),
            models.CheckConstraint(
                condition=Q(kind=ClaimKind.CONFIRM, state__in=STATES_OF_CLAIM[ClaimKind.CONFIRM])
                | Q(kind=ClaimKind.DISPUTE, state__in=STATES_OF_CLAIM[ClaimKind.DISPUTE]) & ~Q(text=""),
                name="claim_state_of_its_kind",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ClaimState.SHOWN, ClaimState.ANSWERING, ClaimState.ANSWERED])
                | Q(shown_at__isnull=False),
                name="claim_shown_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state=ClaimState.FILED) | Q(filed_at__isnull=False, show_at__isnull=False),
                name="claim_filed_has_moments",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ClaimState.ANSWERING, ClaimState.ANSWERED]) | ~Q(outcome="") & ~Q(answer=""),
                name="claim_answer_says_something",
            ),
            models.UniqueConstraint(
                fields=["entry", "kind"], condition=Q(state__in=OPEN_CLAIM), name="claim_open_once"
            ),
            models.UniqueConstraint(
                fields=["version"], condition=Q(state=ClaimState.CONFIRMED), name="claim_confirmed_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "show_at"], name="claim_by_state")]

    class Retention:
        personal = ("asked_by", "decided_by", "shown_by", "answered_by", "approved_by")
        keep = "for ever: part of the history of an entry; the people are left out two years after it was closed"

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} on entry {self.entry_id}"
