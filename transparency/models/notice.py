"""A notice on an entry: warning, incident, pause, stop or recall."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from transparency.models.entry import Entry
from transparency.states import OPEN_NOTICE, NoticeKind, NoticeState


def _person(name: str) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name=name)


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Ways to choose notices."""

    def open(self) -> Self:
        """Those that stand on top of their entry."""
        return self.filter(state__in=OPEN_NOTICE)

    def of_real_entries(self) -> Self:
        """Those that everybody may read and that are no example, with what they are about and `changed_at`."""
        real = Entry.objects.public().filter(organisation__is_example=False)
        found = self.filter(entry__in=real).select_related("entry__organisation", "entry__current_version")
        return found.annotate(changed_at=Coalesce("closed_at", "corrected_at", "published_at"))


class Notice(models.Model):
    """What patients must know now about an entry; stands on top of it until it is closed, and then in its history.

    One person publishes it at once, a second one confirms it; `told_by` wrote the text that stands there now.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=10, choices=NoticeKind)
    state = models.CharField(max_length=12, choices=NoticeState, default=NoticeState.UNCONFIRMED)
    text = models.TextField()
    text_en = models.TextField(blank=True)
    link = models.URLField(max_length=500, blank=True)
    published_at = models.DateTimeField()
    corrected_at = models.DateTimeField(null=True)  # when the text that stands there now came
    earlier = models.JSONField(default=list)  # [{"text", "text_en", "link", "until": ISO}], oldest first
    told_by = _person("notices_told")
    confirmed_by = _person("notices_confirmed")
    confirmed_at = models.DateTimeField(null=True)
    closing_reason = models.TextField(blank=True)
    closing_reason_en = models.TextField(blank=True)
    closing_asked_by = _person("notices_to_close")
    closing_asked_at = models.DateTimeField(null=True)
    closed_by = _person("notices_closed")
    closed_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=NoticeKind.values), name="notice_kind"),
            models.CheckConstraint(condition=Q(state__in=NoticeState.values), name="notice_state"),
            models.CheckConstraint(
                condition=Q(state__in=[*OPEN_NOTICE], closed_at__isnull=True)
                | (Q(state=NoticeState.CLOSED, closed_at__isnull=False) & ~Q(closing_reason="")),
                name="notice_closed_has_reason",
            ),
            models.UniqueConstraint(fields=["entry", "kind", "published_at"], name="notice_once"),
        ]

    class Retention:
        personal = ("told_by", "confirmed_by", "closing_asked_by", "closed_by")
        keep = "for ever: part of the history of an entry; who told it as long as the account exists"

    def __str__(self) -> str:
        return f"{self.kind} {self.published_at:%Y-%m-%d} ({self.pk})"

    @property
    def is_open(self) -> bool:
        """Whether it stands on top of its entry."""
        return self.state in OPEN_NOTICE
