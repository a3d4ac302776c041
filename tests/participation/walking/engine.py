"""A random walk that can be told again: a step is a rule and a number, and all that the rule chooses follows from it.

A walk that fails is made shorter by leaving steps out, and is told as a list that `walk` takes again.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from random import Random
from typing import Any

Step = tuple[str, int]  # the name of a rule, and the number from which its choices follow
MOST_TRIES = 200  # of leaving steps out


def rule(weight: int = 2) -> Callable[[Callable[[Any], None]], Callable[[Any], None]]:
    """A step that may be taken; of a greater weight more often."""

    def mark(act: Callable[[Any], None]) -> Callable[[Any], None]:
        act.weight = weight  # type: ignore[attr-defined]
        return act

    return mark


def promise(holds: Callable[[Any], None]) -> Callable[[Any], None]:
    """What is looked at after every step."""
    holds.is_promise = True  # type: ignore[attr-defined]
    return holds


def _marked(machine: type, mark: str) -> Iterator[tuple[str, Any]]:
    """(name, mark) of every function of `machine` with `mark`, in the order of their names."""
    for name in sorted(dir(machine)):
        if (value := getattr(getattr(machine, name), mark, None)) is not None:
            yield name, value


def planned(machine: type, seed: int, length: int) -> list[Step]:
    """A walk of `length` steps; the same for the same `seed`."""
    dice, rules = Random(seed), dict(_marked(machine, "weight"))
    names = dice.choices(list(rules), weights=list(rules.values()), k=length)
    return [("begin", dice.randrange(1_000_000)), *((name, dice.randrange(1_000_000)) for name in names)]


def walk(machine: type, steps: Sequence[Step]) -> None:
    """Take `steps`, and look after each whether all promises are kept. Raises what goes wrong first."""
    promises = [name for name, _is_one in _marked(machine, "is_promise")]
    walker = machine()
    try:
        for name, number in steps:
            walker.dice = Random(number)
            getattr(walker, name)()
            for one in promises:
                getattr(walker, one)()
    finally:
        walker.stop()


def walk_and_tell(machine: type, steps: Sequence[Step]) -> None:
    """The same; what goes wrong is told with the shortest walk that was found to it."""
    try:
        walk(machine, steps)
    except Exception as error:
        short = shortened(machine, list(steps), type(error))
        raise AssertionError(f"the walk {short} goes wrong: {error}") from error


def shortened(machine: type, steps: list[Step], kind: type[Exception]) -> list[Step]:
    """`steps` without those that are not needed for an error of this kind."""
    part, tries = len(steps) // 2, 0
    while part and tries < MOST_TRIES:
        start = 1  # it always begins
        while start < len(steps) and tries < MOST_TRIES:
            without, tries = steps[:start] + steps[start + part :], tries + 1
            if fails(machine, without, kind):
                steps = without
            else:
                start += part
        part //= 2
    return steps


def fails(machine: type, steps: Sequence[Step], kind: type[Exception]) -> bool:
    """Whether this walk goes wrong in that way; going wrong in another way is no news."""
    with suppress(Exception):
        try:
            walk(machine, steps)
        except kind:
            return True
    return False
