"""Replies to vacancies: who wants to take part and why, what two assessors find, and what both sides decide."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from participation.models.assignment import Assignment
from participation.models.vacancy import Side, Vacancy
from participation.states import CandidacyState
from portal.organisations.models import Organisation

LIVE = (CandidacyState.SUBMITTED, CandidacyState.SHORTLISTED, CandidacyState.RESERVE)
_S = CandidacyState


class Choice(models.TextChoices):
    """What both sides can decide on somebody; in lower case the names of the steps (states.CANDIDACY)."""

    ACCEPT = "ACCEPT", _("Deze persoon doet mee")
    RESERVE = "RESERVE", _("Op de reservelijst")
    DECLINE = "DECLINE", _("Nu niet")


class Fit(models.TextChoices):
    """What an assessor finds."""

    FITS = "FITS", _("Past goed")
    MAYBE = "MAYBE", _("Past misschien")
    NOT = "NOT", _("Past niet")


class Wish(models.TextChoices):
    """Whether somebody wants to be paid for it."""

    FEE = "FEE", _("Ja, graag een vergoeding")
    COSTS = "COSTS", _("Alleen mijn kosten")
    NONE = "NONE", _("Nee, dat hoeft niet")
    LATER = "LATER", _("Dat weet ik nog niet")


class CandidacyQuerySet(models.QuerySet["Candidacy"]):
    """Ways to choose candidacies."""

    def received(self) -> Self:
        """Those that somebody may see: the mail address was confirmed."""
        return self.filter(confirmed_at__isnull=False)

    def live(self) -> Self:
        """Those on which something still has to be decided."""
        return self.received().filter(state__in=LIVE)


class Candidacy(models.Model):
    """Somebody's reply to a vacancy. Without an account it is reached by a link in a mail that works once.

    Never public, not even that it exists. When its time is past the row stays without the person, for the counts.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="candidacies")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="candidacies")
    name = models.CharField(max_length=150, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    motivation = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=CandidacyState, default=CandidacyState.SUBMITTED)
    submitted_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)  # none: nobody but who has the link may see it
    token_hash = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 (SHA-256; none when used)
    token_sent_at = models.DateTimeField(null=True)
    token_expires_at = models.DateTimeField(null=True)
    keep_consent_at = models.DateTimeField(null=True)  # consent of somebody without an account to keep it for a year
    put_forward_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="put_forward"
    )
    organisation = models.ForeignKey(  # the patient organisation that supports this person
        Organisation, on_delete=models.PROTECT, null=True, related_name="candidacies"
    )
    # What one side proposes; the other side agrees (actions/candidacies.py).
    proposed = models.CharField(max_length=8, choices=Choice, blank=True)
    proposed_side = models.CharField(max_length=8, choices=Side, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="choices_proposed"
    )
    proposed_at = models.DateTimeField(null=True)
    proposed_text = models.TextField(blank=True)  # the reason: the candidate reads it once the other side agrees
    decision_text = models.TextField(blank=True)  # why: the candidate reads it
    decided_at = models.DateTimeField(null=True)
    assignment = models.OneToOneField(Assignment, on_delete=models.SET_NULL, null=True, related_name="candidacy")
    erased_at = models.DateTimeField(null=True)

    objects = CandidacyQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=CandidacyState.values), name="candidacy_state"),
            models.CheckConstraint(condition=Q(proposed__in=["", *Choice.values]), name="candidacy_proposed"),
            models.CheckConstraint(condition=Q(proposed_side__in=["", *Side.values]), name="candidacy_proposed_side"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="candidacy_email_lower_case"),
            models.UniqueConstraint(
                fields=["vacancy", "email"], condition=~Q(email="") & ~Q(state=_S.WITHDRAWN), name="candidacy_mail_once"
            ),
            models.UniqueConstraint(
                fields=["vacancy", "user"], condition=~Q(state=_S.WITHDRAWN), name="candidacy_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[_S.SUBMITTED, _S.WITHDRAWN]) | Q(confirmed_at__isnull=False),
                name="candidacy_seen_is_confirmed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[_S.ACCEPTED, _S.RESERVE, _S.DECLINED]) | Q(decided_at__isnull=False),
                name="candidacy_decided_has_day",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(name="", email="", motivation="", proposed_text="", decision_text="", user__isnull=True),
                name="candidacy_erased_is_empty",
            ),
        ]

    class Retention:
        personal = (
            "user", "name", "email", "motivation", "submitted_at", "keep_consent_at", "put_forward_by", "proposed_by",
            "proposed_text", "decision_text",
        )  # fmt: skip
        keep = (
            "not confirmed: 7 days; withdrawn: not at all; declined: 4 weeks, with consent 1 year; reserve: as "
            "declined, from the end of the vacancy; chosen: 4 weeks; then the row stays without the person"
        )

    def __str__(self) -> str:
        return f"candidacy {self.pk} for vacancy {self.vacancy_id}"

    @property
    def address(self) -> str:
        """Where mails to this person go; nowhere when the person is erased or has no account any more."""
        if self.user is not None:
            return self.user.email if self.user.is_active else ""
        return self.email


class PaymentWish(models.Model):
    """Whether somebody wants to be paid. It stands apart, so that no page for who chooses can show it."""

    candidacy = models.OneToOneField(Candidacy, on_delete=models.CASCADE, related_name="payment_wish")
    wish = models.CharField(max_length=6, choices=Wish)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(wish__in=Wish.values), name="payment_wish")]

    class Retention:
        personal = ("wish",)
        keep = "as long as the candidacy has its person"

    def __str__(self) -> str:
        return f"wish of candidacy {self.candidacy_id}"


class Assessment(models.Model):
    """What one of two assessors finds, one of each side; the other one's is seen after one's own was given."""

    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="assessments")
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="assessments"
    )
    side = models.CharField(max_length=8, choices=Side)
    judgement = models.CharField(max_length=6, choices=Fit)
    text = models.TextField()
    given_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="assessment_side"),
            models.CheckConstraint(condition=Q(judgement__in=Fit.values), name="assessment_judgement"),
            models.CheckConstraint(condition=~Q(text=""), name="assessment_has_text"),
            models.UniqueConstraint(fields=["candidacy", "side"], name="assessment_of_each_side"),
            models.UniqueConstraint(fields=["candidacy", "assessor"], name="assessment_by_two"),
        ]

    class Retention:
        personal = ("assessor", "judgement", "text")
        keep = "as long as the candidacy has its person"

    def __str__(self) -> str:
        return f"assessment of candidacy {self.candidacy_id} by {self.side}"
