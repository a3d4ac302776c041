"""What we ask of allauth: nobody signs up by themselves, an invitation is needed; messages are in our words."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by e-mail; accounts come from invitations."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account without being asked."""
        return False


class OrganisationAccountAdapter(DefaultSocialAccountAdapter):
    """Sign-in by the own sign-in of an organisation."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Whoever an organisation vouches for still needs its invitation."""
        return False
