"""When a set of content was first loaded: the dates of examples count from that day."""

from django.db import models


class ContentLoad(models.Model):
    """One row per set of content."""

    name = models.CharField(max_length=30, unique=True)
    first_loaded_at = models.DateTimeField()

    class Retention:
        personal = ()
        keep = "for ever"

    def __str__(self) -> str:
        return self.name
