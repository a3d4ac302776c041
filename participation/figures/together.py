"""The figures on vacancies, agreements and working together."""

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Min, Sum
from django.utils.translation import gettext_lazy as _

from participation.figures.base import Figure, Measured, Row
from participation.models import Assignment, PulseCount, Vacancy
from participation.states import MeetingState, PulseSide, PulseState, VacancyState

WELL = (4, 5)  # "meestal" and "helemaal" of the five words


@dataclass(frozen=True, kw_only=True)
class Pulse:
    """The answers of one side: how many people gave one, how many answers, and how many of those were good."""

    people: int = 0
    answers: int = 0
    good: int = 0


@dataclass(frozen=True, kw_only=True)
class Together:
    """One project."""

    filled: int  # vacancies
    not_filled: int
    signed_before: int  # representatives who had signed with the project before their first meeting
    met: int  # representatives who were at a meeting
    pulse: Mapping[str, Pulse]  # side → answers


def together(projects: Sequence[int], today: datetime.date) -> Mapping[int, Together]:
    """{project: how people began and work together}, in the same number of questions however many there are."""
    ended, signed, pulses = _vacancies(projects), _signed(projects), _pulses(projects)
    return {
        project: Together(
            filled=ended[project].count(VacancyState.FILLED), not_filled=ended[project].count(VacancyState.NOT_FILLED),
            signed_before=sum(signed[project]), met=len(signed[project]), pulse=pulses[project],
        )
        for project in projects
    }  # fmt: skip


def _vacancies(projects: Sequence[int]) -> Mapping[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for project, state in Vacancy.objects.filter(project__in=projects).values_list("project", "state"):
        found[project].append(state)
    return found


def _signed(projects: Sequence[int]) -> Mapping[int, list[bool]]:
    """Of each representative who was at a meeting: whether both signatures stood there before the first."""
    there = Assignment.objects.filter(
        project__in=projects, attendances__was_there=True, attendances__meeting__state=MeetingState.HELD
    ).annotate(first=Min("attendances__meeting__starts_at"))
    names = ("project", "representative_signed_at", "project_signed_at", "first")
    found: defaultdict[int, list[bool]] = defaultdict(list)
    for project, mine, theirs, first in there.order_by("pk").values_list(*names):
        found[project].append(mine is not None and theirs is not None and max(mine, theirs) <= first)
    return found


def _pulses(projects: Sequence[int]) -> Mapping[int, Mapping[str, Pulse]]:
    closed = PulseCount.objects.filter(round__project__in=projects, round__state=PulseState.CLOSED)
    rows = closed.order_by().values_list("round__project", "side", "question", "value").annotate(n=Sum("number"))
    found: defaultdict[int, defaultdict[str, Pulse]] = defaultdict(lambda: defaultdict(Pulse))
    for project, side, question, value, number in rows:
        known = found[project][side]
        found[project][side] = Pulse(
            people=known.people + (number if question == 1 else 0), answers=known.answers + number,
            good=known.good + (number if value in WELL else 0),
        )  # fmt: skip
    return found


# --- Counting --------------------------------------------------------------------------------------------------------

Some = Sequence[Together]


def vacancies_filled(projects: Some) -> Measured:
    """Vacancies that were filled, of those of which both sides said how they ended."""
    filled, not_filled = sum(one.filled for one in projects), sum(one.not_filled for one in projects)
    row = Row(code="all", label=_("De vacature is vervuld"), numerator=filled, denominator=filled + not_filled)
    return Measured(rows=[row])


def signed_before(projects: Some) -> Measured:
    """Representatives who had an agreement that both sides signed before their first meeting."""
    signed, met = sum(one.signed_before for one in projects), sum(one.met for one in projects)
    label = _("Afspraken klaar voor het eerste gesprek")
    return Measured(rows=[Row(code="all", label=label, numerator=signed, denominator=met, people=met)])


def pulse(projects: Some) -> Measured:
    """Answers that say it goes well most of the time or always, of both sides apart."""
    return Measured(rows=[_side(side, projects) for side in PulseSide])


def _side(side: PulseSide, projects: Some) -> Row:
    mine = [one.pulse[side] for one in projects if side in one.pulse]
    answers, good, people = (sum(getattr(one, name) for one in mine) for name in ("answers", "good", "people"))
    return Row(code=side.value, label=side.label, numerator=good, denominator=answers, people=people)


TOGETHER: tuple[Figure, ...] = (
    Figure(
        code="vacancies_filled", title=_("Worden vacatures vervuld?"), load=together, measure=vacancies_filled,
        counted=(_("vacature"), _("vacatures")),
        formula=_("Wij tellen de vacatures die voorbij zijn. In hoeveel daarvan vond het project genoeg mensen? Een "
                  "vacature die is ingetrokken, telt niet mee."),
    ),
    Figure(
        code="agreed_before_meeting", title=_("Goede afspraken op tijd"), load=together, measure=signed_before,
        counted=(_("patiënt"), _("patiënten")),
        formula=_("Wij tellen de patiënten die bij een gesprek waren. Bij hoeveel van hen waren de afspraken al door "
                  "beide kanten getekend voor het eerste gesprek?"),
    ),
    Figure(
        code="pulse", title=_("Hoe gaat het samenwerken?"), load=together, measure=pulse,
        counted=(_("antwoord"), _("antwoorden")),
        formula=_("Patiënten en het team krijgen na elke fase dezelfde zes vragen. Wij tellen alle antwoorden. Hoeveel "
                  "daarvan zijn “meestal” of “helemaal”? Wij tellen alleen mee als er 5 mensen of meer antwoordden."),
    ),
)  # fmt: skip
