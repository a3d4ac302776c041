"""Addresses of sign-in and of an account. Many views and their names are those of allauth; the paths are ours."""

from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from django.contrib.auth.decorators import login_not_required as for_everybody
from django.urls import path, re_path

from portal.accounts.second_factor import before_second_factor as early
from portal.accounts.views import account as own
from portal.accounts.views import invitation, second_factor, sign_in
from portal.accounts.views.wrong_input import says_so

# Whoever finds a screen open cannot take the account with another mail address.
asks_again = reauthentication_required(allow_get=True, app="allauth.account")

_entrance = [
    path("aanmelden/", says_so(sign_in.login), name="account_login"),
    path("aanmelden/passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("aanmelden/tweede-stap/", for_everybody(says_so(sign_in.second_step)), name="mfa_authenticate"),
    path("aanmelden/voorbeeld/", sign_in.as_example, name="account_example"),
    path("aanmelden/organisatie/", sign_in.organisations, name="account_organisations"),
    path("aanmelden/organisatie/gestopt/", for_everybody(social.login_cancelled), name="socialaccount_login_cancelled"),
    path("aanmelden/organisatie/fout/", for_everybody(social.login_error), name="socialaccount_login_error"),
    path("aanmelden/organisatie/<slug:provider_id>/", sign_in.to_organisation, name="openid_connect_login"),
    path("aanmelden/organisatie/<slug:provider_id>/terug/", sign_in.from_organisation, name="openid_connect_callback"),
    path("afmelden/", early(account.logout), name="account_logout"),
    path("registreren/", account.signup, name="account_signup"),  # closed: it says to ask for an invitation
    path("gestopt/", account.account_inactive, name="account_inactive"),
    path("uitnodiging/<str:token>/", early(invitation.invitation), name="invitation"),
    path("wachtwoord/vergeten/", says_so(account.password_reset), name="account_reset_password"),
    path("wachtwoord/vergeten/verstuurd/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^wachtwoord/nieuw/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        says_so(sign_in.reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "wachtwoord/nieuw/klaar/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("mailadres/bevestigen/", account.email_verification_sent, name="account_email_verification_sent"),
    path("mailadres/bevestigen/<str:key>/", sign_in.confirm_email, name="account_confirm_email"),
]

# Who still has to set up a second step may see these: it is set up there, and nobody should be locked in.
_mine = [
    ("", own.account, "account"),
    ("sessies/", own.sessions, "usersessions_list"),
    ("verlaten/<slug:slug>/", own.leave_organisation, "leave-organisation"),
    ("mailadres/", asks_again(account.email), "account_email"),
    ("wachtwoord/", account.password_change, "account_change_password"),
    ("wachtwoord/kiezen/", account.password_set, "account_set_password"),
    ("opnieuw-aanmelden/", account.reauthenticate, "account_reauthenticate"),
    ("opnieuw-aanmelden/code/", mfa.reauthenticate, "mfa_reauthenticate"),
    ("opnieuw-aanmelden/passkey/", sign_in.reauthenticate_passkey, "mfa_reauthenticate_webauthn"),
    ("tweede-stap/", mfa.index, "mfa_index"),
    ("tweede-stap/app/", totp.activate_totp, "mfa_activate_totp"),
    ("tweede-stap/app/weg/", second_factor.remove_app, "mfa_deactivate_totp"),
    ("tweede-stap/passkeys/", webauthn.list_webauthn, "mfa_list_webauthn"),
    ("tweede-stap/passkeys/nieuw/", second_factor.add_passkey, "mfa_add_webauthn"),
    ("tweede-stap/passkeys/<int:pk>/weg/", second_factor.remove_passkey, "mfa_remove_webauthn"),
    ("tweede-stap/passkeys/<int:pk>/naam/", webauthn.edit_webauthn, "mfa_edit_webauthn"),
    ("tweede-stap/noodcodes/", second_factor.emergency_codes, "mfa_view_recovery_codes"),
    ("tweede-stap/noodcodes/nieuw/", recovery_codes.generate_recovery_codes, "mfa_generate_recovery_codes"),
    ("tweede-stap/noodcodes/bestand/", second_factor.emergency_codes_file, "mfa_download_recovery_codes"),
]

urlpatterns = [*_entrance, *(path(route, early(says_so(view)), name=name) for route, view, name in _mine)]
