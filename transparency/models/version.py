"""Published texts: numbered, complete and never changed."""

from typing import Any, ClassVar, Self

from django.db import models

from transparency.models import redacting
from transparency.models.entry import Entry
from transparency.models.system import AISystem


class PublishedText(models.Model):
    """One publication of a whole content document (see transparency/fields.py for its shape)."""

    append_only: ClassVar[bool] = True
    let_through_columns: ClassVar[tuple[str, ...]] = redacting.TEXT_COLUMNS

    number = models.PositiveIntegerField()
    content = models.JSONField()
    reason = models.TextField()  # why this version, in plain words
    reason_en = models.TextField(blank=True)
    responsible = models.CharField(max_length=200)  # who answers for the text: a role or an organisation, no person
    published_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.number} ({self.pk})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse to change what was published; the database refuses it too."""
        if self.pk is not None:
            raise TypeError("a published text never changes: publish a new version")
        super().save(*args, **kwargs)


class VersionQuerySet(models.QuerySet["Version"]):
    """Ways to choose versions."""

    def of_real_entries(self) -> Self:
        """Those that the public may read and that are no example, newest first, with entry and organisation."""
        real = Entry.objects.public().filter(organisation__is_example=False)
        found = self.filter(entry__in=real).select_related("entry__organisation")
        return found.order_by("-published_at", "-pk")


class Version(PublishedText):
    """A published text of an entry. Where it is silent, its page shows `system_version`: that never changes either."""

    let_through: ClassVar[dict[str, str]] = redacting.of_text("version_id")

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="versions")
    system_version = models.ForeignKey(
        "transparency.SystemVersion", on_delete=models.PROTECT, null=True, related_name="shown_by"
    )

    objects = VersionQuerySet.as_manager()

    class Meta(PublishedText.Meta):
        abstract = False
        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "number"], name="version_number_once")]

    class Retention:
        personal = ()
        keep = "for ever: no person stands in it"


class SystemVersion(PublishedText):
    """A published text of an AI system."""

    let_through: ClassVar[dict[str, str]] = redacting.of_text("system_version_id")

    system = models.ForeignKey(AISystem, on_delete=models.PROTECT, related_name="versions")

    class Meta(PublishedText.Meta):
        abstract = False
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["system", "number"], name="system_version_number_once")
        ]

    class Retention:
        personal = ()
        keep = "for ever: no person stands in it"
