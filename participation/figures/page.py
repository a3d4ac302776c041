"""What the page of figures shows: each figure now, of each organisation, and month by month."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participation.figures.base import Figure, Listed, Measured, Row, Unit
from participation.figures.measuring import Now, measured_now, organisations_with_figures
from participation.models import FigureSnapshot
from portal.core.dates import long_month, number
from portal.core.money import euros
from portal.organisations.models import Organisation

MOST_MONTHS = 24


@dataclass(frozen=True, kw_only=True)
class RowShown:
    """One row in words: what is counted, and the whole in one line that needs no picture."""

    label: str
    numerator: str
    denominator: str
    counted: str  # what the denominator counts
    value: str
    short: str  # the same for a narrow column
    percentage: int | None


@dataclass(frozen=True, kw_only=True)
class MonthShown:
    """A figure as it was kept on the first of a month."""

    month: str
    rows: Sequence[RowShown]


@dataclass(frozen=True, kw_only=True)
class FigureShown:
    """One figure on the page."""

    figure: Figure
    rows: Sequence[RowShown]
    listed: Sequence[Listed]
    organisations: Sequence[tuple[str, Sequence[RowShown]]]  # by name, never by how well they do
    months: Sequence[MonthShown]  # the oldest first

    @property
    def is_about_days(self) -> bool:
        """Whether the numerator is a number of days."""
        return self.figure.unit is Unit.DAYS

    @property
    def is_about_money(self) -> bool:
        """Whether both numbers are amounts."""
        return self.figure.unit is Unit.CENTS


def shown_row(figure: Figure, row: Row) -> RowShown:
    """`row` of `figure` in words."""
    told = _telling(figure)
    return RowShown(
        label=str(row.label),
        numerator="–" if row.numerator is None else told(row.numerator),
        denominator="–" if row.denominator is None else told(row.denominator),
        counted=str(figure.counts(row.denominator)),
        value=_value(figure, row),
        short=_short(figure, row),
        percentage=None if figure.unit is Unit.DAYS else row.percentage,
    )


def _telling(figure: Figure) -> Callable[[int], str]:
    """How a number of `figure` is written."""
    return euros if figure.unit is Unit.CENTS else number


def _short(figure: Figure, row: Row) -> str:
    """An amount with its share, as a table of many amounts has no room for more; other figures are told whole."""
    if figure.unit is not Unit.CENTS or row.numerator is None or not row.denominator:
        return _value(figure, row)
    return f"{euros(row.numerator)} ({row.percentage}%)"


def _value(figure: Figure, row: Row) -> str:
    told = _telling(figure)
    if row.denominator is None:
        return _("Wij laten dit niet zien: de groep is te klein.")
    if not row.denominator or row.numerator is None:
        return _("Er is nog niets te tellen.")
    if figure.unit is Unit.DAYS:
        days = ngettext("%(number)s dag", "%(number)s dagen", row.numerator) % {"number": number(row.numerator)}
        return _("%(days)s, over %(all)s %(counted)s") % {
            "days": days, "all": number(row.denominator), "counted": figure.counts(row.denominator),
        }  # fmt: skip
    return _("%(part)s van %(all)s %(counted)s: %(share)s%%") % {
        "part": told(row.numerator), "all": told(row.denominator), "counted": figure.counts(row.denominator),
        "share": row.percentage,
    }  # fmt: skip


def figures_shown(
    today: datetime.date, *, examples: bool = False, organisation: Organisation | None = None
) -> list[FigureShown]:
    """Every figure, of all together with each organisation beside it, or of one `organisation`."""
    now, owners = measured_now(today, examples=examples), organisations_with_figures(examples=examples)
    chosen = organisation.pk if organisation else None
    kept = _months(chosen, examples=examples)
    beside = [] if organisation else owners
    return [_shown(one, chosen, beside, kept.get(one.figure.code, {})) for one in now if chosen in one.groups]


def _shown(
    one: Now, chosen: int | None, beside: Sequence[Organisation], months: Mapping[datetime.date, list[dict[str, Any]]]
) -> FigureShown:
    figure, mine = one.figure, one.groups[chosen]
    return FigureShown(
        figure=figure,
        rows=[shown_row(figure, row) for row in mine.rows],
        listed=mine.listed,
        organisations=[
            (owner.name, [shown_row(figure, row) for row in one.groups[owner.pk].rows])
            for owner in beside
            if owner.pk in one.groups
        ],
        months=[
            MonthShown(month=long_month(f"{month:%Y-%m}"), rows=[shown_row(figure, row) for row in _kept(rows, mine)])
            for month, rows in sorted(months.items())[-MOST_MONTHS:]
        ],
    )


def _months(organisation: int | None, *, examples: bool) -> Mapping[str, Mapping[datetime.date, list[dict[str, Any]]]]:
    """{code: {month: rows}} of what was frozen."""
    found: defaultdict[str, dict[datetime.date, list[dict[str, Any]]]] = defaultdict(dict)
    rows = FigureSnapshot.objects.filter(organisation=organisation, is_example=examples)
    for code, month, kept in rows.order_by("month_date", "pk").values_list("code", "month_date", "rows"):
        found[code][month] = kept
    return found


def _kept(rows: Sequence[Mapping[str, Any]], now: Measured) -> list[Row]:
    """Frozen rows with the words of now; a part that is no longer told has its code for a name."""
    words = {row.code: row.label for row in now.rows}
    return [
        Row(code=row["code"], label=words.get(row["code"], row["code"]), numerator=row["numerator"],
            denominator=row["denominator"])
        for row in rows
    ]  # fmt: skip
