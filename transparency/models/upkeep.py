"""How far what is made of the register keeps up with it."""

from typing import ClassVar

from django.db import models


class Upkeep(models.Model):
    """One row: what the public records were made by, and up to which line of the log their words were counted."""

    made_by = models.CharField(max_length=64, default="")  # names code, templates and settings: transparency/made_by.py
    counted = models.PositiveBigIntegerField(default=0)  # the last line of the publication log at that moment
    counted_on = models.DateField(null=True)  # in Amsterdam

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(pk=1), name="upkeep_one_row")]

    class Retention:
        personal = ()
        keep = "for ever"

    def __str__(self) -> str:
        return self.made_by
