"""What somebody has to do with claims, as lines of the workspace: one line for all claims that wait at one place."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
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


def where_spent(claim: Claim) -> str:
    """What the money is for: the project, or the purpose of a budget without one."""
    return claim.project.name if claim.project else claim.budget.purpose


def _fund(claim: Claim) -> str:
    return claim.budget.fund.name


def _payer(claim: Claim) -> str:
    return claim.budget.payer.organisation.name


def _payer_page(claim: Claim) -> str:
    return reverse("participation:money-payer", args=[claim.budget.payer.organisation.slug])


@dataclass(frozen=True, kw_only=True)
class Line:
    """How a kind of work stands on the workspace: one line for each `title`, that leads to its `page`."""

    duty: Duty
    what: str | Promise
    title: Callable[[Claim], str]
    page: Callable[[Claim], str]


LINES = (
    Line(duty=CHECK, what=_("Kijk declaraties na"), title=where_spent,
         page=lambda claim: reverse("participation:money-check")),
    Line(duty=APPROVE, what=_("Keur declaraties goed"), title=_fund,
         page=lambda claim: reverse("participation:money-approve")),
    Line(duty=PAY, what=_("Betaal declaraties"), title=_payer, page=_payer_page),
    Line(duty=UNDO, what=_("Beslis over terugdraaien"), title=_payer, page=_payer_page),
)  # fmt: skip


def money_tasks(user: Any) -> Iterator[Task]:
    """Claims to check, to approve and to pay; files that went to the bank; an account number to give again."""
    if works_with_money(user):
        for line in LINES:
            places = Counter((line.title(one), line.page(one)) for one in waiting_for(user, line.duty))
            for (name, url), number in places.items():
                yield Task(what=line.what, title=name, url=url, about=_number(number), group=Group.DECIDE)
        yield from _batches(user)
    yield from _accounts(user)


def works_with_money(user: Any) -> bool:
    """Whether `user` holds a role in which claims are checked, approved or paid."""
    return bool(user.memberships.filter(role__in=_ROLES).exists())


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
