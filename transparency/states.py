"""The states of an entry in the register and the steps between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.workflow import Step, Workflow


class Origin(models.TextChoices):
    """Whose words an entry is (decisions.md, Identity)."""

    PROVIDER = "PROVIDER", _("Geschreven door de zorgverlener")
    EDITORIAL = "EDITORIAL", _("Uit openbare bron, nog niet bevestigd door de zorgverlener")
    IMPORTED = "IMPORTED", _("Overgenomen uit een ander register")


class State(models.TextChoices):
    """Whether the public can read an entry. An ended entry stays readable as a tombstone."""

    DRAFT = "DRAFT", _("Nog niet openbaar")
    PUBLISHED = "PUBLISHED", _("Openbaar")
    WITHDRAWN = "WITHDRAWN", _("Ingetrokken")
    REPLACED = "REPLACED", _("Vervangen")


ENTRY = Workflow(
    initial=State.DRAFT,
    statuses=State,
    steps=[
        Step(name="publish", source=State.DRAFT, target=State.PUBLISHED),
        Step(name="correct", source=State.PUBLISHED, target=State.PUBLISHED),
        Step(name="withdraw", source=State.PUBLISHED, target=State.WITHDRAWN),
        Step(name="replace", source=State.PUBLISHED, target=State.REPLACED),
    ],
)


class NoticeKind(models.TextChoices):
    """What a notice on an entry is about."""

    SAFETY = "SAFETY", _("Waarschuwing")
    INCIDENT = "INCIDENT", _("Er ging iets mis")
    PAUSE = "PAUSE", _("Tijdelijk gestopt")
    STOP = "STOP", _("Gestopt")
    RECALL = "RECALL", _("Teruggeroepen door de maker")
