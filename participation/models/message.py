"""What people who work on a project say to each other, and how often each is mailed about it."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from participation.models.project import Project
from participation.states import Rhythm

# Text and writer may go (taken back, or erased by law), never become other ones. {0}: what SQL calls "the same, also
# when there is none".
_ERASING = (
    "((NEW.text = '' AND OLD.text <> '') OR (NEW.writer_id IS NULL AND OLD.writer_id IS NOT NULL))"
    " AND (NEW.text = '' OR NEW.text {0} OLD.text)"
    " AND (NEW.writer_id IS NULL OR NEW.writer_id {0} OLD.writer_id)"
    " AND (NEW.taken_back_at {0} OLD.taken_back_at OR (OLD.taken_back_at IS NULL AND NEW.text = ''))"
)


class MessageQuerySet(models.QuerySet["Message"]):
    """Ways to choose messages."""

    def standing(self) -> Self:
        """Those that can still be read."""
        return self.exclude(text="")


class Message(models.Model):
    """One message. Its text never changes; the writer may take it back for ten minutes, and then it is gone."""

    append_only: ClassVar[bool] = True
    let_through: ClassVar[dict[str, str]] = {
        "sqlite": _ERASING.format("IS"), "postgresql": _ERASING.format("IS NOT DISTINCT FROM"),
    }  # fmt: skip
    let_through_columns: ClassVar[tuple[str, ...]] = ("text", "writer", "taken_back_at")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="messages")
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="messages")
    text = models.TextField(blank=True)
    written_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True) | Q(text=""), name="message_taken_back_has_no_text"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["written_at"], name="message_by_moment")]

    class Retention:
        personal = ("writer", "text")
        keep = "until 24 months after the project ended; then text and writer are erased and the moment stays"

    def __str__(self) -> str:
        return f"message {self.pk} of project {self.project_id}"


class DigestWish(models.Model):
    """How often somebody wants to be mailed about what is new in their projects, and until when they were told."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digest_wish")
    rhythm = models.CharField(max_length=6, choices=Rhythm, default=Rhythm.DAILY)
    told_until = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(rhythm__in=Rhythm.values), name="digest_rhythm")]

    class Retention:
        personal = ("user", "rhythm", "told_until")
        keep = "as long as the account"

    def __str__(self) -> str:
        return f"mail to {self.user_id}: {self.rhythm}"
