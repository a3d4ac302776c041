"""Who is mailed what about vacancies: mails to the two sides never say who replied."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from participation.emails import coordinators, members
from participation.models import Candidacy, Vacancy
from participation.starting_permissions import coordinators_beside
from participation.states import CandidacyState
from participation.vacancy_permissions import can_agree, can_agree_outcome
from portal.accounts.models import User
from portal.core import links
from portal.core.mail import send_mail
from portal.organisations.roles import Role


def link_address(token: str) -> str:
    """The whole address of the link of a mail."""
    return links.address("participation:candidacy-link", token)


# --- Who -------------------------------------------------------------------------------------------------------------


def _leads(vacancy: Vacancy) -> list[Any]:
    """Who leads the project, or every project lead when nobody does."""
    lead = vacancy.project.lead
    return [lead] if lead is not None and lead.is_active else members(vacancy.project.organisation, Role.PROJECT_LEAD)


def _both(vacancy: Vacancy) -> list[Any]:
    return [*_leads(vacancy), *coordinators(vacancy.project)]


def _who_weigh(candidacy: Candidacy) -> list[Any]:
    """Both sides, but for who replied: nobody judges themselves."""
    vacancy = candidacy.vacancy
    beside = coordinators_beside(vacancy.project, candidacy.user).values("user")
    people = [*_leads(vacancy), *User.objects.filter(pk__in=beside).order_by("pk")]
    return [user for user in people if user.pk != candidacy.user_id]


def _mail(people: Iterable[Any], event: str, vacancy: Vacancy, path: str, **context: Any) -> None:
    """The same mail to each of `people`, once."""
    for person in {one.pk: one for one in people if one is not None and one.is_active}.values():
        send_mail(person.email, event, {**context, "vacancy": vacancy, "project": vacancy.project, "path": path})


def _work_page(vacancy: Vacancy) -> str:
    with override("nl"):
        return reverse("participation:work-vacancy", args=[vacancy.project.slug, vacancy.uuid])


def _candidate_page(candidacy: Candidacy) -> str:
    vacancy = candidacy.vacancy
    with override("nl"):
        return reverse("participation:candidate", args=[vacancy.project.slug, vacancy.uuid, candidacy.uuid])


# --- The vacancy -----------------------------------------------------------------------------------------------------


def vacancy_submitted(vacancy: Vacancy) -> None:
    """To the patient side, which opens it."""
    people = [user for user in coordinators(vacancy.project) if user.pk != vacancy.submitted_by_id]
    _mail(people, "participation/vacancy_submitted", vacancy, _work_page(vacancy))


def vacancy_returned(vacancy: Vacancy) -> None:
    """To who wrote it."""
    _mail([vacancy.submitted_by, *_leads(vacancy)], "participation/vacancy_returned", vacancy, _work_page(vacancy))


def vacancy_opened(vacancy: Vacancy) -> None:
    """To who wrote it: everybody can read it now."""
    _mail([vacancy.submitted_by, *_leads(vacancy)], "participation/vacancy_opened", vacancy, vacancy_page(vacancy))


def vacancy_page(vacancy: Vacancy) -> str:
    """The path of the public page."""
    with override("nl"):
        return vacancy.get_absolute_url()


def vacancy_closed(vacancy: Vacancy) -> None:
    """To both sides: now they choose."""
    _mail(_both(vacancy), "participation/vacancy_closed", vacancy, _work_page(vacancy))


def outcome_proposed(vacancy: Vacancy) -> None:
    """To the other side, which agrees or proposes something else."""
    people = [user for user in _both(vacancy) if can_agree_outcome.ok(user, vacancy)]
    _mail(people, "participation/outcome_proposed", vacancy, _work_page(vacancy))


# --- The two sides, about somebody who replied -----------------------------------------------------------------------


def somebody_replied(candidacy: Candidacy) -> None:
    """To the project, which looks first."""
    _mail(_leads(candidacy.vacancy), "participation/somebody_replied", candidacy.vacancy, _candidate_page(candidacy))


def to_weigh(candidacy: Candidacy, *, by: Any) -> None:
    """To both sides: each gives its judgement."""
    people = [user for user in _who_weigh(candidacy) if user.pk != by.pk]
    _mail(people, "participation/to_weigh", candidacy.vacancy, _candidate_page(candidacy))


def choice_proposed(candidacy: Candidacy) -> None:
    """To the other side, which agrees or proposes something else."""
    people = [user for user in _who_weigh(candidacy) if can_agree.ok(user, candidacy)]
    _mail(people, "participation/choice_proposed", candidacy.vacancy, _candidate_page(candidacy))


# --- Who replied -----------------------------------------------------------------------------------------------------


def _to_candidate(candidacy: Candidacy, event: str, link: str) -> None:
    if not candidacy.address:
        return
    context = {"candidacy": candidacy, "vacancy": candidacy.vacancy, "project": candidacy.vacancy.project,
               "link": link, "until": candidacy.token_expires_at if candidacy.token_hash else None,
               "ask_again": links.address("participation:candidacy-new-link"), "contact": settings.CONTACT_EMAIL,
               "page": vacancy_page(candidacy.vacancy)}  # fmt: skip
    send_mail(candidacy.address, event, context)


def candidacy_link(candidacy: Candidacy, token: str) -> None:
    """A link that works once: to confirm, or to see, correct and take back."""
    _to_candidate(candidacy, "participation/candidacy_link", link_address(token))


TOLD = {
    CandidacyState.SUBMITTED: "participation/candidate_received",
    CandidacyState.SHORTLISTED: "participation/candidate_weighed",
    CandidacyState.ACCEPTED: "participation/candidate_accepted",
    CandidacyState.RESERVE: "participation/candidate_reserve",
    CandidacyState.DECLINED: "participation/candidate_declined",
}


def candidate_told(candidacy: Candidacy, link: str) -> None:
    """How the reply stands: received, being weighed, or decided with the reason."""
    _to_candidate(candidacy, TOLD[CandidacyState(candidacy.state)], link)


def project_over(candidacy: Candidacy) -> None:
    """To who was chosen and did not start yet: the project ended."""
    _to_candidate(candidacy, "participation/candidate_project_over", "")


def candidate_put_forward(candidacy: Candidacy) -> None:
    """To who was put forward, with the way to take it back."""
    link = links.address("participation:my-candidacy", candidacy.uuid)
    _to_candidate(candidacy, "participation/put_forward", link)
