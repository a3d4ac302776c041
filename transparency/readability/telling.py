"""A report in words for a writer: the verdict, what to change first, and the text with a number at every finding."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from babel.numbers import format_decimal
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.core.dates import locale
from transparency.readability.document import Finding, Severity
from transparency.readability.report import Report
from transparency.readability.rules import (
    abbreviation,
    double_negation,
    formal_word,
    jargon,
    long_paragraph,
    long_sentence,
    no_address,
    nominal,
    passive,
    rare_word,
    split,
)
from transparency.readability.score import GREEN_BELOW, MARGIN, RED_FROM, Colour, Score

MOST_FIRST = 3  # kinds of finding under "Begin hier"
# Percent of adults who have difficulty with a text of each level, by the makers of LiNT (readability.md).
_DIFFICULTY = (14, 29, 53, 78)
_LEVELS = (gettext_lazy("makkelijk"), gettext_lazy("vrij makkelijk"), gettext_lazy("vrij moeilijk"),
           gettext_lazy("moeilijk"))  # fmt: skip
VERDICTS = {
    Colour.GREEN: gettext_lazy("Goed te lezen (schatting)"),
    Colour.ORANGE: gettext_lazy("Nog lastig te lezen (schatting)"),
    Colour.RED: gettext_lazy("Te moeilijk (schatting)"),
}
SEVERITIES = {
    Severity.ERROR: gettext_lazy("dit moet anders"),
    Severity.WARNING: gettext_lazy("dit kan beter"),
    Severity.HINT: gettext_lazy("tip"),
}
_LOOKS = {
    Severity.ERROR: {"kind": "stop", "symbol": "■"},
    Severity.WARNING: {"kind": "warning", "symbol": "▲"},
    Severity.HINT: {"kind": "neutral", "symbol": "●"},
}
# Of each kind its name and what to do about it.
KINDS = {
    long_sentence.CODE: (gettext_lazy("Lange zin"), gettext_lazy("Maak lange zinnen korter")),
    abbreviation.CODE: (gettext_lazy("Afkorting"), gettext_lazy("Schrijf afkortingen voluit")),
    formal_word.CODE: (gettext_lazy("Formeel woord"), gettext_lazy("Vervang formele woorden")),
    jargon.CODE: (gettext_lazy("Vakwoord"), gettext_lazy("Leg vakwoorden uit")),
    rare_word.CODE: (gettext_lazy("Moeilijk woord"), gettext_lazy("Kies gewone woorden")),
    passive.CODE: (gettext_lazy("Lijdende zin"), gettext_lazy("Zeg wie iets doet")),
    split.CODE: (gettext_lazy("Woorden ver uit elkaar"), gettext_lazy("Zet bij elkaar wat bij elkaar hoort")),
    nominal.CODE: (gettext_lazy("Verstopt werkwoord"), gettext_lazy("Gebruik werkwoorden")),
    double_negation.CODE: (gettext_lazy("Twee keer “niet”"), gettext_lazy("Zeg wat er wél is")),
    no_address.CODE: (gettext_lazy("Geen “u”"), gettext_lazy("Spreek de lezer aan")),
    long_paragraph.CODE: (gettext_lazy("Lange alinea"), gettext_lazy("Maak korte alinea’s")),
}
_QUOTED = re.compile("(“[^”]*”)")
_WIDE = frozenset({long_sentence.CODE, long_paragraph.CODE, no_address.CODE})  # too much text to mark


@dataclass(frozen=True, kw_only=True)
class Point:
    """One finding with its number, which stands in the text too."""

    number: int
    finding: Finding

    @property
    def kind(self) -> str:
        """What is found, in a few words."""
        return str(KINDS[self.finding.code][0])

    @property
    def severity(self) -> str:
        """How bad it is, in words."""
        return str(SEVERITIES[self.finding.severity])

    @property
    def look(self) -> dict[str, str]:
        """How bad it is, as a mark: kind and symbol."""
        return _LOOKS[self.finding.severity]

    @property
    def said(self) -> SafeString:
        """What is wrong and what to do; the Dutch words in it say that they are Dutch."""
        advice, colon, dutch = self.finding.advice, "", ""
        if self.finding.suggestions:
            advice, colon, dutch = advice.partition(": ")
        parts = _QUOTED.split(f"{self.finding.message} {advice}{colon}")
        told = format_html_join("", "{}", ((_as_dutch(part) if at % 2 else part,) for at, part in enumerate(parts)))
        return told + _as_dutch(dutch) if dutch else told

    @property
    def quote(self) -> str:
        """What it is about, on one line."""
        words = " ".join(self.finding.text.split())
        return words if len(words) <= 80 else f"{words[:79].rsplit(' ', 1)[0]}…"


def _as_dutch(text: str) -> SafeString:
    return format_html('<span lang="nl">{}</span>', text)


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A piece of the text: the points that begin before it, and whether it is part of what one is about."""

    text: str
    points: tuple[Point, ...]
    is_marked: bool


@dataclass(frozen=True, kw_only=True)
class First:
    """One thing to change first: what to do, how often, and the number of the first place (0: none is shown)."""

    advice: str
    count: int
    number: int


@dataclass(frozen=True, kw_only=True)
class Told:
    """Everything that a page says of a text."""

    report: Report
    points: tuple[Point, ...]
    pieces: tuple[Piece, ...]

    @property
    def score(self) -> Score | None:
        """The score, when the text is long enough for one."""
        return self.report.score if self.report.is_reliable else None

    @property
    def verdict(self) -> str:
        """The colour in words; "" without a score."""
        return str(VERDICTS[self.score.colour]) if self.score else ""

    @property
    def level(self) -> str:
        """The level in words; "" without a score."""
        return str(_LEVELS[self.score.level - 1]) if self.score else ""

    @property
    def difficulty(self) -> int:
        """How many percent of adults find a text of this level hard, by LiNT; 0 without a score."""
        return _DIFFICULTY[self.score.level - 1] if self.score else 0

    @property
    def scale(self) -> dict[str, int]:
        """The numbers of the picture; those with x are places on a line that is 400 wide."""
        value = self.score.value if self.score else 0.0
        low, high = round(max(0.0, value - MARGIN)), round(min(100.0, value + MARGIN))
        return {"value": round(value), "low": low, "high": high, "orange": GREEN_BELOW, "red": RED_FROM,
                "value_x": round(4 * value), "low_x": 4 * low, "width_x": 4 * (high - low), "orange_x": 4 * GREEN_BELOW,
                "orange_width_x": 4 * (RED_FROM - GREEN_BELOW), "red_x": 4 * RED_FROM,
                "red_width_x": 400 - 4 * RED_FROM}  # fmt: skip

    @property
    def first(self) -> list[First]:
        """What to change first, at most three kinds."""
        numbers = {point.finding.code: point.number for point in reversed(self.points)}
        return [
            First(advice=str(KINDS[code][1]), count=count, number=numbers.get(code, 0))
            for code, count in self.report.top()[:MOST_FIRST]
        ]

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What was counted: label and value."""
        facts = self.report.facts()
        told = (
            (_("Zinnen"), facts["sentences"]),
            (_("Woorden"), facts["words"]),
            (_("Woorden per zin, gemiddeld"), facts["mean_sentence"]),
            (_("Zinnen met meer dan 20 woorden"), facts["over20"]),
            (_("Lijdende zinnen per 100 woorden"), facts["passives_per_100"]),
            (_("Hoe gewoon de woorden zijn (0 is zeldzaam, 7 is heel gewoon)"), facts["freq"]),
            (_("Deel van de zelfstandige naamwoorden dat u kunt zien of aanraken (0 tot 1)"), facts["concrete"]),
            (_("Woorden met inhoud per zinsdeel, gemiddeld"), facts["content_per_clause"]),
        )
        return [(label, format_decimal(value, locale=locale())) for label, value in told if value is not None]

    @property
    def more(self) -> int:
        """How many findings are not shown."""
        return len(self.report.findings) - len(self.points)

    @property
    def summary(self) -> str:
        """The whole in one line, for who listens."""
        if not self.report.is_dutch:
            return self.report.note()
        found = len(self.report.findings)
        points = ngettext("%(count)s punt om te verbeteren.", "%(count)s punten om te verbeteren.", found) % {
            "count": found
        }
        if not self.score:
            return f"{self.report.note()} {points}"
        about = _("%(verdict)s: ongeveer %(score)s.") % {"verdict": self.verdict, "score": round(self.score.value)}
        return f"{about} {points}"


def tell(text: str, report: Report) -> Told:
    """`report` of `text` in words."""
    found = sorted(report.shown(), key=lambda one: (one.start, -one.severity, one.code))
    points = tuple(Point(number=number, finding=one) for number, one in enumerate(found, 1))
    return Told(report=report, points=points, pieces=tuple(_pieces(text, points)))


def _pieces(text: str, points: tuple[Point, ...]) -> Iterator[Piece]:
    """`text` cut where a finding begins or ends: findings may lie within and across each other."""
    narrow = [point.finding for point in points if point.finding.code not in _WIDE]
    cuts = {0, len(text)} | {point.finding.start for point in points} | {one.end for one in narrow}
    places = sorted(cuts)
    for start, end in zip(places, [*places[1:], len(text)], strict=True):
        beginning = tuple(point for point in points if point.finding.start == start)
        if start < end or beginning:
            marked = any(one.start <= start < one.end for one in narrow)
            yield Piece(text=text[start:end], points=beginning, is_marked=marked)
