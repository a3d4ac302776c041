"""The figures on patients in phases, on advice and on promises; other parts of participation add theirs at the end."""

from collections.abc import Callable, Sequence
from statistics import median_low

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from participation.figures.base import Figure, Listed, Measured, Row, Unit, Words
from participation.figures.facts import Advised, Happened, happened
from participation.figures.together import TOGETHER
from participation.money_figures import MONEY
from participation.states import AdviceState, Decision, Judgement

Some = Sequence[Happened]


def _one(numerator: int | None, denominator: int, label: Words) -> Measured:
    return Measured(rows=[Row(code="all", label=label, numerator=numerator, denominator=denominator)])


def _advice(projects: Some) -> list[Advised]:
    return [one for project in projects for one in project.advice]


# --- Patients in phases ----------------------------------------------------------------------------------------------


def from_the_start(projects: Some) -> Measured:
    """Projects in which patients took part in the phase where it began, of those that left that phase."""
    left = [project for project in projects if project.entry_phase in project.left]
    with_patients = sum(project.entry_phase in project.with_patients for project in left)
    return _one(with_patients, len(left), _("Patiënten dachten mee vanaf het begin"))


def in_every_phase(projects: Some) -> Measured:
    """Projects in which patients took part in every phase that is over, of those that left a phase."""
    left = [project for project in projects if project.left]
    whole = sum(set(project.left) <= project.with_patients for project in left)
    return _one(whole, len(left), _("Patiënten dachten mee in elke fase die voorbij is"))


def by_exception(projects: Some) -> Measured:
    """Gates that were passed by exception, of all that were passed; each exception is listed."""
    gates = [(project, gate) for project in projects for gate in project.gates]
    without = [(project, gate) for project, gate in gates if gate.by_exception]
    row = Row(code="all", label=_("Naar de volgende fase zonder patiënten"), numerator=len(without),
              denominator=len(gates))  # fmt: skip
    listed = [
        Listed(
            label=project.name, url=project.path, is_late=gate.is_late,
            about=_now("ging zonder patiënten naar: %(phase)s") % {"phase": gate.label},
        )
        for project, gate in without
    ]  # fmt: skip
    return Measured(rows=[row], listed=listed)


# --- Advice ----------------------------------------------------------------------------------------------------------


def in_time(projects: Some) -> Measured:
    """Answers that came in time, of all that were due: what is overdue without an answer counts as late."""
    due = [one for one in _advice(projects) if one.is_due]
    return _one(sum(one.is_in_time for one in due), len(due), _("Antwoord op tijd"))


def days_to_answer(projects: Some) -> Measured:
    """The middle of the days between advice and its first answer."""
    days = [one.days for one in _advice(projects) if one.days is not None]
    return _one(median_low(days) if days else None, len(days), _("Dagen tot het antwoord"))


def three_parts(projects: Some) -> Measured:
    """What was decided on answered advice: three parts, never one score."""
    answered = [one for one in _advice(projects) if one.decision]
    return Measured(rows=[_part(code, answered, lambda one: one.decision) for code in Decision])


def promises(projects: Some) -> Measured:
    """What givers say of what was done, of advice that is finished; no verdict is a part too."""
    finished = [one for one in _advice(projects) if one.judgement or one.state == AdviceState.NO_VERDICT]
    none = sum(not one.judgement for one in finished)
    rows = [_part(code, finished, lambda one: one.judgement) for code in Judgement]
    label = AdviceState.NO_VERDICT.label
    return Measured(rows=[*rows, Row(code="NONE", label=label, numerator=none, denominator=len(finished))])


def _part(code: Decision | Judgement, among: Sequence[Advised], of: Callable[[Advised], str]) -> Row:
    number = sum(of(one) == code for one in among)
    return Row(code=code.value, label=code.label, numerator=number, denominator=len(among))


PROJECTS, ADVICE = (_("project"), _("projecten")), (_("advies"), _("adviezen"))
OWN: tuple[Figure, ...] = (
    Figure(
        code="from_the_start", title=_("Patiënten vanaf het begin"), counted=PROJECTS, load=happened,
        measure=from_the_start,
        formula=_("Wij tellen de projecten die hun eerste fase achter de rug hebben. In hoeveel daarvan dacht in die "
                  "fase een patiënt mee? Begon een project later, dan telt de fase waarin het begon."),
    ),
    Figure(
        code="in_every_phase", title=_("Patiënten in elke fase"), counted=PROJECTS, load=happened,
        measure=in_every_phase,
        formula=_("Wij tellen de projecten die ten minste één fase achter de rug hebben. In hoeveel daarvan dacht in "
                  "elke fase tot nu toe een patiënt mee?"),
    ),
    Figure(
        code="by_exception", title=_("Verder zonder patiënten"), load=happened,
        counted=(_("overgang"), _("overgangen")), measure=by_exception,
        formula=_("Wij tellen hoe vaak een project naar een volgende fase ging. Hoe vaak kon dat alleen met een "
                  "uitzondering, omdat er geen patiënten meededen?"),
    ),
    Figure(
        code="in_time", title=_("Antwoord op tijd"), counted=ADVICE, load=happened, measure=in_time,
        formula=_("Wij tellen de adviezen met een antwoord, en de adviezen die te lang wachten. Hoeveel kregen op tijd "
                  "antwoord? Wat te lang wacht, telt als te laat."),
    ),
    Figure(
        code="days_to_answer", title=_("Hoe lang duurt een antwoord?"), load=happened,
        counted=(_("antwoord"), _("antwoorden")), measure=days_to_answer, unit=Unit.DAYS,
        formula=_("Wij tellen de dagen tussen elk advies en het eerste antwoord. Zet ze op een rij van kort naar lang. "
                  "Dit is de middelste."),
    ),
    Figure(
        code="decisions", title=_("Wat gebeurt er met adviezen?"), counted=ADVICE, load=happened, measure=three_parts,
        formula=_("Wij tellen de adviezen met een antwoord. Hoeveel zijn er overgenomen, deels of niet? Er is geen "
                  "goed of fout cijfer: niet elk advies past."),
    ),
    Figure(
        code="promises", title=_("Is gedaan wat was beloofd?"), counted=ADVICE, load=happened, measure=promises,
        formula=_("Wij tellen de adviezen waar het project mee klaar is. Wat vinden de mensen die het advies gaven "
                  "van wat er is gedaan?"),
    ),
)  # fmt: skip

# Knowledge of AI, questions to experts and who takes part come from other parts: each adds a tuple of its own.
FIGURES: tuple[Figure, ...] = (*OWN, *TOGETHER, *MONEY)
