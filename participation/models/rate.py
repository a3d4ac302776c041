"""The national maxima for volunteers: rows with their dates and their source (participation.md, Rates)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class VolunteerRate(models.Model):
    """What may be paid to a volunteer without tax, between two days. A claim keeps the row that it used."""

    valid_from = models.DateField(unique=True)
    valid_to = models.DateField()
    hour = models.PositiveIntegerField()  # cents an hour, from 21 years
    hour_young = models.PositiveIntegerField()  # cents an hour, under 21
    month = models.PositiveIntegerField()  # cents in a calendar month
    year = models.PositiveIntegerField()  # cents in a calendar year
    km = models.PositiveIntegerField()  # cents a kilometre
    source = models.CharField(max_length=300)
    source_url = models.URLField(max_length=500, blank=True)
    checked_by = models.CharField(max_length=100)  # a function, no name
    checked_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="rate_ends_later"),
            models.CheckConstraint(condition=Q(hour__gt=0, hour_young__gt=0, month__gt=0, year__gt=0), name="rate_set"),
        ]

    class Retention:
        personal = ()
        keep = "for ever: public facts"

    def __str__(self) -> str:
        return f"rate from {self.valid_from}"
