"""Addresses of sign-in. The views and their names are those of allauth; the paths are ours."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from allauth.usersessions import views as sessions
from django.contrib.auth.decorators import login_not_required as for_everybody
from django.urls import path

from portal.accounts.second_factor import before_second_factor

urlpatterns = [
    path("aanmelden/", account.login, name="account_login"),
    path("aanmelden/passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("aanmelden/tweede-stap/", for_everybody(mfa.authenticate), name="mfa_authenticate"),
    path("afmelden/", before_second_factor(account.logout), name="account_logout"),
    path("gestopt/", account.account_inactive, name="account_inactive"),
    path("registreren/", account.signup, name="account_signup"),
    path("opnieuw-aanmelden/", before_second_factor(account.reauthenticate), name="account_reauthenticate"),
    path("opnieuw-aanmelden/code/", before_second_factor(mfa.reauthenticate), name="mfa_reauthenticate"),
    path(
        "opnieuw-aanmelden/passkey/",
        before_second_factor(webauthn.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("mailadres/", before_second_factor(account.email), name="account_email"),
    path("mailadres/bevestigen/", account.email_verification_sent, name="account_email_verification_sent"),
    path("mailadres/bevestigen/<str:key>/", account.confirm_email, name="account_confirm_email"),
    path("wachtwoord/", before_second_factor(account.password_change), name="account_change_password"),
    path("wachtwoord/kiezen/", before_second_factor(account.password_set), name="account_set_password"),
    path("wachtwoord/vergeten/", account.password_reset, name="account_reset_password"),
    path("wachtwoord/vergeten/verstuurd/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "wachtwoord/nieuw/<slug:uidb36>-<str:key>/",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "wachtwoord/nieuw/klaar/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("tweede-stap/", before_second_factor(mfa.index), name="mfa_index"),
    path("tweede-stap/app/", before_second_factor(totp.activate_totp), name="mfa_activate_totp"),
    path("tweede-stap/app/weg/", before_second_factor(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("tweede-stap/passkeys/", before_second_factor(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path("tweede-stap/passkeys/nieuw/", before_second_factor(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path(
        "tweede-stap/passkeys/<int:pk>/weg/",
        before_second_factor(webauthn.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path(
        "tweede-stap/passkeys/<int:pk>/naam/",
        before_second_factor(webauthn.edit_webauthn),
        name="mfa_edit_webauthn",
    ),
    path(
        "tweede-stap/noodcodes/",
        before_second_factor(recovery_codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "tweede-stap/noodcodes/nieuw/",
        before_second_factor(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "tweede-stap/noodcodes/bestand/",
        before_second_factor(recovery_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("sessies/", before_second_factor(sessions.list_usersessions), name="usersessions_list"),
    path("organisatie/", for_everybody(social.signup), name="socialaccount_signup"),
    path("organisatie/gestopt/", for_everybody(social.login_cancelled), name="socialaccount_login_cancelled"),
    path("organisatie/fout/", for_everybody(social.login_error), name="socialaccount_login_error"),
    path("organisatie/koppelingen/", before_second_factor(social.connections), name="socialaccount_connections"),
    path("organisatie/<slug:provider_id>/", for_everybody(openid_connect.login), name="openid_connect_login"),
    path(
        "organisatie/<slug:provider_id>/terug/",
        for_everybody(openid_connect.callback),
        name="openid_connect_callback",
    ),
]
