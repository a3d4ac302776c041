"""What happened in projects, read for many at once: what the figures count. Nobody stands in it."""

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from participation.gatekeeping import is_late
from participation.models import Advice, Passage, Project, Response
from participation.states import ANSWERED
from participation.taking_part import contributors_of


@dataclass(frozen=True, kw_only=True)
class Passed:
    """A gate that was passed; `by_exception`: without patients."""

    label: str  # the phase that was entered
    by_exception: bool
    is_late: bool  # what the exception promised was not done in time


@dataclass(frozen=True, kw_only=True)
class Advised:
    """One public piece of advice."""

    state: str
    decision: str  # of the newest answer, "" without one
    judgement: str  # "" without a verdict
    days: int | None  # from release to the first answer; None without one
    is_due: bool  # it was answered, or the day for it is past
    is_in_time: bool


@dataclass(frozen=True, kw_only=True)
class Happened:
    """One project."""

    name: str
    path: str
    entry_phase: str
    left: Sequence[str]  # the phases that are over, in the order in which they were entered
    with_patients: frozenset[str]  # phases in which a representative did something
    gates: Sequence[Passed]
    advice: Sequence[Advised]


def happened(projects: Sequence[int], today: datetime.date) -> Mapping[int, Happened]:
    """{project: what happened in it}, in the same number of questions however many there are."""
    found, gates, advice = contributors_of(projects), _gates(projects, today), _advice(projects, today)
    entered: defaultdict[int, list[str]] = defaultdict(list)
    for project, phase in (
        Passage.objects.filter(project__in=projects).order_by("entered_at", "pk").values_list("project", "phase")
    ):
        entered[project].append(phase)
    return {
        project.pk: Happened(
            name=project.name, path=project.get_absolute_url(), entry_phase=project.entry_phase,
            left=entered[project.pk] if project.ended_at else entered[project.pk][:-1],
            with_patients=frozenset(phase for phase, people in found.get(project.pk, {}).items() if people),
            gates=gates[project.pk], advice=advice[project.pk],
        )
        for project in Project.objects.filter(pk__in=projects).order_by("organisation__sort_key", "name", "pk")
    }  # fmt: skip


def _gates(projects: Sequence[int], today: datetime.date) -> Mapping[int, list[Passed]]:
    found: defaultdict[int, list[Passed]] = defaultdict(list)
    passages = Passage.objects.filter(project__in=projects, gate__isnull=False).select_related(
        "gate__exception__project"
    )
    for one in passages.order_by("entered_at", "pk"):
        exception = one.gate.exception if one.gate else None
        found[one.project_id].append(
            Passed(
                label=one.get_phase_display(), by_exception=exception is not None,
                is_late=exception is not None and is_late(exception, today),
            )
        )  # fmt: skip
    return found


def _advice(projects: Sequence[int], today: datetime.date) -> Mapping[int, list[Advised]]:
    answers = Response.objects.filter(advice=OuterRef("pk"))
    rows = Advice.objects.public().filter(project__in=projects).annotate(
        first=Subquery(answers.order_by("number").values("responded_at")[:1]),
        newest=Subquery(answers.order_by("-number").values("decision")[:1]),
    )  # fmt: skip
    found: defaultdict[int, list[Advised]] = defaultdict(list)
    names = ("project", "state", "newest", "verdict__judgement", "released_at", "first", "respond_by")
    for project, state, decision, judgement, released, first, respond_by in rows.order_by("pk").values_list(*names):
        answered = _day(first) if first and state in ANSWERED else None
        found[project].append(
            Advised(
                state=state, decision=(decision or "") if answered else "", judgement=judgement or "",
                days=(answered - _day(released)).days if answered else None,
                is_due=answered is not None or respond_by < today,
                is_in_time=answered is not None and answered <= respond_by,
            )
        )  # fmt: skip
    return found


def _day(moment: datetime.datetime) -> datetime.date:
    return timezone.localtime(moment).date()
