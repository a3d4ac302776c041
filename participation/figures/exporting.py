"""The figures as files: everything that the page shows, now and by month. Examples are never in them."""

import csv
import datetime
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import F
from django.utils import translation

from participation.figures.measuring import measured_now
from participation.models import FigureSnapshot
from portal.organisations.models import Organisation

COLUMNS = ("maand", "cijfer", "titel", "organisatie", "deel", "teller", "noemer", "eenheid", "telt")
NOW = "nu"
Line = tuple[str, str | None, list[dict[str, Any]]]  # month, slug of the organisation, rows


def _lines(today: datetime.date) -> Iterator[tuple[Any, Sequence[Line]]]:
    """(figure, its lines): those of now first, then each month from the oldest on."""
    slugs = dict(Organisation.objects.filter(is_example=False).order_by("pk").values_list("pk", "slug"))
    kept: dict[str, list[Line]] = {}
    frozen = FigureSnapshot.objects.filter(is_example=False).select_related("organisation")
    first_all = F("organisation__slug").asc(nulls_first=True)
    for one in frozen.order_by("month_date", first_all, "pk"):
        slug = one.organisation.slug if one.organisation else None
        kept.setdefault(one.code, []).append((f"{one.month_date:%Y-%m}", slug, one.rows))
    for now in measured_now(today):
        groups = sorted(now.groups.items(), key=lambda pair: (pair[0] is not None, slugs.get(pair[0] or 0, "")))
        mine = [(NOW, slugs[key] if key else None, [_row(row) for row in one.rows]) for key, one in groups]
        yield now.figure, [*mine, *kept.get(now.figure.code, [])]


def _row(row: Any) -> dict[str, Any]:
    return {"code": row.code, "numerator": row.numerator, "denominator": row.denominator}


def as_csv(today: datetime.date) -> str:
    """One line for each part of each figure, in Dutch."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    with translation.override("nl"):
        for figure, lines in _lines(today):
            for month, slug, rows in lines:
                writer.writerows(
                    [month, figure.code, figure.title, slug or "", row["code"], row["numerator"], row["denominator"],
                     figure.unit.value, figure.counted[1]]
                    for row in rows
                )  # fmt: skip
    return out.getvalue()


def as_document(today: datetime.date) -> Mapping[str, Any]:
    """The same as one document, each figure with how it is counted."""
    with translation.override("nl"):
        return {
            "made_on": today.isoformat(),
            "figures": [
                {
                    "code": figure.code, "title": str(figure.title), "formula": str(figure.formula),
                    "unit": figure.unit.value, "counted": str(figure.counted[1]),
                    "lines": [{"month": month, "organisation": slug, "rows": rows} for month, slug, rows in lines],
                }
                for figure, lines in _lines(today)
            ],
        }  # fmt: skip
