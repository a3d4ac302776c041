"""What a file would do and did, in words: for the page and for the report that people download."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.core.cells import escape
from transparency.changes import Change, changes
from transparency.exchange.report import shown
from transparency.fields import ENTRY_FIELDS
from transparency.models import Upload, UploadLine
from transparency.uploads.states import LineOutcome
from transparency.uploads.words import in_words, label_of, words_of

KEPT = "KEPT"  # rows that undoing left as they are
MARKS = {
    LineOutcome.BAD: ("stop", "✕"),
    LineOutcome.CONFLICT: ("warning", "▲"),
    LineOutcome.CHANGED: ("neutral", "◐"),
    LineOutcome.NEW: ("ok", "✚"),
    LineOutcome.UNCHANGED: ("neutral", "="),
    LineOutcome.DOUBLE: ("neutral", "≡"),
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


def told(line: UploadLine) -> Told:
    """What there is to say about `line`."""
    kind, symbol = MARKS[LineOutcome(line.outcome)]
    is_new = line.outcome == LineOutcome.NEW
    return Told(
        line=line,
        label=str(line.get_outcome_display()),
        kind=kind,
        symbol=symbol,
        remarks=[Remark(**one) for one in in_words(line.told)],
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
    for one in in_words(line.told):
        yield one["label"], one["value"], one["cleaned"], one["reason"]


def _changed(line: UploadLine) -> Iterator[tuple[str, str, str, str]]:
    if line.outcome == LineOutcome.NEW:
        return
    for key, value in line.values.items():
        before, after = (shown(words_of(key, said)) for said in (line.before.get(key), value))
        yield label_of(key), before, after, _("Dit antwoord verandert.")


def _row(*cells: Any) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerow(escape(str(cell)) for cell in cells)
    return buffer.getvalue()
