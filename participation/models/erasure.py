"""What was erased: enough to erase it again after an old backup came back, and nothing of a person."""

from typing import ClassVar

from django.db import models


class Erasure(models.Model):
    """One erasure. `key` is a keyed hash (`participation.erasure_kinds`): it says nothing without the SECRET_KEY."""

    append_only: ClassVar[bool] = True

    kind = models.CharField(max_length=30)  # a code of `participation.erasure_kinds`
    key = models.CharField(max_length=64, blank=True)  # "" for many rows at once, that no backup brings back for long
    number = models.PositiveIntegerField(default=1)  # how many rows
    erased_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["kind", "erased_at"], name="erasure_kind")]

    class Retention:
        personal = ()
        keep = "for ever: no person stands in it"

    def __str__(self) -> str:
        return f"{self.kind} erased at {self.erased_at:%Y-%m-%d %H:%M}"
