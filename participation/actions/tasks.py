"""Everything that writes what people on a project ask of each other."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation.actions.common import day_of, hold_running, needed, target_of
from participation.models import Project, ProjectTask
from participation.people import People
from participation.states import TASK, TaskState
from participation.together_permissions import can_cancel_task, can_finish_task, can_work_together
from portal.audit.record import record
from portal.core.dates import add_months
from portal.core.workflow import StepNotAllowed

LONGEST = 300
MOST_MONTHS = 24  # ahead
_OVER = gettext_lazy("Deze taak is al gedaan, of hoeft niet meer.")


@transaction.atomic
def ask_task(
    *, project: Project, what: str, doer: Any, due: datetime.date | None, by: Any, now: datetime.datetime, **more: Any
) -> ProjectTask:
    """Ask `doer`, who works on the project, to do something before a day. Whoever works on it may ask.

    `more`: uuid. Raises PermissionDenied, ValidationError by field, StepNotAllowed when the project ended.
    """
    can_work_together(by, project)
    hold_running(project, "ask")
    text = " ".join(needed(what, _("Schrijf wat er moet gebeuren."), "what").split())
    faults = {}
    if len(text) > LONGEST:
        faults["what"] = _("De tekst is te lang. Er passen %(most)d tekens.") % {"most": LONGEST}
    if doer is None or doer.pk not in {one.user.pk for one in People(project).working()}:
        faults["doer"] = _("Kies wie het doet.")
    if due is None or not day_of(now) <= due <= add_months(day_of(now), MOST_MONTHS):
        faults["due"] = _("Kies een dag vanaf vandaag, binnen twee jaar.")
    if faults or due is None:
        raise ValidationError(faults)
    made = ProjectTask.objects.create(
        project=project, what=text, doer=doer, due_date=due, asked_by=by, asked_at=now, **more
    )
    record("task.asked", by=by, target=target_of(project), now=now, task=str(made.uuid))
    return made


def _take_task(task: ProjectTask, name: str, now: datetime.datetime) -> None:
    if task.state != TaskState.OPEN:
        raise StepNotAllowed(f"{name}: the task is over", told=_OVER)
    step = TASK.step(task.state, name)
    if not ProjectTask.objects.filter(pk=task.pk, state=step.source).update(state=step.target, ended_at=now):
        raise StepNotAllowed(f"{name}: the task is over", told=_OVER)
    task.refresh_from_db()


@transaction.atomic
def finish_task(*, task: ProjectTask, by: Any, now: datetime.datetime) -> None:
    """Say that a task is done. Raises PermissionDenied, StepNotAllowed."""
    can_finish_task(by, task)
    _take_task(task, "finish", now)
    record("task.done", by=by, target=target_of(task.project), now=now, task=str(task.uuid))


@transaction.atomic
def cancel_task(*, task: ProjectTask, by: Any, now: datetime.datetime) -> None:
    """Say that a task is not needed any more. Raises PermissionDenied, StepNotAllowed."""
    can_cancel_task(by, task)
    _take_task(task, "cancel", now)
    record("task.cancelled", by=by, target=target_of(task.project), now=now, task=str(task.uuid))


def cancel_tasks(*, project: Project, by: Any, now: datetime.datetime) -> None:
    """Take back everything that somebody still had to do; for a caller who ends the project and tells them."""
    for task in project.tasks.filter(state=TaskState.OPEN).order_by("pk"):
        _take_task(task, "cancel", now)
        record("task.cancelled", by=by, target=target_of(project), now=now, task=str(task.uuid))
