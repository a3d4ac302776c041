"""Who took part in a project and what they advised, as numbers only: for its page, its entries and lists."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from participation.models import Advice, Assignment, Attendance, Meeting, PlannedRole, Project, Response
from participation.states import (
    ANSWERED,
    INFLUENCES,
    AssignmentState,
    Decision,
    Influence,
    Judgement,
    MeetingState,
    Outcome,
    Phase,
)

PhasesOf = Mapping[int, Mapping[str, set[int]]]  # project → phase → assignments


def contributors(project: Project) -> Mapping[str, set[int]]:
    """{phase: the assignments that did something in it}: at a meeting that was held, or public advice."""
    return contributors_of([project.pk]).get(project.pk, {})


def contributors_of(projects: Iterable[int]) -> PhasesOf:
    """The same of many projects, by their numbers."""
    found: defaultdict[int, defaultdict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    mine = list(projects)
    there = Attendance.objects.filter(meeting__project__in=mine, was_there=True, meeting__state=MeetingState.HELD)
    for project, phase, assignment in there.values_list("meeting__project", "meeting__phase", "assignment"):
        found[project][phase].add(assignment)
    gave = Advice.objects.public().filter(project__in=mine, givers__isnull=False)
    for project, phase, assignment in gave.values_list("project", "phase", "givers"):
        found[project][phase].add(assignment)
    return found


def meetings_held(project: Project) -> Counter[str]:
    """{phase: meetings that were held in it}."""
    return meetings_held_of([project.pk])[project.pk]


def meetings_held_of(projects: Iterable[int]) -> Mapping[int, Counter[str]]:
    """The same of many projects, by their numbers."""
    held = Meeting.objects.filter(project__in=list(projects), state=MeetingState.HELD)
    return _by_project(held.values_list("project", "phase"))


def _by_project(rows: Iterable[tuple[int, str]]) -> Mapping[int, Counter[str]]:
    counted: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for project, phase in rows:
        counted[project][phase] += 1
    return counted


@dataclass(frozen=True, kw_only=True)
class AdviceCounts:
    """Public advice in numbers; three parts, never one score (participation.md, Public figures)."""

    given: int
    adopted: int
    partly: int
    not_adopted: int
    unanswered: int
    kept: int  # done as promised, say who gave it


def advice_counts(project: Project) -> AdviceCounts:
    """The advice of `project` by its newest answer."""
    return advice_counts_of([project.pk])[project.pk]


def advice_counts_of(projects: Iterable[int]) -> Mapping[int, AdviceCounts]:
    """The same of many projects, by their numbers."""
    mine = list(projects)
    newest = Response.objects.filter(advice=OuterRef("pk")).order_by("-number").values("decision")[:1]
    rows = Advice.objects.public().filter(project__in=mine).annotate(newest=Coalesce(Subquery(newest), Value("")))
    found: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for project, *row in rows.values_list("project", "state", "newest", "outcome", "verdict__judgement"):
        found[project].append(tuple(row))
    return {project: _counted(found[project]) for project in mine}


def _counted(found: Sequence[tuple[Any, ...]]) -> AdviceCounts:
    by_answer = Counter(decision for state, decision, *_rest in found if state in ANSWERED)
    return AdviceCounts(
        given=len(found),
        adopted=by_answer[Decision.ADOPTED],
        partly=by_answer[Decision.PARTLY],
        not_adopted=by_answer[Decision.NOT_ADOPTED],
        unanswered=sum(state not in ANSWERED for state, *_rest in found),
        kept=sum(
            judgement == Judgement.CONFIRMED and decision != Decision.NOT_ADOPTED and outcome != Outcome.WILL_NOT_DO
            for _state, decision, outcome, judgement in found
        ),
    )


def advice_by_phase(project: Project) -> Counter[str]:
    """{phase: public advice that was given in it}."""
    return advice_by_phase_of([project.pk])[project.pk]


def advice_by_phase_of(projects: Iterable[int]) -> Mapping[int, Counter[str]]:
    """The same of many projects, by their numbers."""
    return _by_project(Advice.objects.public().filter(project__in=list(projects)).values_list("project", "phase"))


@dataclass(frozen=True, kw_only=True)
class RoleCount:
    """How many people have a role now, and how many had it."""

    influence: Influence
    now: int
    before: int


def role_counts(project: Project) -> list[RoleCount]:
    """Each role that somebody has or had on `project`, from least to most say; who has not signed does not count."""
    return roles_counted(Assignment.objects.filter(project=project))


def roles_counted(assignments: Iterable[Assignment]) -> list[RoleCount]:
    """The same of `assignments`."""
    rows = [(one.influence, one.state) for one in assignments if one.active_since is not None]
    counted = []
    for influence in INFLUENCES:
        states = [state for role, state in rows if role == influence]
        if states:
            before = states.count(AssignmentState.ENDED)
            counted.append(RoleCount(influence=influence, now=len(states) - before, before=before))
    return counted


def everybody(found: Mapping[str, Iterable[int]]) -> set[int]:
    """Everyone in the answer of `contributors`, once."""
    return set().union(*found.values()) if found else set()


def places_left(project: Project) -> int:
    """How many planned places of the phase in which `project` is now are not taken."""
    return places_left_of(project, project.planned_roles.all(), project.assignments.all())


def places_left_of(project: Project, planned: Iterable[PlannedRole], assignments: Iterable[Assignment]) -> int:
    """The same with what was read before."""
    places = sum(one.places for one in planned if one.phase == project.phase)
    running = [one for one in assignments if one.state != AssignmentState.ENDED]
    return max(0, places - sum(one.takes_part_in(Phase(project.phase)) for one in running))
