"""Everything that writes vacancies until they close: written by the project, opened by the patient side."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from participation import recruiting_emails as emails
from participation.actions.candidate_links import tell_candidate
from participation.actions.common import day_of, hold_running, target_of
from participation.emails import coordinators
from participation.models import Candidacy, Project, Vacancy, VacancyCriterion
from participation.models.candidacy import LIVE, CandidacyQuerySet
from participation.permissions import can_lead
from participation.states import CANDIDACY, VACANCY, CandidacyState, ProjectState, VacancyState
from participation.vacancy_permissions import can_review
from participation.vacancy_texts import RESERVED, checked, criteria_of, readable, refuse_unready
from portal.audit.record import record
from portal.audit.revision import raise_revision
from portal.core.text import sort_key
from portal.core.workflow import StepNotAllowed


def free_slug(title: str) -> str:
    """An address for a vacancy called `title` that no other has."""
    base = "-".join(sort_key(title).split())[:100].strip("-") or "vacature"
    taken = {*RESERVED, *Vacancy.objects.filter(slug__startswith=base).values_list("slug", flat=True)}
    return next(slug for n in range(1, len(taken) + 2) if (slug := base if n == 1 else f"{base}-{n}") not in taken)


def _refuse_ended(project: Project) -> None:
    if project.state != ProjectState.RUNNING:
        raise StepNotAllowed(f"vacancy: {project.slug} ended")


def take_vacancy(vacancy: Vacancy, name: str, **fields: Any) -> None:
    """One step by compare-and-set. Raises StepNotAllowed when it cannot be taken, or somebody was first."""
    step = VACANCY.step(vacancy.state, name)
    if not Vacancy.objects.filter(pk=vacancy.pk, state=step.source).update(state=step.target, **fields):
        raise StepNotAllowed(f"{name}: the vacancy changed meanwhile")
    vacancy.refresh_from_db()


@transaction.atomic
def write_vacancy(
    *, project: Project, fields: Mapping[str, Any], criteria: Sequence[Mapping[str, Any]], by: Any,
    now: datetime.datetime, **more: Any,
) -> Vacancy:  # fmt: skip
    """Begin a vacancy as a draft. `fields`: those of vacancy_texts.CHANGEABLE; `more`: uuid, slug.

    Raises PermissionDenied, ValidationError by field, StepNotAllowed when the project ended.
    """
    can_lead(by, project)
    hold_running(project, "write")
    values, rows = checked(fields), criteria_of(criteria)
    values["title"] = values.get("title") or ""
    more.setdefault("slug", free_slug(values["title"]))
    try:
        with transaction.atomic():
            made = Vacancy.objects.create(project=project, created_at=now, **values, **more)
    except IntegrityError as error:
        raise ValidationError({"title": _("Dit adres bestaat al. Kies een andere titel.")}) from error
    _replace_criteria(made, rows)
    record("vacancy.written", by=by, target=target_of(project), now=now, vacancy=str(made.uuid))
    return made


@transaction.atomic
def change_vacancy(
    *, vacancy: Vacancy, fields: Mapping[str, Any], criteria: Sequence[Mapping[str, Any]], by: Any,
    now: datetime.datetime,
) -> None:  # fmt: skip
    """Change a draft; what others read never changes. Raises as `write_vacancy` does."""
    can_lead(by, vacancy.project)
    _refuse_ended(vacancy.project)
    values, rows = checked(fields), criteria_of(criteria)
    if not Vacancy.objects.filter(pk=vacancy.pk, state=VacancyState.DRAFT).update(**{"title": vacancy.title, **values}):
        raise StepNotAllowed("change: the vacancy is no draft")
    vacancy.refresh_from_db()
    _replace_criteria(vacancy, rows)
    record("vacancy.changed", by=by, target=target_of(vacancy.project), now=now, vacancy=str(vacancy.uuid))


def _replace_criteria(vacancy: Vacancy, rows: Sequence[Mapping[str, Any]]) -> None:
    vacancy.criteria.all().delete()
    VacancyCriterion.objects.bulk_create(VacancyCriterion(vacancy=vacancy, **row) for row in rows)


@transaction.atomic
def submit_vacancy(*, vacancy: Vacancy, by: Any, now: datetime.datetime) -> None:
    """Ask the patient side to look at it. Raises PermissionDenied, StepNotAllowed, ValidationError by field."""
    can_lead(by, vacancy.project)
    _refuse_ended(vacancy.project)
    VACANCY.step(vacancy.state, "submit")
    refuse_unready(vacancy, day_of(now))
    if not [user for user in coordinators(vacancy.project) if user.pk != by.pk]:  # nobody could ever open it
        raise ValidationError(_("Er is nu geen coördinator die de vacature kan nakijken. Mail het expertisecentrum."))
    take_vacancy(vacancy, "submit", submitted_by=by, submitted_at=now, review_text="")
    record("vacancy.submitted", by=by, target=target_of(vacancy.project), now=now, vacancy=str(vacancy.uuid))
    emails.vacancy_submitted(vacancy)


@transaction.atomic
def return_vacancy(*, vacancy: Vacancy, text: str, by: Any, now: datetime.datetime) -> None:
    """Send it back to the project with what must be better. Raises as `submit_vacancy` does."""
    can_review(by, vacancy)
    reason = readable(text, vacancy.project, _("Schrijf wat er beter moet."))
    take_vacancy(vacancy, "return", review_text=reason)
    record("vacancy.returned", by=by, target=target_of(vacancy.project), now=now, vacancy=str(vacancy.uuid))
    emails.vacancy_returned(vacancy)


@transaction.atomic
def open_vacancy(*, vacancy: Vacancy, by: Any, now: datetime.datetime) -> None:
    """Show it to everybody. Raises as `submit_vacancy` does: the texts must be ready on this day too."""
    can_review(by, vacancy)
    _refuse_ended(vacancy.project)
    VACANCY.step(vacancy.state, "open")
    refuse_unready(vacancy, day_of(now))
    take_vacancy(vacancy, "open", opened_by=by, opened_at=now)
    record("vacancy.opened", by=by, target=target_of(vacancy.project), now=now, vacancy=str(vacancy.uuid))
    emails.vacancy_opened(vacancy)
    raise_revision()


@transaction.atomic
def close_vacancy(*, vacancy: Vacancy, by: Any, now: datetime.datetime) -> None:
    """Take no more replies. `by` is the project, or None for the clock. Raises PermissionDenied, StepNotAllowed."""
    if by is not None:
        can_lead(by, vacancy.project)
    take_vacancy(vacancy, "close", closed_at=now)
    record("vacancy.closed", by=by, target=target_of(vacancy.project), now=now, vacancy=str(vacancy.uuid))
    emails.vacancy_closed(vacancy)
    raise_revision()


def close_due_vacancies(now: datetime.datetime) -> int:
    """Close every vacancy whose last day is past; how many there were. A job of every minute."""
    due = Vacancy.objects.filter(state=VacancyState.OPEN, closes_on__lt=day_of(now)).select_related("project")
    closed = 0
    for vacancy in due.order_by("closes_on", "pk"):
        try:
            close_vacancy(vacancy=vacancy, by=None, now=now)
        except StepNotAllowed:  # the project was first
            continue
        closed += 1
    return closed


@transaction.atomic
def withdraw_vacancy(*, vacancy: Vacancy, text: str, by: Any, now: datetime.datetime) -> None:
    """Take a vacancy back with a reason that everybody reads; who replied is told it. Raises as `return_vacancy`."""
    can_lead(by, vacancy.project)
    VACANCY.step(vacancy.state, "withdraw")
    _withdraw(vacancy, readable(text, vacancy.project, _("Schrijf waarom. Iedereen kan dit lezen.")), by=by, now=now)


def stop_recruiting(*, project: Project, text: str, by: Any, now: datetime.datetime) -> None:
    """Take back every vacancy of a project that ends, and tell everybody who still waits; also a reserve.

    For a caller who may end it and holds a transaction.
    """
    for vacancy in project.vacancies.filter(state__in=[*WITHDRAWABLE, VacancyState.CLOSED]).order_by("pk"):
        step = "stop" if vacancy.state == VacancyState.CLOSED else "withdraw"
        _withdraw(vacancy, text, step=step, by=by, now=now)
    of_project = Candidacy.objects.filter(vacancy__project=project, erased_at=None)
    _decline(of_project, text, by=by, now=now)
    chosen = of_project.filter(state=CandidacyState.ACCEPTED, assignment=None)  # who made no account yet
    for candidacy in chosen.select_related("user", "vacancy__project").order_by("pk"):
        emails.project_over(candidacy)


WITHDRAWABLE = (VacancyState.DRAFT, VacancyState.IN_REVIEW, VacancyState.OPEN)


def _withdraw(
    vacancy: Vacancy, reason: str, *, by: Any, now: datetime.datetime, step: str = "withdraw"
) -> None:  # fmt: skip
    was_public = vacancy.opened_at is not None
    take_vacancy(vacancy, step, ended_at=now, ending_reason=reason)
    _decline(vacancy.candidacies.filter(erased_at=None), reason, by=by, now=now)
    record("vacancy.withdrawn", by=by, target=target_of(vacancy.project), now=now, vacancy=str(vacancy.uuid))
    if was_public:
        raise_revision()


def _decline(candidacies: CandidacyQuerySet, reason: str, *, by: Any, now: datetime.datetime) -> None:
    """Decline all on whom something still has to be decided, and tell each why."""
    for candidacy in candidacies.live().select_related("user", "vacancy__project").order_by("pk"):
        step = CANDIDACY.step(candidacy.state, "decline")
        there = Candidacy.objects.filter(pk=candidacy.pk, state__in=LIVE)
        if there.update(state=step.target, decided_at=now, decision_text=reason, proposed=""):
            candidacy.refresh_from_db()
            record("candidacy.declined", by=by, target=f"candidacy:{candidacy.uuid}", now=now)
            tell_candidate(candidacy, now=now)
