"""The guard on what somebody gets as a volunteer in a month and a year: one conditional update for each."""

import datetime

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as _

from participation.models import PeriodTotal
from participation.rates import limits_of, periods, rate_on
from portal.core.dates import long_month
from portal.core.money import euros


class LimitReached(ValidationError):
    """This claim would bring somebody above a limit."""


def take_period(user_id: int, month: datetime.date, cents: int, *, is_example: bool = False) -> None:
    """Count `cents` in `month` and its year. Raises LimitReached with what is still possible; call it in a transaction.

    Raises ValidationError when no rate is valid in that month.
    """
    rate = rate_on(month, is_example=is_example)
    if rate is None:
        raise ValidationError(no_rate(month.year))
    limits, names = limits_of(user_id, month, rate)[::-1], _in_order(month)
    PeriodTotal.objects.bulk_create(
        [PeriodTotal(user_id=user_id, period=name) for name in names], ignore_conflicts=True
    )
    for name, limit in zip(names, limits, strict=True):
        there = PeriodTotal.objects.filter(user=user_id, period=name, amount__lte=limit - cents)
        if not there.update(amount=F("amount") + cents):
            raise LimitReached({"amount": _reached(user_id, name, limit)})


def give_period(user_id: int, month: datetime.date, cents: int) -> None:
    """Count `cents` no more."""
    for name in _in_order(month):
        PeriodTotal.objects.filter(user=user_id, period=name).update(amount=F("amount") - cents)


def move_period(user_id: int, old: datetime.date, new: datetime.date, cents: int, *, is_example: bool = False) -> None:
    """Count `cents` in the month `new` in place of `old`. Raises as `take_period` does; call it in a transaction."""
    list(PeriodTotal.objects.select_for_update(no_key=True).filter(user=user_id).order_by("pk"))  # one order for all
    give_period(user_id, old, cents)
    take_period(user_id, new, cents, is_example=is_example)


def _in_order(month: datetime.date) -> tuple[str, str]:
    """The year first: who holds it is the only one who counts for this person in that year."""
    of_month, of_year = periods(month)
    return of_year, of_month


def counted(user_id: int, month: datetime.date) -> tuple[int, int]:
    """Cents that count in `month` and in its year."""
    found = dict(PeriodTotal.objects.filter(user=user_id, period__in=periods(month)).values_list("period", "amount"))
    of_month, of_year = periods(month)
    return found.get(of_month, 0), found.get(of_year, 0)


def no_rate(year: int) -> str:
    """What we say when the rates of a year are not known yet."""
    told = _("De bedragen voor %(year)s zijn nog niet bekend bij ons. U kunt uw declaratie bewaren en later versturen.")
    return told % {"year": year}


def too_much() -> str:
    """That a limit is reached, for who pays: without an amount, since an own limit is for the person alone."""
    return _("Met deze declaratie komt deze persoon in die maand boven het hoogste bedrag. Kies een latere dag.")


def _reached(user_id: int, period: str, limit: int) -> str:
    known = PeriodTotal.objects.filter(user=user_id, period=period).values_list("amount", flat=True).first() or 0
    words = {
        "when": period if len(period) == len("2026") else long_month(period),
        "left": euros(max(0, limit - known)),
    }
    return (
        _("U kunt in %(when)s nog %(left)s krijgen. Maak het bedrag lager, of bewaar de declaratie voor later.") % words
    )
