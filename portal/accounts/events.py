"""What people do with their account stands in the log too: allauth tells, we record."""

from typing import Any

from allauth.account import signals as account
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.dispatch import receiver
from django.utils import timezone

from portal.audit.record import record


@receiver(account.user_logged_in)
def signed_in(request: Any, user: Any, **more: Any) -> None:
    """Somebody is signed in, by these ways."""
    ways = [one["method"] for one in get_authentication_records(request, user)]
    record("account.signed_in", by=user, target=f"user:{user.pk}", now=timezone.now(), ways=ways)


@receiver([account.password_changed, account.password_set, account.password_reset])
def password_changed(user: Any, **more: Any) -> None:
    """Somebody has another password."""
    record("account.password_changed", by=user, target=f"user:{user.pk}", now=timezone.now())


@receiver(account.email_changed)
def address_changed(user: Any, **more: Any) -> None:
    """Somebody signs in by another address."""
    record("account.address_changed", by=user, target=f"user:{user.pk}", now=timezone.now())


@receiver(mfa.authenticator_added)
def factor_added(user: Any, authenticator: Authenticator, **more: Any) -> None:
    """Somebody has an app or passkey more, or got emergency codes."""
    sort = str(authenticator.type)
    record("account.second_step_added", by=user, target=f"user:{user.pk}", now=timezone.now(), sort=sort)


@receiver(mfa.authenticator_removed)
def factor_removed(user: Any, authenticator: Authenticator, **more: Any) -> None:
    """Somebody has an app or passkey less."""
    sort = str(authenticator.type)
    record("account.second_step_removed", by=user, target=f"user:{user.pk}", now=timezone.now(), sort=sort)


@receiver(mfa.authenticator_reset)
def codes_made(user: Any, **more: Any) -> None:
    """Somebody has new emergency codes; the old ones stopped."""
    record("account.emergency_codes_made", by=user, target=f"user:{user.pk}", now=timezone.now())
