"""Everything that writes projects; never the phase (see gates.py)."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from participation import emails
from participation.actions.assignments import end_assignments
from participation.actions.common import needed, target_of
from participation.actions.exceptions import take_back
from participation.actions.interests import drop_undecided
from participation.actions.meetings import cancel_meetings, refuse_untold
from participation.actions.money.ends import end_asked_of
from participation.actions.offers import withdraw_offers
from participation.actions.tasks import cancel_tasks
from participation.actions.vacancies import stop_recruiting
from participation.entry_summary import tell_entries, tell_entry
from participation.models import Passage, PlannedRole, Project, TeamMember
from participation.permissions import can_lead, can_start_project, family_of
from participation.project_texts import checked
from participation.states import GATE, PROJECT, ExceptionState, GateState, Influence, Phase, ProjectState
from portal.audit.record import record
from portal.audit.revision import raise_revision
from portal.core.text import clean, sort_key
from portal.core.workflow import StepNotAllowed
from portal.organisations.models import Organisation, OrganisationKind

RESERVED = ("nieuw", "taal")  # addresses of the workspace
MOST_PLACES = 99


@transaction.atomic
def start_project(
    *,
    organisation: Organisation,
    slug: str,
    fields: Mapping[str, Any],
    by: Any,
    now: datetime.datetime,
    entry_phase: Phase = Phase.IDEA,
    entry_reason: str = "",
    patient_side: Organisation | None = None,
    entries: Iterable[Any] = (),
    systems: Iterable[Any] = (),
    roles: Sequence[Mapping[str, Any]] = (),
    **more: Any,
) -> Project:
    """Open a project, in the phase in which it really begins; who opens it leads it.

    `fields`: those of project_texts.CHANGEABLE. `roles`: rows of PlannedRole. `more`: programme, is_policy.
    Raises PermissionDenied, ValidationError by field.
    """
    can_start_project(by, organisation)
    if entry_phase != Phase.IDEA:
        needed(entry_reason, _("Schrijf waarom het project niet met het idee begint."), "entry_reason")
    values = checked(fields, organisation)
    _refuse_strangers(organisation, patient_side, entries, more)
    try:
        with transaction.atomic():
            project = Project.objects.create(
                organisation=organisation, slug=slug, lead=by, entry_phase=entry_phase, phase=entry_phase,
                phase_since=now, patient_side=patient_side, entry_reason=clean(entry_reason).strip(), **values, **more,
            )  # fmt: skip
    except IntegrityError as error:
        raise ValidationError({"name": _("Dit adres bestaat al. Kies een andere naam.")}) from error
    project.entries.set(entries)
    project.systems.set(systems)
    _plan(project, roles)
    Passage.objects.create(project=project, phase=entry_phase, entered_at=now)
    TeamMember.objects.create(project=project, user=by, function=_("projectleider"), since=now)
    record("project.started", by=by, target=target_of(project), now=now, phase=entry_phase)
    tell_entries(project, now)
    raise_revision()
    return project


def free_slug(name: str) -> str:
    """An address for a project called `name` that no other has."""
    base = "-".join(sort_key(name).split())[:100].strip("-") or "project"
    taken = {*RESERVED, *Project.objects.filter(slug__startswith=base).values_list("slug", flat=True)}
    return next(slug for n in range(1, len(taken) + 2) if (slug := base if n == 1 else f"{base}-{n}") not in taken)


def _refuse_strangers(
    organisation: Organisation, patient_side: Organisation | None, entries: Iterable[Any], more: Mapping[str, Any]
) -> None:
    """Raise ValidationError for what a project cannot be tied to: texts of others, what is invented to what is real."""
    if patient_side is not None and (
        patient_side.kind != OrganisationKind.PATIENT_ORGANISATION
        or patient_side.verified_at is None
        or patient_side.is_example != organisation.is_example
    ):
        raise ValidationError({"patient_side": _("Kies een patiëntenorganisatie uit de lijst.")})
    family = family_of(organisation)
    if any(entry.organisation_id not in family for entry in entries):
        raise ValidationError({"entries": _("Kies alleen toepassingen van uw eigen organisatie.")})
    programme = more.get("programme")
    if programme is not None and programme.organisation.is_example != organisation.is_example:
        raise ValidationError({"programme": _("Dit programma past niet bij uw organisatie.")})
    if more.get("is_policy") and (programme is None or programme.organisation_id not in family):
        raise ValidationError({"is_policy": _("Beleid kan alleen bij een programma van uw eigen organisatie.")})


def _plan(project: Project, roles: Sequence[Mapping[str, Any]]) -> None:
    """Replace the planned roles of `project`. Raises ValidationError about a row that is not right."""
    made = []
    for row in roles:
        label = Phase(row["phase"]).label
        if row["influence"] not in Influence.values or not 1 <= row["places"] <= MOST_PLACES:
            raise ValidationError(_("%(phase)s: kies een rol en een aantal van 1 tot 99.") % {"phase": label})
        task = needed(row["task"], _("%(phase)s: schrijf wat iemand in deze rol doet.") % {"phase": label})
        made.append(PlannedRole(project=project, **{**row, "task": task[:300]}))
    project.planned_roles.all().delete()
    PlannedRole.objects.bulk_create(made)


@transaction.atomic
def change_project(
    *,
    project: Project,
    fields: Mapping[str, Any],
    by: Any,
    now: datetime.datetime,
    entries: Iterable[Any] | None = None,
    systems: Iterable[Any] | None = None,
    roles: Sequence[Mapping[str, Any]] | None = None,
    patient_side: Organisation | None = None,
) -> None:
    """Change what a project says of itself; what is None stays.

    A patient organisation is chosen once: a project never sheds the one that follows it. Raises PermissionDenied,
    ValidationError by field, StepNotAllowed when it ended.
    """
    can_lead(by, project)
    if project.state != ProjectState.RUNNING:
        raise StepNotAllowed(f"change: {project.slug} ended")
    values = checked(fields, project.organisation)
    if patient_side is not None and project.patient_side_id not in {None, patient_side.pk}:
        raise ValidationError({"patient_side": _("Dit project heeft al een patiëntenorganisatie.")})
    _refuse_strangers(project.organisation, patient_side, entries or (), {})
    before = list(project.entries.all())
    Project.objects.filter(pk=project.pk).update(**values, **({"patient_side": patient_side} if patient_side else {}))
    project.refresh_from_db()
    if entries is not None:
        project.entries.set(entries)
    if systems is not None:
        project.systems.set(systems)
    if roles is not None:
        _plan(project, roles)
    record("project.changed", by=by, target=target_of(project), now=now, fields=sorted(fields))
    tell_entries(project, now)
    for entry in before:
        tell_entry(entry, now)
    raise_revision()


@transaction.atomic
def end_project(*, project: Project, name: str, reason: str, by: Any, now: datetime.datetime) -> None:
    """Stop a project ("stop") or close it ("close"), with a public reason, and with it everything that goes on.

    Everybody who waits for something is told. Advice stays: it is answered, carried out and judged as before
    (portal/docs/adr/0033). Raises as `change_project` does.
    """
    can_lead(by, project)
    why = needed(reason, _("Schrijf waarom het project stopt. Iedereen kan dat lezen."), "reason")
    step = PROJECT.step(project.state, name)
    running = Project.objects.filter(pk=project.pk, state=ProjectState.RUNNING)
    # First: it waits for whatever begins in the project now (`hold_running`), and nothing begins after it.
    if not running.update(state=step.target, ended_at=now, ending_reason=why):
        raise StepNotAllowed(f"{name}: the project ended meanwhile")
    refuse_untold(project, now)
    project.refresh_from_db()
    record("project.ended", by=by, target=target_of(project), now=now, state=step.target)
    emails.project_ended(project)
    taken_back = GATE.step(GateState.ASKED, "withdraw").target
    if project.gate_reviews.filter(state=GateState.ASKED).update(state=taken_back, decided_at=now):
        record("gate.withdrawn", by=by, target=target_of(project), now=now, phase=project.phase)
    for exception in project.exceptions.filter(state=ExceptionState.ASKED):
        take_back(exception, by=by, now=now)
    stop_recruiting(project=project, text=why, by=by, now=now)
    withdraw_offers(project=project, by=by, now=now)
    cancel_meetings(project=project, why=why, by=by, now=now)
    cancel_tasks(project=project, by=by, now=now)
    drop_undecided(project=project, now=now)
    end_assignments(project=project, reason=why, by=by, now=now)
    end_asked_of(project, by=by, now=now)
    tell_entries(project, now)
    raise_revision()
