"""Figures as they stood on the first day of a month: never changed, so that nobody can make the past look better."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from portal.organisations.models import Organisation


class FigureSnapshot(models.Model):
    """One figure of one month, of one organisation or of all together; of what is real or of the examples."""

    append_only: ClassVar[bool] = True

    month_date = models.DateField()  # the first day of the month
    code = models.CharField(max_length=40)  # of participation.figures.base.Figure
    organisation = models.ForeignKey(  # none: all together
        Organisation, on_delete=models.PROTECT, null=True, related_name="figures"
    )
    is_example = models.BooleanField(default=False)  # of invented projects: these never count among the others
    rows = models.JSONField()  # list of {"code", "numerator", "denominator"}; null where a group was too small
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["month_date", "code", "organisation"], condition=Q(organisation__isnull=False),
                name="figure_once_for_each",
            ),
            models.UniqueConstraint(
                fields=["month_date", "code", "is_example"], condition=Q(organisation__isnull=True),
                name="figure_once_for_all",
            ),
            models.CheckConstraint(condition=Q(month_date__day=1), name="figure_first_of_month"),
        ]  # fmt: skip

    class Retention:
        personal = ()
        keep = "for ever: public numbers"

    def __str__(self) -> str:
        return f"{self.code} of {self.month_date:%Y-%m}"
