"""The JSON document of a project: everything that its page shows, and nothing of a person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from participation.gatekeeping import is_late
from participation.models import GateException, GateReview, Passage, Project
from participation.project_page import gate_shown, place_of
from participation.states import ASKED_FOR, PHASES, GateState, Phase
from participation.taking_part import (
    AdviceCounts,
    advice_by_phase_of,
    advice_counts_of,
    contributors_of,
    everybody,
    meetings_held_of,
    places_left_of,
    roles_counted,
)
from portal.api.version import PATH
from transparency.service import (
    entry_reference,
    moment,
    organisation_reference,
    page_of,
    public_things,
    system_reference,
)

PROJECTS = "projecten"


def address_of(project: Project) -> str:
    """Where the document of `project` is."""
    return f"{settings.PUBLIC_URL}{PATH}/{PROJECTS}/{project.uuid}"


def readable(projects: QuerySet[Project]) -> QuerySet[Project]:
    """`projects` with everything that a document reads, in the same number of questions however many there are."""
    entries, systems = public_things()
    reviews = GateReview.objects.exclude(state=GateState.WITHDRAWN).select_related("exception")
    exceptions = GateException.objects.select_related("granted_for").order_by("-asked_at", "-pk")
    return projects.select_related("organisation", "patient_side", "programme").prefetch_related(
        "planned_roles",
        "assignments",
        Prefetch("passages", Passage.objects.select_related("gate").order_by("entered_at", "pk")),
        Prefetch("gate_reviews", reviews.order_by("-asked_at", "-pk")),
        Prefetch("exceptions", exceptions),
        Prefetch("entries", entries),
        Prefetch("systems", systems),
    )


@dataclass(frozen=True, kw_only=True)
class _Numbers:
    """What patients did in one project."""

    contributors: dict[str, set[int]]
    meetings: dict[str, int]
    advice_by_phase: dict[str, int]
    advice: AdviceCounts


def documents_of(projects: Sequence[Project]) -> list[dict[str, Any]]:
    """The documents of `projects`, which were read with `readable`."""
    keys = [project.pk for project in projects]
    people, meetings = contributors_of(keys), meetings_held_of(keys)
    by_phase, counts = advice_by_phase_of(keys), advice_counts_of(keys)
    return [
        _document(
            project,
            _Numbers(
                contributors=dict(people.get(project.pk, {})), meetings=dict(meetings.get(project.pk, {})),
                advice_by_phase=dict(by_phase.get(project.pk, {})), advice=counts[project.pk],
            ),
        )
        for project in projects
    ]  # fmt: skip


def _document(project: Project, numbers: _Numbers) -> dict[str, Any]:
    return {
        "id": str(project.uuid),
        "slug": project.slug,
        "url": address_of(project),
        "page": page_of(project),
        "organisation": organisation_reference(project.organisation),
        "patient_side": organisation_reference(project.patient_side),
        "programme": _programme(project),
        "is_policy": project.is_policy,
        "is_example": project.organisation.is_example,
        **_texts(project),
        "state": project.state,
        "ended": {"at": moment(project.ended_at), "reason": project.ending_reason} if project.ended_at else None,
        **_phases(project, numbers),
        **_people(project, numbers),
        "advice": {name: getattr(numbers.advice, name) for name in AdviceCounts.__dataclass_fields__},
        **_decisions(project),
        "entries": [made for one in project.entries.all() if (made := entry_reference(one))],
        "systems": [made for one in project.systems.all() if (made := system_reference(one))],
    }


def _programme(project: Project) -> dict[str, Any] | None:
    if project.programme is None:
        return None
    return {"slug": project.programme.slug, "name": project.programme.name, "page": page_of(project.programme)}


def _texts(project: Project) -> dict[str, Any]:
    names = ("name", "name_en", "summary", "summary_en", "question", "question_en", "language_reason", "affected",
             "affected_en")  # fmt: skip
    days = {
        "starts_on": project.starts_on.isoformat(),
        "ends_on": project.ends_on.isoformat() if project.ends_on else None,
    }
    return {name: getattr(project, name) for name in names} | days


def _phases(project: Project, numbers: _Numbers) -> dict[str, Any]:
    passages = {one.phase: one for one in project.passages.all()}
    return {
        "phase": project.phase,
        "phase_since": moment(project.phase_since),
        "entry_phase": project.entry_phase,
        "entry_reason": project.entry_reason,
        "phases": [_phase(project, phase, passages.get(phase), numbers) for phase in PHASES],
    }


def _phase(project: Project, phase: Phase, passage: Passage | None, numbers: _Numbers) -> dict[str, Any]:
    return {
        "phase": phase.value,
        "place": place_of(phase, project),
        "entered_at": moment(passage.entered_at) if passage else None,
        "by_exception": passage is not None and passage.gate is not None and passage.gate.exception_id is not None,
        "asked_for": ASKED_FOR[phase].value,
        "representatives": len(numbers.contributors.get(phase, ())),
        "meetings": numbers.meetings.get(phase, 0),
        "advice": numbers.advice_by_phase.get(phase, 0),
    }


def _people(project: Project, numbers: _Numbers) -> dict[str, Any]:
    assignments, planned = project.assignments.all(), project.planned_roles.all()
    in_order = sorted(planned, key=lambda one: (PHASES.index(Phase(one.phase)), one.pk))
    return {
        "representatives": len(everybody(numbers.contributors)),
        "roles": [
            {"role": one.influence.value, "now": one.now, "before": one.before} for one in roles_counted(assignments)
        ],
        "planned_roles": [
            {"phase": one.phase, "role": one.influence, "places": one.places, "task": one.task} for one in in_order
        ],
        "places_left": places_left_of(project, planned, assignments),
    }


def _decisions(project: Project) -> dict[str, Any]:
    today = timezone.localdate()
    exceptions = [_exception(one, is_late(one, today)) for one in project.exceptions.all()]
    return {
        "gates": [_gate(one) for one in project.gate_reviews.all()],
        "exceptions": exceptions,
        "is_late": any(one["is_late"] for one in exceptions),
    }


def _gate(gate: GateReview) -> dict[str, Any]:
    found = gate_shown(gate)
    return {
        "id": str(gate.uuid),
        "from_phase": gate.from_phase,
        "to_phase": gate.to_phase,
        "state": gate.state,
        "asked_at": moment(gate.asked_at),
        "asked_text": gate.asked_text,
        "decided_at": moment(gate.decided_at) if gate.decided_at else None,
        "text": gate.text,
        "representatives": found.representatives,
        "meetings": found.meetings,
        "advice": found.advice,
        "unanswered": found.unanswered,
        "exception": str(gate.exception.uuid) if gate.exception else None,
    }


def _exception(one: GateException, is_late: bool) -> dict[str, Any]:
    texts = ("reason", "missing", "repair", "decision_text")
    moments: Iterable[str] = ("decided_at", "withdrawn_at", "repaired_at")
    return {
        "id": str(one.uuid),
        "from_phase": one.from_phase,
        "state": one.state,
        **{name: getattr(one, name) for name in texts},
        "repair_by": one.repair_by.isoformat(),
        "asked_at": moment(one.asked_at),
        **{name: moment(value) if (value := getattr(one, name)) else None for name in moments},
        "granted_for": organisation_reference(one.granted_for),
        "is_late": is_late,
    }
