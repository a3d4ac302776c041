"""What we ask of allauth: nobody signs up without an invitation; its words, mails and limits are ours."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from portal.accounts.words import ERRORS, MESSAGES
from portal.core import links
from portal.core.visitor import network_of

NOWHERE = "0.0.0.0"  # noqa: S104 (stands for an address that is not known; nothing listens)


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by mail address; accounts come from invitations."""

    error_messages = {**DefaultAccountAdapter.error_messages, **ERRORS}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account without being asked."""
        return False

    def get_login_stages(self) -> list[str]:
        """What comes between the first step and being signed in."""
        return ["allauth.account.stages.EmailVerificationStage", "portal.accounts.stages.SecondStep"]

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Whether a sensitive page asks who you are: always, unless you told so in the last ten minutes."""
        request = context.request
        records = get_authentication_records(request, request.user) if request.user.is_authenticated else []
        return not any(time.time() - one["at"] < app_settings.REAUTHENTICATION_TIMEOUT for one in records[-1:])

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The ways to tell who you are, in our words."""
        words = {
            "reauthenticate": _("Met uw wachtwoord"),
            "mfa_reauthenticate": _("Met een code uit uw app"),
            "mfa_reauthenticate:webauthn": _("Met uw passkey"),
        }
        return [{**one, "description": words[one["id"]]} for one in super().get_reauthentication_methods(user)]

    def is_safe_url(self, url: str) -> bool:
        """Whether sign-in may lead on to `url`: an address of this site only."""
        request = context.request
        return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where one comes after signing in: who only takes part as a patient, at what they take part in."""
        user: Any = request.user
        works = user.is_superuser or user.memberships.exists() or user.portal_duties.exists()
        return reverse("work") if works else reverse("participation:deelname")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Where one goes with a new password."""
        return reverse("account")

    def get_client_ip(self, request: HttpRequest) -> str:
        """Where a request comes from, for limits and the list of sessions; of IPv6 the network (core/visitor.py)."""
        found = network_of(request).partition("/")[0]
        return NOWHERE if found == "unknown" else found

    # --- Messages and mails ------------------------------------------------------------------------------------------

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None,
        message_context: dict[str, Any] | None = None, extra_tags: str = "", message: str | None = None,
    ) -> None:  # fmt: skip
        """Say what was done. Raises KeyError for a message that we have no words for."""
        text = message or (MESSAGES[message_template] if message_template else None)
        if text:
            messages.add_message(request, level, text, extra_tags=extra_tags)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail, in Dutch, with links to the address of this installation whatever host somebody asked us by."""
        told = {**context, "public_url": settings.PUBLIC_URL, "contact_email": settings.CONTACT_EMAIL}
        told |= {"reset_link": links.address("account_reset_password"), "account_link": links.address("account")}
        with translation.override("nl"):
            super().send_mail(template_prefix, email, told)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link of a mail to choose a new password."""
        return links.address("account_reset_password_from_key", *key.split("-", 1))

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """The link of a mail to confirm an address."""
        return links.address("account_confirm_email", emailconfirmation.key)
