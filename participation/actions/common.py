"""What every action of participation needs."""

import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

from participation.models import Project
from portal.core.text import clean


def target_of(project: Project) -> str:
    """The project as the log names it."""
    return f"project:{project.uuid}"


def needed(value: str, message: str, field: str = "") -> str:
    """A text that may not be empty, clean. Raises ValidationError (about `field` where it is given)."""
    text = clean(value).strip()
    if not text:
        raise ValidationError({field: message} if field else message)
    return text


def day_of(moment: datetime.datetime) -> datetime.date:
    """The day of `moment` where the readers live (Amsterdam)."""
    return timezone.localtime(moment).date()
