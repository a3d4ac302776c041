"""Vacancies in the API: what was once public, the newest first. Nothing in it leads to who replied."""

import datetime
import uuid
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework.request import Request

from participation.api.vacancy_schema import vacancy_parameters
from participation.models import Vacancy
from participation.states import VacancyState
from participation.vacancy_list import has_words
from participation.vacancy_page import ENDED, FEWEST
from portal.api.paging import Cursor, Page, cursor_of, size_of
from portal.api.parameters import read
from portal.api.version import PATH
from portal.api.views import OpenView, answer, as_json, page_answer
from portal.core.text import sort_key
from transparency.service import moment, organisation_reference, page_of

Asked = dict[str, list[str]]
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_MICROSECOND = datetime.timedelta(microseconds=1)


class Vacancies(OpenView):
    """Vacancies that fit the words and filters of the address."""

    def get(self, request: Request) -> HttpResponse:
        """One page."""
        asked = read(vacancy_parameters(), request.query_params)
        return page_answer(request, asked, vacancies(asked))


class OneVacancy(OpenView):
    """One vacancy; never a 404 once it was public."""

    def get(self, request: Request, key: uuid.UUID) -> HttpResponse:
        """Its document."""
        read((), request.query_params)
        return answer(as_json(vacancy_document(get_object_or_404(public_vacancies(), uuid=key))))


# --- Which, and from where -------------------------------------------------------------------------------------------


def public_vacancies() -> Any:
    """Every vacancy that was open once, with what its document needs."""
    return Vacancy.objects.public().select_related("project__organisation").prefetch_related("criteria")


def vacancies(asked: Asked) -> Page:
    """The vacancies that fit, the newest first. No examples."""
    fits = [one for one in _chosen(asked).order_by("-opened_at", "-pk") if _fits(one, asked)]
    start, size = cursor_of(asked), size_of(asked)
    rest = [one for one in fits if start is None or _place(one) < (start.after, start.id)]
    shown = rest[:size]
    following = Cursor(after=_place(shown[-1])[0], id=shown[-1].pk) if len(rest) > size else None
    return Page(items=[as_json(vacancy_document(one)) for one in shown], total=len(fits), next=following)


def _chosen(asked: Asked) -> QuerySet[Vacancy]:
    keys = {"rol": "influence", "organisatie": "project__organisation__slug",
            "provincie": "project__organisation__province"}  # fmt: skip
    chosen = Q(**{field: asked[key][0] for key, field in keys.items() if key in asked})
    return public_vacancies().real().filter(chosen)


def _fits(vacancy: Vacancy, asked: Asked) -> bool:
    """Whether what is not looked up in the database fits: words, phase, and how far it is on this day."""
    phase = asked.get("fase", [""])[0]
    return (
        ("stand" not in asked or state_of(vacancy) in asked["stand"])
        and (not phase or not vacancy.phases or phase in vacancy.phases)
        and has_words(vacancy, sort_key(asked.get("q", [""])[0]).split())
    )


def _place(vacancy: Vacancy) -> tuple[int, int]:
    """Where a vacancy stands in the list: when it was opened, and its number."""
    opened = vacancy.opened_at or _EPOCH
    return (opened - _EPOCH) // _MICROSECOND, vacancy.pk


# --- The document ----------------------------------------------------------------------------------------------------


def state_of(vacancy: Vacancy) -> str:
    """How far a vacancy is today: past its last day it is closed, also before the job closed it."""
    is_over = vacancy.state == VacancyState.OPEN and not vacancy.is_open_on(timezone.localdate())
    return VacancyState.CLOSED.value if is_over else str(vacancy.state)


def vacancy_document(vacancy: Vacancy) -> dict[str, Any]:
    """Everything that is public of a vacancy; read with its project, organisation and criteria."""
    project = vacancy.project
    names = ("title", "title_en", "influence", "phases", "places", "tasks", "tasks_en", "hours", "fee_offer",
             "learning_offer", "support_offer", "perspectives", "language_reason")  # fmt: skip
    return {
        "id": str(vacancy.uuid),
        "slug": vacancy.slug,
        "url": f"{settings.PUBLIC_URL}{PATH}/vacatures/{vacancy.uuid}",
        "page": page_of(vacancy),
        "project": {"id": str(project.uuid), "slug": project.slug, "name": project.name, "page": page_of(project)},
        "organisation": organisation_reference(project.organisation),
        "is_example": project.organisation.is_example,
        "state": state_of(vacancy),
        **{name: getattr(vacancy, name) for name in names},
        "criteria": [
            {"text": one.text, "why": one.why, "is_must": one.is_must}
            for one in sorted(vacancy.criteria.all(), key=lambda one: one.place)
        ],
        "opened_at": moment(vacancy.opened_at),
        "closes_on": vacancy.closes_on.isoformat() if vacancy.closes_on else None,
        "closed_at": moment(vacancy.closed_at),
        "ended_at": moment(vacancy.ended_at),
        "ending_reason": vacancy.ending_reason,
        "account": _account(vacancy),
    }


def _account(vacancy: Vacancy) -> dict[str, Any] | None:
    """What came of it, once both sides ended it."""
    if vacancy.state not in ENDED:
        return None
    counts = {name: _count(vacancy.numbers.get(name, 0)) for name in ("responded", "chosen")}
    return {**counts, "missing": vacancy.missing, "text": vacancy.outcome_text}


def _count(number: int) -> int | None:
    """A number of people; None for a group that is too small to be told."""
    return number if number == 0 or number >= FEWEST else None
