"""Vacancies and who replies to them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.workflow import Step, Workflow


class VacancyState(models.TextChoices):
    """How far a vacancy is."""

    DRAFT = "DRAFT", _("Wordt geschreven")
    IN_REVIEW = "IN_REVIEW", _("Bij de patiëntenorganisatie")
    OPEN = "OPEN", _("Open")
    CLOSED = "CLOSED", _("Gesloten")
    FILLED = "FILLED", _("Vervuld")
    NOT_FILLED = "NOT_FILLED", _("Niet vervuld")
    WITHDRAWN = "WITHDRAWN", _("Ingetrokken")


VACANCY = Workflow(
    initial=VacancyState.DRAFT,
    statuses=VacancyState,
    steps=[
        Step(name="submit", source=VacancyState.DRAFT, target=VacancyState.IN_REVIEW),
        Step(name="return", source=VacancyState.IN_REVIEW, target=VacancyState.DRAFT),
        Step(name="open", source=VacancyState.IN_REVIEW, target=VacancyState.OPEN),
        Step(name="close", source=VacancyState.OPEN, target=VacancyState.CLOSED),
        Step(name="fill", source=VacancyState.CLOSED, target=VacancyState.FILLED),
        Step(name="leave_empty", source=VacancyState.CLOSED, target=VacancyState.NOT_FILLED),
        Step(name="withdraw", source=VacancyState.DRAFT, target=VacancyState.WITHDRAWN),
        Step(name="withdraw", source=VacancyState.IN_REVIEW, target=VacancyState.WITHDRAWN),
        Step(name="withdraw", source=VacancyState.OPEN, target=VacancyState.WITHDRAWN),
        Step(name="stop", source=VacancyState.CLOSED, target=VacancyState.WITHDRAWN),  # with its project only
    ],
)


class CandidacyState(models.TextChoices):
    """How far somebody's reply to a vacancy is."""

    SUBMITTED = "SUBMITTED", _("Ontvangen")
    SHORTLISTED = "SHORTLISTED", _("Wij bekijken het samen")
    ACCEPTED = "ACCEPTED", _("U doet mee")
    RESERVE = "RESERVE", _("Reserve")
    DECLINED = "DECLINED", _("Niet gekozen")
    WITHDRAWN = "WITHDRAWN", _("Teruggetrokken")


CANDIDACY = Workflow(
    initial=CandidacyState.SUBMITTED,
    statuses=CandidacyState,
    steps=[
        Step(name="shortlist", source=CandidacyState.SUBMITTED, target=CandidacyState.SHORTLISTED),
        Step(name="decline", source=CandidacyState.SUBMITTED, target=CandidacyState.DECLINED),
        Step(name="accept", source=CandidacyState.SHORTLISTED, target=CandidacyState.ACCEPTED),
        Step(name="reserve", source=CandidacyState.SHORTLISTED, target=CandidacyState.RESERVE),
        Step(name="decline", source=CandidacyState.SHORTLISTED, target=CandidacyState.DECLINED),
        Step(name="accept", source=CandidacyState.RESERVE, target=CandidacyState.ACCEPTED),
        Step(name="decline", source=CandidacyState.RESERVE, target=CandidacyState.DECLINED),
        *(
            Step(name="withdraw", source=state, target=CandidacyState.WITHDRAWN)
            for state in (CandidacyState.SUBMITTED, CandidacyState.SHORTLISTED, CandidacyState.RESERVE)
        ),
    ],
)
