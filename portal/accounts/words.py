"""What sign-in says, in our own words: messages after something was done, and what went wrong in a form."""

from typing import Any

from django.utils.translation import gettext_lazy as _

# Messages by the template that allauth would take; it says nothing where there is none.
MESSAGES: dict[str, Any] = {
    "account/messages/logged_out.txt": None,
    "account/messages/logged_in.txt": None,
    "account/messages/email_confirmation_sent.txt": _("Wij sturen u een mail. Klik op de link in die mail."),
    "account/messages/email_confirmed.txt": _("Uw mailadres is bevestigd."),
    "account/messages/email_confirmation_failed.txt": _("Dit mailadres is al van een ander account."),
    "account/messages/email_deleted.txt": _("Het mailadres is weg."),
    "account/messages/cannot_delete_primary_email.txt": _("Dit mailadres hebt u nodig om in te loggen."),
    "account/messages/password_changed.txt": _("Uw nieuwe wachtwoord is bewaard."),
    "account/messages/password_set.txt": _("Uw wachtwoord is bewaard."),
    "account/messages/primary_email_set.txt": _("Uw nieuwe mailadres is bewaard."),
    "account/messages/unverified_primary_email.txt": _("Bevestig eerst uw mailadres."),
    "mfa/messages/totp_activated.txt": _("Uw app is ingesteld."),
    "mfa/messages/totp_deactivated.txt": _("Uw app is weg."),
    "mfa/messages/webauthn_added.txt": _("Uw passkey is bewaard."),
    "mfa/messages/webauthn_removed.txt": _("Uw passkey is weg."),
    "mfa/messages/recovery_codes_generated.txt": None,
    "socialaccount/messages/account_connected.txt": None,
    "socialaccount/messages/account_connected_updated.txt": None,
    "socialaccount/messages/account_connected_other.txt": _("Deze inlog hoort bij een ander account."),
    "socialaccount/messages/account_disconnected.txt": None,
}

TOO_MANY = _("U hebt het te vaak geprobeerd. Wacht vijf minuten en probeer het dan opnieuw.")
WRONG_CODE = _("Deze code klopt niet. Wacht op de volgende code en probeer het opnieuw.")

ERRORS: dict[str, Any] = {
    "account_inactive": _("Dit account is gestopt."),
    "cannot_remove_primary_email": _("Dit mailadres hebt u nodig om in te loggen."),
    "duplicate_email": _("Dit is uw mailadres al."),
    "email_password_mismatch": _("Het mailadres of het wachtwoord klopt niet. Kijk het na en probeer het opnieuw."),
    "email_taken": _("Kies een ander mailadres."),
    "enter_current_password": _("Dit is niet uw wachtwoord van nu."),
    "incorrect_code": WRONG_CODE,
    "incorrect_password": _("Dit wachtwoord klopt niet."),
    "invalid_or_expired_key": _("Deze link werkt niet meer."),
    "invalid_login": _("Het mailadres of het wachtwoord klopt niet. Kijk het na en probeer het opnieuw."),
    "invalid_password_reset": _("Deze link werkt niet meer."),
    "rate_limited": TOO_MANY,
    "same_as_current": _("Kies iets anders dan u nu hebt."),
    "too_many_login_attempts": TOO_MANY,
    "unverified_primary_email": _("Bevestig eerst uw mailadres."),
}

FACTOR_ERRORS: dict[str, Any] = {
    "add_email_blocked": _("U kunt nu geen mailadres toevoegen."),
    "cannot_delete_authenticator": _("U moet een tweede stap houden. Stel eerst een andere in."),
    "cannot_generate_recovery_codes": _("Stel eerst een app of passkey in."),
    "incorrect_code": WRONG_CODE,
    "unverified_email": _("Bevestig eerst uw mailadres."),
}

ORGANISATION_ERRORS: dict[str, Any] = {
    "invalid_token": _("De inlog van uw organisatie gaf een verkeerd antwoord."),
    "no_password": _("Uw account heeft geen wachtwoord."),
    "no_verified_email": _("Bevestig eerst uw mailadres."),
    "disconnect_last": _("Deze koppeling hebt u nodig om in te loggen."),
    "connected_other": _("Deze inlog hoort bij een ander account."),
}
