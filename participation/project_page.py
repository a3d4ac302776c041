"""What the public page of a project shows: each part adds what it knows; nothing in it names a person."""

from collections.abc import Callable
from typing import Any

from participation.models import Passage, Project
from participation.states import PHASES

Part = Callable[[Project], dict[str, Any]]


def phase_line(project: Project) -> dict[str, Any]:
    """The seven phases with the day on which each was entered."""
    entered = {passage.phase: passage for passage in Passage.objects.filter(project=project).select_related("gate")}
    return {"phases": [{"phase": phase, "passage": entered.get(phase), "is_now": phase == project.phase}
                       for phase in PHASES]}  # fmt: skip


PARTS: tuple[Part, ...] = (phase_line,)


def context_of(project: Project) -> dict[str, Any]:
    """The template context of the public page of `project`."""
    context: dict[str, Any] = {"project": project}
    for part in PARTS:
        context |= part(project)
    return context
