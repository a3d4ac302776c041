"""Comparing two servers: measured in turn (A B B A), the median of the ratios with an interval."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from math import comb
from statistics import median
from typing import Any

from tests.bench.measure import Sample, sample
from tests.bench.servers import Server


@dataclass(frozen=True, kw_only=True)
class Side:
    """A server with the addresses that it is asked for."""

    server: Server
    paths: list[str]
    tag: str = ""  # for If-None-Match


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Ours beside theirs. The ratio is theirs ÷ ours, or with `inverse` ours ÷ theirs; the goal is about CPU."""

    kind: str  # cold, warm, 304, growth
    name: str
    ours: Side
    theirs: Side
    goal: float | None = None
    inverse: bool = False  # the ratio must stay under the goal
    connections: int = 4  # two for each worker


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a comparison gave."""

    comparison: Comparison
    ours: list[Sample]
    theirs: list[Sample]
    ratios: list[float] = field(init=False)

    def __post_init__(self) -> None:
        pairs = zip(self.ours, self.theirs, strict=True)
        upside_down = self.comparison.inverse
        ratios = [a.cpu_ms / b.cpu_ms if upside_down else b.cpu_ms / max(a.cpu_ms, 1e-6) for a, b in pairs]
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

    def row(self) -> dict[str, Any]:
        """For a line of JSON."""
        compared = self.comparison
        return {
            "kind": compared.kind, "name": compared.name, "ours": compared.ours.server.name,
            "theirs": compared.theirs.server.name, "inverse": compared.inverse, "ratio": round(median(self.ratios), 4),
            "interval": [round(end, 4) for end in self.interval], "goal": compared.goal, "passed": self.passed,
            "per_second_ratio": round(self.per_second, 4), "ours_samples": [one.row() for one in self.ours],
            "theirs_samples": [one.row() for one in self.theirs],
        }  # fmt: skip


def cut_off(rounds: int) -> int:
    """How many of the sorted ratios may fall off at each end while 95% of medians lie within the rest (sign test)."""
    chances = accumulate(2 * comb(rounds, cut) / 2**rounds for cut in range(rounds))
    return max(0, sum(1 for chance in chances if chance <= 0.05) - 1)


def compare(comparison: Comparison, *, rounds: int, seconds: float) -> Result:
    """Measure both sides `rounds` times, the first of one round being the second of the next."""
    samples: dict[bool, list[Sample]] = {True: [], False: []}
    for first in _turns(rounds):
        for ours in (first, not first):
            side = comparison.ours if ours else comparison.theirs
            samples[ours].append(
                sample(side.server, side.paths, seconds=seconds, connections=comparison.connections, tag=side.tag)
            )
    return Result(comparison=comparison, ours=samples[True], theirs=samples[False])


def _turns(rounds: int) -> Iterator[bool]:
    """A B, B A, A B, …"""
    return (number % 2 == 0 for number in range(rounds))
