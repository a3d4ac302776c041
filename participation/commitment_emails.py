"""Who is mailed what about promises of money. To others a representative is a number, never a name."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import override

from participation.emails import coordinators, members
from participation.models import Commitment, Fund
from participation.money_permissions import can_decide_commitment, needs_fund
from participation.permissions import stand_ins
from participation.starting_emails import who_takes_part
from portal.core.mail import send_mail
from portal.core.money import euros
from portal.organisations.roles import Role


def fund_managers(fund: Fund) -> list[Any]:
    """Who manages a fund, or stands in for one where nobody does."""
    own = members(fund.organisation, Role.FUND_MANAGER)
    return own or [one.user for one in stand_ins(Role.FUND_MANAGER).select_related("user").order_by("user")]


def receivers(commitment: Commitment) -> list[Any]:
    """Whose promise it is: that person, or the coordinators of the organisation."""
    if commitment.assignment is not None:
        return who_takes_part(commitment.assignment)
    return members(commitment.organisation, Role.COORDINATOR) if commitment.organisation else []


def deciders(commitment: Commitment, total: int) -> list[Any]:
    """Who may agree to it or refuse it; `total`: cents that its receiver is promised in all."""
    budget = commitment.line.budget
    if needs_fund(commitment, total) or budget.project is None:
        everybody = fund_managers(budget.fund)
    else:
        everybody = [*members(budget.project.organisation, Role.PROJECT_LEAD), *coordinators(budget.project)]
    return [one for one in everybody if can_decide_commitment.ok(one, commitment, total)]


def commitment_asked(commitment: Commitment, total: int) -> None:
    """To who has to decide."""
    _mail(deciders(commitment, total), "commitment_asked", commitment, _page(commitment, total))


def commitment_agreed(commitment: Commitment, by: Any) -> None:
    """To who asked, and to who can count on it now."""
    _mail([commitment.asked_by], "commitment_agreed", commitment, _page(commitment, 0), but=by)
    _mail(receivers(commitment), "commitment_yours", commitment, _own_page(commitment), but=by)


def commitment_refused(commitment: Commitment, reason: str, by: Any) -> None:
    """To who asked, with the reason."""
    _mail([commitment.asked_by], "commitment_refused", commitment, _page(commitment, 0), but=by, reason=reason)


def commitment_released(commitment: Commitment, by: Any) -> None:
    """To who could count on it: what is not asked for yet, is not there any more."""
    _mail(receivers(commitment), "commitment_over", commitment, _own_page(commitment), but=by)


def _page(commitment: Commitment, total: int) -> str:
    budget = commitment.line.budget
    with override("nl"):
        if needs_fund(commitment, total) or budget.project is None:
            return reverse("participation:work-budget", args=[budget.fund.slug, budget.uuid])
        return reverse("participation:commitments", args=[budget.project.slug])


def _own_page(commitment: Commitment) -> str:
    with override("nl"):
        if commitment.assignment is not None:
            return reverse("participation:assignment", args=[commitment.assignment.uuid])
        return reverse("work")


def _mail(
    people: Iterable[Any], event: str, commitment: Commitment, path: str, *, but: Any = None, **more: Any
) -> None:  # fmt: skip
    budget = commitment.line.budget
    with override("nl"):
        told = {
            "amount": euros(commitment.amount), "what_for": commitment.what_for, "path": path,
            "about": budget.project.name if budget.project else budget.purpose, **more,
        }  # fmt: skip
    for person in {one.pk: one for one in people if one is not None and one.is_active}.values():
        if but is None or person.pk != but.pk:
            send_mail(person.email, f"participation/{event}", told)
