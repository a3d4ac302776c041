"""Working days in the Netherlands."""

from datetime import date

import pytest

from portal.core.working_days import add_working_days, easter, holidays, is_working_day


@pytest.mark.parametrize("day", [date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5), date(2027, 3, 28),
                                 date(2038, 4, 25), date(2285, 3, 22)])  # fmt: skip
def test_easter(day):
    assert easter(day.year) == day


@pytest.mark.parametrize(("day", "is_open"), [
    (date(2026, 11, 20), True),  # Friday
    (date(2026, 11, 21), False),  # Saturday
    (date(2026, 11, 22), False),  # Sunday
    (date(2026, 1, 1), False),
    (date(2026, 4, 3), True),  # Good Friday
    (date(2026, 4, 6), False),  # Easter Monday
    (date(2026, 4, 27), False),  # King's Day
    (date(2025, 4, 26), False),  # King's Day before a Sunday (and a Saturday)
    (date(2026, 5, 5), True),
    (date(2025, 5, 5), False),  # Liberation Day, once in five years
    (date(2026, 5, 14), False),  # Ascension
    (date(2026, 5, 25), False),  # Whit Monday
    (date(2026, 12, 25), False),
    (date(2028, 12, 26), False),
])  # fmt: skip
def test_day_on_which_offices_are_open(day, is_open):
    assert is_working_day(day) == is_open


def test_kings_day_moves_from_sunday_to_saturday():
    assert date(2025, 4, 26) in holidays(2025)
    assert date(2025, 4, 27) not in holidays(2025)


@pytest.mark.parametrize(("day", "number", "end"), [
    (date(2026, 11, 19), 2, date(2026, 11, 23)),  # Thursday: Friday, Monday
    (date(2026, 11, 21), 1, date(2026, 11, 23)),  # Saturday: Monday
    (date(2026, 12, 24), 1, date(2026, 12, 28)),  # over Christmas and a weekend
    (date(2026, 11, 20), 0, date(2026, 11, 20)),
])  # fmt: skip
def test_working_days_after_a_day(day, number, end):
    assert add_working_days(day, number) == end
