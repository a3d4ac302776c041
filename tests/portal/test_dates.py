"""Dates and numbers as people write them, in the language of the page."""

import datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from portal.core import dates

DAY = datetime.date(2026, 11, 22)


@pytest.mark.parametrize(("language", "shown"), [("nl", "22 november 2026"), ("en", "22 November 2026")])
def test_long_date_of_a_day(language, shown):
    with translation.override(language):
        assert dates.long_date(DAY) == shown


def test_long_date_of_a_text():
    assert dates.long_date("2026-03-01") == "1 maart 2026"


def test_long_date_of_a_moment_is_the_day_in_amsterdam():
    late = datetime.datetime(2026, 6, 30, 22, 30, tzinfo=datetime.UTC)

    assert dates.long_date(late) == "1 juli 2026"


@pytest.mark.parametrize("text", ["2026-02-30", "gisteren", ""])
def test_long_date_refuses_what_is_no_day(text):
    with pytest.raises(ValueError, match=r"isoformat|range|day"):
        dates.long_date(text)


@pytest.mark.parametrize(("language", "shown"), [("nl", "maart 2025"), ("en", "March 2025")])
def test_long_month(language, shown):
    with translation.override(language):
        assert dates.long_month("2025-03") == shown


@pytest.mark.parametrize(
    ("language", "value", "shown"),
    [("nl", 1431, "1.431"), ("en", 1431, "1,431"), ("nl", 0, "0"), ("nl", 999, "999"), ("nl", 1000000, "1.000.000")],
)
def test_number(language, value, shown):
    with translation.override(language):
        assert dates.number(value) == shown


def test_without_a_language_it_is_dutch():
    with translation.override(None):
        assert dates.long_date(DAY) == "22 november 2026"


@given(st.integers(min_value=0, max_value=10**12))
def test_number_loses_no_digit(value):
    assert int(dates.number(value).replace(".", "")) == value


@given(st.dates())
def test_long_date_begins_with_the_day_and_ends_with_the_year(day):
    shown = dates.long_date(day).split()

    assert (shown[0], shown[-1]) == (str(day.day), str(day.year))
