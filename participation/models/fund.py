"""Money that is set apart for patients: funds, what they plan, and the budgets of projects with their lines.

Amounts are whole euro cents. The totals on a row are what the ledger says, kept beside it so that one conditional
update can guard them (participation.md, Money); `check_ledger` proves that both say the same.
"""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from participation.models.assignment import Assignment
from participation.models.project import Project
from participation.models.vacancy import Side
from participation.states import BudgetState, CommitmentState, LineKind
from portal.organisations.models import Organisation


class FundQuerySet(models.QuerySet["Fund"]):
    """Ways to choose funds."""

    def real(self) -> Self:
        """Those that are no example: for figures, exports and feeds."""
        return self.filter(organisation__is_example=False)

    def in_order(self) -> Self:
        """As readers see them: what is real before examples."""
        return self.order_by("organisation__is_example", "name", "pk")


class Fund(models.Model):
    """Money of one organisation for patients. Everything here is public."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=100, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="funds")
    name = models.CharField(max_length=150)
    name_en = models.CharField(max_length=150, blank=True)
    summary = models.TextField()
    summary_en = models.TextField(blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    amount = models.BigIntegerField(default=0)  # put in, in cents
    earmarked = models.BigIntegerField(default=0)  # set apart on lines, in cents

    objects = FundQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(earmarked__gte=0, earmarked__lte=F("amount")), name="fund_covers_lines"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="fund_ends_later"),
        ]

    class Retention:
        personal = ()
        keep = "for ever: public facts"

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """The public page of the fund."""
        return reverse("participation:fund", args=[self.slug])


class FundPlan(models.Model):
    """What a fund means to spend in a year on one kind of cost: public, and nothing is booked for it."""

    fund = models.ForeignKey(Fund, on_delete=models.CASCADE, related_name="plans")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=LineKind)
    amount = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=LineKind.values), name="fund_plan_kind"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="fund_plan_amount"),
            models.UniqueConstraint(fields=["fund", "year", "kind"], name="fund_plan_once"),
        ]

    class Retention:
        personal = ()
        keep = "as long as the fund"

    def __str__(self) -> str:
        return f"plan {self.year} {self.kind} of fund {self.fund_id}"


class Payer(models.Model):
    """An organisation that pays out: from which account, and which scheme it may use. Only its own people see it."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="payer")
    may_pay_volunteers = models.BooleanField(default=False)  # the flat scheme for volunteers (Belastingdienst)
    account_name = models.CharField(max_length=70, blank=True)
    iban_sealed = models.TextField(blank=True)

    class Retention:
        personal = ()
        keep = "as long as the organisation pays: its own account, sealed"

    def __str__(self) -> str:
        return f"payer {self.organisation_id}"


class BudgetQuerySet(models.QuerySet["Budget"]):
    """Ways to choose budgets."""

    def real(self) -> Self:
        """Those that are no example: for figures, exports and feeds."""
        return self.filter(fund__organisation__is_example=False)


class Budget(models.Model):
    """What a fund sets apart for the patients of one project; without a project for training or structural support."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="budgets")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, related_name="budgets")
    purpose = models.CharField(max_length=200, blank=True)  # of a budget without a project
    purpose_en = models.CharField(max_length=200, blank=True)
    payer = models.ForeignKey(Payer, on_delete=models.PROTECT, related_name="budgets")
    state = models.CharField(max_length=10, choices=BudgetState, default=BudgetState.OPEN)
    starts_on = models.DateField()
    ends_on = models.DateField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closing_text = models.TextField(blank=True)  # why money was left: public
    went_back = models.BigIntegerField(default=0)  # cents that went back to the fund when it closed

    objects = BudgetQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=BudgetState.values), name="budget_state"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="budget_ends_later"),
            models.CheckConstraint(condition=Q(project__isnull=False) | ~Q(purpose=""), name="budget_is_for_something"),
            models.CheckConstraint(condition=Q(went_back__gte=0), name="budget_went_back"),
            models.UniqueConstraint(fields=["fund", "project"], name="budget_once"),
        ]

    class Retention:
        personal = ()
        keep = "for ever: public facts"

    def __str__(self) -> str:
        return f"budget {self.pk} of fund {self.fund_id}"


class BudgetLine(models.Model):
    """A part of a budget for one kind of cost. The database itself refuses more than what is set apart."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=12, choices=LineKind)
    earmarked = models.BigIntegerField(default=0)  # cents set apart
    committed = models.BigIntegerField(default=0)  # cents promised to somebody, and not yet approved
    spent = models.BigIntegerField(default=0)  # cents approved or paid

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=LineKind.values), name="line_kind"),
            models.CheckConstraint(condition=Q(committed__gte=0, spent__gte=0), name="line_not_below_zero"),
            models.CheckConstraint(
                condition=Q(earmarked__gte=F("committed") + F("spent")), name="line_never_more_than_earmarked"
            ),
            models.UniqueConstraint(fields=["budget", "kind"], name="line_once"),
        ]

    class Retention:
        personal = ()
        keep = "for ever: public facts"

    def __str__(self) -> str:
        return f"{self.kind} of budget {self.budget_id}"

    @property
    def free(self) -> int:
        """Cents that nobody has been promised."""
        return self.earmarked - self.committed - self.spent


class Commitment(models.Model):
    """Money promised to one person or organisation before anyone starts: claims never go above it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="commitments")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, null=True, related_name="commitments")
    organisation = models.ForeignKey(  # whose invoices it is for, when it is no person
        Organisation, on_delete=models.PROTECT, null=True, related_name="commitments"
    )
    state = models.CharField(max_length=10, choices=CommitmentState, default=CommitmentState.ASKED)
    amount = models.BigIntegerField()  # cents promised; after it is closed what was really used
    claimed = models.BigIntegerField(default=0)  # cents of it in claims that are on their way, approved or paid
    spent = models.BigIntegerField(default=0)  # cents of it approved or paid
    what_for = models.CharField(max_length=200)  # in plain words, for both sides
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_side = models.CharField(max_length=8, choices=Side)  # the other side agrees
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_text = models.TextField(blank=True)  # why not
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=CommitmentState.values), name="commitment_state"),
            models.CheckConstraint(condition=Q(asked_side__in=Side.values), name="commitment_asked_side"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="commitment_amount"),
            models.CheckConstraint(
                condition=Q(spent__gte=0, spent__lte=F("claimed"), claimed__lte=F("amount")),
                name="commitment_covers_claims",
            ),
            models.CheckConstraint(
                condition=Q(assignment__isnull=False, organisation__isnull=True)
                | Q(assignment__isnull=True, organisation__isnull=False),
                name="commitment_is_for_one",
            ),
        ]

    class Retention:
        personal = ("asked_by", "decided_by")
        keep = "7 years after the budget closed; who asked and decided as long as they have an account"

    def __str__(self) -> str:
        return f"commitment {self.pk} on line {self.line_id}"

    @property
    def left(self) -> int:
        """Cents that can still be claimed."""
        return self.amount - self.claimed
