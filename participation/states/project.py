"""A project: its phases, its end, and how much say a representative has."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.workflow import Step, Workflow


class Phase(models.TextChoices):
    """The seven phases of a project (the ministry's Hulpmiddel Handelingsruimte), in order."""

    IDEA = "IDEA", _("Idee")
    EXPLORE = "EXPLORE", _("Verkennen")
    DEVELOP = "DEVELOP", _("Ontwikkelen")
    PILOT_WORKS = "PILOT_WORKS", _("Proef: werkt het?")
    PILOT_VALUE = "PILOT_VALUE", _("Proef: is het waardevol?")
    INTRODUCE = "INTRODUCE", _("Invoeren")
    IN_USE = "IN_USE", _("In gebruik")


PHASES = tuple(Phase)


def phase_after(phase: str) -> Phase | None:
    """The phase that follows `phase`; None after the last."""
    place = PHASES.index(Phase(phase)) + 1
    return PHASES[place] if place < len(PHASES) else None


class ProjectState(models.TextChoices):
    """Whether a project goes on. Its phase is written by one function only (actions/gates.py)."""

    RUNNING = "RUNNING", _("Loopt")
    STOPPED = "STOPPED", _("Gestopt")
    CLOSED = "CLOSED", _("Afgerond")


PROJECT = Workflow(
    initial=ProjectState.RUNNING,
    statuses=ProjectState,
    steps=[
        Step(name="stop", source=ProjectState.RUNNING, target=ProjectState.STOPPED),
        Step(name="close", source=ProjectState.RUNNING, target=ProjectState.CLOSED),
    ],
)


class Influence(models.TextChoices):
    """The role of a representative: the steps of the participatiematrix, from least to most say."""

    LISTENER = "LISTENER", _("Toehoorder")
    THINKER = "THINKER", _("Meedenker")
    ADVISER = "ADVISER", _("Adviseur")
    PARTNER = "PARTNER", _("Partner")
    DIRECTOR = "DIRECTOR", _("Regisseur")


INFLUENCES = tuple(Influence)
# The least role that a gate out of each phase asks for (participation.md, Phases and gates).
ASKED_FOR = {phase: Influence.ADVISER for phase in PHASES} | {
    Phase.IDEA: Influence.THINKER, Phase.IN_USE: Influence.THINKER,
}  # fmt: skip


def is_enough(influence: str, phase: str) -> bool:
    """Whether a representative in the role `influence` counts for the gate out of `phase`."""
    return INFLUENCES.index(Influence(influence)) >= INFLUENCES.index(ASKED_FOR[Phase(phase)])
