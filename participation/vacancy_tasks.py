"""What somebody has to do on vacancies, for the project or for its patients. No task names who replied."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from participation.models import Assessment, Candidacy, Project, Side, Vacancy
from participation.permissions import stand_ins
from participation.states import CandidacyState, ProjectState, VacancyState
from participation.vacancy_permissions import sides_about
from participation.whose import followed_by, led_by
from portal.organisations.models import Membership
from portal.organisations.roles import Role
from portal.ui.tasks import Task

UNDECIDED = (CandidacyState.SUBMITTED, CandidacyState.SHORTLISTED)


def vacancy_tasks(user: Any) -> Iterator[Task]:
    """Vacancies to write, to review and to end; people to look at, to weigh and to decide on."""
    for side, projects in ((Side.PROJECT, led_by(user)), (Side.PATIENTS, followed_by(user))):
        yield from _to_review(user, side, projects)
        yield from _to_choose(user, side, projects)
        yield from _to_end(user, side, projects)


def _to_review(user: Any, side: Side, projects: QuerySet[Project]) -> Iterator[Task]:
    running = Vacancy.objects.filter(project__in=projects, project__state=ProjectState.RUNNING)
    if side == Side.PATIENTS:
        for one in _ordered(running.filter(state=VacancyState.IN_REVIEW).exclude(submitted_by=user)):
            yield _task(_("Kijk de vacature na"), one)
    else:
        for one in _ordered(running.filter(state=VacancyState.DRAFT).exclude(review_text="")):
            yield _task(_("Verbeter de vacature"), one)


def _to_choose(user: Any, side: Side, projects: QuerySet[Project]) -> Iterator[Task]:
    judged = Exists(Assessment.objects.filter(candidacy=OuterRef("pk"), side=side))
    mine = Q(vacancy__project__in=projects)
    if side == Side.PATIENTS:  # and who replied as the only coordinator: there the stand-in decides with the project
        coordinators = Membership.objects.filter(role=Role.COORDINATOR).values("user")
        mine |= Q(Exists(stand_ins(Role.COORDINATOR).filter(user=user)), user__in=coordinators)
    live = Candidacy.objects.live().filter(mine, erased_at=None).exclude(user=user)
    live = live.annotate(weighed=Count("assessments"), judged=judged, is_mine=Q(vacancy__project__in=projects))
    for one in live.select_related("vacancy__project__organisation", "user").order_by("confirmed_at", "pk"):
        if not one.is_mine and side not in sides_about(user, one):
            continue
        if what := _what_to_do(user, side, one):
            yield _candidate_task(what, one)


def _what_to_do(user: Any, side: Side, candidacy: Any) -> str | Promise | None:
    """The next thing that `side` has to do about somebody, or None when the other side is to act."""
    if candidacy.proposed:
        mine = candidacy.proposed_side == side or candidacy.proposed_by_id == user.pk
        return None if mine else _("Beslis over een voorstel voor een aanmelding")
    if candidacy.state == CandidacyState.SUBMITTED:
        return _("Bekijk een aanmelding") if side == Side.PROJECT else None
    if candidacy.state == CandidacyState.SHORTLISTED:
        if not candidacy.judged:
            return _("Geef uw oordeel over een aanmelding")
        if candidacy.weighed == len(Side):
            return _("Stel een besluit voor over een aanmelding")
    return None


def _to_end(user: Any, side: Side, projects: QuerySet[Project]) -> Iterator[Task]:
    open_still = Candidacy.objects.received().filter(vacancy=OuterRef("pk"), state__in=UNDECIDED)
    closed = Vacancy.objects.filter(project__in=projects, state=VacancyState.CLOSED)
    for one in _ordered(closed.exclude(Exists(open_still))):
        if not one.proposed:
            yield _task(_("Vertel hoe de vacature afliep"), one)
        elif one.proposed_side != side and one.proposed_by_id != user.pk:
            yield _task(_("Ga akkoord met hoe de vacature afliep"), one)


def _ordered(found: QuerySet[Vacancy]) -> QuerySet[Vacancy]:
    return found.select_related("project__organisation").order_by("created_at", "pk")


def _task(what: str | Promise, vacancy: Vacancy) -> Task:
    url = reverse("participation:work-vacancy", args=[vacancy.project.slug, vacancy.uuid])
    return Task(what=what, title=vacancy.title, about=vacancy.project.name, url=url)


def _candidate_task(what: str | Promise, candidacy: Candidacy) -> Task:
    vacancy = candidacy.vacancy
    url = reverse("participation:candidate", args=[vacancy.project.slug, vacancy.uuid, candidacy.uuid])
    return Task(what=what, title=vacancy.title, about=vacancy.project.name, url=url)
