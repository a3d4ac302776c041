"""How well the score tells easy texts from hard ones: AUC and pairs, with bootstrap intervals, beside the baselines."""

import json
import random
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from transparency.readability.baselines import BASELINES
from transparency.readability.document import Document
from transparency.readability.features import measure
from transparency.readability.score import exact

OURS, RIVAL = "taalcheck", "LIX"
ROUNDS, SEED = 2000, 20261122
# (easy set, hard set) of texts.jsonl
COMPARISONS = (("gov_citizen", "gov_professional"), ("gov_professional", "law"), ("gov_citizen", "law"))

Sample = tuple[list[int], list[int]]  # the texts drawn of the easy side and of the hard side, by place


@dataclass(frozen=True, kw_only=True)
class Line:
    """One comparison: of each measure (value, low, high of the 95 % interval), and of ours less LIX."""

    name: str
    size: str
    measures: dict[str, tuple[float, float, float]]
    difference: tuple[float, float, float]


def read(folder: Path) -> list[dict[str, str]]:
    """The texts of `folder`/texts.jsonl. Raises OSError or ValueError."""
    with (folder / "texts.jsonl").open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def measured(text: str) -> dict[str, float]:
    """Every measure of one text; a text that our score cannot measure is as hard as can be."""
    document = Document(text)
    ours = exact(measure(document))
    return {OURS: 100.0 if ours is None else ours} | {name: rate(document) for name, rate in BASELINES.items()}


def lines(rows: Sequence[dict[str, str]]) -> Iterator[Line]:
    """Every comparison that the sets and pairs in `rows` allow."""
    sets: defaultdict[str, list[dict[str, float]]] = defaultdict(list)
    pairs: defaultdict[str, list[tuple[int, dict[str, float]]]] = defaultdict(list)
    for row in rows:
        values = measured(row["text"])
        sets[row["set"]].append(values)
        if row.get("pair"):
            pairs[row["pair"]].append((int(row["rank"]), values))
    for easy, hard in COMPARISONS:
        if sets[easy] and sets[hard]:
            yield _line(f"AUC {easy} / {hard}", auc, sets[easy], sets[hard], is_paired=False)
    both = [sorted(pair, key=lambda one: one[0]) for pair in pairs.values() if len(pair) == 2]
    if both:
        yield _line(
            "paren goed", in_order, [pair[0][1] for pair in both], [pair[1][1] for pair in both], is_paired=True
        )


def auc(easy: Sequence[float], hard: Sequence[float]) -> float:
    """The chance that a hard text has a higher value than an easy one; a tie counts half."""
    ordered = sorted(easy)
    below = sum(bisect_left(ordered, value) + bisect_right(ordered, value) for value in hard)
    return below / 2 / len(easy) / len(hard)


def in_order(easy: Sequence[float], hard: Sequence[float]) -> float:
    """The share of pairs in which the hard text has the higher value; a tie counts half."""
    return sum((left < right) + (left == right) / 2 for left, right in zip(easy, hard, strict=True)) / len(easy)


def _line(
    name: str, statistic: Callable[[Sequence[float], Sequence[float]], float], easy: list[dict[str, float]],
    hard: list[dict[str, float]], *, is_paired: bool,
) -> Line:  # fmt: skip
    samples = list(_samples(len(easy), len(hard), is_paired=is_paired))
    whole = (list(range(len(easy))), list(range(len(hard))))
    drawn: dict[str, list[float]] = {}
    for measure_name in (OURS, *BASELINES):
        drawn[measure_name] = [
            statistic([easy[at][measure_name] for at in left], [hard[at][measure_name] for at in right])
            for left, right in (whole, *samples)
        ]
    less = [ours - rival for ours, rival in zip(drawn[OURS], drawn[RIVAL], strict=True)]
    return Line(
        name=name, size=f"{len(easy)} en {len(hard)}", difference=_interval(less),
        measures={measure_name: _interval(values) for measure_name, values in drawn.items()},
    )  # fmt: skip


def _samples(easy: int, hard: int, *, is_paired: bool) -> Iterator[Sample]:
    """The same draws for every measure, so that their differences are paired."""
    dice = random.Random(SEED)  # noqa: S311 (a draw for statistics)
    for _round in range(ROUNDS):
        left = dice.choices(range(easy), k=easy)
        yield left, left if is_paired else dice.choices(range(hard), k=hard)


def _interval(values: list[float]) -> tuple[float, float, float]:
    """The value of the whole, which stands first, and the middle 95 % of the draws."""
    drawn = sorted(values[1:])
    return values[0], drawn[int(0.025 * len(drawn))], drawn[int(0.975 * len(drawn)) - 1]
