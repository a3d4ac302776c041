"""A change elsewhere, in the text of a product or in the law, that the writers of an entry must decide on."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from transparency.models.draft import Draft
from transparency.models.entry import Entry
from transparency.models.version import SystemVersion
from transparency.states import ProposalKind, ProposalState


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Ways to choose proposals."""

    def open(self) -> Self:
        """Those that wait for a choice."""
        return self.filter(state=ProposalState.OPEN)


class Proposal(models.Model):
    """What changed, for one entry. The entry stays as it is until its writers publish a new version."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="proposals")
    kind = models.CharField(max_length=10, choices=ProposalKind)
    state = models.CharField(max_length=12, choices=ProposalState, default=ProposalState.OPEN)
    # Of a product: the text that the page of the entry shows, the new one, and the questions that differ.
    from_version = models.ForeignKey(SystemVersion, on_delete=models.PROTECT, null=True, related_name="+")
    to_version = models.ForeignKey(SystemVersion, on_delete=models.PROTECT, null=True, related_name="proposals")
    keys = models.JSONField(default=list)  # list of str
    lines = models.JSONField(default=dict)  # of the law: {slug of the line: "CHANGED" or "STALE"}
    draft = models.ForeignKey(Draft, on_delete=models.SET_NULL, null=True, related_name="proposals")
    reason = models.TextField(blank=True)  # why it was left
    made_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="proposals_decided"
    )
    decided_at = models.DateTimeField(null=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=ProposalKind.values), name="proposal_kind"),
            models.CheckConstraint(condition=Q(state__in=ProposalState.values), name="proposal_state"),
            models.CheckConstraint(
                condition=~Q(kind=ProposalKind.SYSTEM) | Q(to_version__isnull=False), name="proposal_has_version"
            ),
            models.UniqueConstraint(
                fields=["entry", "kind"], condition=Q(state=ProposalState.OPEN), name="proposal_open_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "kind"], name="proposal_by_state")]

    class Retention:
        personal = ("decided_by", "reason")
        keep = "two years after it was decided"

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} for entry {self.entry_id}"


class LawLine(models.Model):
    """What we last told of a line of transparency/law.toml, so that a change of it is seen once."""

    slug = models.SlugField(max_length=60, unique=True)
    digest = models.CharField(max_length=64)  # SHA-256 of its words and its dates
    checked_on = models.DateField()
    told_stale = models.DateField(null=True)  # the `checked_on` of which we told that it is long ago

    class Retention:
        personal = ()
        keep = "as long as the line is there"

    def __str__(self) -> str:
        return self.slug
