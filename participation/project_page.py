"""What the public page of a project shows: each part adds what it knows; nothing in it names a person."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from participation.account import account_of
from participation.advice_page import advice_of
from participation.gatekeeping import is_late
from participation.meetings_shown import meetings
from participation.models import GateReview, Passage, Project
from participation.money_page import project_money
from participation.people_page import people_shown
from participation.pulse import rounds_of
from participation.states import ASKED_FOR, PHASES, GateState, Influence, Phase
from participation.taking_part import (
    advice_by_phase,
    advice_counts,
    contributors,
    everybody,
    meetings_held,
    places_left,
    role_counts,
)
from participation.vacancy_page import vacancies_of
from transparency.service import name_of

Part = Callable[[Project], dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class PhaseShown:
    """One phase on the line: whether it was, is or comes, how it was entered, and what patients did in it."""

    phase: Phase
    place: str  # "before" (the project began later), "past", "now", "later"
    passage: Passage | None
    representatives: int
    meetings: int
    advice: int
    asked_for: Influence  # the least role that counts at the gate out of it


def phase_line(project: Project) -> dict[str, Any]:
    """The seven phases with the day on which each was entered and what happened in it."""
    passages = Passage.objects.filter(project=project).select_related("gate__exception")
    entered = {passage.phase: passage for passage in passages}
    found, meetings, advice = contributors(project), meetings_held(project), advice_by_phase(project)
    return {
        "phases": [
            PhaseShown(
                phase=phase, place=place_of(phase, project), passage=entered.get(phase),
                representatives=len(found.get(phase, ())), meetings=meetings[phase], advice=advice[phase],
                asked_for=ASKED_FOR[phase],
            )
            for phase in PHASES
        ],
        "everybody": len(everybody(found)),
    }  # fmt: skip


def place_of(phase: Phase, project: Project) -> str:
    """Where `phase` stands for `project`: "before" (it began later), "past", "now" or "later"."""
    here, first, now = (PHASES.index(Phase(one)) for one in (phase, project.entry_phase, project.phase))
    if here < first:
        return "before"
    return "now" if here == now else "past" if here < now else "later"


def who_takes_part(project: Project) -> dict[str, Any]:
    """Roles as numbers, what is planned, and the advice in three parts."""
    planned = sorted(project.planned_roles.all(), key=lambda one: (PHASES.index(Phase(one.phase)), one.pk))
    return {
        "roles": role_counts(project),
        "planned": planned,
        "places_left": places_left(project),
        "advice": advice_counts(project),
    }


@dataclass(frozen=True, kw_only=True)
class GateShown:
    """A decision on a next phase with what was found, in words."""

    gate: GateReview
    representatives: int
    meetings: int
    advice: int
    unanswered: int

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to decide."""
        return self.gate.state == GateState.ASKED


def gates(project: Project) -> dict[str, Any]:
    """Every decision and every exception, the newest first; a question that was taken back says little."""
    reviews = project.gate_reviews.exclude(state=GateState.WITHDRAWN).select_related("exception")
    today = timezone.localdate()
    exceptions = list(project.exceptions.select_related("granted_for", "project").order_by("-asked_at", "-pk"))
    late = [one for one in exceptions if is_late(one, today)]
    return {
        "gates": [gate_shown(one) for one in reviews.order_by("-asked_at", "-pk")],
        "exceptions": [(one, one in late) for one in exceptions],
        "is_late": bool(late),
    }


def gate_shown(gate: GateReview) -> GateShown:
    """`gate` with what was found, as numbers."""
    found = gate.findings
    return GateShown(
        gate=gate,
        representatives=len(found.get("representatives", [])),
        meetings=found.get("meetings", 0),
        advice=found.get("advice", 0),
        unanswered=len(found.get("open_must", [])),
    )


def what_it_is_about(project: Project) -> dict[str, Any]:
    """The entries and products of the register that the project is about: (name, address)."""
    entries = project.entries.public().select_related("current_version", "organisation").order_by("slug")
    systems = project.systems.public().select_related("current_version").order_by("slug")
    return {
        "entries": [(name_of(one), one.get_absolute_url()) for one in entries],
        "systems": [(name_of(one), one.get_absolute_url()) for one in systems],
    }


PARTS: tuple[Part, ...] = (
    vacancies_of,
    phase_line,
    who_takes_part,
    people_shown,
    meetings,
    gates,
    what_it_is_about,
    advice_of,
    rounds_of,
    account_of,
    project_money,
)


def context_of(project: Project) -> dict[str, Any]:
    """The template context of the public page of `project`."""
    context: dict[str, Any] = {"project": project}
    for part in PARTS:
        context |= part(project)
    return context
