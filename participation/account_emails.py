"""Who is mailed what about the closing account of a project."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import override

from participation.advice_emails import leads
from participation.emails import coordinators
from participation.models import ClosingAccount
from portal.accounts.models import User
from portal.core.mail import send_mail


def _send(people: Iterable[User], event: str, account: ClosingAccount) -> None:
    with override("nl"):
        path = reverse("participation:account", args=[account.project.slug])
    for user in people:
        context = {"project": account.project, "account": account, "path": path}
        send_mail(user.email, f"participation/{event}", context)


def offered(account: ClosingAccount) -> None:
    """To who acts for the patients: do you agree?"""
    _send(coordinators(account.project), "account_offered", account)


def returned(account: ClosingAccount) -> None:
    """To who leads the project: not yet, and why."""
    _send(leads(account.project), "account_returned", account)


def agreed(account: ClosingAccount) -> None:
    """To who leads the project: the patient side agrees."""
    _send(leads(account.project), "account_agreed", account)
