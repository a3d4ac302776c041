"""A text that is not published yet: one open draft for an entry or a system, written by several people."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from transparency.models.entry import Entry
from transparency.models.system import AISystem
from transparency.models.version import SystemVersion
from transparency.states import OPEN_DRAFT, DraftPurpose, DraftState


def _person(name: str) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name=name)


class DraftQuerySet(models.QuerySet["Draft"]):
    """Ways to choose drafts."""

    def open(self) -> Self:
        """Those on which somebody still has to do something."""
        return self.filter(state__in=OPEN_DRAFT)


class Draft(models.Model):
    """The working text of an entry, or of a system when our editors write it.

    `revision` goes up with every change of the text; `stamps` says of each question at which revision it was last
    changed, by whom and when, so that a second writer is told and loses nothing. An approver approves one revision.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, null=True, related_name="drafts")
    system = models.ForeignKey(AISystem, on_delete=models.CASCADE, null=True, related_name="drafts")
    purpose = models.CharField(max_length=12, choices=DraftPurpose, default=DraftPurpose.FIRST)
    state = models.CharField(max_length=12, choices=DraftState, default=DraftState.WRITING)
    content = models.JSONField(default=dict)
    system_version = models.ForeignKey(  # the text of the product that its page will show; empty: as before
        SystemVersion, on_delete=models.PROTECT, null=True, related_name="+"
    )
    base_number = models.PositiveIntegerField(null=True)  # the version it was begun from
    revision = models.PositiveIntegerField(default=1)
    stamps = models.JSONField(default=dict)  # {place: {"revision": int, "by": user id, "at": ISO, "before": value, …}}
    aside = models.JSONField(default=dict)  # {place: {user id: {"value", "at"}}}: what lost to another writer
    credit = models.JSONField(default=list)  # whose words were filled in, see transparency/writing/credit.py
    reason = models.TextField(blank=True)  # what changed and why, in plain words
    reason_en = models.TextField(blank=True)
    language_reason = models.TextField(blank=True)  # of the approver: why a text that is not easy may stay so
    language_reason_en = models.TextField(blank=True)
    responsible_editor = _person("drafts_answered_for")  # the person who answers for the text (AI Act, art. 50)
    started_by = _person("drafts_started")
    started_at = models.DateTimeField()
    edited_by = _person("drafts_edited")  # the last one
    edited_at = models.DateTimeField()
    submitted_by = _person("drafts_submitted")
    submitted_at = models.DateTimeField(null=True)
    decided_by = _person("drafts_decided")  # who approved or returned it last
    decided_at = models.DateTimeField(null=True)
    publish_at = models.DateTimeField(null=True)  # when it is to become public

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=DraftState.values), name="draft_state"),
            models.CheckConstraint(condition=Q(purpose__in=DraftPurpose.values), name="draft_purpose"),
            models.CheckConstraint(
                condition=Q(entry__isnull=False, system__isnull=True) | Q(entry__isnull=True, system__isnull=False),
                name="draft_of_one_thing",
            ),
            models.UniqueConstraint(  # a provider may correct what our editors are writing on too
                fields=["entry"],
                condition=Q(state__in=OPEN_DRAFT) & ~Q(purpose=DraftPurpose.CLAIM),
                name="draft_open_of_entry",
            ),
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(state__in=OPEN_DRAFT, purpose=DraftPurpose.CLAIM),
                name="draft_open_of_claim",
            ),
            models.UniqueConstraint(fields=["system"], condition=Q(state__in=OPEN_DRAFT), name="draft_open_of_system"),
            models.CheckConstraint(
                condition=~Q(state=DraftState.SCHEDULED) | Q(publish_at__isnull=False), name="draft_scheduled_has_time"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "publish_at"], name="draft_by_state")]

    class Retention:
        personal = ("responsible_editor", "started_by", "edited_by", "submitted_by", "decided_by", "stamps", "aside")
        keep = "two years after it was published or thrown away"

    def __str__(self) -> str:
        return f"draft {self.pk} of {'entry' if self.entry_id else 'system'} {self.entry_id or self.system_id}"

    def open_returns(self) -> models.QuerySet["DraftComment"]:
        """The remarks with which it came back and that nobody settled yet, the newest first."""
        remarks = self.comments.filter(is_return=True, done_at=None).select_related("author")
        return remarks.order_by("-written_at", "-pk")


class DraftComment(models.Model):
    """What colleagues tell each other about a draft; also why an approver returned it."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="comments")
    key = models.CharField(max_length=60, blank=True)  # the question it is about
    author = _person("draft_comments")
    text = models.TextField()
    is_return = models.BooleanField(default=False)  # the remarks with which the draft was returned
    written_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = _person("draft_comments_done")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=False) | Q(done_by__isnull=True), name="draft_comment_done_has_time"
            ),
        ]

    class Retention:
        personal = ("author", "text", "done_by")
        keep = "as long as the draft"

    def __str__(self) -> str:
        return f"comment {self.pk} on draft {self.draft_id}"
