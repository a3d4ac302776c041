"""What happened: an append-only log, and one number that every public change raises."""

from typing import ClassVar

from django.db import models


class AuditEvent(models.Model):
    """Who did what to which object. No foreign keys: the log outlives what it tells about.

    `data` holds codes and ids, never names, mail addresses or free text.
    """

    append_only: ClassVar[bool] = True

    kind = models.CharField(max_length=60)  # "noun.verb", described in describe.py
    actor_id = models.BigIntegerField(null=True)  # the user; empty when a command did it
    target = models.CharField(max_length=80)  # "entry:<uuid>"
    organisation_id = models.BigIntegerField(null=True)  # whose log it stands in; empty when it concerns none
    data = models.JSONField(default=dict)
    happened_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["target", "happened_at"], name="audit_target"),
            models.Index(fields=["kind", "happened_at"], name="audit_kind"),
            models.Index(fields=["organisation_id", "happened_at", "id"], name="audit_organisation"),
        ]

    class Retention:
        personal = ("actor_id",)
        keep = "for ever: the number of a user, never a name"

    def __str__(self) -> str:
        return f"{self.happened_at:%Y-%m-%d %H:%M} {self.kind} {self.target}"


class Revision(models.Model):
    """One row: how often the public part has changed, so that a worker knows whether what it holds is current."""

    number = models.PositiveBigIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(pk=1), name="revision_one_row")]

    class Retention:
        personal = ()
        keep = "for ever"

    def __str__(self) -> str:
        return str(self.number)
