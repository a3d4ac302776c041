"""How hard the text of a version is, by the language check: beside the version, never in it (decisions.md)."""

from typing import ClassVar

from django.db import models

from transparency.models.version import Version
from transparency.readability.score import Colour
from transparency.readability.telling import VERDICTS


class TextColour(models.TextChoices):
    """The colours of `readability.score`, in the words of a page."""

    GREEN = "green", VERDICTS[Colour.GREEN]
    ORANGE = "orange", VERDICTS[Colour.ORANGE]
    RED = "red", VERDICTS[Colour.RED]


_HARDER = {"": 0, TextColour.GREEN: 1, TextColour.ORANGE: 2, TextColour.RED: 3}


class Readability(models.Model):
    """What the gate (`readability.gate`) found when the version was published, or when the model changed after that.

    Without a colour the text is too short for one, or is no Dutch.
    """

    version = models.OneToOneField(Version, on_delete=models.CASCADE, primary_key=True, related_name="readability")
    score = models.FloatField(null=True)  # of all public texts together: 0 (easy) to 100 (hard)
    colour = models.CharField(max_length=6, choices=TextColour, blank=True)  # of all public texts together
    hardest = models.CharField(max_length=6, choices=TextColour, blank=True)  # of the hardest answer
    model = models.CharField(max_length=30)  # of the check
    checked_at = models.DateTimeField()
    reason = models.TextField(blank=True)  # of the approver, for a text that is not easy: readers see it
    reason_en = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(colour__in=["", *TextColour.values]), name="readability_colour"),
            models.CheckConstraint(
                condition=models.Q(hardest__in=["", *TextColour.values]), name="readability_hardest"
            ),
            models.CheckConstraint(
                condition=models.Q(colour="") | models.Q(score__isnull=False), name="readability_colour_has_score"
            ),
        ]

    class Retention:
        personal = ()
        keep = "as long as the version; made anew with each model of the check"

    def __str__(self) -> str:
        return f"{self.colour or 'no colour'} of version {self.pk}"

    @property
    def has_harder_part(self) -> bool:
        """Whether an answer is harder than all of them together."""
        return _HARDER[self.hardest] > _HARDER[self.colour]
