"""How far a file of an organisation is, and what taking it over would do with each row."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.workflow import Step, Workflow


class UploadState(models.TextChoices):
    """How far a file is that an organisation sent in; in three of them there is work for `manage.py run_jobs`."""

    WAITING = "WAITING", _("Wordt gelezen")
    PLANNED = "PLANNED", _("Klaar om te bekijken")
    UNREADABLE = "UNREADABLE", _("Niet te lezen")
    ACCEPTED = "ACCEPTED", _("Wordt overgenomen")
    DONE = "DONE", _("Overgenomen")
    UNDOING = "UNDOING", _("Wordt teruggedraaid")
    UNDONE = "UNDONE", _("Teruggedraaid")
    DISCARDED = "DISCARDED", _("Weggegooid")


BUSY_UPLOAD = (UploadState.WAITING, UploadState.ACCEPTED, UploadState.UNDOING)

UPLOAD = Workflow(
    initial=UploadState.WAITING,
    statuses=UploadState,
    steps=[
        Step(name="show", source=UploadState.WAITING, target=UploadState.PLANNED),
        Step(name="refuse", source=UploadState.WAITING, target=UploadState.UNREADABLE),
        Step(name="accept", source=UploadState.PLANNED, target=UploadState.ACCEPTED),
        # Somebody said whose names are, or something changed since it was read:
        Step(name="read_again", source=UploadState.PLANNED, target=UploadState.WAITING),
        Step(name="read_again", source=UploadState.ACCEPTED, target=UploadState.WAITING),
        Step(name="give_up", source=UploadState.ACCEPTED, target=UploadState.PLANNED),
        Step(name="finish", source=UploadState.ACCEPTED, target=UploadState.DONE),
        Step(name="undo", source=UploadState.DONE, target=UploadState.UNDOING),
        Step(name="give_up", source=UploadState.UNDOING, target=UploadState.DONE),
        Step(name="finish", source=UploadState.UNDOING, target=UploadState.UNDONE),
        Step(name="discard", source=UploadState.WAITING, target=UploadState.DISCARDED),
        Step(name="discard", source=UploadState.PLANNED, target=UploadState.DISCARDED),
        Step(name="discard", source=UploadState.UNREADABLE, target=UploadState.DISCARDED),
    ],
)


class LineOutcome(models.TextChoices):
    """What taking over would do with one row of a file."""

    NEW = "NEW", _("Nieuw")
    CHANGED = "CHANGED", _("Veranderd")
    UNCHANGED = "UNCHANGED", _("Hetzelfde")
    CONFLICT = "CONFLICT", _("Botst met een tekst waaraan iemand werkt")
    DOUBLE = "DOUBLE", _("Staat er twee keer")
    BAD = "BAD", _("Niet goed")
