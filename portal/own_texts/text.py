"""One text of our own, and what the language gate says of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from transparency.readability.check import look_at
from transparency.readability.document import Document, Finding, Severity
from transparency.readability.report import Report
from transparency.readability.score import Colour

# Both forms are right; ours is "u hebt", as most of our texts had it. In "wat zij over u heeft" somebody else has it.
_OTHER_FORM = re.compile(
    r"\b(?:(?<!over )(?<!voor )(?<!van )(?<!met )(?<!aan )(?<!bij )u heeft|heeft u"
    r"|(?:wat|dat|die|als|voordat|zolang|omdat|of|wanneer|soort) u"
    r"(?: (?!(?:dat|die|wat|hij|zij|ze)\b)[\w-]+){1,3} heeft)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class OwnText:
    """A text, where it stands, and what a reader knows there. Of a short one only errors count: it has no score."""

    kind: str  # page, field, screen, mail
    place: str
    text: str
    known: frozenset[str] = frozenset()
    terms_explained: bool = False
    is_short: bool = False


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the gate says of a text; `findings` are the errors."""

    text: OwnText
    report: Report
    colour: Colour | None  # None when the text is too short for one
    errors: tuple[Finding, ...]

    @property
    def passes(self) -> bool:
        """Whether the text is Dutch, green (or too short for a colour) and without an error."""
        return self.report.is_dutch and self.colour in {None, Colour.GREEN} and not self.errors

    def lines(self, most: int) -> list[str]:
        """The text in a line and its worst findings, a line each, for who will rewrite it."""
        score = f"ongeveer {self.report.score.value:.1f}" if self.colour and self.report.score else "te kort"
        told = f"{self.text.kind} {self.text.place}: {self.colour or 'kort'} ({score})"
        if not self.report.is_dutch:
            return [f"{told}: dit lijkt geen Nederlands"]
        worst = sorted(self.report.findings, key=lambda one: (-one.severity, one.start))[:most]
        return [told, *(f"  {one.start}: “{_shortened(one.text)}” {one.message} {one.advice}" for one in worst)]


def judge(own: OwnText) -> Verdict:
    """The verdict of the gate and of our own form of words. Raises LexiconError without a lexicon."""
    report = look_at(Document(own.text, own.known, own.terms_explained))
    report = replace(report, findings=(*report.findings, *_other_forms(own.text)))
    colour = report.score.colour if report.score and report.is_reliable and not own.is_short else None
    errors = tuple(one for one in report.findings if one.severity is Severity.ERROR)
    return Verdict(text=own, report=report, colour=colour, errors=errors)


def _other_forms(text: str) -> Iterator[Finding]:
    for found in _OTHER_FORM.finditer(text):
        yield Finding(
            code="other_form", severity=Severity.ERROR, start=found.start(), end=found.end(), text=found[0],
            message="Onze teksten zeggen overal ‘u hebt’.", advice="Schrijf dat hier ook.",
        )  # fmt: skip


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 90 else f"{words[:60]} … {words[-25:]}"
