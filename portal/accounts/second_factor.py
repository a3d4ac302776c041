"""Who must have a second factor (standards.md, Login): everyone who can publish, decide or administer."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest

from portal.organisations.roles import has_heavy_role

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def is_needed(user: Any) -> bool:
    """Whether `user` holds a role that asks for a second factor, for an organisation or for the portal."""
    return bool(user.is_superuser) or user.portal_duties.exists() or has_heavy_role(user)


def is_missing(request: HttpRequest) -> bool:
    """Whether who asks needs a second factor and has none."""
    user = request.user
    return bool(user.is_authenticated) and is_needed(user) and not is_mfa_enabled(user, FACTORS)


def before_second_factor(view: Callable[..., Any]) -> Any:
    """A view that who still has to set up a second factor may see: the pages on which that is done."""
    marked: Any = view
    marked.before_second_factor = True
    return marked
