"""What somebody has to do with claims, as lines of the workspace: one line for all claims that wait at one place."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from participation.actions.money.failed_accounts import WAITS_FOR_ACCOUNT
from participation.models import Claim
from participation.money_duties import APPROVE, CHECK, PAY, UNDO, Duty, batches_of, waiting_for
from participation.permissions import stands_in
from portal.organisations.roles import Role
from portal.ui.tasks import Group, Task

_ROLES = (Role.PROJECT_LEAD, Role.COORDINATOR, Role.FUND_MANAGER, Role.FINANCE_OFFICER)
LINES: tuple[tuple[Duty, str | Promise, Callable[[Claim], str], Callable[[Claim], str]], ...] = (
    (CHECK, _("Kijk declaraties na"), lambda one: where_spent(one), lambda one: reverse("participation:money-check")),
    (APPROVE, _("Keur declaraties goed"), lambda one: one.budget.fund.name,
     lambda one: reverse("participation:money-approve")),
    (PAY, _("Betaal declaraties"), lambda one: one.budget.payer.organisation.name,
     lambda one: reverse("participation:money-payer", args=[one.budget.payer.organisation.slug])),
    (UNDO, _("Beslis over terugdraaien"), lambda one: one.budget.payer.organisation.name,
     lambda one: reverse("participation:money-payer", args=[one.budget.payer.organisation.slug])),
)  # fmt: skip


def money_tasks(user: Any) -> Iterator[Task]:
    """Claims to check, to approve and to pay; files that went to the bank; an account number to give again."""
    if works_with_money(user):
        for duty, what, title, page in LINES:
            places = Counter((title(one), page(one)) for one in waiting_for(user, duty))
            for (name, url), number in places.items():
                yield Task(what=what, title=name, url=url, about=_number(number), group=Group.DECIDE)
        yield from _batches(user)
    yield from _accounts(user)


def works_with_money(user: Any) -> bool:
    """Whether `user` holds a role in which claims are checked, approved or paid."""
    return bool(user.memberships.filter(role__in=_ROLES).exists())


def where_spent(claim: Claim) -> str:
    """What the money is for: the project, or the purpose of a budget without one."""
    return claim.project.name if claim.project else claim.budget.purpose


def _number(number: int) -> str:
    return ngettext("%(number)d declaratie", "%(number)d declaraties", number) % {"number": number}


def _batches(user: Any) -> Iterator[Task]:
    if not user.memberships.filter(role=Role.FINANCE_OFFICER).exists() and not stands_in(user, Role.FINANCE_OFFICER):
        return
    for batch in batches_of(user):
        organisation = batch.payer.organisation
        yield Task(
            what=_("Zeg of de bank betaalde"), title=organisation.name, due=batch.pay_on, about=_number(batch.count),
            url=reverse("participation:money-batch", args=[organisation.slug, batch.uuid]), group=Group.DECIDE,
        )  # fmt: skip


def _accounts(user: Any) -> Iterator[Task]:
    """Own claims that wait for another account number."""
    waiting = Claim.objects.filter(WAITS_FOR_ACCOUNT, user=user.pk).exclude(failed_reason="", iban_sealed__gt="")
    for claim in waiting.select_related("budget", "project").order_by("pk"):
        yield Task(
            what=_("Geef uw rekeningnummer nog een keer"), title=where_spent(claim), group=Group.FIRST,
            url=reverse("participation:money-claim-account", args=[claim.uuid]),
        )  # fmt: skip
