"""Everything that writes programmes and projects; never the phase (see gates.py)."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from participation.actions.gates import target_of
from participation.models import Passage, Project, TeamMember
from participation.permissions import can_lead, can_start_project
from participation.states import PROJECT, Phase, ProjectState
from portal.audit.record import record
from portal.audit.revision import raise_revision
from portal.core.text import clean
from portal.core.workflow import StepNotAllowed
from portal.organisations.models import Organisation

# What a project lead may change afterwards: never its organisation, phase or state.
CHANGEABLE = ("name", "name_en", "summary", "summary_en", "question", "question_en", "affected", "starts_on", "ends_on")


@transaction.atomic
def start_project(
    *,
    organisation: Organisation,
    slug: str,
    fields: Mapping[str, Any],
    by: Any,
    now: datetime.datetime,
    entry_phase: Phase = Phase.IDEA,
    patient_side: Organisation | None = None,
    entries: Iterable[Any] = (),
    systems: Iterable[Any] = (),
    **more: Any,
) -> Project:
    """Open a project, in the phase in which it really begins; who opens it leads it.

    `fields`: those of CHANGEABLE. `more`: programme, is_policy. Raises PermissionDenied, ValidationError.
    """
    can_start_project(by, organisation)
    try:
        with transaction.atomic():
            project = Project.objects.create(
                organisation=organisation, slug=slug, lead=by, entry_phase=entry_phase, phase=entry_phase,
                phase_since=now, patient_side=patient_side, **_checked(fields), **more,
            )  # fmt: skip
    except IntegrityError as error:
        raise ValidationError(_("Dit adres bestaat al. Kies een andere naam.")) from error
    project.entries.set(entries)
    project.systems.set(systems)
    Passage.objects.create(project=project, phase=entry_phase, entered_at=now)
    TeamMember.objects.create(project=project, user=by, function=_("projectleider"), since=now)
    record("project.started", by=by, target=target_of(project), now=now, phase=entry_phase)
    raise_revision()
    return project


def _checked(fields: Mapping[str, Any]) -> dict[str, Any]:
    """`fields` with clean texts. Raises ValidationError for what is missing, TypeError for what nobody may change."""
    if strange := set(fields) - set(CHANGEABLE):
        raise TypeError(f"no fields of a project: {sorted(strange)}")
    made = {key: clean(value).strip() if isinstance(value, str) else value for key, value in fields.items()}
    needed = {
        "name": _("Geef het project een naam."),
        "summary": _("Schrijf in het kort wat het project doet."),
        "question": _("Schrijf wat u van patiënten wilt weten."),
    }
    if faults := [message for key, message in needed.items() if key in made and not made[key]]:
        raise ValidationError(faults)
    return made


@transaction.atomic
def change_project(*, project: Project, fields: Mapping[str, Any], by: Any, now: datetime.datetime) -> None:
    """Change what a project says of itself. Raises PermissionDenied, ValidationError."""
    can_lead(by, project)
    Project.objects.filter(pk=project.pk).update(**_checked(fields))
    project.refresh_from_db()
    record("project.changed", by=by, target=target_of(project), now=now, fields=sorted(fields))
    raise_revision()


@transaction.atomic
def end_project(*, project: Project, name: str, reason: str, by: Any, now: datetime.datetime) -> None:
    """Stop a project ("stop") or close it ("close"), with a public reason. Raises as `change_project` does."""
    can_lead(by, project)
    if not clean(reason).strip():
        raise ValidationError(_("Schrijf waarom het project stopt. Iedereen kan dat lezen."))
    step = PROJECT.step(project.state, name)
    running = Project.objects.filter(pk=project.pk, state=ProjectState.RUNNING)
    if not running.update(state=step.target, ended_at=now, ending_reason=clean(reason).strip()):
        raise StepNotAllowed(f"{name}: the project ended meanwhile")
    project.refresh_from_db()
    record("project.ended", by=by, target=target_of(project), now=now, state=step.target)
    raise_revision()
