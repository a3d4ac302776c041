"""What representatives did in a phase: what a gate looks at (participation.md, Phases and gates)."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from participation.models import Advice, Assignment, Attendance, Project
from participation.states import ANSWERED, PUBLIC_ADVICE, AdviceState, MeetingState, Weight, is_enough


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What stands at the gate out of a phase."""

    phase: str
    representatives: tuple[int, ...]  # numbers of those who are active, in role enough, and did something
    idle: tuple[int, ...]  # active and in role enough, but without a contribution in this phase
    meetings: int  # held in this phase
    advice: int  # given in this phase
    open_must: tuple[int, ...]  # advice that must be followed and has no answer yet

    @property
    def is_open(self) -> bool:
        """Whether the gate may be passed without an exception."""
        return bool(self.representatives) and not self.open_must

    def as_json(self) -> dict[str, Any]:
        """What a GateReview keeps."""
        return {
            "representatives": list(self.representatives),
            "idle": list(self.idle),
            "meetings": self.meetings,
            "advice": self.advice,
            "open_must": list(self.open_must),
        }


def findings_of(project: Project) -> Findings:
    """What stands at the gate out of the phase in which `project` is now."""
    phase = project.phase
    advice = Advice.objects.filter(project=project, phase=phase, state__in=PUBLIC_ADVICE)
    fit = [
        one for one in with_contribution(project, phase) if is_enough(one.influence, phase) and one.takes_part_in(phase)
    ]
    still_open = advice.filter(weight=Weight.MUST).exclude(state__in=ANSWERED).order_by("pk")
    return Findings(
        phase=phase,
        representatives=tuple(one.number for one in fit if one.did_something),
        idle=tuple(one.number for one in fit if not one.did_something),
        meetings=project.meetings.filter(phase=phase, state=MeetingState.HELD).count(),
        advice=advice.count(),
        open_must=tuple(still_open.values_list("pk", flat=True)),
    )


def with_contribution(project: Project, phase: str) -> list[Any]:
    """The active assignments with `did_something`: at a meeting that was held in `phase`, or advice given in it."""
    there = Attendance.objects.filter(
        assignment=OuterRef("pk"), was_there=True, meeting__phase=phase, meeting__state=MeetingState.HELD,
        meeting__project=project,
    )  # fmt: skip
    gave = Advice.objects.filter(givers=OuterRef("pk"), phase=phase, project=project)
    gave = gave.exclude(state__in=[AdviceState.WAITING, AdviceState.WITHDRAWN])
    found = Assignment.objects.active().filter(project=project).annotate(did_something=Exists(there) | Exists(gave))
    return list(found.order_by("number"))
