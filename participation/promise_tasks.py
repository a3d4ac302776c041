"""What funds and promises ask of somebody, as lines of the workspace."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from participation.actions.money.commitments import promised_in_all
from participation.fund_page import ends_soon, funds_of_manager, goes_unused, shown
from participation.models import Budget, Commitment, Fund
from participation.money_permissions import LONGEST_WAIT, can_decide_commitment, can_see_promises
from participation.permissions import stands_in
from participation.promises import WHOLE, without_promise
from participation.states import BudgetState, CommitmentState, ProjectState
from participation.whose import followed_by, led_by
from portal.core.money import euros
from portal.organisations.roles import Role
from portal.ui.tasks import Group, Task


def promise_tasks(user: Any) -> Iterator[Task]:
    """Promises to decide, budgets about to end, money that goes unused, and who was promised nothing yet."""
    today, funds = timezone.localdate(), funds_of_manager(user)
    yield from _to_decide(user, funds)
    yield from _budgets(user, funds, today)
    yield from _unpromised(user)


def _to_decide(user: Any, funds: list[Fund]) -> Iterator[Task]:
    projects = Q(line__budget__project__in=led_by(user)) | Q(line__budget__project__in=followed_by(user))
    mine = projects | Q(line__budget__fund__in=[one.pk for one in funds])
    if stands_in(user, Role.FUND_MANAGER) or stands_in(user, Role.COORDINATOR):
        mine |= Q(asked_at__lt=timezone.now() - datetime.timedelta(days=LONGEST_WAIT))  # each is looked at below
    asked = Commitment.objects.filter(mine, state=CommitmentState.ASKED).select_related(*WHOLE)
    own_funds = {one.pk for one in funds}
    for one in asked.order_by("asked_at", "pk"):
        if not can_decide_commitment.ok(user, one, promised_in_all(one)):
            continue
        budget = one.line.budget
        url = _of_budget(budget)
        if budget.project is not None and budget.fund_id not in own_funds and can_see_promises.ok(user, budget.project):
            url = reverse("participation:commitments", args=[budget.project.slug])
        yield Task(
            what=_("Beslis over geld"), title=f"{euros(one.amount)}, {one.what_for}", url=url, about=_about(budget),
            group=Group.DECIDE,
        )  # fmt: skip


def _budgets(user: Any, funds: list[Fund], today: datetime.date) -> Iterator[Task]:
    """For who manages the fund, and for who leads the project of the budget."""
    managed = {one.pk for one in funds}
    led = led_by(user).filter(state=ProjectState.RUNNING)
    still_open = Budget.objects.filter(Q(fund__in=managed) | Q(project__in=led), state=BudgetState.OPEN)
    whole = ("fund__organisation", "project__organisation", "payer__organisation")
    found = still_open.select_related(*whole).prefetch_related("lines")
    for budget in found.order_by("ends_on", "pk"):
        manages = budget.fund_id in managed
        if manages and ends_soon(budget, today):
            yield _task(_("Kijk naar dit budget: het loopt af"), budget, _of_budget(budget), today)
        elif goes_unused(shown(budget, today)):
            url = _of_budget(budget) if manages else _of_project(budget)
            yield _task(_("Geld voor patiënten blijft liggen"), budget, url, today)


def _unpromised(user: Any) -> Iterator[Task]:
    """Who takes part in a project with a budget, and was promised nothing."""
    mine = led_by(user).filter(state=ProjectState.RUNNING, budgets__state=BudgetState.OPEN)
    for project in mine.select_related("organisation").distinct().order_by("name", "pk"):
        if without_promise(project):
            yield Task(
                what=_("Regel een toezegging voor wie meedoet"), title=project.name, about=project.organisation.name,
                url=reverse("participation:commitments", args=[project.slug]),
            )  # fmt: skip


def _task(what: str | Promise, budget: Budget, url: str, today: datetime.date) -> Task:
    return Task(
        what=what, title=_about(budget), about=budget.fund.name, url=url, due=budget.ends_on,
        is_late=budget.ends_on < today,
    )  # fmt: skip


def _about(budget: Budget) -> str:
    return budget.project.name if budget.project is not None else budget.purpose


def _of_budget(budget: Budget) -> str:
    return reverse("participation:work-budget", args=[budget.fund.slug, budget.uuid])


def _of_project(budget: Budget) -> str:
    return reverse("participation:commitments", args=[budget.project.slug if budget.project else ""])
