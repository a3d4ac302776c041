"""Working days in the Netherlands: no Saturday, no Sunday, no day that the law calls a public holiday.

Source: Algemene termijnenwet, article 3 (BWBR0002448): New Year's Day, Easter Monday, Whit Monday, both days of
Christmas, Ascension Day, the King's birthday as it is celebrated, 5 May, and Good Friday, which counts as one of them.
Easter Sunday and Whit Sunday are Sundays anyway.
"""

import datetime
from functools import lru_cache

from django.utils import timezone

_SATURDAY, _SUNDAY = 5, 6
_DAY = datetime.timedelta(days=1)


def easter(year: int) -> datetime.date:
    """Easter Sunday of `year` in the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    el = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * el) // 451
    month, day = divmod(h + el - 7 * m + 114, 31)
    return datetime.date(year, month, day + 1)


def kings_day(year: int) -> datetime.date:
    """The day on which the King's birthday is celebrated: 27 April, or the day before when that is a Sunday."""
    day = datetime.date(year, 4, 27)
    return day - _DAY if day.weekday() == _SUNDAY else day


@lru_cache(maxsize=64)
def holidays(year: int) -> frozenset[datetime.date]:
    """The days of `year` on which nobody has to work, whatever day of the week they are. For 2014 and later."""
    sunday = easter(year)
    movable = (sunday + datetime.timedelta(days=days) for days in (-2, 1, 39, 50))
    fixed = (datetime.date(year, month, day) for month, day in ((1, 1), (5, 5), (12, 25), (12, 26)))
    return frozenset((*movable, *fixed, kings_day(year)))


def is_working_day(day: datetime.date) -> bool:
    """Whether people work on `day`."""
    return day.weekday() not in {_SATURDAY, _SUNDAY} and day not in holidays(day.year)


def rolled(day: datetime.date) -> datetime.date:
    """`day` when it is a working day, else the next one: no time limit ends on a day off (the same law, article 1)."""
    while not is_working_day(day):
        day += _DAY
    return day


def add_working_days(day: datetime.date, number: int) -> datetime.date:
    """The `number`th working day after `day`; `day` itself never counts. ValueError when `number` is below 0."""
    if number < 0:
        raise ValueError("working days are counted forward")
    while number:
        day = rolled(day + _DAY)
        number -= 1
    return day


def take_working_days(day: datetime.date, number: int) -> datetime.date:
    """The `number`th working day before `day`; `day` itself never counts. ValueError when `number` is below 0."""
    if number < 0:
        raise ValueError("say how many working days back as a positive number")
    while number:
        day -= _DAY
        number -= is_working_day(day)
    return day


def after_working_days(moment: datetime.datetime, number: int) -> datetime.datetime:
    """`number` working days after `moment`, at the same hour in Amsterdam."""
    local = timezone.localtime(moment)
    day = add_working_days(local.date(), number)
    return timezone.make_aware(datetime.datetime.combine(day, local.time().replace(fold=0)), local.tzinfo)
