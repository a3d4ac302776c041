"""Steps between a password and being signed in."""

from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest

from portal.accounts.second_factor import was_taken_elsewhere


class SecondStep(AuthenticateStage):
    """Asks for a code or passkey of everyone who has one, on every door: password, new password, own sign-in."""

    def _should_handle(self, request: HttpRequest) -> bool:
        return super()._should_handle(request) and not was_taken_elsewhere(request, self.login.user)
