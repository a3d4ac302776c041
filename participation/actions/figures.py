"""The only writer of frozen figures."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction

from participation.actions.common import day_of
from participation.figures.base import Row
from participation.figures.measuring import measured_now
from participation.models import FigureSnapshot
from portal.audit.record import record
from portal.audit.revision import raise_revision


def freeze_figures(now: datetime.datetime) -> int:
    """Keep every figure of this month, once; how many rows. A job: it does so on the first day, or as soon as it runs.

    Of examples nothing is kept. Of two that do this at the same moment one wins, whole.
    """
    month = day_of(now).replace(day=1)
    if FigureSnapshot.objects.filter(month_date=month).exists():
        return 0
    made = [
        FigureSnapshot(month_date=month, code=one.figure.code, organisation_id=organisation, rows=_plain(measured.rows),
                       made_at=now)
        for one in measured_now(day_of(now))
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
