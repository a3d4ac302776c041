"""Meetings, tasks and messages."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.workflow import Step, Workflow


class MeetingState(models.TextChoices):
    """Whether a meeting took place."""

    PLANNED = "PLANNED", _("Gepland")
    HELD = "HELD", _("Geweest")
    CANCELLED = "CANCELLED", _("Afgezegd")


MEETING = Workflow(
    initial=MeetingState.PLANNED,
    statuses=MeetingState,
    steps=[
        Step(name="hold", source=MeetingState.PLANNED, target=MeetingState.HELD),
        Step(name="cancel", source=MeetingState.PLANNED, target=MeetingState.CANCELLED),
    ],
)


class PaperForm(models.TextChoices):
    """What a paper for a meeting is: typed here, or a file of one of these kinds."""

    TEXT = "TEXT", _("Tekst")
    PDF = "PDF", _("PDF")
    DOCX = "DOCX", _("Word")
    ODT = "ODT", _("Tekstbestand")
    PNG = "PNG", _("Afbeelding")
    JPEG = "JPEG", _("Afbeelding")


class TaskState(models.TextChoices):
    """How far something is that somebody was asked to do."""

    OPEN = "OPEN", _("Nog te doen")
    DONE = "DONE", _("Gedaan")
    CANCELLED = "CANCELLED", _("Hoeft niet meer")


TASK = Workflow(
    initial=TaskState.OPEN,
    statuses=TaskState,
    steps=[
        Step(name="finish", source=TaskState.OPEN, target=TaskState.DONE),
        Step(name="cancel", source=TaskState.OPEN, target=TaskState.CANCELLED),
    ],
)


class Rhythm(models.TextChoices):
    """How often somebody is mailed about what is new in their projects."""

    DAILY = "DAILY", _("Elke dag, als er iets nieuws is")
    WEEKLY = "WEEKLY", _("Eén keer in de week, als er iets nieuws is")
    NEVER = "NEVER", _("Nooit")
