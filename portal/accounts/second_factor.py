"""Who must have a second factor (standards.md, Login): everyone who can publish, decide or administer."""

import time
from collections.abc import Callable
from typing import Any

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from portal.organisations.permissions import with_those_below
from portal.organisations.roles import HEAVY, has_heavy_role

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# How a session remembers that the second step was taken elsewhere.
_BY_ORGANISATION = "second step by organisation"
_BY_EXAMPLE = "example"


def is_needed(user: Any) -> bool:
    """Whether `user` holds a role that asks for a second factor, for an organisation or for the portal."""
    return bool(user.is_superuser) or user.portal_duties.exists() or has_heavy_role(user)


def has_factor(user: Any) -> bool:
    """Whether `user` has an app for codes or a passkey."""
    return bool(is_mfa_enabled(user, FACTORS))


def is_missing(request: HttpRequest) -> bool:
    """Whether who asks needs a second factor, has none, and took no second step elsewhere."""
    user = request.user
    if not user.is_authenticated or not is_needed(user) or has_factor(user):
        return False
    return not any(_counts(record, user) for record in get_authentication_records(request, user))


def was_just_taken(request: HttpRequest) -> bool:
    """Whether who asks showed an own second factor in the last ten minutes, when signing in or after that."""
    since = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
    records = get_authentication_records(request, request.user)
    return any(one["method"] == "mfa" and one.get("type") in FACTORS and one["at"] > since for one in records)


def page_to_take_it(user: Any, then: str) -> str:
    """The address where `user` shows a second factor and goes on to `then`; "" for who has none."""
    if is_mfa_enabled(user, [Authenticator.Type.TOTP]):
        page = "mfa_reauthenticate"
    elif is_mfa_enabled(user, [Authenticator.Type.WEBAUTHN]):
        page = "mfa_reauthenticate_webauthn"
    else:
        return ""
    return f"{reverse(page)}?{urlencode({'next': then})}"


def before_second_factor(view: Callable[..., Any]) -> Any:
    """A view that who still has to set up a second factor may see: the pages on which that is done."""
    marked: Any = view
    marked.before_second_factor = True
    return marked


# --- A second step taken elsewhere -----------------------------------------------------------------------------------


def record_by_organisation(request: HttpRequest, user: Any, organisation: int) -> None:
    """Remember for this session that the own sign-in of an organisation asked for a second step."""
    record_authentication(request, user, _BY_ORGANISATION, organisation=organisation)


def record_by_example(request: HttpRequest, user: Any) -> None:
    """Remember that this is one click of an example person."""
    record_authentication(request, user, _BY_EXAMPLE)


def was_taken_elsewhere(request: HttpRequest, user: Any) -> bool:
    """Whether the sign-in that is going on now needs no second step of ours."""
    records = get_authentication_records(request, user)
    if records and records[-1]["method"] == "socialaccount":  # allauth adds it after what we recorded
        records = records[:-1]
    return any(_counts(record, user) for record in records[-1:])


def _counts(record: dict[str, Any], user: Any) -> bool:
    if record["method"] == _BY_EXAMPLE:
        return bool(settings.EXAMPLE_PEOPLE)
    return record["method"] == _BY_ORGANISATION and is_enough(user, record["organisation"])


def is_enough(user: Any, organisation: int) -> bool:
    """Whether the word of this organisation will do: every heavy role of `user` is for it or for those below it.

    It cannot speak for other organisations or for the portal: whoever runs its sign-in could be anybody there.
    """
    if user.is_superuser or user.portal_duties.exists():
        return False
    elsewhere = user.memberships.filter(role__in=HEAVY).exclude(organisation__in=with_those_below([organisation]))
    return not elsewhere.exists()
