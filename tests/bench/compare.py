"""Comparing two servers or programs: measured in turn (A B B A), the median of the ratios with an interval."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from math import comb
from statistics import median
from typing import Any, Protocol

from tests.bench.measure import Sample


class Side(Protocol):
    """What can be measured: a server that is asked (`measure.Asking`) or a program that is run (`tasks.Task`)."""

    @property
    def name(self) -> str: ...

    def sample(self, *, seconds: float, connections: int) -> Sample: ...


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Ours beside theirs. The ratio is theirs ÷ ours, or with `inverse` ours ÷ theirs."""

    kind: str  # cold, warm, 304, growth, deep, import, export, memory
    name: str
    ours: Side
    theirs: Side
    goal: float | None = None
    inverse: bool = False  # the ratio must stay under the goal
    of: str = "cpu_ms"  # what of a sample is compared
    connections: int = 4  # two for each worker
    often: int = 1  # rounds for each one of the plan: more where the two sides hardly differ


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a comparison gave."""

    comparison: Comparison
    ours: list[Sample]
    theirs: list[Sample]
    ratios: list[float] = field(init=False)

    def __post_init__(self) -> None:
        pairs = zip(self.ours, self.theirs, strict=True)
        compared = [(max(getattr(one, self.comparison.of), 1e-6) for one in pair) for pair in pairs]
        ratios = [ours / theirs if self.comparison.inverse else theirs / ours for ours, theirs in compared]
        object.__setattr__(self, "ratios", ratios)

    @property
    def interval(self) -> tuple[float, float]:
        """In which the median lies with a chance of at least 95% (all rounds when they are fewer than six)."""
        ordered = sorted(self.ratios)
        cut = cut_off(len(ordered))
        return ordered[cut], ordered[-1 - cut]

    @property
    def passed(self) -> bool | None:
        """Whether the worse end of the interval reaches the goal; None without a goal."""
        goal, (low, high) = self.comparison.goal, self.interval
        return None if goal is None else (high <= goal if self.comparison.inverse else low >= goal)

    @property
    def per_second(self) -> float:
        """Our requests per second ÷ theirs; one that answered nothing in time counts as one request in that time."""
        return median(
            a.per_second / (b.per_second or 1 / b.seconds) for a, b in zip(self.ours, self.theirs, strict=True)
        )

    def problems(self) -> dict[str, int]:
        """What went wrong and how often: "usual: 500 /address"."""
        found: Counter[str] = Counter()
        for side, samples in ((self.comparison.ours, self.ours), (self.comparison.theirs, self.theirs)):
            for one in samples:
                found.update({f"{side.name}: {what}": times for what, times in one.problems.items()})
        return dict(found)

    def row(self) -> dict[str, Any]:
        """For a line of JSON."""
        compared = self.comparison
        return {
            "kind": compared.kind, "name": compared.name, "ours": compared.ours.name,
            "theirs": compared.theirs.name, "inverse": compared.inverse, "ratio": round(median(self.ratios), 4),
            "interval": [round(end, 4) for end in self.interval], "goal": compared.goal, "passed": self.passed,
            "of": compared.of, "problems": self.problems(), "rounds": len(self.ratios),
            "per_second_ratio": round(self.per_second, 4), "ours_samples": [one.row() for one in self.ours],
            "theirs_samples": [one.row() for one in self.theirs],
        }  # fmt: skip


def cut_off(rounds: int) -> int:
    """How many of the sorted ratios may fall off at each end while 95% of medians lie within the rest (sign test)."""
    chances = accumulate(2 * comb(rounds, cut) / 2**rounds for cut in range(rounds))
    return max(0, sum(1 for chance in chances if chance <= 0.05) - 1)


def compare(comparison: Comparison, *, rounds: int, seconds: float) -> Result:
    """Measure both sides `rounds` times (or as `often` more), the first of one round being the second of the next."""
    samples: dict[bool, list[Sample]] = {True: [], False: []}
    for first in _turns(rounds * comparison.often):
        for ours in (first, not first):
            side = comparison.ours if ours else comparison.theirs
            samples[ours].append(side.sample(seconds=seconds, connections=comparison.connections))
    return Result(comparison=comparison, ours=samples[True], theirs=samples[False])


def _turns(rounds: int) -> Iterator[bool]:
    """A B, B A, A B, …"""
    return (number % 2 == 0 for number in range(rounds))
