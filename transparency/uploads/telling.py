"""What a file would do and did, in words: for the page and for the report that people download."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from portal.core.cells import escape
from transparency.changes import Change, changes
from transparency.exchange.report import shown
from transparency.fields import BY_KEY, ENTRY_FIELDS
from transparency.models import Upload, UploadLine
from transparency.states import LineOutcome

KEPT = "KEPT"  # rows that undoing left as they are
MARKS = {
    LineOutcome.BAD: ("stop", "✕"),
    LineOutcome.CONFLICT: ("warning", "▲"),
    LineOutcome.CHANGED: ("neutral", "◐"),
    LineOutcome.NEW: ("ok", "✚"),
    LineOutcome.UNCHANGED: ("neutral", "="),
    LineOutcome.DOUBLE: ("neutral", "≡"),
}
_FIELDS: dict[str, str | Promise] = {
    "": gettext_lazy("hele regel"),
    "organisation": gettext_lazy("organisatie"),
    "organization": gettext_lazy("organisatie"),
    "id": gettext_lazy("nummer (id)"),
    "unknown": gettext_lazy("weten we nog niet"),
    "translations": gettext_lazy("Engelse teksten"),
}


@dataclass(frozen=True, kw_only=True)
class Remark:
    """One thing to say about a value of a row."""

    label: str
    value: str
    cleaned: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Told:
    """One row of a file, for the page."""

    line: UploadLine
    label: str
    kind: str
    symbol: str
    remarks: list[Remark]
    changes: list[Change]
    answers: int  # that a new entry gets


def label_of(field: str) -> str:
    """The question or column `field` in words; a part of one ("sources.link") as its question."""
    known = BY_KEY.get(field.partition(".")[0])
    return str(known.label if known else _FIELDS.get(field, field))


def told(line: UploadLine) -> Told:
    """What there is to say about `line`."""
    kind, symbol = MARKS[LineOutcome(line.outcome)]
    is_new = line.outcome == LineOutcome.NEW
    return Told(
        line=line,
        label=str(line.get_outcome_display()),
        kind=kind,
        symbol=symbol,
        remarks=[
            Remark(label=label_of(one["field"]), value=one["value"], cleaned=one["cleaned"], reason=one["reason"])
            for one in line.told
        ],
        changes=[] if is_new else _differences(line),
        answers=len(line.values) if is_new else 0,
    )


def _differences(line: UploadLine) -> list[Change]:
    """Question by question: what stood there and what comes."""
    before = {key: value for key, value in line.before.items() if value is not None}
    fields = tuple(field for field in ENTRY_FIELDS if field.key in line.values)
    return changes(before, line.says, fields, get_language() or "nl")


# --- The report ------------------------------------------------------------------------------------------------------


def report(upload: Upload) -> Iterator[str]:
    """Every row and everything there is to say about it as CSV, safe to open in a spreadsheet; made piece by piece."""
    yield "\ufeff" + _row(
        _("regel"), _("wat wij doen"), _("naam"), _("organisatie"), _("vraag"), _("stond er"), _("wordt"),
        _("waarom"),
    )  # fmt: skip
    lines = upload.lines.select_related("organisation").order_by("position")
    for line in lines.iterator(chunk_size=500):
        known = (line.place, str(line.get_outcome_display()), line.name, line.organisation.name if line.organisation
                 else "")  # fmt: skip
        said = [*_remarks(line), *_changed(line)]
        if line.kept:
            said.append(("", "", "", line.kept))
        for one in said or [("", "", "", "")]:
            yield _row(*known, *one)


def _remarks(line: UploadLine) -> Iterator[tuple[str, str, str, str]]:
    for one in line.told:
        yield label_of(one["field"]), one["value"], one["cleaned"], one["reason"]


def _changed(line: UploadLine) -> Iterator[tuple[str, str, str, str]]:
    if line.outcome == LineOutcome.NEW:
        return
    for key, value in line.values.items():
        yield label_of(key), shown(line.before.get(key)), shown(value), _("Dit antwoord verandert.")


def _row(*cells: Any) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerow(escape(str(cell)) for cell in cells)
    return buffer.getvalue()
