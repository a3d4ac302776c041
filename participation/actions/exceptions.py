"""The exceptions to gates: asked by the project, granted by somebody of another organisation, public for ever."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from participation import emails
from participation.actions.common import day_of, hold_running, needed, target_of
from participation.contributions import findings_of
from participation.gatekeeping import entered_by_exception, late_exceptions
from participation.models import GateException, Project
from participation.models.gate import SHORTEST_REASON
from participation.permissions import can_follow, can_grant, can_lead, granting_organisation
from participation.states import EXCEPTION, ProjectState, phase_after
from portal.audit.record import record
from portal.audit.revision import raise_revision
from portal.core.dates import add_months
from portal.core.text import clean
from portal.core.workflow import StepNotAllowed

MONTHS_TO_REPAIR = 6  # at most (participation.md)


@transaction.atomic
def ask_exception(
    *, project: Project, reason: str, missing: str, repair: str, repair_by: datetime.date | None,
    by: Any, now: datetime.datetime,
) -> GateException:  # fmt: skip
    """Ask for permission to pass a gate without patients. Everything in it is public for ever.

    Raises PermissionDenied, ValidationError with everything that is not right, StepNotAllowed.
    """
    can_lead(by, project)
    hold_running(project, "except")
    if phase_after(project.phase) is None:
        raise StepNotAllowed(f"except: {project.slug} has no next phase")
    if entered_by_exception(project):
        raise ValidationError(_("U ging deze fase al in zonder patiënten. Dat mag geen twee keer achter elkaar."))
    texts = {"reason": clean(reason).strip(), "missing": clean(missing).strip(), "repair": clean(repair).strip()}
    if (faults := _faults(texts, repair_by, day_of(now))) or repair_by is None:
        raise ValidationError(faults)
    if not emails.granters(project):  # nobody could ever decide on it
        raise ValidationError(_("Er is nu geen fonds dat hierover kan beslissen. Mail het expertisecentrum."))
    try:
        with transaction.atomic():
            made = GateException.objects.create(
                project=project, from_phase=project.phase, repair_by=repair_by, asked_by=by, asked_at=now, **texts
            )
    except IntegrityError as error:
        raise StepNotAllowed("except: this project has an exception already") from error
    record("exception.asked", by=by, target=target_of(project), now=now, phase=project.phase)
    emails.exception_asked(made)
    raise_revision()
    return made


def _faults(texts: dict[str, str], repair_by: datetime.date | None, today: datetime.date) -> dict[str, str]:
    """What is not right, by field."""
    found = {}
    length = len(" ".join(texts["reason"].split()))  # spaces are no reason
    if length < SHORTEST_REASON:
        found["reason"] = _("Schrijf de reden uit in ten minste %(least)d tekens. Nu zijn het er %(number)d.") % {
            "least": SHORTEST_REASON, "number": length,
        }  # fmt: skip
    if not texts["missing"]:
        found["missing"] = _("Schrijf wie er nu niet meedoet.")
    if not texts["repair"]:
        found["repair"] = _("Schrijf hoe u dat goedmaakt.")
    if repair_by is None or not today < repair_by <= add_months(today, MONTHS_TO_REPAIR):
        found["repair_by"] = _("Kies een datum na vandaag, binnen zes maanden.")
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
    if exception.repair_by <= day_of(now):
        raise StepNotAllowed("grant: the day of repair is past")
    project = Project.objects.select_for_update().get(pk=exception.project_id)
    if project.state != ProjectState.RUNNING or project.phase != exception.from_phase or entered_by_exception(project):
        raise StepNotAllowed(f"grant: {project.slug} cannot use it any more")
    _take_exception(
        exception, "grant", decided_by=by, decided_at=now, granted_for=granting_organisation(by, exception.project),
        decision_text=needed(text, _("Schrijf waarom u dit goedvindt."), "text"),
    )  # fmt: skip
    record("exception.granted", by=by, target=target_of(exception.project), now=now, phase=exception.from_phase)
    emails.exception_decided(exception)
    raise_revision()


@transaction.atomic
def refuse_exception(*, exception: GateException, text: str, by: Any, now: datetime.datetime) -> None:
    """Refuse permission, and why. Raises as `pass_gate` does."""
    can_grant(by, exception)
    reason = needed(text, _("Schrijf waarom u dit niet goedvindt."), "text")
    _take_exception(
        exception, "refuse", decided_by=by, decided_at=now, decision_text=reason,
        granted_for=granting_organisation(by, exception.project),
    )  # fmt: skip
    record("exception.refused", by=by, target=target_of(exception.project), now=now, phase=exception.from_phase)
    emails.exception_decided(exception)
    raise_revision()


@transaction.atomic
def withdraw_exception(*, exception: GateException, by: Any, now: datetime.datetime) -> None:
    """Take the question back, as the project; that it was asked, and why, stays public. Who would decide is told.

    Raises PermissionDenied, StepNotAllowed when it was decided.
    """
    can_lead(by, exception.project)
    take_back(exception, by=by, now=now)
    emails.exception_withdrawn(exception)


def take_back(exception: GateException, *, by: Any, now: datetime.datetime) -> None:
    """The same, for a caller who ends the project and tells everybody."""
    _take_exception(exception, "withdraw", withdrawn_at=now)
    record("exception.withdrawn", by=by, target=target_of(exception.project), now=now, phase=exception.from_phase)
    raise_revision()


@transaction.atomic
def repair_exception(*, exception: GateException, by: Any, now: datetime.datetime) -> None:
    """Say that patients take part again: the coordinator, once somebody did. Raises ValidationError when nobody did."""
    can_follow(by, exception.project)
    if not findings_of(exception.project).representatives:
        raise ValidationError(_("Er deed in deze fase nog geen patiëntvertegenwoordiger echt mee."))
    _take_exception(exception, "repair", repaired_at=now)
    record("exception.repaired", by=by, target=target_of(exception.project), now=now, phase=exception.from_phase)
    emails.exception_repaired(exception)
    raise_revision()


def tell_late_exceptions(now: datetime.datetime) -> int:
    """Mail both sides and who granted it, once, about each exception whose day is past; how many there were.

    A job of every minute: the revision goes up, so that no cache shows the project as if it were in time.
    """
    told = 0
    for exception in late_exceptions(day_of(now)).filter(late_told_at__isnull=True).select_related("project"):
        with transaction.atomic():
            late = GateException.objects.filter(pk=exception.pk, late_told_at__isnull=True)
            if not late.update(late_told_at=now):
                continue
            emails.exception_late(exception)
            record("exception.late", by=None, target=target_of(exception.project), now=now, phase=exception.from_phase)
            raise_revision()
        told += 1
    return told
