"""The gates between phases. `_enter_phase` is the only function that writes the phase of a project."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from participation import emails
from participation.actions.common import day_of, hold_running, needed, target_of
from participation.contributions import findings_of
from participation.entry_summary import tell_entries
from participation.gatekeeping import missing_words, usable_exception
from participation.models import GateReview, Passage, Project
from participation.permissions import can_decide_gate, can_lead
from participation.states import GATE, ProjectState, phase_after
from portal.audit.record import record
from portal.audit.revision import raise_revision
from portal.core.workflow import StepNotAllowed


@transaction.atomic
def ask_gate(*, project: Project, text: str, by: Any, now: datetime.datetime) -> GateReview:
    """Ask to enter the next phase. Raises PermissionDenied, ValidationError, StepNotAllowed."""
    can_lead(by, project)
    hold_running(project, "ask")
    following = phase_after(project.phase)
    if following is None:
        raise StepNotAllowed(f"ask: {project.slug} has no next phase")
    try:
        with transaction.atomic():
            gate = GateReview.objects.create(
                project=project, from_phase=project.phase, to_phase=following, asked_by=by, asked_at=now,
                findings=findings_of(project).as_json(),
                asked_text=needed(text, _("Schrijf waarom het project verder kan."), "text"),
            )  # fmt: skip
    except IntegrityError as error:
        raise StepNotAllowed("ask: a gate of this project is being decided") from error
    record("gate.asked", by=by, target=target_of(project), now=now, phase=following)
    emails.gate_asked(gate)
    raise_revision()
    return gate


def _take_gate(gate: GateReview, name: str, **fields: Any) -> None:
    step = GATE.step(gate.state, name)
    if not GateReview.objects.filter(pk=gate.pk, state=step.source).update(state=step.target, **fields):
        raise StepNotAllowed(f"{name}: the gate was decided meanwhile")
    gate.refresh_from_db()


@transaction.atomic
def pass_gate(*, gate: GateReview, text: str, by: Any, now: datetime.datetime) -> None:
    """Let the project into its next phase: patients contributed, or an exception stands.

    Raises PermissionDenied, ValidationError that says what is missing, StepNotAllowed.
    """
    can_decide_gate(by, gate)
    project = Project.objects.select_for_update().get(pk=gate.project_id)
    if project.state != ProjectState.RUNNING or project.phase != gate.from_phase:
        raise StepNotAllowed(f"pass: {project.slug} is not in {gate.from_phase}")
    found = findings_of(project)
    exception = None if found.is_open else usable_exception(project, day_of(now))
    if not found.is_open and exception is None:
        raise ValidationError(missing_words(found))
    reason = needed(text, _("Schrijf waarom het project verder kan."), "text")
    _take_gate(gate, "pass", decided_by=by, decided_at=now, text=reason, findings=found.as_json(), exception=exception)
    _enter_phase(project, gate, now)
    record("gate.passed", by=by, target=target_of(project), now=now, phase=gate.to_phase)
    emails.gate_decided(gate)
    project.refresh_from_db()
    tell_entries(project, now)


def _enter_phase(project: Project, gate: GateReview, now: datetime.datetime) -> None:
    """Write the phase, by compare-and-set, with its passage. Nothing else does."""
    entered = Project.objects.filter(pk=project.pk, phase=gate.from_phase, state=ProjectState.RUNNING)
    if not entered.update(phase=gate.to_phase, phase_since=now):
        raise StepNotAllowed(f"enter: {project.slug} moved meanwhile")
    Passage.objects.create(project=project, phase=gate.to_phase, gate=gate, entered_at=now)
    raise_revision()


@transaction.atomic
def refuse_gate(*, gate: GateReview, text: str, by: Any, now: datetime.datetime) -> None:
    """Not yet, and why. Raises PermissionDenied, ValidationError, StepNotAllowed."""
    can_decide_gate(by, gate)
    reason = needed(text, _("Schrijf wat er eerst moet gebeuren."), "text")
    _take_gate(gate, "refuse", decided_by=by, decided_at=now, text=reason, findings=findings_of(gate.project).as_json())
    record("gate.refused", by=by, target=target_of(gate.project), now=now, phase=gate.to_phase)
    emails.gate_decided(gate)
    raise_revision()


@transaction.atomic
def withdraw_gate(*, gate: GateReview, by: Any, now: datetime.datetime) -> None:
    """Take the question back. Raises PermissionDenied, StepNotAllowed."""
    can_lead(by, gate.project)
    _take_gate(gate, "withdraw", decided_at=now)
    record("gate.withdrawn", by=by, target=target_of(gate.project), now=now, phase=gate.to_phase)
    raise_revision()
