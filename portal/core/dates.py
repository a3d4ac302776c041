"""Dates and numbers as people write them, in the language of the page."""

import calendar
import datetime
from functools import lru_cache

from babel.dates import format_date as babel_date
from babel.numbers import format_decimal
from django.utils import timezone, translation

LOCALES = {"nl": "nl_NL", "en": "en_GB"}


def locale() -> str:
    """Babel's name of the language of the page."""
    return LOCALES[translation.get_language() or "nl"]


def long_date(value: datetime.date | datetime.datetime | str) -> str:
    """ "22 november 2026" from a date, a moment (shown in Amsterdam time) or "YYYY-MM-DD"."""
    if isinstance(value, str):
        value = datetime.date.fromisoformat(value)
    if isinstance(value, datetime.datetime):
        value = timezone.localtime(value).date()
    return _written(value, "d MMMM y", locale())


def long_month(value: str) -> str:
    """ "november 2026" from "YYYY-MM"."""
    return _written(datetime.date.fromisoformat(f"{value}-01"), "MMMM y", locale())


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day `months` later, or the last day of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_before(moment: datetime.datetime, months: int) -> datetime.datetime:
    """The same time of day in Amsterdam, `months` earlier."""
    here = timezone.localtime(moment)
    return timezone.make_aware(datetime.datetime.combine(add_months(here.date(), -months), here.time()))


def number(value: int) -> str:
    """ "1.431" from 1431."""
    return _counted(value, locale())


@lru_cache(maxsize=5_000)
def _written(value: datetime.date, form: str, locale: str) -> str:
    return babel_date(value, form, locale=locale)


@lru_cache(maxsize=5_000)
def _counted(value: int, locale: str) -> str:
    return format_decimal(value, locale=locale)
