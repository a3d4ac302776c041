"""What everybody may see of a vacancy: what it names, and afterwards in numbers what came of it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.models import Project, Vacancy
from participation.states import Phase, VacancyState

FEWEST = 5  # a smaller group of people is never shown as a number (participation.md, Public figures)
ENDED = (VacancyState.FILLED, VacancyState.NOT_FILLED)


def in_words(number: int) -> str:
    """A number of people for everybody: nobody, fewer than five, or the number."""
    if number == 0:
        return _("niemand")
    return _("minder dan 5") if number < FEWEST else str(number)


@dataclass(frozen=True, kw_only=True)
class Account:
    """What came of a vacancy, in words; nothing in it leads to a person."""

    responded: str
    chosen: str
    missing: list[str]
    text: str


def account_of(vacancy: Vacancy) -> Account | None:
    """The public account of a vacancy that both sides ended; None before that."""
    if vacancy.state not in ENDED:
        return None
    numbers = vacancy.numbers
    return Account(
        responded=in_words(numbers.get("responded", 0)), chosen=in_words(numbers.get("chosen", 0)),
        missing=vacancy.missing, text=vacancy.outcome_text,
    )  # fmt: skip


def context_of(vacancy: Vacancy) -> dict[str, Any]:
    """The template context of the public page, and of what both sides see before."""
    return {
        "vacancy": vacancy,
        "project": vacancy.project,
        "criteria": vacancy.criteria.order_by("-is_must", "place"),
        "phases": [Phase(phase).label for phase in vacancy.phases],
        "is_open": vacancy.is_open_on(timezone.localdate()),
        "account": account_of(vacancy),
    }


def vacancies_of(project: Project) -> dict[str, Any]:
    """What the page of a project shows: what is open now, and what came of the others, the newest first."""
    today = timezone.localdate()
    public = project.vacancies.public().select_related("project").order_by("-opened_at", "-pk")
    return {
        "open_vacancies": [one for one in public if one.is_open_on(today)],
        "past_vacancies": [(one, account_of(one)) for one in public if not one.is_open_on(today)],
    }


def has_open_vacancy(today: Any) -> Exists:
    """For a list of projects: whether somebody can reply to one of its vacancies on `today`."""
    return Exists(Vacancy.objects.open_on(today).filter(project=OuterRef("pk")))
