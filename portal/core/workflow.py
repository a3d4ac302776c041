"""Workflow tables: which step may follow which status."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise


class StepNotAllowed(Exception):
    """This step does not start from the current status. `told`: what happened and what to do, for who asked."""

    def __init__(self, what: str, *, told: str | Promise = "") -> None:
        super().__init__(what)
        self.told = told


@dataclass(frozen=True, kw_only=True)
class Step:
    """One arrow of a workflow: `name` leads from `source` to `target`."""

    name: str
    source: str
    target: str


class Workflow:
    """A checked table of steps; it knows no models and writes nothing."""

    def __init__(self, *, initial: str, statuses: Iterable[str], steps: Iterable[Step]) -> None:
        self.initial = initial
        self.statuses = frozenset(statuses)
        steps = list(steps)
        self._steps = {(step.source, step.name): step for step in steps}
        if len(self._steps) != len(steps):
            raise ValueError("a status has two steps of the same name")
        reached, waiting = set(), [initial]
        while waiting:
            status = waiting.pop()
            reached.add(status)
            waiting += [s.target for s in self.steps_from(status) if s.target not in reached]
        named = reached | {step.source for step in steps}
        if reached != self.statuses or named != self.statuses:
            raise ValueError(
                f"unreachable or unknown statuses: {sorted((reached ^ self.statuses) | (named - reached))}"
            )

    def step(self, status: str, name: str) -> Step:
        """The step `name` from `status`. Raises StepNotAllowed when there is none."""
        try:
            return self._steps[status, name]
        except KeyError:
            raise StepNotAllowed(f"{name} from {status}") from None

    def steps_from(self, status: str) -> list[Step]:
        """Every step that starts at `status`."""
        return [step for step in self._steps.values() if step.source == status]

    def as_mermaid(self) -> str:
        """The table as a Mermaid state diagram, for the generated docs."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial}"]
        lines += [f"    {s.source} --> {s.target}: {s.name}" for s in self._steps.values()]
        return "\n".join(lines)
