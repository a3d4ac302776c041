"""Going to the next phase, with patients or by exception."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.workflow import Step, Workflow


class GateState(models.TextChoices):
    """How far the decision on a next phase is."""

    ASKED = "ASKED", _("Gevraagd")
    PASSED = "PASSED", _("Naar de volgende fase")
    REFUSED = "REFUSED", _("Nog niet")
    WITHDRAWN = "WITHDRAWN", _("Ingetrokken")


GATE = Workflow(
    initial=GateState.ASKED,
    statuses=GateState,
    steps=[
        Step(name="pass", source=GateState.ASKED, target=GateState.PASSED),
        Step(name="refuse", source=GateState.ASKED, target=GateState.REFUSED),
        Step(name="withdraw", source=GateState.ASKED, target=GateState.WITHDRAWN),
    ],
)


class ExceptionState(models.TextChoices):
    """How far an exception to a gate is."""

    ASKED = "ASKED", _("Gevraagd")
    GRANTED = "GRANTED", _("Gegeven")
    REFUSED = "REFUSED", _("Geweigerd")
    WITHDRAWN = "WITHDRAWN", _("Ingetrokken")
    REPAIRED = "REPAIRED", _("Hersteld")


EXCEPTION = Workflow(
    initial=ExceptionState.ASKED,
    statuses=ExceptionState,
    steps=[
        Step(name="grant", source=ExceptionState.ASKED, target=ExceptionState.GRANTED),
        Step(name="refuse", source=ExceptionState.ASKED, target=ExceptionState.REFUSED),
        Step(name="withdraw", source=ExceptionState.ASKED, target=ExceptionState.WITHDRAWN),
        Step(name="repair", source=ExceptionState.GRANTED, target=ExceptionState.REPAIRED),
    ],
)
