"""The gate: whether texts may be published as they are. It decides; the check only measures (readability.md)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from transparency.readability import score as scoring
from transparency.readability.check import check
from transparency.readability.document import Document, Severity
from transparency.readability.features import measure
from transparency.readability.report import Report
from transparency.readability.score import Colour, Score


class Verdict(StrEnum):
    """What the approver may do."""

    OPEN = "open"
    NEEDS_REASON = "needs_reason"  # or a patient panel that found it clear
    CLOSED = "closed"


class Why(StrEnum):
    """Why a text does not pass by itself."""

    RED = "red"
    ORANGE = "orange"
    ERROR_IN_SHORT_TEXT = "error_in_short_text"
    NOT_DUTCH = "not_dutch"


VERDICTS = {
    Why.RED: Verdict.CLOSED, Why.ERROR_IN_SHORT_TEXT: Verdict.CLOSED,
    Why.ORANGE: Verdict.NEEDS_REASON, Why.NOT_DUTCH: Verdict.NEEDS_REASON,
}  # fmt: skip
TOGETHER = ""  # the name under which the texts count as one


@dataclass(frozen=True, kw_only=True)
class Gate:
    """The verdict, why by the name of each text (TOGETHER: all of them), and the score and model for the page."""

    verdict: Verdict
    why: dict[str, Why]
    score: Score | None
    reports: dict[str, Report]
    model: str = scoring.MODEL


def decide(texts: Mapping[str, str], *, known: Iterable[str] = (), terms_explained: bool = False) -> Gate:
    """The gate for the public texts of one page by name; texts for experts are left out by the caller.

    Each text counts on its own and all of them together; saving a draft never asks here. Raises TextTooLong and
    LexiconError, as `check` does.
    """
    known = frozenset(word.lower() for word in known)
    reports = {
        name: check(text, known=known, terms_explained=terms_explained, to_reader=False)
        for name, text in texts.items()
    }  # fmt: skip
    whole = measure(Document(as_one(texts.values()), known, terms_explained))
    together = scoring.score(whole) if scoring.is_long_enough(whole) else None
    found = {name: _why(report) for name, report in reports.items()} | {TOGETHER: _by_colour(together)}
    why = {name: reason for name, reason in found.items() if reason}
    verdicts = {VERDICTS[reason] for reason in why.values()}
    worst = next((one for one in (Verdict.CLOSED, Verdict.NEEDS_REASON) if one in verdicts), Verdict.OPEN)
    return Gate(verdict=worst, why=why, score=together, reports=reports)


def as_one(texts: Iterable[str]) -> str:
    """Texts as one text."""
    return "\n\n".join(map(_closed, texts))


def _closed(text: str) -> str:
    """`text` as sentences: without a stop at its end it would count as a heading among the others."""
    return text if text.rstrip().endswith((".", "!", "?")) else f"{text.rstrip()}."


def _why(report: Report) -> Why | None:
    """Why this text does not pass; a short text has no colour, so there an error decides."""
    if not report.is_dutch:
        return Why.NOT_DUTCH
    if report.is_reliable:
        return _by_colour(report.score)
    return Why.ERROR_IN_SHORT_TEXT if any(one.severity is Severity.ERROR for one in report.findings) else None


def _by_colour(found: Score | None) -> Why | None:
    if found is None or found.colour is Colour.GREEN:
        return None
    return Why.RED if found.colour is Colour.RED else Why.ORANGE
