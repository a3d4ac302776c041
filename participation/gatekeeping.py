"""What stands in the way at a gate, and what an exception does about it: read only, nothing here writes."""

import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.models import Advice, GateException, GateReview, Passage, Project
from participation.states import ASKED_FOR, ExceptionState, Influence, Phase


def entered_by_exception(project: Project) -> bool:
    """Whether the phase in which `project` is now was entered without patients."""
    entered = Passage.objects.filter(project=project, phase=project.phase).select_related("gate").first()
    return entered is not None and entered.gate is not None and entered.gate.exception_id is not None


def usable_exception(project: Project, today: datetime.date) -> GateException | None:
    """The exception with which `project` may pass the gate out of its phase today: granted, in time, for this phase.

    Never two gates in a row: a phase that was entered with an exception is not left with one.
    """
    if entered_by_exception(project):
        return None
    granted = project.exceptions.filter(state=ExceptionState.GRANTED, from_phase=project.phase)
    return granted.filter(repair_by__gte=today).first()


def is_late(exception: GateException, today: datetime.date) -> bool:
    """Whether the day by which an exception was to be mended is past: the project shows "te laat".

    Of a project that ended before that day nothing is late.
    """
    ended = exception.project.ended_at
    until = min(today, timezone.localtime(ended).date()) if ended else today
    return exception.state == ExceptionState.GRANTED and exception.repair_by < until


def late_exceptions(today: datetime.date) -> QuerySet[GateException]:
    """Every exception of which `is_late` holds."""
    granted = GateException.objects.filter(state=ExceptionState.GRANTED, repair_by__lt=today)
    return granted.filter(Q(project__ended_at__isnull=True) | Q(project__ended_at__date__gt=F("repair_by")))


def is_project_late(today: datetime.date) -> Exists:
    """For a list of projects: whether one has an exception that is late."""
    return Exists(late_exceptions(today).filter(project=OuterRef("pk")))


def missing_words(found: Any) -> list[str]:
    """What keeps a gate shut, in plain words."""
    words = []
    if not found.representatives:
        words.append(_("Er deed in deze fase nog geen patiëntvertegenwoordiger echt mee."))
    if found.open_must:
        words.append(_("Er is nog advies dat moet, zonder antwoord. Geef eerst antwoord."))
    return words


def what_is_needed(found: Any) -> list[str]:
    """What has to happen before the gate of `found` (contributions.Findings) opens, step by step."""
    steps = []
    if not found.representatives:
        role = Influence(ASKED_FOR[Phase(found.phase)]).label
        if found.idle:
            steps.append(_("Spreek met een vertegenwoordiger die al meedoet, of vraag die om advies."))
        else:
            steps.append(
                _("Zoek een patiëntvertegenwoordiger met ten minste de rol %(role)s. Zorg dat beide kanten tekenen.")
                % {"role": role.lower()}
            )
            steps.append(_("Houd daarna een gesprek, of vraag om advies."))
    if found.open_must:
        steps.append(_("Geef antwoord op elk advies dat moet. Zeg wat u ermee doet en waarom."))
    return steps


def open_advice(found: Any) -> QuerySet[Advice]:
    """The advice of `found` that must be answered first."""
    return Advice.objects.filter(pk__in=found.open_must).order_by("respond_by", "pk")


def gate_asked(project: Project) -> GateReview | None:
    """The gate of `project` on which somebody has to decide now."""
    return project.gate_reviews.filter(state="ASKED").first()
