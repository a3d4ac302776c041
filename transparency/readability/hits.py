"""The findings on labelled texts: how many of each kind, and some of one kind to read and judge."""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from transparency.readability.check import look_at
from transparency.readability.document import Document, Finding

SEED = 20261128


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A finding in a text of the set `group`, with the sentence in which it begins."""

    group: str
    sentence: str
    finding: Finding


@dataclass(frozen=True, kw_only=True)
class Hits:
    """Every finding, and the number of words of each set."""

    words: Counter[str]
    found: list[Hit]

    def rates(self) -> dict[str, tuple[int, dict[str, float]]]:
        """Of each kind how many there are, and how many in 100 words of each set."""
        counts = Counter((hit.finding.code, hit.group) for hit in self.found)
        return {
            code: (
                sum(counts[code, group] for group in self.words),
                {group: 100 * counts[code, group] / max(1, words) for group, words in sorted(self.words.items())},
            )
            for code in sorted({hit.finding.code for hit in self.found})
        }

    def some(self, code: str, most: int) -> list[Hit]:
        """At most `most` of one kind, drawn by chance, the same each time."""
        of_kind = [hit for hit in self.found if hit.finding.code == code]
        dice = random.Random(SEED)  # noqa: S311 (no secret)
        return dice.sample(of_kind, min(most, len(of_kind)))


def hits(rows: Iterable[dict[str, str]]) -> Hits:
    """The findings on every text of `rows` (set, text), as for a text that speaks to its reader."""
    words, found = Counter[str](), []
    for row in rows:
        document = Document(row["text"], to_reader=True)
        report = look_at(document)
        words[row["set"]] += report.features.words
        found += [
            Hit(group=row["set"], sentence=_around(document, one.start), finding=one) for one in report.findings
        ]  # fmt: skip
    return Hits(words=words, found=found)


def _around(document: Document, place: int) -> str:
    """The sentence in which `place` stands, on one line."""
    sentences: Sequence[str] = [
        " ".join(document.text[part.sentence.start : part.sentence.end].split())
        for part in document.parts
        if part.sentence.start <= place
    ]
    return sentences[-1] if sentences else ""
