"""What another register sent us about an entry, exactly as it came."""

import json
from typing import Any, ClassVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q

from transparency.models.entry import Entry


class ExactJSONField(models.TextField):
    """JSON that comes back as it went in: order of keys, NUL and lone surrogates too, which jsonb refuses."""

    _pyi_private_set_type: Any  # what may be given and what is got, for the type checker
    _pyi_private_get_type: Any

    def from_db_value(self, value: str | None, expression: Any, connection: BaseDatabaseWrapper) -> Any:
        return None if value is None else json.loads(value)

    def to_python(self, value: Any) -> Any:
        return value

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else json.dumps(value, ensure_ascii=True)


class NationalRecord(models.Model):
    """A record received from elsewhere and what we made of it.

    `national` is the record in version 1.0; `content` the answers it gave us. An answer that is still as in `content`
    is exported as it stands in `national`. While the entry is a draft, `content` is its text.
    """

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="national")
    form = models.CharField(max_length=30)  # which reader read it
    raw = ExactJSONField()  # the object or row as received
    others = ExactJSONField(default=list)  # the same record as it stood there again: other languages, older versions
    earlier = ExactJSONField(default=list)  # what a later import replaced, with its "report" and "received_at"
    raw_hash = models.CharField(max_length=64)  # SHA-256 over `raw` and `others`
    standard_version = models.CharField(max_length=20, blank=True)
    lars = models.CharField(max_length=100, blank=True)
    source_id = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=500, blank=True)
    national = ExactJSONField(default=dict)
    content = models.JSONField(default=dict)
    report = ExactJSONField(default=list)  # [{"field", "raw", "cleaned", "reason"}]
    received_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["lars"], condition=~Q(lars=""), name="national_lars_once"),
            models.CheckConstraint(condition=~Q(raw_hash=""), name="national_has_hash"),
        ]
        indexes: ClassVar = [models.Index(fields=["raw_hash"], name="national_hash")]

    class Retention:
        personal = ()
        keep = "as long as the entry: public records of another register"

    def __str__(self) -> str:
        return f"national record of entry {self.entry_id} ({self.lars or self.source_id or self.raw_hash[:8]})"
