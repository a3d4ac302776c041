"""The score: an estimate of LiNT-II without a parser, its level and its colour.

LiNT-II (Kim & Pander Maat 2025): 100 - (-4.30 + 17.31 frequency - 1.62 dependency length - 2.54 content words per
clause + 15.95 concrete nouns), from 0 (easy) to 100. The length of dependencies is estimated from the length of
sentences, and content words per clause are raised by 12 %, both set on treebanks (readability.md).
"""

from dataclasses import dataclass
from enum import StrEnum

from transparency.readability.features import Features

MODEL = "light-lint-1"
MARGIN = 4  # points; the mean error against LiNT-II on gold parses is about 3
BORDER = 2  # this close to a limit a text is "op de grens"
GREEN_BELOW, RED_FROM = 46, 58
_LEVELS = (34, GREEN_BELOW, RED_FROM)
LEAST_SENTENCES, LEAST_WORDS = 5, 40


class Colour(StrEnum):
    """green: may be published; orange: only with a reason; red: not."""

    GREEN = "green"
    ORANGE = "orange"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Score:
    """A score of 0 (easy) to 100 (hard) with one decimal; show it rounded, as "ongeveer"."""

    value: float
    level: int
    colour: Colour
    is_on_border: bool


def exact(features: Features) -> float | None:
    """The score before rounding, or None when a feature has nothing to be measured on."""
    if features.frequency is None or features.concrete is None or features.content_per_clause is None:
        return None
    dependency = max(0.0, 0.57 * features.mean_sentence - 0.8)
    easy = (
        -4.30 + 17.31 * features.frequency - 1.62 * dependency
        - 2.54 * 1.12 * features.content_per_clause + 15.95 * features.concrete
    )  # fmt: skip
    return min(100.0, max(0.0, 100 - easy))


def is_long_enough(features: Features) -> bool:
    """Whether the text is long enough for a level and a colour."""
    return features.sentences >= LEAST_SENTENCES and features.words >= LEAST_WORDS and exact(features) is not None


def score(features: Features) -> Score | None:
    """The score with its level and colour, or None when a feature has nothing to be measured on."""
    found = exact(features)
    if found is None:
        return None
    value = round(found, 1)  # level and colour go by the number that is given
    level = 1 + sum(value >= limit for limit in _LEVELS)
    colour = Colour.GREEN if value < GREEN_BELOW else Colour.ORANGE if value < RED_FROM else Colour.RED
    return Score(value, level, colour, any(abs(value - limit) <= BORDER for limit in (GREEN_BELOW, RED_FROM)))
