"""Working days: the holidays of each year by hand, and counting over them."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from portal.core.working_days import (
    add_working_days,
    after_working_days,
    easter,
    holidays,
    is_working_day,
    kings_day,
    rolled,
)

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
# From the calendars of these years, not from the code. 2038 and 2285: the latest and the earliest Easter there is.
EASTER = {
    2014: (4, 20), 2019: (4, 21), 2024: (3, 31), 2025: (4, 20), 2026: (4, 5), 2027: (3, 28), 2028: (4, 16),
    2029: (4, 1), 2030: (4, 21), 2038: (4, 25), 2285: (3, 22),
}  # fmt: skip


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(("year", "expected"), EASTER.items())
def test_easter_falls_on_the_day_of_the_calendar(year, expected):
    assert easter(year) == datetime.date(year, *expected)


@pytest.mark.parametrize(
    ("year", "expected"), [(2014, "2014-04-26"), (2025, "2025-04-26"), (2026, "2026-04-27"), (2031, "2031-04-26")]
)
def test_kings_day_is_never_a_sunday(year, expected):
    assert kings_day(year) == day(expected)


def test_holidays_of_2026_are_those_of_the_law():
    expected = {"01-01", "04-03", "04-06", "04-27", "05-05", "05-14", "05-25", "12-25", "12-26"}

    assert holidays(2026) == {day(f"2026-{rest}") for rest in expected}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-27", True),  # a Friday
        ("2026-11-28", False),  # a Saturday
        ("2026-11-29", False),
        ("2026-04-03", False),  # Good Friday
        ("2026-05-05", False),
        ("2026-05-04", True),
        ("2026-12-24", True),
        ("2026-12-31", True),
    ],
)
def test_working_day_is_neither_in_the_weekend_nor_a_holiday(text, expected):
    assert is_working_day(day(text)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2026-11-27", "2026-11-27"), ("2026-12-25", "2026-12-28"), ("2026-04-03", "2026-04-07")],
)
def test_day_off_rolls_to_the_next_working_day(text, expected):
    assert rolled(day(text)) == day(expected)


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("2026-11-23", 0, "2026-11-23"),
        ("2026-11-23", 2, "2026-11-25"),
        ("2026-11-27", 2, "2026-12-01"),  # Friday: Monday, Tuesday
        ("2026-11-28", 2, "2026-12-01"),  # Saturday: Monday, Tuesday
        ("2026-04-02", 2, "2026-04-08"),  # over Good Friday and Easter Monday
        ("2026-12-24", 2, "2026-12-29"),
        ("2026-12-31", 1, "2027-01-04"),
        ("2026-05-13", 5, "2026-05-21"),  # over Ascension Day
    ],
)
def test_working_days_are_counted_over_days_off(text, number, expected):
    assert add_working_days(day(text), number) == day(expected)


def test_working_days_are_not_counted_back():
    with pytest.raises(ValueError, match="forward"):
        add_working_days(day("2026-11-27"), -1)


def test_hour_stays_the_same_when_the_clock_changes():
    moment = datetime.datetime(2026, 3, 27, 15, 30, tzinfo=AMSTERDAM)  # summer time begins on the 29th

    found = after_working_days(moment.astimezone(datetime.UTC), 2)

    assert found.astimezone(AMSTERDAM).strftime("%Y-%m-%d %H:%M %z") == "2026-03-31 15:30 +0200"


def test_evening_in_utc_is_the_next_day_in_amsterdam():
    moment = datetime.datetime(2026, 11, 22, 23, 30, tzinfo=datetime.UTC)  # Monday half past midnight

    assert after_working_days(moment, 2).astimezone(AMSTERDAM).date() == day("2026-11-25")
