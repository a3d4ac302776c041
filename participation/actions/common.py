"""What every action of participation needs."""

import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

from participation.models import Project
from participation.states import ProjectState
from portal.core.text import clean
from portal.core.workflow import StepNotAllowed


def target_of(project: Project) -> str:
    """The project as the log names it."""
    return f"project:{project.uuid}"


def hold_running(project: Project, name: str, told: str = "") -> None:
    """Keep `project` from ending before this transaction does; what begins in it calls this before it writes anything.

    Who ends the project waits for that, so that nothing is left going in a project that is over, or was first: then
    this raises StepNotAllowed. `name`: of the step.
    """
    running = Project.objects.select_for_update(no_key=True).filter(pk=project.pk, state=ProjectState.RUNNING)
    if not running.values_list("pk", flat=True):
        raise StepNotAllowed(f"{name}: {project.slug} ended", told=told)


def needed(value: str, message: str, field: str = "") -> str:
    """A text that may not be empty, clean. Raises ValidationError (about `field` where it is given)."""
    text = clean(value).strip()
    if not text:
        raise ValidationError({field: message} if field else message)
    return text


def day_of(moment: datetime.datetime) -> datetime.date:
    """The day of `moment` where the readers live (Amsterdam)."""
    return timezone.localtime(moment).date()
