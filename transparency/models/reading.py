"""Patients who read a text and say whether they understand it: asked of an organisation, answered without a name."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.organisations.models import Organisation
from transparency.models.draft import Draft
from transparency.models.entry import Entry
from transparency.states import ReadingState, Understood


def _person(name: str) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name=name)


class Reading(models.Model):
    """One request to read one text. `content` is that text as it was then: the draft may change meanwhile."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="readings")
    draft = models.ForeignKey(Draft, on_delete=models.SET_NULL, null=True, related_name="readings")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="readings")  # of patients
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)  # SHA-256 over what patients read, see transparency.readers
    state = models.CharField(max_length=12, choices=ReadingState, default=ReadingState.ASKED)
    note = models.TextField(blank=True)  # of who asks, to the coordinator
    reply = models.TextField(blank=True)  # of the coordinator: why not, or what stood out
    changed = models.TextField(blank=True)  # what was changed because of it: everybody reads this
    changed_en = models.TextField(blank=True)
    asked_by = _person("readings_asked")
    asked_at = models.DateTimeField()
    opened_by = _person("readings_opened")  # the coordinator
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=ReadingState.values), name="reading_state"),
            models.CheckConstraint(
                condition=~Q(state=ReadingState.CLOSED) | Q(closed_at__isnull=False), name="reading_closed_has_time"
            ),
            models.UniqueConstraint(
                fields=["entry", "organisation"],
                condition=Q(state__in=[ReadingState.ASKED, ReadingState.OPEN]),
                name="reading_one_at_a_time",
            ),
        ]

    class Retention:
        personal = ("asked_by", "opened_by")
        keep = "as long as the entry: part of its history"

    def __str__(self) -> str:
        return f"reading {self.pk} of entry {self.entry_id}"


class ReadingLink(models.Model):
    """A link that works once, sent to one reader. The address it went to is not kept, the link only as a hash."""

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)  # SHA-256
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Retention:
        personal = ()
        keep = "30 days after it expired"

    def __str__(self) -> str:
        return f"link {self.pk} of reading {self.reading_id}"


class ReadingAnswer(models.Model):
    """What one reader says. Nothing leads to who it was, so the row holds a day and no moment."""

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="answers")
    what_it_does = models.CharField(max_length=6, choices=Understood)  # I understand what the AI does
    what_it_means = models.CharField(max_length=6, choices=Understood)  # I know what it means for me
    where_to_go = models.CharField(max_length=6, choices=Understood)  # I know where I can go with questions
    remarks = models.TextField(blank=True)
    is_from_paper = models.BooleanField(default=False)  # the coordinator typed it out
    answered_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(what_it_does__in=Understood.values), name="answer_what_it_does"),
            models.CheckConstraint(condition=Q(what_it_means__in=Understood.values), name="answer_what_it_means"),
            models.CheckConstraint(condition=Q(where_to_go__in=Understood.values), name="answer_where_to_go"),
        ]

    class Retention:
        personal = ("remarks",)
        keep = "two years after the reading was closed; the counts stay"

    def __str__(self) -> str:
        return f"answer {self.pk} to reading {self.reading_id}"
