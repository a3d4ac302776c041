"""A key of an organisation, and what was answered to a question that may be sent twice."""

import datetime
import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.organisations.models import Organisation


class Scope(models.TextChoices):
    """What a program may do with a key; publishing is never one of them."""

    READ = "DRAFTS_READ", _("Teksten lezen die nog niet openbaar zijn")
    WRITE = "DRAFTS_WRITE", _("Teksten beginnen en veranderen")
    SUBMIT = "DRAFTS_SUBMIT", _("Teksten indienen voor goedkeuring")


def _person(name: str) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name=name)


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    """Ways to choose keys."""

    def working(self, now: datetime.datetime) -> Self:
        """Those that can be used at `now`."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=now)


class ApiKey(models.Model):
    """A key. Only its hash is kept: who lost it makes a new one."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="api_keys")
    name = models.CharField(max_length=100)  # which program uses it
    prefix = models.CharField(max_length=16, unique=True)  # the part that people see and by which it is found
    secret_hash = models.CharField(max_length=64)  # SHA-256 over the whole key
    scopes = models.JSONField()  # codes of Scope
    made_by = _person("api_keys")  # who answers for what is written with it
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_date = models.DateField(null=True)
    revoked_by = _person("api_keys_revoked")
    revoked_at = models.DateTimeField(null=True)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "name"], condition=Q(revoked_at__isnull=True), name="api_key_name_once"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("made_at")), name="api_key_ends_after_begin"),
        ]

    class Retention:
        personal = ("made_by", "revoked_by")
        keep = "as long as the organisation: the log names it"

    def __str__(self) -> str:
        return f"key {self.prefix}"

    def works(self, now: datetime.datetime) -> bool:
        """Whether it can be used at `now`."""
        return self.revoked_at is None and self.expires_at > now


class KeptAnswer(models.Model):
    """What was answered to a question with an Idempotency-Key: asked again, it gets the same answer."""

    key = models.ForeignKey(ApiKey, on_delete=models.CASCADE, related_name="answers")
    token = models.CharField(max_length=200)  # as the program gave it
    question_hash = models.CharField(max_length=64)  # SHA-256 over method, address, conditions and body
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    answered_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["key", "token"], name="kept_answer_once")]
        indexes: ClassVar = [models.Index(fields=["answered_at"], name="kept_answer_age")]

    class Retention:
        personal = ()
        keep = "24 hours"

    def __str__(self) -> str:
        return f"answer {self.pk} of key {self.key_id}"
