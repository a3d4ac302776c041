"""Who took part in a project and what they advised, as numbers only: for its page, its entries and lists."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from participation.models import Advice, Assignment, Attendance, Project, Response
from participation.states import (
    ANSWERED,
    INFLUENCES,
    PUBLIC_ADVICE,
    AssignmentState,
    Decision,
    Influence,
    Judgement,
    MeetingState,
    Phase,
)


def contributors(project: Project) -> Mapping[str, set[int]]:
    """{phase: numbers of the assignments that did something in it}: at a meeting that was held, or public advice."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    there = Attendance.objects.filter(meeting__project=project, was_there=True, meeting__state=MeetingState.HELD)
    for phase, assignment in there.values_list("meeting__phase", "assignment"):
        found[phase].add(assignment)
    gave = Advice.objects.public().filter(project=project, givers__isnull=False)
    for phase, assignment in gave.values_list("phase", "givers"):
        found[phase].add(assignment)
    return found


def meetings_held(project: Project) -> Counter[str]:
    """{phase: meetings that were held in it}."""
    return Counter(project.meetings.filter(state=MeetingState.HELD).values_list("phase", flat=True))


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
    newest = Response.objects.filter(advice=OuterRef("pk")).order_by("-number").values("decision")[:1]
    rows = Advice.objects.public().filter(project=project).annotate(newest=Coalesce(Subquery(newest), Value("")))
    found = list(rows.values_list("state", "newest", "verdict__judgement"))
    by_answer = Counter(decision for state, decision, _judgement in found if state in ANSWERED)
    return AdviceCounts(
        given=len(found),
        adopted=by_answer[Decision.ADOPTED],
        partly=by_answer[Decision.PARTLY],
        not_adopted=by_answer[Decision.NOT_ADOPTED],
        unanswered=sum(state not in ANSWERED for state, *_rest in found),
        kept=sum(judgement == Judgement.CONFIRMED for *_rest, judgement in found),
    )


def advice_by_phase(project: Project) -> Counter[str]:
    """{phase: public advice that was given in it}."""
    given = project.advice.filter(state__in=PUBLIC_ADVICE)
    return Counter(given.values_list("phase", flat=True))


@dataclass(frozen=True, kw_only=True)
class RoleCount:
    """How many people have a role now, and how many had it."""

    influence: Influence
    now: int
    before: int


def role_counts(project: Project) -> list[RoleCount]:
    """Each role that somebody has or had on `project`, from least to most say; who has not signed does not count."""
    rows = list(
        Assignment.objects.filter(project=project, active_since__isnull=False).values_list("influence", "state")
    )
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
    planned = sum(project.planned_roles.filter(phase=project.phase).values_list("places", flat=True))
    running = [one for one in project.assignments.exclude(state=AssignmentState.ENDED)]
    return max(0, planned - sum(one.takes_part_in(Phase(project.phase)) for one in running))
