"""Signing in as people do: with a password on the page, and the code of an app after it."""

import re
import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.urls import reverse

from portal.accounts.models import User
from portal.core.sealing import unseal
from tests.factories.people import PASSWORD, has_factor


def code_of(user: User, periods: int = 0) -> str:
    """The code that the app of `user` shows now, or so many periods of half a minute later."""
    app = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    return format_hotp_value(hotp_value(unseal(app.data["secret"]), int(time.time()) // 30 + periods))


def first_step(client: Any, user: User, **more: str) -> Any:
    """The answer to the right password; `more` is sent with it."""
    return client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD, **more})


def second_step(client: Any, code: str) -> Any:
    """The answer to a code."""
    return client.post(reverse("mfa_authenticate"), {"code": code})


def sign_in(client: Any, user: User) -> Any:
    """Sign in with everything that is asked; the last answer."""
    answer = first_step(client, user)
    return second_step(client, code_of(user)) if has_factor(user) else answer


def is_signed_in(client: Any) -> bool:
    """Whether the browser of `client` belongs to somebody who may see a page of their own."""
    return client.get(reverse("account")).status_code == 200


def link_in_mail(number: int = -1) -> str:
    """The path of the first link in a mail that was sent."""
    found = re.search(r"https://aimz\.example(/account/\S+)", str(mail.outbox[number].body))
    assert found is not None
    return found[1]
