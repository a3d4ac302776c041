"""What we ask of allauth's second factor: secrets sealed in the database, and no way to be left without one."""

from typing import Any

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from portal.accounts.second_factor import FACTORS, is_needed
from portal.accounts.words import FACTOR_ERRORS
from portal.core.sealing import seal, unseal


class FactorAdapter(DefaultMFAAdapter):
    """App for codes, passkeys and emergency codes."""

    error_messages = {**DefaultMFAAdapter.error_messages, **FACTOR_ERRORS}

    def encrypt(self, text: str) -> str:
        """What the database holds of the secret of an app or of emergency codes."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret itself. Raises SealBroken when the SECRET_KEY is another."""
        return unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whether this may go: not when its owner needs a second step and has no other."""
        others = Authenticator.objects.filter(user=authenticator.user, type__in=FACTORS).exclude(pk=authenticator.pk)
        return authenticator.type not in FACTORS or not is_needed(authenticator.user) or others.exists()

    def build_totp_svg(self, url: str) -> str:
        """The QR code for the app, as SVG without a style: dark on white, whatever the colours of the page."""
        return segno.make(url, error="m").svg_inline(
            scale=5, border=3, light="#fff", svgclass="qr", lineclass=None, omitsize=True
        )

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        """What a passkey is called when nobody gave it a name."""
        return _("Passkey %(number)s") % {"number": Authenticator.objects.filter(user=user, type=type).count() + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """For whom a passkey is: what the device shows."""
        return {**super().get_public_key_credential_rp_entity(), "name": _("AI in mijn zorg")}
