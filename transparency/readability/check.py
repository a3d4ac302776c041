"""The check of one text: `check(text)` gives a Report with the score and the findings."""

import logging
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from transparency.readability import score
from transparency.readability.document import Document, Finding, Severity
from transparency.readability.features import Features, measure
from transparency.readability.language import is_dutch
from transparency.readability.lexicon import LexiconError
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

MOST_CHARACTERS = 20_000
MOST_PER_SENTENCE, MOST_SHOWN = 3, 25
RULES: tuple[Callable[[Document], Iterator[Finding]], ...] = tuple(
    module.find
    for module in (
        long_sentence, abbreviation, formal_word, jargon, rare_word, passive, split, nominal, double_negation,
        no_address, long_paragraph,
    )
)  # fmt: skip
_log = logging.getLogger(__name__)


class TextTooLong(ValueError):
    """The text has more than MOST_CHARACTERS characters."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """What the check says of a text. Without `score` there are only findings, and without Dutch there is nothing."""

    is_dutch: bool
    score: score.Score | None
    is_reliable: bool  # long enough for a level and a colour
    features: Features
    passives: int
    sentence_starts: tuple[int, ...]
    findings: tuple[Finding, ...]

    def as_json(self) -> dict[str, Any]:
        """The report as it goes into JSON (readability.md, output)."""
        found = self.score
        return {
            "model": score.MODEL,
            "language": "nl" if self.is_dutch else None,
            "score": found.value if found else None,
            "margin": score.MARGIN,
            "level": found.level if found and self.is_reliable else None,
            "colour": str(found.colour) if found and self.is_reliable else None,
            "reliable": self.is_reliable,
            "facts": self.facts(),
            "findings": [
                asdict(one) | {"severity": one.severity.name.lower(), "suggestions": list(one.suggestions)}
                for one in self.findings
            ],
            "top": [{"code": code, "count": count} for code, count in self.top()],
            "note": self.note(),
        }  # fmt: skip

    def facts(self) -> dict[str, float | int | None]:
        """The counts and means behind the score."""
        counted = self.features
        return {
            "sentences": counted.sentences, "words": counted.words, "mean_sentence": round(counted.mean_sentence, 1),
            "over20": counted.over_20, "freq": _rounded(counted.frequency), "concrete": _rounded(counted.concrete),
            "content_per_clause": _rounded(counted.content_per_clause),
            "passives_per_100": round(100 * self.passives / max(1, counted.words), 1),
        }  # fmt: skip

    def top(self) -> list[tuple[str, int]]:
        """What to change first: the codes with their number, worst first."""
        weights = Counter[str]()
        for one in self.findings:
            weights[one.code] += {Severity.HINT: 1, Severity.WARNING: 3, Severity.ERROR: 9}[one.severity]
        counts = Counter(one.code for one in self.findings)
        return [(code, counts[code]) for code, _weight in weights.most_common()]

    def note(self) -> str:
        """What the reader of the report should know about it, or ""."""
        if not self.is_dutch:
            return _("Dit lijkt geen Nederlands. Daarom is er geen schatting.")
        if not self.is_reliable:
            return _("De tekst is te kort voor een schatting. U ziet alleen wat u kunt verbeteren.")
        if self.score and self.score.is_on_border:
            return _("De tekst zit op de grens. Let vooral op wat u kunt verbeteren.")
        return ""

    def shown(self) -> list[Finding]:
        """The findings for a writer, who should not be flooded: the worst 25, and of one sentence the worst 3."""
        told: Counter[int] = Counter()
        found = []
        for one in sorted(self.findings, key=lambda one: (-one.severity, one.start)):
            sentence = bisect_right(self.sentence_starts, one.start)
            told[sentence] += 1
            if told[sentence] <= MOST_PER_SENTENCE:
                found.append(one)
        return found[:MOST_SHOWN]


def check(
    text: str, *, known: Iterable[str] = (), terms_explained: bool = False, to_reader: bool = True
) -> Report:  # fmt: skip
    """Check a Dutch text. Offsets of findings are characters of `text` as given.

    `known`: words and names that the page explains or its reader knows. `terms_explained`: the page explains every term
    of the glossary. `to_reader`: the text should say "u". Raises TextTooLong, and LexiconError without a lexicon.
    """
    if len(text) > MOST_CHARACTERS:
        raise TextTooLong(_("De tekst is te lang: meer dan %(most)s tekens.") % {"most": MOST_CHARACTERS})
    document = Document(text, frozenset(word.lower() for word in known), terms_explained, to_reader)
    features = measure(document)
    if not is_dutch(document):
        return Report(is_dutch=False, score=None, is_reliable=False, features=features, passives=0,
                      sentence_starts=(), findings=())  # fmt: skip
    findings = _once([finding for rule in RULES for finding in _findings(rule, document)])
    return Report(
        is_dutch=True, score=score.score(features), is_reliable=score.is_long_enough(features), features=features,
        sentence_starts=tuple(part.sentence.start for part in document.parts),
        passives=sum(one.code == passive.CODE for one in findings),
        findings=tuple(sorted(findings, key=lambda one: (one.start, -one.severity, one.code))),
    )  # fmt: skip


def warm_up() -> None:
    """Read the lists and compile the patterns, so that the first writer does not wait (0.4 s without)."""
    with suppress(LexiconError):  # `manage.py check` warns of it
        check("U krijgt een algoritme m.b.t. uw onderzoek. Dit wordt door de arts, indien nodig, bekeken.")


def _findings(rule: Callable[[Document], Iterator[Finding]], document: Document) -> list[Finding]:
    """What one rule finds; a rule that fails is skipped and logged, never with the text."""
    try:
        return list(rule(document))
    except (LookupError, ValueError, TypeError, AttributeError) as error:
        _log.error("the rule %s failed: %s", rule.__module__, type(error).__name__)
        return []


def _once(findings: list[Finding]) -> list[Finding]:
    """The findings without those of which another says more: a rare word in a formal phrase, a term that is short."""
    said = [one for one in findings if one.code in {formal_word.CODE, jargon.CODE, abbreviation.CODE}]
    covered = {at for one in said for at in range(one.start, one.end)}
    shortened = {one.start for one in findings if one.code == abbreviation.CODE}
    return [
        one for one in findings
        if not (one.code == rare_word.CODE and one.start in covered)
        and not (one.code == jargon.CODE and one.start in shortened)
    ]  # fmt: skip


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
