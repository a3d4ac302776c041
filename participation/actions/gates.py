"""The gates between phases. `_enter_phase` is the only function that writes the phase of a project."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from participation.contributions import findings_of
from participation.models import GateException, GateReview, Passage, Project
from participation.models.gate import SHORTEST_REASON
from participation.permissions import can_decide_gate, can_follow, can_grant, can_lead, granting_organisation
from participation.states import EXCEPTION, GATE, ExceptionState, ProjectState, phase_after
from portal.audit.record import record
from portal.audit.revision import raise_revision
from portal.core.dates import add_months
from portal.core.text import clean
from portal.core.workflow import StepNotAllowed

MONTHS_TO_REPAIR = 6  # at most (participation.md)


def target_of(project: Project) -> str:
    """The project as the log names it."""
    return f"project:{project.uuid}"


def _needed(value: str, message: str) -> str:
    text = clean(value).strip()
    if not text:
        raise ValidationError(message)
    return text


# --- The gate --------------------------------------------------------------------------------------------------------


@transaction.atomic
def ask_gate(*, project: Project, text: str, by: Any, now: datetime.datetime) -> GateReview:
    """Ask to enter the next phase. Raises PermissionDenied, ValidationError, StepNotAllowed."""
    can_lead(by, project)
    following = phase_after(project.phase)
    if following is None or project.state != ProjectState.RUNNING:
        raise StepNotAllowed(f"ask: {project.slug} has no next phase")
    try:
        with transaction.atomic():
            gate = GateReview.objects.create(
                project=project, from_phase=project.phase, to_phase=following, asked_by=by, asked_at=now,
                findings=findings_of(project).as_json(),
                text=_needed(text, _("Schrijf waarom het project verder kan.")),
            )  # fmt: skip
    except IntegrityError as error:
        raise StepNotAllowed("ask: a gate of this project is being decided") from error
    record("gate.asked", by=by, target=target_of(project), now=now, phase=following)
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
    exception = None if found.is_open else usable_exception(project, now.date())
    if not found.is_open and exception is None:
        raise ValidationError(missing_words(found))
    reason = _needed(text, _("Schrijf waarom het project verder kan."))
    _take_gate(gate, "pass", decided_by=by, decided_at=now, text=reason, findings=found.as_json(), exception=exception)
    _enter_phase(project, gate, now)
    record("gate.passed", by=by, target=target_of(project), now=now, phase=gate.to_phase)


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
    reason = _needed(text, _("Schrijf wat er eerst moet gebeuren."))
    _take_gate(gate, "refuse", decided_by=by, decided_at=now, text=reason)
    record("gate.refused", by=by, target=target_of(gate.project), now=now, phase=gate.to_phase)
    raise_revision()


@transaction.atomic
def withdraw_gate(*, gate: GateReview, by: Any, now: datetime.datetime) -> None:
    """Take the question back. Raises PermissionDenied, StepNotAllowed."""
    can_lead(by, gate.project)
    _take_gate(gate, "withdraw", decided_at=now)
    record("gate.withdrawn", by=by, target=target_of(gate.project), now=now, phase=gate.to_phase)
    raise_revision()


def missing_words(found: Any) -> list[str]:
    """What keeps a gate shut, in plain words."""
    words = []
    if not found.representatives:
        words.append(_("Er deed in deze fase nog geen patiëntvertegenwoordiger echt mee."))
    if found.open_must:
        words.append(_("Er is nog advies dat moet, zonder antwoord. Geef eerst antwoord."))
    return words


# --- The exception ---------------------------------------------------------------------------------------------------


def usable_exception(project: Project, today: datetime.date) -> GateException | None:
    """The exception with which `project` may pass the gate out of its phase today: granted, in time, for this phase.

    Never two gates in a row: a phase that was entered with an exception is not left with one.
    """
    entered = Passage.objects.filter(project=project, phase=project.phase).select_related("gate").first()
    if entered is not None and entered.gate is not None and entered.gate.exception_id is not None:
        return None
    granted = project.exceptions.filter(state=ExceptionState.GRANTED, from_phase=project.phase)
    return granted.filter(repair_by__gte=today).first()


@transaction.atomic
def ask_exception(
    *, project: Project, reason: str, missing: str, repair: str, repair_by: datetime.date, by: Any,
    now: datetime.datetime,
) -> GateException:  # fmt: skip
    """Ask for permission to pass a gate without patients. Everything in it is public for ever.

    Raises PermissionDenied, ValidationError with everything that is not right, StepNotAllowed.
    """
    can_lead(by, project)
    if project.state != ProjectState.RUNNING or phase_after(project.phase) is None:
        raise StepNotAllowed(f"except: {project.slug} has no next phase")
    texts = {"reason": clean(reason).strip(), "missing": clean(missing).strip(), "repair": clean(repair).strip()}
    if faults := _faults(texts, repair_by, now.date()):
        raise ValidationError(faults)
    try:
        with transaction.atomic():
            made = GateException.objects.create(
                project=project, from_phase=project.phase, repair_by=repair_by, asked_by=by, asked_at=now, **texts
            )
    except IntegrityError as error:
        raise StepNotAllowed("except: this project has an exception already") from error
    record("exception.asked", by=by, target=target_of(project), now=now, phase=project.phase)
    raise_revision()
    return made


def _faults(texts: dict[str, str], repair_by: datetime.date, today: datetime.date) -> list[str]:
    found = []
    if len(texts["reason"]) < SHORTEST_REASON:
        found.append(
            _("Schrijf de reden uit in ten minste %(least)d tekens. Nu zijn het er %(number)d.")
            % {"least": SHORTEST_REASON, "number": len(texts["reason"])}
        )
    if not texts["missing"]:
        found.append(_("Schrijf wie er nu niet meedoet."))
    if not texts["repair"]:
        found.append(_("Schrijf hoe u dat goedmaakt."))
    if not today < repair_by <= add_months(today, MONTHS_TO_REPAIR):
        found.append(_("Kies een datum na vandaag, binnen zes maanden."))
    return found


def _take_exception(exception: GateException, name: str, **fields: Any) -> None:
    step = EXCEPTION.step(exception.state, name)
    changed = GateException.objects.filter(pk=exception.pk, state=step.source).update(state=step.target, **fields)
    if not changed:
        raise StepNotAllowed(f"{name}: the exception was decided meanwhile")
    exception.refresh_from_db()


@transaction.atomic
def grant_exception(*, exception: GateException, text: str, by: Any, now: datetime.datetime) -> None:
    """Give permission, as the fund manager of another organisation. Raises as `pass_gate` does."""
    can_grant(by, exception)
    if exception.repair_by <= now.date():
        raise StepNotAllowed("grant: the day of repair is past")
    _take_exception(
        exception, "grant", decided_by=by, decided_at=now, granted_for=granting_organisation(by, exception.project),
        decision_text=_needed(text, _("Schrijf waarom u dit goedvindt.")),
    )  # fmt: skip
    record("exception.granted", by=by, target=target_of(exception.project), now=now, phase=exception.from_phase)
    raise_revision()


@transaction.atomic
def refuse_exception(*, exception: GateException, text: str, by: Any, now: datetime.datetime) -> None:
    """Refuse permission, and why. Raises as `pass_gate` does."""
    can_grant(by, exception)
    reason = _needed(text, _("Schrijf waarom u dit niet goedvindt."))
    _take_exception(
        exception, "refuse", decided_by=by, decided_at=now, decision_text=reason,
        granted_for=granting_organisation(by, exception.project),
    )  # fmt: skip
    record("exception.refused", by=by, target=target_of(exception.project), now=now, phase=exception.from_phase)
    raise_revision()


@transaction.atomic
def repair_exception(*, exception: GateException, by: Any, now: datetime.datetime) -> None:
    """Say that patients take part again: the coordinator, once somebody did. Raises ValidationError when nobody did."""
    can_follow(by, exception.project)
    if not findings_of(exception.project).representatives:
        raise ValidationError(_("Er deed in deze fase nog geen patiëntvertegenwoordiger echt mee."))
    _take_exception(exception, "repair", repaired_at=now)
    record("exception.repaired", by=by, target=target_of(exception.project), now=now, phase=exception.from_phase)
    raise_revision()


def is_late(exception: GateException, today: datetime.date) -> bool:
    """Whether the day by which an exception was to be mended is past: the project shows "te laat"."""
    return exception.state == ExceptionState.GRANTED and exception.repair_by < today
