"""When the text of an entry must be checked again: twelve months after it was published, at the latest."""

import calendar
import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.dates import long_date
from transparency.field import Content
from transparency.states import Origin

KEY = "next_review_date"  # of the answer
SOON = 60  # days before it is due: from then on it stands among what has to be done
BOUND = (Origin.PROVIDER, Origin.EDITORIAL)  # what another register wrote is checked there


def latest(published: datetime.date) -> datetime.date:
    """The same day a year after `published`; 28 February for the 29th."""
    last = calendar.monthrange(published.year + 1, published.month)[1]
    return published.replace(year=published.year + 1, day=min(published.day, last))


def with_review_date(content: Content, now: datetime.datetime) -> dict[str, Any]:
    """`content` with the latest day for who publishes it `now`, where it names none."""
    if content.get(KEY):
        return dict(content)
    filled = {**content, KEY: latest(timezone.localdate(now)).isoformat()}
    if KEY in content.get("unknown", []):
        filled["unknown"] = [key for key in content["unknown"] if key != KEY]
    return filled


def check_review_date(content: Content, published: datetime.datetime) -> None:
    """Raise ValidationError unless `content` names a day after `published` and at most twelve months later."""
    day, due = timezone.localdate(published), datetime.date.fromisoformat(content[KEY])
    if not day < due <= latest(day):
        words = _("Volgende controle van deze tekst: kies een dag na %(first)s en niet later dan %(last)s.")
        raise ValidationError(words % {"first": long_date(day), "last": long_date(latest(day))})


def due_of_text(content: Content, origin: str, published: datetime.datetime) -> str:
    """The day ("2026-11-22") by which a text must be checked: the one it names, else the latest; empty for IMPORTED."""
    if content.get(KEY) or origin not in BOUND:
        return str(content.get(KEY) or "")
    return latest(timezone.localdate(published)).isoformat()
