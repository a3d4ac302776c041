"""What the check says of one text: score, findings, what to change first."""

from bisect import bisect_right
from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from transparency.readability.document import Finding, Severity
from transparency.readability.features import Features
from transparency.readability.score import MARGIN, MODEL, Score

MOST_PER_SENTENCE, MOST_SHOWN = 3, 25
_WEIGHTS = {Severity.HINT: 1, Severity.WARNING: 3, Severity.ERROR: 9}


@dataclass(frozen=True, kw_only=True)
class Report:
    """What the check says of a text. Without `score` there are only findings, and without Dutch there is nothing."""

    is_dutch: bool
    score: Score | None
    is_reliable: bool  # long enough for a level and a colour
    features: Features
    passives: int
    sentence_starts: tuple[int, ...]
    findings: tuple[Finding, ...]

    def as_json(self) -> dict[str, Any]:
        """The report as it goes into JSON (readability.md, output)."""
        found = self.score
        return {
            "model": MODEL,
            "language": "nl" if self.is_dutch else None,
            "score": found.value if found else None,
            "margin": MARGIN,
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
            weights[one.code] += _WEIGHTS[one.severity]
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


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
