"""What the pulse asks, whom and when, and what of it is shown: never of fewer than five people or while it runs."""

import datetime
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from participation.models import Assignment, GateReview, Project, PulseCount, PulseRound
from participation.states import AssignmentState, ProjectState, PulseReason, PulseSide, PulseState
from portal.accounts.models import User
from portal.core.dates import add_months

FEWEST = 5  # people on a side (participation.md, Public figures)
MONTHS_BETWEEN = 6
DAYS_OPEN = 21
DAYS_AFTER = 60  # a phase or project that ended longer ago is not asked about any more

# Both sides are asked the same six things.
QUESTIONS: dict[int, str | Promise] = {
    1: _("Ik weet wat er van mij en van de anderen wordt gevraagd."),
    2: _("Er is genoeg tijd om goed mee te denken."),
    3: _("Iedereen kan vrij zeggen wat hij vindt."),
    4: _("Er wordt echt naar patiënten geluisterd."),
    5: _("Het advies van patiënten verandert iets aan het project."),
    6: _("Ik zou weer zo willen samenwerken."),
}
VALUES: dict[int, str | Promise] = {
    1: _("Helemaal niet"),
    2: _("Meestal niet"),
    3: _("Soms"),
    4: _("Meestal"),
    5: _("Helemaal"),
}


# --- Whom and when ---------------------------------------------------------------------------------------------------


def people(project: Project, at: datetime.datetime) -> dict[str, list[User]]:
    """Who took part at the moment `at`, on each side; who stood on both is asked as a representative."""
    there = Assignment.objects.filter(
        Q(ended_at__isnull=True) | Q(ended_at__gte=at), project=project, active_since__lte=at, user__is_active=True
    )
    patients = there.exclude(state=AssignmentState.PAUSED).values("user")
    team = User.objects.filter(pk__in=project.team.filter(since__lte=at).values("user"), is_active=True)
    return {
        PulseSide.PATIENTS: list(User.objects.filter(pk__in=patients).order_by("pk")),
        PulseSide.TEAM: list(team.exclude(pk__in=patients).order_by("pk")),
    }


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why a round is to be opened now."""

    reason: PulseReason
    phase: str
    at: datetime.datetime  # who took part then is asked
    gate: GateReview | None = None


def reason_to_ask(project: Project, now: datetime.datetime) -> Reason | None:
    """Why both sides of `project` are to be asked now; None when there is no reason, or a round runs."""
    rounds = list(project.pulses.order_by("opened_at", "pk"))
    if any(one.state == PulseState.OPEN for one in rounds):
        return None
    recently = now - datetime.timedelta(days=DAYS_AFTER)
    if project.state != ProjectState.RUNNING:
        if project.ended_at is None or project.ended_at < recently or PulseReason.END in {one.reason for one in rounds}:
            return None
        return Reason(reason=PulseReason.END, phase=project.phase, at=project.ended_at)
    return _phase_that_ended(project, rounds, recently) or _half_year(project, rounds, now)


def _phase_that_ended(project: Project, rounds: list[PulseRound], recently: datetime.datetime) -> Reason | None:
    newest = project.passages.select_related("gate").order_by("-entered_at", "-pk").first()
    if newest is None or newest.gate is None or newest.entered_at < recently:
        return None
    if newest.gate_id in {one.gate_id for one in rounds}:
        return None
    return Reason(reason=PulseReason.PHASE, phase=newest.gate.from_phase, at=newest.entered_at, gate=newest.gate)


def _half_year(project: Project, rounds: list[PulseRound], now: datetime.datetime) -> Reason | None:
    first = project.passages.order_by("entered_at", "pk").first()
    since = rounds[-1].opened_at if rounds else first.entered_at if first else now
    if add_months(timezone.localtime(since).date(), MONTHS_BETWEEN) > timezone.localtime(now).date():
        return None
    return Reason(reason=PulseReason.HALF_YEAR, phase=project.phase, at=now)


# --- What may be shown -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class SideShown:
    """One side's answer to one question: an average of one decimal. None: too few people answered."""

    average: float | None

    @property
    def width(self) -> int:
        """How far the bar of the picture goes, in steps of 20 (1.0 is nothing, 5.0 all)."""
        return round((self.average - 1) / 4 * 20) if self.average is not None else 0


@dataclass(frozen=True, kw_only=True)
class RoundShown:
    """A closed round: why and when, about how many answered, and each question for both sides."""

    round: PulseRound
    rows: list[tuple[str | Promise, SideShown, SideShown]]  # the question, patients, team
    answered: Mapping[str, str | Promise]

    @property
    def has_any(self) -> bool:
        """Whether at least one side can be shown."""
        return any(side.average is not None for _question, *sides in self.rows for side in sides)


def rounds_of(project: Project) -> dict[str, Any]:
    """Every closed round of `project`, the newest first; part of its page."""
    closed = project.pulses.filter(state=PulseState.CLOSED).prefetch_related("counts").order_by("-closed_at", "-pk")
    return {"pulses": [_shown(one) for one in closed], "pulse_values": VALUES.items()}


def _shown(one: PulseRound) -> RoundShown:
    counts: defaultdict[tuple[str, int], dict[int, int]] = defaultdict(dict)
    for row in one.counts.all():
        counts[row.side, row.question][row.value] = row.number
    sides = (PulseSide.PATIENTS, PulseSide.TEAM)
    return RoundShown(
        round=one,
        rows=[
            (text, *(SideShown(average=average(counts[side, number])) for side in sides))  # type: ignore[misc]
            for number, text in QUESTIONS.items()
        ],
        answered={side: about(sum(counts[side, 1].values())) for side in sides},
    )


def average(counts: Mapping[int, int]) -> float | None:
    """The average of {value: number}, to one decimal; None when fewer than five people answered."""
    number = sum(counts.values())
    if number < FEWEST:
        return None
    return round(sum(value * many for value, many in counts.items()) / number, 1)


def about(number: int) -> str | Promise:
    """How many people answered, never exactly: with a number and an average somebody could count back."""
    if number < FEWEST:
        return _("minder dan 5")
    return _("5 tot 9") if number < 10 else _("10 of meer")


def enough(round_: PulseRound, side: str) -> bool:
    """Whether five people or more answered on `side`."""
    rows = PulseCount.objects.filter(round=round_, side=side, question=1).values_list("number", flat=True)
    return sum(rows) >= FEWEST
