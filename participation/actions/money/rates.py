"""Everything that writes the national maxima, and the warning when those of a year are missing."""

import datetime
import tomllib
import uuid
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.db import transaction

from participation import money_rate_emails as emails
from participation.actions.common import day_of
from participation.actions.money.commands import money_command
from participation.models import MoneyCommand, VolunteerRate
from participation.rates import missing_rate
from portal.audit.record import record
from portal.audit.revision import raise_revision

FILE = Path(__file__).parents[2] / "content" / "rates.toml"
FIELDS = ("valid_from", "valid_to", "hour", "hour_young", "month", "year", "km", "source", "source_url", "checked_by",
          "checked_on")  # fmt: skip
TOLD = uuid.UUID("3d1f6a52-7a0e-4c55-9d0c-6f5b0f2c7e11")


class RateInUse(ValueError):
    """A row changed in the file while claims use it."""


@transaction.atomic
def load_rates(*, now: datetime.datetime, path: Path = FILE) -> int:
    """Take over the rows of the file; how many are new or changed. All of it or nothing.

    Raises RateInUse for a changed row that claims use, ValueError for rows that overlap or are not whole.
    """
    rows = _read(path)
    changed = sum(_take(row) for row in rows)
    if changed:
        record("rates.loaded", by=None, target="portal:", now=now, count=changed)
        raise_revision()
    return changed


def _read(path: Path) -> Sequence[Mapping[str, Any]]:
    rows = sorted(tomllib.loads(path.read_text(encoding="utf-8"))["rate"], key=lambda row: row["valid_from"])
    for row in rows:
        if set(row) != set(FIELDS):
            raise ValueError(f"{path.name}: the row from {row['valid_from']} needs exactly {', '.join(FIELDS)}")
    for one, following in pairwise(rows):
        if one["valid_to"] >= following["valid_from"]:
            raise ValueError(f"{path.name}: the rows from {one['valid_from']} and {following['valid_from']} overlap")
    return rows


def _take(row: Mapping[str, Any]) -> bool:
    known = VolunteerRate.objects.filter(valid_from=row["valid_from"]).first()
    if known is None:
        VolunteerRate.objects.create(**row)
        return True
    if all(getattr(known, name) == row[name] for name in FIELDS):
        return False
    if known.items.exists():
        raise RateInUse(
            f"rates.toml: the row from {row['valid_from']} changed, and claims use it. Put the old row back and add a "
            "new one with a later valid_from."
        )
    VolunteerRate.objects.filter(pk=known.pk).update(**row)
    return True


# --- A year without rates --------------------------------------------------------------------------------------------


def warn_of(today: datetime.date) -> int | None:
    """The year for which the rates are missing now; None before any were ever loaded."""
    return missing_rate(today) if VolunteerRate.objects.exists() else None


def tell_missing_rates(now: datetime.datetime) -> int:
    """Mail who can do something about it, once for each year. A job; 1 when it did."""
    year = warn_of(day_of(now))
    if year is None:
        return 0
    return int(bool(_tell(key=uuid.uuid5(TOLD, str(year)), by=None, now=now, year=year)))


@money_command("rates.missing_told", about=lambda year: f"rates:{year}")
def _tell(*, command: MoneyCommand, year: int, by: Any, now: datetime.datetime) -> bool:
    emails.rates_missing(year)
    record("rates.missing_told", by=by, target="portal:", now=now, year=year)
    return True
