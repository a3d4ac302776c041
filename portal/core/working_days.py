"""Working days in the Netherlands: no weekend and no public holiday."""

import datetime

_DAY = datetime.timedelta(days=1)
SATURDAY, SUNDAY = 5, 6


def easter(year: int) -> datetime.date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), f = divmod(b, 4), (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return datetime.date(year, month, day + 1)


def holidays(year: int) -> frozenset[datetime.date]:
    """New Year, Easter Monday, King's Day, Ascension, Whit Monday, Christmas; Liberation Day once in five years."""
    sunday = easter(year)
    kings = datetime.date(year, 4, 27)
    days = [datetime.date(year, 1, 1), sunday + _DAY, sunday + 39 * _DAY, sunday + 50 * _DAY,
            kings - _DAY if kings.weekday() == SUNDAY else kings,
            datetime.date(year, 12, 25), datetime.date(year, 12, 26)]  # fmt: skip
    return frozenset(days + ([datetime.date(year, 5, 5)] if year % 5 == 0 else []))


def is_working_day(day: datetime.date) -> bool:
    """Whether offices are open on `day`."""
    return day.weekday() < SATURDAY and day not in holidays(day.year)


def add_working_days(day: datetime.date, number: int) -> datetime.date:
    """The working day that comes `number` working days after `day`, which does not count itself."""
    while number:
        day += _DAY
        number -= is_working_day(day)
    return day
