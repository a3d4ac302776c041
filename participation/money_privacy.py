"""What may be told in public of money that people get: never of fewer than five of them, by whatever sum.

Every movement of money to somebody ends up in exactly one block, for ever, and everything public is a sum of whole
blocks: of a project, a line, a fund, all funds together, now or in an earlier quarter. Behind each block stand at least
five people (or none) for what is promised, and the same for what is spent. So no difference of published amounts, a
total minus its parts, a fund minus its projects, today minus yesterday, is about fewer.

That holds over time too, because a block never changes: quarters are looked at in their order, and what happens later
only makes new blocks. What is not in a block yet is told nowhere.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

FEWEST = 5
LONGEST = 2  # quarters that a budget waits for more people, before it is told only together with others
Quarter = int  # 4 × the year, and 0 to 3


@dataclass(frozen=True, kw_only=True)
class Movement:
    """Cents that were promised to one payee, and approved for them, on one line in one quarter."""

    budget: int
    kind: str
    quarter: Quarter
    who: str
    promised: int = 0
    spent: int = 0


@dataclass(frozen=True, kw_only=True)
class Block:
    """Movements that are only told together; with more than one budget it belongs to the fund alone."""

    budgets: frozenset[int]
    kinds: frozenset[str]
    since: Quarter
    until: Quarter  # the quarter at whose end it was told
    promised: int
    spent: int


@dataclass(frozen=True, kw_only=True)
class Told:
    """Everything that may be told of a fund."""

    blocks: Sequence[Block]
    waiting: Mapping[int, Sequence[Movement]]  # budget → what is not told yet

    def of(self, budget: int) -> list[Block]:
        """The blocks that are of `budget` alone, the oldest first."""
        return [block for block in self.blocks if block.budgets == {budget}]

    def shared(self, budget: int) -> list[Block]:
        """The blocks in which `budget` stands together with others."""
        return [block for block in self.blocks if budget in block.budgets and len(block.budgets) > 1]

    def is_waiting(self, budget: int) -> bool:
        """Whether something of `budget` is not told yet."""
        return _is_of_somebody(self.waiting.get(budget, ()))

    def is_whole(self, budget: int) -> bool:
        """Whether everything that `budget` spent is told of it alone: only then its end may be told."""
        return not self.shared(budget) and not _people(self.waiting.get(budget, ()), "spent")


def told(movements: Iterable[Movement], *, until: Quarter, ended: Mapping[int, Quarter] | None = None) -> Told:
    """What may be told of the movements of one fund at the end of the quarter `until`.

    `ended`: {budget: the quarter in which it closed}. What a budget spent is told as soon as five people stand behind
    it. What waited for three quarters, or belongs to a budget that closed, is told with others that wait as long.
    """
    coming = sorted(movements, key=lambda one: (one.quarter, one.budget, one.kind, one.who))
    closed, blocks = ended or {}, list[Block]()
    waiting: defaultdict[int, list[Movement]] = defaultdict(list)
    first = coming[0].quarter if coming else until
    for quarter in range(first, until + 1):
        while coming and coming[0].quarter <= quarter:
            one = coming.pop(0)
            waiting[one.budget].append(one)
        for budget in [budget for budget in sorted(waiting) if is_enough(waiting[budget])]:
            blocks += [_block(part, quarter) for part in _by_line(waiting.pop(budget))]
        late = [budget for budget in sorted(waiting) if _is_late(waiting[budget], quarter, closed.get(budget))]
        together = [one for budget in late for one in waiting[budget]]
        if is_enough(together):
            blocks += [_block(part, quarter) for part in _by_line(together)]
            for budget in late:
                del waiting[budget]
    for one in coming:
        waiting[one.budget].append(one)
    return Told(blocks=blocks, waiting=waiting)


def _is_late(movements: Sequence[Movement], quarter: Quarter, ended: Quarter | None) -> bool:
    """Whether these have waited long enough for more people; what is about nobody any more can wait."""
    if not _is_of_somebody(movements):
        return False
    return movements[0].quarter <= quarter - LONGEST or (ended is not None and ended <= quarter)


def is_enough(movements: Iterable[Movement]) -> bool:
    """Whether these may be told together: five people or none behind each amount, and not none behind both."""
    ones = list(movements)
    sizes = [len(_people(ones, name)) for name in ("promised", "spent")]
    return max(sizes) >= FEWEST and all(size == 0 or size >= FEWEST for size in sizes)


def _is_of_somebody(movements: Sequence[Movement]) -> bool:
    return bool(_people(movements, "promised") or _people(movements, "spent"))


def _people(movements: Iterable[Movement], name: str) -> set[str]:
    """For whom `name` changed; who got and gave back the same is not counted."""
    sums: defaultdict[str, int] = defaultdict(int)
    for one in movements:
        sums[one.who] += getattr(one, name)
    return {who for who, cents in sums.items() if cents}


def _by_line(movements: Sequence[Movement]) -> list[list[Movement]]:
    """The same in parts: each line with enough people alone, the others with the smallest that makes them enough."""
    by_kind: defaultdict[str, list[Movement]] = defaultdict(list)
    for one in movements:
        by_kind[one.kind].append(one)
    parts = sorted((ones for ones in by_kind.values() if is_enough(ones)), key=lambda ones: (len(ones), ones[0].kind))
    rest = [one for ones in by_kind.values() if not is_enough(ones) for one in ones]
    while rest and parts and not is_enough(rest):
        rest += parts.pop(0)
    return [*parts, rest] if rest else parts


def _block(movements: Sequence[Movement], until: Quarter) -> Block:
    return Block(
        budgets=frozenset(one.budget for one in movements), kinds=frozenset(one.kind for one in movements),
        since=min(one.quarter for one in movements), until=until,
        promised=sum(one.promised for one in movements), spent=sum(one.spent for one in movements),
    )  # fmt: skip
