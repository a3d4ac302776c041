"""What the national maxima allow: amounts of hours and kilometres, and the limits of a month and a year.

Source: the rows of VolunteerRate (each with its own source). Amounts are whole cents; whatever is capped is rounded
down: 1.5 hour of € 5.75 is € 8.62 (participation.md, Money).
"""

import datetime

from participation.models import PaidElsewhere, PaymentProfile, VolunteerRate
from portal.core.dates import add_months

MINUTES_PER_HOUR = 60
TENTHS_PER_KM = 10
WARN_FROM_MONTH = 11  # from 1 November we warn when next year has no row


def rate_on(day: datetime.date, *, is_example: bool = False) -> VolunteerRate | None:
    """The row that is valid on `day`. What is invented takes the newest before that day when none is."""
    found = VolunteerRate.objects.filter(valid_from__lte=day, valid_to__gte=day).first()
    if found is None and is_example:
        return VolunteerRate.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
    return found


def missing_rate(today: datetime.date) -> int | None:
    """The year that has no row while it is time to warn: this year, or from 1 November the next."""
    if rate_on(today) is None:
        return today.year
    following = datetime.date(today.year + 1, 1, 1)
    if today.month >= WARN_FROM_MONTH and rate_on(following) is None:
        return following.year
    return None


def month_of(day: datetime.date) -> datetime.date:
    """The first day of the month of `day`."""
    return day.replace(day=1)


def periods(month: datetime.date) -> tuple[str, str]:
    """The names under which the totals of this month and its year are kept: ("2026-11", "2026")."""
    return f"{month:%Y-%m}", f"{month:%Y}"


# --- Amounts ---------------------------------------------------------------------------------------------------------


def is_young(profile: PaymentProfile | None, day: datetime.date) -> bool | None:
    """Whether somebody is under 21 on `day`; None when we do not know.

    Only the month of turning 21 is known, so all of that month counts as under 21: never more than is allowed.
    """
    if profile is None or profile.is_21 is None:
        return None
    if profile.is_21:
        return False
    return profile.turns_21_in is None or day < add_months(profile.turns_21_in, 1)


def fee_for(minutes: int, rate: VolunteerRate, *, young: bool) -> int:
    """Cents for `minutes` of time, rounded down."""
    return minutes * (rate.hour_young if young else rate.hour) // MINUTES_PER_HOUR


def travel_for(tenths: int, rate: VolunteerRate) -> int:
    """Cents for `tenths` of a kilometre, rounded down."""
    return tenths * rate.km // TENTHS_PER_KM


# --- Limits ----------------------------------------------------------------------------------------------------------


def limits_of(user_id: int, month: datetime.date, rate: VolunteerRate) -> tuple[int, int]:
    """The most that we may pay somebody in `month` and in its year, after what they say to get elsewhere.

    An own ceiling lowers the month. Never below zero.
    """
    profile = PaymentProfile.objects.filter(user=user_id).first()
    in_month = rate.month if profile is None or profile.ceiling is None else min(rate.month, profile.ceiling)
    elsewhere = PaidElsewhere.objects.filter(user=user_id, month__year=month.year)
    told = {row.month: row.amount for row in elsewhere}
    return max(0, in_month - told.get(month, 0)), max(0, rate.year - sum(told.values()))
