"""The publication log: a line for every public act, each with the hash of the line before (docs/adr/0017).

No person stands in it. What an act said stands in its seal: the hash of each value, with the salt that makes it proof.
"""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from transparency.models import redacting
from transparency.models.version import SystemVersion, Version
from transparency.proof.controleer import GENESIS
from transparency.states import EventKind, RequestState, SubjectType


class PublicationEvent(models.Model):
    """One line of the log. Numbers have no gaps; `transparency.actions.publication_log` is the only writer."""

    append_only: ClassVar[bool] = True

    number = models.PositiveBigIntegerField(primary_key=True)
    kind = models.CharField(max_length=24, choices=EventKind)
    subject = models.UUIDField()
    subject_type = models.CharField(max_length=8, choices=SubjectType)
    version = models.PositiveIntegerField(null=True)
    is_example = models.BooleanField()  # invented: only the line is open data
    happened_at = models.DateTimeField()
    content_hash = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64)
    own_hash = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=EventKind.values), name="event_kind"),
            models.CheckConstraint(condition=Q(subject_type__in=SubjectType.values), name="event_subject_type"),
            models.CheckConstraint(condition=Q(number__gte=1), name="event_number_from_one"),
        ]
        indexes: ClassVar = [models.Index(fields=["subject", "number"], name="event_of_subject")]

    class Retention:
        personal = ()
        keep = "for ever: no person stands in it"

    def __str__(self) -> str:
        return f"{self.number} {self.kind} {self.subject}"


class LogHead(models.Model):
    """One row: number and hash of the last line. Whoever adds a line locks it first, so that no two get one number."""

    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(pk=1), name="log_head_one_row")]

    class Retention:
        personal = ()
        keep = "for ever"

    def __str__(self) -> str:
        return f"{self.number} {self.hash}"


class DailyHead(models.Model):
    """The last line as it was at the beginning of a day, for everybody to keep: who has it, can tell a changed log."""

    append_only: ClassVar[bool] = True

    day = models.DateField(unique=True)
    number = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Retention:
        personal = ()
        keep = "for ever"

    def __str__(self) -> str:
        return f"{self.day} {self.number}"


class Seal(models.Model):
    """What stands behind a line: the published text, or what an act without a text said (`told`), with its hashes.

    `fields` is {place: {"salt", "hash"}}; of a value taken away by law {"hash", "redacted": {"reason", "date"}}.
    The places of a text are those of `transparency.proof.controleer.values_of_text`.
    """

    append_only: ClassVar[bool] = True
    let_through: ClassVar[dict[str, str]] = redacting.OF_SEAL
    let_through_columns: ClassVar[tuple[str, ...]] = ("fields", "told")

    event = models.OneToOneField(PublicationEvent, on_delete=models.PROTECT, primary_key=True, related_name="seal")
    version = models.OneToOneField(Version, on_delete=models.PROTECT, null=True, related_name="seal")
    system_version = models.OneToOneField(SystemVersion, on_delete=models.PROTECT, null=True, related_name="seal")
    told = models.JSONField(default=dict)
    fields = models.JSONField()

    class Retention:
        personal = ()
        keep = "for ever; the value and salt of what the law says must go, go"

    def __str__(self) -> str:
        return f"seal of line {self.event_id}"


class RedactionRequest(models.Model):
    """Somebody of the portal asks to take a value away by law; somebody else of the portal does it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="redaction_requests")
    key = models.CharField(max_length=60)
    reason = models.CharField(max_length=300)  # for everybody to read
    reason_en = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=RequestState, default=RequestState.ASKED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="redactions_asked"
    )
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="redactions_decided"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=RequestState.values), name="redaction_request_state"),
            models.CheckConstraint(
                condition=Q(state=RequestState.ASKED, decided_at__isnull=True)
                | (~Q(state=RequestState.ASKED) & Q(decided_at__isnull=False)),
                name="redaction_request_decided",
            ),
            models.CheckConstraint(
                condition=Q(asked_by__isnull=True) | Q(decided_by__isnull=True) | ~Q(asked_by=models.F("decided_by")),
                name="redaction_by_two",
            ),
            models.UniqueConstraint(
                fields=["seal", "key"], condition=Q(state=RequestState.ASKED), name="redaction_asked_once"
            ),
        ]

    class Retention:
        personal = ("asked_by", "decided_by")
        keep = "for ever; who asked and who did it as long as the account exists"

    def __str__(self) -> str:
        return f"{self.state} {self.key} of line {self.seal_id}"


class Redaction(models.Model):
    """A value that was taken away by law. While this row is there, the database lets exactly that change through."""

    append_only: ClassVar[bool] = True

    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="redactions")
    request = models.ForeignKey(RedactionRequest, on_delete=models.PROTECT, related_name="redactions")
    key = models.CharField(max_length=60)  # the question, or the column of the text
    places = models.JSONField()  # list of str: where it stood among the hashed values
    mark = models.JSONField()  # {"reason", "date"} and "reason_en" when there is one: what stands there now
    instead = models.JSONField(default=dict)  # words for what may not be empty: {"content": {"name": …}, "reason": …}
    done_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["seal", "key"], name="redaction_once")]

    class Retention:
        personal = ()
        keep = "for ever"

    def __str__(self) -> str:
        return f"{self.key} of line {self.seal_id}"
