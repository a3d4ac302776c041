"""The only writer of frozen figures."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction

from participation.actions.common import day_of
from participation.figures.base import Row
from participation.figures.measuring import measured_now, organisations_with_figures
from participation.models import FigureSnapshot
from portal.audit.record import record
from portal.audit.revision import raise_revision


def freeze_figures(now: datetime.datetime) -> int:
    """Keep every figure of this month, once; how many rows. A job: it does so on the first day, or as soon as it runs.

    What is real and what is an example are kept apart, each as a whole.
    """
    return sum(freeze(now, examples=examples) for examples in (False, True))


def freeze(now: datetime.datetime, *, examples: bool) -> int:
    """The same of one of the two. Of two processes that do this at the same moment one wins, whole."""
    month = day_of(now).replace(day=1)
    if FigureSnapshot.objects.filter(month_date=month, is_example=examples).exists():
        return 0
    if examples and not organisations_with_figures(examples=True):
        return 0
    made = [
        FigureSnapshot(month_date=month, code=one.figure.code, organisation_id=organisation, rows=_plain(measured.rows),
                       made_at=now, is_example=examples)
        for one in measured_now(day_of(now), examples=examples)
        for organisation, measured in one.groups.items()
    ]  # fmt: skip
    try:
        with transaction.atomic():
            FigureSnapshot.objects.bulk_create(made)
            record("figures.frozen", by=None, target="portal:", now=now, month=month.isoformat())
            raise_revision()
    except IntegrityError:  # another process was first
        return 0
    return len(made)


def _plain(rows: Sequence[Row]) -> list[dict[str, Any]]:
    return [{"code": row.code, "numerator": row.numerator, "denominator": row.denominator} for row in rows]
