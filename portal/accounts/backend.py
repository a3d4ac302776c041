"""Who may sign in and stay signed in."""

from typing import Any

from allauth.account import auth_backends
from django.conf import settings

EXAMPLES = "@voorbeeld.invalid"  # how the mail addresses of invented people end; no mail can ever go there


def is_example(user: Any) -> bool:
    """Whether `user` is invented: everybody may know the password."""
    return bool(user.email.endswith(EXAMPLES))


class AuthenticationBackend(auth_backends.AuthenticationBackend):
    """By mail address and password. Example people are nobody where EXAMPLE_PEOPLE is off."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Asked when somebody signs in, and again at every page."""
        return super().user_can_authenticate(user) and (settings.EXAMPLE_PEOPLE or not is_example(user))
