"""A file that an organisation sent in to fill its entries from: the file, what it would do per row, and what it did."""

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.organisations.models import Organisation
from transparency.models.draft import Draft
from transparency.models.entry import Entry
from transparency.uploads.states import LineOutcome, UploadState


def _person(name: str) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name=name)


class UploadQuerySet(models.QuerySet["Upload"]):
    """Ways to choose uploads."""

    def without_file(self) -> Self:
        """Without the bytes of the file, which only the job reads."""
        return self.defer("data")


class Upload(models.Model):
    """One file. It stands in the database, so that every worker can read it; nobody ever opens it in a browser.

    `claim` names the worker that is busy with it until `claimed_until`; when that one was killed, another goes on.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="uploads")
    state = models.CharField(max_length=12, choices=UploadState, default=UploadState.WAITING)
    name = models.CharField(max_length=200)  # of the file, for people; never a path
    size = models.PositiveIntegerField()  # bytes
    data = models.BinaryField(null=True)
    form = models.CharField(max_length=30, blank=True)  # which reader read it
    error = models.TextField(blank=True)  # why it could not be read or taken over, in Dutch
    is_anew = models.BooleanField(default=False)  # it is read again, because something changed after it was looked at
    skip_bad = models.BooleanField(default=False)  # the person chose to leave bad rows out
    total = models.PositiveIntegerField(default=0)  # about how many rows there are; 0 when that is not known yet
    done = models.PositiveIntegerField(default=0)  # how many rows were read
    finished_before = models.PositiveIntegerField(default=0)  # `finished_near` when it was read
    counts = models.JSONField(default=dict)  # {LineOutcome: number of rows}
    # Names of organisations in it that are not surely ours: [{"key", "name", "rows", "is_elsewhere", "same"}]; what a
    # person says of each (`same`) stays when the file is read again.
    other_names = models.JSONField(default=list)
    claim = models.UUIDField(null=True)
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)  # of the work that is waiting now
    uploaded_by = _person("uploads")
    uploaded_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    accepted_by = _person("uploads_accepted")
    accepted_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    undone_by = _person("uploads_undone")
    undone_at = models.DateTimeField(null=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=UploadState.values), name="upload_state"),
            models.CheckConstraint(
                condition=~Q(state__in=[UploadState.WAITING, UploadState.PLANNED, UploadState.ACCEPTED])
                | Q(data__isnull=False),
                name="upload_has_file",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[UploadState.DONE, UploadState.UNDOING, UploadState.UNDONE])
                | Q(taken_at__isnull=False),
                name="upload_done_has_time",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "uploaded_at"], name="upload_by_state")]

    class Retention:
        personal = ("uploaded_by", "accepted_by", "undone_by")
        keep = "the file and what its rows say 30 days; who sent it two years; which row made which entry stays"

    def __str__(self) -> str:
        return f"upload {self.uuid}"


class UploadLine(models.Model):
    """One row of a file: what would be done with it and, once taken over, what was done.

    `source_id` and `raw_hash` stay, so that the same row finds its entry again in a later file.
    """

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="lines")
    key = models.UUIDField(default=uuid.uuid4)  # the uuid of the entry and of the draft that it will make
    position = models.PositiveIntegerField()  # from 1, in the order of the file
    place = models.CharField(max_length=60)  # "regel 12"
    outcome = models.CharField(max_length=10, choices=LineOutcome)
    name = models.CharField(max_length=200, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    system_id = models.BigIntegerField(null=True)  # the AI system that a new entry is of
    source_id = models.CharField(max_length=200, blank=True)
    raw_hash = models.CharField(max_length=64)  # SHA-256 over the row as it came
    entry = models.ForeignKey(Entry, on_delete=models.SET_NULL, null=True, related_name="+")
    draft = models.ForeignKey(Draft, on_delete=models.SET_NULL, null=True, related_name="+")
    revision = models.PositiveIntegerField(null=True)  # of the draft: as it was seen; once taken over, as it was left
    base_number = models.PositiveIntegerField(null=True)  # the version that was public when it was looked at
    values = models.JSONField(default=dict)  # {key: new answer; None takes it away}
    before = models.JSONField(default=dict)  # {key: what stood there; None was nothing}
    told = models.JSONField(default=list)  # [{"field", "value", "cleaned", "reason"}]
    is_started = models.BooleanField(default=False)  # it began the draft; else it changed one that was there
    kept = models.TextField(blank=True)  # why undoing left it as it is, in Dutch

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(outcome__in=LineOutcome.values), name="upload_line_outcome"),
            models.UniqueConstraint(fields=["upload", "position"], name="upload_line_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["upload", "outcome", "position"], name="upload_line_outcomes")]

    class Retention:
        personal = ()
        keep = "what it says 30 days; which row made which entry as long as the upload"

    def __str__(self) -> str:
        return f"row {self.position} of upload {self.upload_id}"

    @property
    def says(self) -> dict[str, Any]:
        """The answers that it gives."""
        return {key: value for key, value in self.values.items() if value is not None}
