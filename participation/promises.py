"""Promises of money as people see them: for whom, how each stands, and what somebody can do with it. Read only."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from participation.actions.money.commitments import promised_in_all
from participation.models import Assignment, Budget, BudgetLine, Commitment, Project
from participation.money_fund_forms import line_choice
from participation.money_permissions import (
    acting_side,
    can_ask_commitment,
    can_decide_commitment,
    can_release_commitment,
    needs_fund,
)
from participation.people import People
from participation.states import AssignmentState, BudgetState, CommitmentState, LineKind
from portal.organisations.models import Organisation

HOLDS = (CommitmentState.ASKED, CommitmentState.RESERVED)
WHOLE = (
    "line__budget__fund__organisation", "line__budget__payer__organisation",
    "line__budget__project__organisation__parent", "line__budget__project__patient_side__parent",
    "assignment__user", "organisation", "asked_by",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class PromiseShown:
    """One promise, and what who looks can do with it."""

    it: Commitment
    who: str
    kind: str | Promise
    waits_for: str
    may_decide: bool
    may_withdraw: bool
    may_release: bool
    key: uuid.UUID  # of the form with which something is done


def promises_of(budgets: Iterable[Budget]) -> list[Commitment]:
    """Every promise out of `budgets`: what has to be decided first, then the newest."""
    found = Commitment.objects.filter(line__budget__in=[one.pk for one in budgets]).select_related(*WHOLE)
    return sorted(found.order_by("-asked_at", "-pk"), key=lambda one: one.state != CommitmentState.ASKED)


def shown_promises(user: Any, promises: Iterable[Commitment], people: People | None = None) -> list[PromiseShown]:
    """The same for `user`. Only with `people` a representative has a name; else a number."""
    return [_shown(user, one, people) for one in promises]


def _shown(user: Any, one: Commitment, people: People | None) -> PromiseShown:
    asked, budget = one.state == CommitmentState.ASKED, one.line.budget
    total = promised_in_all(one) if asked else 0
    may_ask = asked and can_ask_commitment.ok(user, budget)
    return PromiseShown(
        it=one,
        who=receiver_of(one, people),
        kind=LineKind(one.line.kind).label,
        waits_for=_waits_for(one, total) if asked else "",
        may_decide=asked and can_decide_commitment.ok(user, one, total),
        may_withdraw=may_ask and (user.pk == one.asked_by_id or acting_side(user, budget) == one.asked_side),
        may_release=one.state == CommitmentState.RESERVED and can_release_commitment.ok(user, one),
        key=uuid.uuid4(),
    )


def receiver_of(one: Commitment, people: People | None = None) -> str:
    """Whose promise it is, in words."""
    if one.assignment is None:
        return one.organisation.name if one.organisation else ""
    if people is not None:
        return people.known_as(one.assignment)
    return _("patiëntvertegenwoordiger %(number)d") % {"number": one.assignment.number}


def _waits_for(one: Commitment, total: int) -> str:
    if needs_fund(one, total):
        return _("Wacht op de beheerder van het fonds.")
    if one.asked_side == "PROJECT":
        return _("Wacht op de coördinator van de patiënten.")
    return _("Wacht op de projectleider.")


# --- On a project ----------------------------------------------------------------------------------------------------


def budgets_of(project: Project) -> list[Budget]:
    """The budgets of a project, what is open first."""
    whole = (
        "fund__organisation",
        "payer__organisation",
        "project__organisation__parent",
        "project__patient_side__parent",
    )
    return list(project.budgets.select_related(*whole).prefetch_related("lines").order_by("-state", "starts_on", "pk"))


def without_promise(project: Project) -> list[Assignment]:
    """Who takes part or is about to, and was promised nothing: nobody should start so. None without an open budget."""
    if not project.budgets.filter(state=BudgetState.OPEN).exists():
        return []
    promised = Commitment.objects.filter(state__in=HOLDS, assignment__isnull=False).values("assignment")
    found = project.assignments.exclude(state=AssignmentState.ENDED).filter(user__isnull=False)
    return list(found.exclude(pk__in=promised).select_related("user").order_by("number"))


def promised_to(assignment: Assignment) -> list[Commitment]:
    """What somebody can count on for a role."""
    found = assignment.commitments.filter(state=CommitmentState.RESERVED).select_related("line")
    return list(found.order_by("pk"))


def receivers_of(project: Project, people: People) -> list[tuple[str, str, Any]]:
    """(code, words, who) for whom money can be asked: who takes part, and the patient organisations around it."""
    takes_part = [
        (f"deelnemer-{one.uuid}", people.known_as(one), one)
        for one in people.assignments
        if one.state != AssignmentState.ENDED
    ]
    around = Q(pk=project.patient_side_id) | Q(assignments__project=project)
    sides = Organisation.objects.filter(around, kind="PATIENT_ORGANISATION").distinct().order_by("sort_key", "pk")
    return [*takes_part, *((f"organisatie-{one.slug}", one.name, one) for one in sides)]


def patient_organisations_for(budget: Budget) -> list[tuple[str, str, Any]]:
    """The same for a budget without a project: any patient organisation that was checked."""
    found = Organisation.objects.filter(
        kind="PATIENT_ORGANISATION", verified_at__isnull=False, is_example=budget.fund.organisation.is_example
    )
    return [(f"organisatie-{one.slug}", one.name, one) for one in found.order_by("sort_key", "pk")]


def lines_of(budgets: Iterable[Budget]) -> list[tuple[str, str, BudgetLine]]:
    """(code, words, line) out of which money can be asked: of open budgets, with what is left of each."""
    found = []
    for budget in budgets:
        if budget.state != BudgetState.OPEN:
            continue
        for line in budget.lines.all():
            line.budget = budget
            label = f"{line_choice(line)[1]} ({budget.fund.name})"
            found.append((str(line.uuid), label, line))
    return found
