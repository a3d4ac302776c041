"""Asking how it goes, and the account at the end."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.workflow import Step, Workflow


class PulseReason(models.TextChoices):
    """Why both sides are asked how working together goes."""

    PHASE = "PHASE", _("Na een fase")
    HALF_YEAR = "HALF_YEAR", _("Na een half jaar")
    END = "END", _("Na het einde")


class PulseSide(models.TextChoices):
    """The two sides that answer the same questions."""

    PATIENTS = "PATIENTS", _("Patiëntvertegenwoordigers")
    TEAM = "TEAM", _("Team")


class PulseState(models.TextChoices):
    """Whether people can answer."""

    OPEN = "OPEN", _("Open")
    CLOSED = "CLOSED", _("Gesloten")


PULSE = Workflow(
    initial=PulseState.OPEN,
    statuses=PulseState,
    steps=[Step(name="close", source=PulseState.OPEN, target=PulseState.CLOSED)],
)


class AccountState(models.TextChoices):
    """How far the closing account of a project is."""

    DRAFT = "DRAFT", _("Wordt geschreven")
    OFFERED = "OFFERED", _("Bij de patiëntenorganisatie")
    AGREED = "AGREED", _("Beide kanten zijn het eens")


# "reopen": the project wants to change what was agreed, as long as it is not public.
ACCOUNT = Workflow(
    initial=AccountState.DRAFT,
    statuses=AccountState,
    steps=[
        Step(name="write", source=AccountState.DRAFT, target=AccountState.DRAFT),
        Step(name="offer", source=AccountState.DRAFT, target=AccountState.OFFERED),
        Step(name="take_back", source=AccountState.OFFERED, target=AccountState.DRAFT),
        Step(name="return", source=AccountState.OFFERED, target=AccountState.DRAFT),
        Step(name="agree", source=AccountState.OFFERED, target=AccountState.AGREED),
        Step(name="reopen", source=AccountState.AGREED, target=AccountState.DRAFT),
    ],
)
