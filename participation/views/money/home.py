"""The ways to money for who is signed in: to check, to approve, to pay, each with how much waits."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from participation.money_duties import APPROVE, CHECK, PAY, UNDO, batches_of, waiting_for
from portal.organisations.roles import Role


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits, in three groups; only what this person can do is shown."""
    user: Any = request.user
    roles = set(user.memberships.values_list("role", flat=True))
    pay = [*waiting_for(user, PAY), *waiting_for(user, UNDO)]
    context = {
        "to_check": len(waiting_for(user, CHECK)),
        "to_approve": len(waiting_for(user, APPROVE)),
        "to_pay": len(pay),
        "batches": len(batches_of(user)),
        "manages": Role.FUND_MANAGER in roles,
        "pays": Role.FINANCE_OFFICER in roles,
    }
    return render(request, "participation/money/judge_home.html", context)
