"""Vacancies: open roles for representatives, what they ask and offer, and what came of them."""

import datetime
import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from participation.models.project import Project
from participation.states import Influence, VacancyState


class Side(models.TextChoices):
    """The two sides that decide together."""

    PROJECT = "PROJECT", _("Het project")
    PATIENTS = "PATIENTS", _("De patiëntenorganisatie")


class VacancyEnd(models.TextChoices):
    """What came of a vacancy, in the words of who proposes it."""

    FILLED = "FILLED", _("Er doen mensen mee")
    NOT_FILLED = "NOT_FILLED", _("Er doet niemand mee")


NOT_PUBLIC = (VacancyState.DRAFT, VacancyState.IN_REVIEW)


def _person(name: str) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name=name)


class VacancyQuerySet(models.QuerySet["Vacancy"]):
    """Ways to choose vacancies."""

    def public(self) -> Self:
        """What everybody may read: whatever was open once."""
        return self.filter(opened_at__isnull=False)

    def open_on(self, day: datetime.date) -> Self:
        """Those to which somebody can reply on `day`."""
        return self.filter(state=VacancyState.OPEN, closes_on__gte=day)

    def real(self) -> Self:
        """Those that are no example: for figures, exports and feeds."""
        return self.filter(project__organisation__is_example=False)

    def in_order(self) -> Self:
        """As readers see them: what is real before examples, what closes first."""
        return self.order_by("project__organisation__is_example", "closes_on", "pk")


class Vacancy(models.Model):
    """An open role on a project. Public once the patient side opened it; the decision at its end is of both sides."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=120, unique=True)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="vacancies")
    state = models.CharField(max_length=12, choices=VacancyState, default=VacancyState.DRAFT)
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120, blank=True)
    influence = models.CharField(max_length=10, choices=Influence, default=Influence.ADVISER)
    phases = models.JSONField(default=list)  # list of Phase; none: all
    places = models.PositiveSmallIntegerField(default=1)
    tasks = models.TextField(blank=True)
    tasks_en = models.TextField(blank=True)
    hours = models.CharField(max_length=200, blank=True)  # "2 uur per maand, een half jaar"
    fee_offer = models.TextField(blank=True)
    learning_offer = models.TextField(blank=True)
    support_offer = models.TextField(blank=True)
    perspectives = models.JSONField(default=list)  # list of str: whose experience is wanted, in plain words
    closes_on = models.DateField(null=True)  # the last day to reply
    language_reason = models.TextField(blank=True)  # why these texts stay a little hard: public
    review_text = models.TextField(blank=True)  # what the patient side wants to be changed
    created_at = models.DateTimeField()
    submitted_by = _person("vacancies_submitted")
    submitted_at = models.DateTimeField(null=True)
    opened_by = _person("vacancies_opened")
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ending_reason = models.TextField(blank=True)  # why it was withdrawn: public
    # What one side proposes as the end; the other side agrees (actions/vacancies.py). Public after that.
    proposed = models.CharField(max_length=10, choices=VacancyEnd, blank=True)
    proposed_side = models.CharField(max_length=8, choices=Side, blank=True)
    proposed_by = _person("outcomes_proposed")
    proposed_at = models.DateTimeField(null=True)
    outcome_text = models.TextField(blank=True)
    missing = models.JSONField(default=list)  # list of str: who of those affected does not take part
    numbers = models.JSONField(default=dict)  # {"responded", "chosen"}: kept when the people are erased

    objects = VacancyQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=VacancyState.values), name="vacancy_state"),
            models.CheckConstraint(condition=Q(influence__in=Influence.values), name="vacancy_influence"),
            models.CheckConstraint(condition=Q(proposed__in=["", *VacancyEnd.values]), name="vacancy_proposed"),
            models.CheckConstraint(condition=Q(proposed_side__in=["", *Side.values]), name="vacancy_proposed_side"),
            models.CheckConstraint(condition=Q(places__gte=1), name="vacancy_places"),
            models.CheckConstraint(
                condition=Q(state__in=[*NOT_PUBLIC, VacancyState.WITHDRAWN])
                | Q(opened_at__isnull=False, closes_on__isnull=False),
                name="vacancy_open_has_days",
            ),
            models.CheckConstraint(
                condition=~Q(state=VacancyState.WITHDRAWN) | (Q(ended_at__isnull=False) & ~Q(ending_reason="")),
                name="vacancy_withdrawn_has_reason",
            ),
        ]

    class Retention:
        personal = ("submitted_by", "opened_by", "proposed_by")
        keep = "for ever: public; who wrote, opened and proposed as long as they have an account"

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """The public page of the vacancy."""
        return reverse("participation:vacancy", args=[self.slug])

    def is_open_on(self, day: datetime.date) -> bool:
        """Whether somebody can reply on `day`: the clock may be ahead of the job that closes it."""
        return self.state == VacancyState.OPEN and self.closes_on is not None and day <= self.closes_on


class VacancyCriterion(models.Model):
    """What somebody must bring, or had better bring, and why."""

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="criteria")
    text = models.CharField(max_length=200)
    why = models.CharField(max_length=300)
    is_must = models.BooleanField(default=False)
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["vacancy", "place"], name="criterion_place_once")]

    class Retention:
        personal = ()
        keep = "as long as the vacancy"

    def __str__(self) -> str:
        return f"criterion {self.place} of {self.vacancy_id}"
