"""Signing in and an account: what each person is answered."""

import datetime

from allauth.mfa.models import Authenticator
from django.utils import timezone

from portal.core import links
from portal.organisations.models import Invitation
from tests.access.table import DENIED, DONE, HIDDEN, OK, SIGN_IN, WRONG, row
from tests.factories.people import UserFactory

GONE = 410


def invitation(world):
    """An invitation for an address that nobody has."""
    now = timezone.now()
    Invitation.objects.create(
        organisation=world.hospital, email="nieuw@linde.example", roles=["EDITOR"], token_hash=links.hash_of("geheim"),
        invited_at=now, expires_at=now + datetime.timedelta(days=14),
    )  # fmt: skip


def passkey(world):
    """A passkey of somebody else: its number tells nobody anything."""
    other = UserFactory()
    made = Authenticator.objects.create(
        user=other, type=Authenticator.Type.WEBAUTHN, data={"name": "x", "credential": {}}
    )
    world.things["passkey"] = made.pk


def its_number(world):
    return {"pk": world.things["passkey"]}


def linde(world):
    return {"slug": world.hospital.slug}


TOKEN = {"kwargs": lambda world: {"token": "geheim"}, "prepare": invitation}
KEY = {"kwargs": lambda world: {"uidb36": "1", "key": "x"}}
THEIRS = {"kwargs": its_number, "prepare": passkey}
PROVIDER = {"kwargs": lambda world: {"provider_id": "de-linde"}}
# An app for codes asks again who you are; a test that signs in without doing so has not told it yet.
ASKED = DONE

# fmt: off
#                                         nobody   newcomer outsider editor  publish admin   coordin editorial portal
ROWS = [
    row("account_login",                  OK,      DONE,    DONE,    DONE,   DONE,   DONE,   DONE,   DONE,     DONE),
    row("account_login",                  WRONG,   DONE,    DONE,    DONE,   DONE,   DONE,   DONE,   DONE,     DONE,
        method="POST"),
    row("mfa_login_webauthn",             SIGN_IN, DONE,    DONE,    DONE,   DONE,   DONE,   DONE,   DONE,     DONE),
    row("mfa_login_webauthn",             SIGN_IN, DONE,    DONE,    DONE,   DONE,   DONE,   DONE,   DONE,     DONE,
        method="POST"),
    row("mfa_authenticate",               SIGN_IN, DONE,    DONE,    DONE,   DONE,   DONE,   DONE,   DONE,     DONE),
    row("mfa_authenticate",               SIGN_IN, DONE,    DONE,    DONE,   DONE,   DONE,   DONE,   DONE,     DONE,
        method="POST"),
    row("account_example",                405,     405,     405,     405,    405,    405,    405,    405,      405),
    row("account_example",                HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN,   HIDDEN,
        method="POST"),
    row("account_organisations",          OK,      OK,      OK,      OK,     OK,     OK,     OK,     OK,       OK),
    row("socialaccount_login_cancelled",  OK,      OK,      OK,      OK,     OK,     OK,     OK,     OK,       OK),
    row("socialaccount_login_error",      401,     401,     401,     401,    401,    401,    401,    401,      401),
    row("openid_connect_login",           HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN,   HIDDEN,
        **PROVIDER),
    row("openid_connect_callback",        HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN,   HIDDEN,
        **PROVIDER),
    row("account_logout",                 DONE,    OK,      OK,      OK,     OK,     OK,     OK,     OK,       OK),
    row("account_logout",                 DONE,    DONE,    DONE,    DONE,   DONE,   DONE,   DONE,   DONE,     DONE,
        method="POST"),
    row("account_signup",                 OK,      DONE,    DONE,    DONE,   DONE,   DONE,   DONE,   DONE,     DONE),
    row("account_inactive",               OK,      OK,      OK,      OK,     OK,     OK,     OK,     OK,       OK),
    row("invitation",                     OK,      OK,      OK,      OK,     OK,     OK,     OK,     OK,       OK,
        **TOKEN),
    row("invitation",                     WRONG,   DENIED,  DENIED,  DENIED, DENIED, DENIED, DENIED, DENIED,   DENIED,
        method="POST", **TOKEN),
    row("invitation",                     GONE,    GONE,    GONE,    GONE,   GONE,   GONE,   GONE,   GONE,     GONE,
        kwargs=lambda world: {"token": "verzonnen"}),
    row("account_reset_password",         OK,      OK,      OK,      OK,     OK,     OK,     OK,     OK,       OK),
    row("account_reset_password",         WRONG,   WRONG,   WRONG,   WRONG,  WRONG,  WRONG,  WRONG,  WRONG,    WRONG,
        method="POST"),
    row("account_reset_password_done",    OK,      OK,      OK,      OK,     OK,     OK,     OK,     OK,       OK),
    row("account_reset_password_from_key", GONE,   GONE,    GONE,    GONE,   GONE,   GONE,   GONE,   GONE,     GONE,
        **KEY),
    row("account_reset_password_from_key", WRONG,  WRONG,   WRONG,   WRONG,  WRONG,  WRONG,  WRONG,  WRONG,    WRONG,
        method="POST", **KEY),
    row("account_reset_password_from_key_done", OK, OK,     OK,      OK,     OK,     OK,     OK,     OK,       OK),
    row("account_email_verification_sent", OK,     OK,      OK,      OK,     OK,     OK,     OK,     OK,       OK),
    row("account_confirm_email",          GONE,    GONE,    GONE,    GONE,   GONE,   GONE,   GONE,   GONE,     GONE,
        kwargs=lambda world: {"key": "x"}),
    row("account_confirm_email",          HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN,   HIDDEN,
        method="POST", kwargs=lambda world: {"key": "x"}),

    row("account",                        SIGN_IN, OK,      OK,      OK,     OK,     OK,     OK,     OK,       OK),
    row("account",                        SIGN_IN, DONE,    DONE,    DONE,   DONE,   DONE,   DONE,   DONE,     DONE,
        method="POST", data=lambda world: {"name": "Iemand"}),
    row("usersessions_list",              SIGN_IN, OK,      OK,      OK,     OK,     OK,     OK,     OK,       OK),
    row("usersessions_list",              SIGN_IN, DONE,    DONE,    DONE,   DONE,   DONE,   DONE,   DONE,     DONE,
        method="POST"),
    row("leave-organisation",             SIGN_IN, HIDDEN,  HIDDEN,  OK,     OK,     OK,     OK,     HIDDEN,   HIDDEN,
        kwargs=linde),
    row("leave-organisation",             SIGN_IN, HIDDEN,  HIDDEN,  DONE,   DONE,   WRONG,  DONE,   HIDDEN,   HIDDEN,
        method="POST", kwargs=linde),
    row("account_email",                  SIGN_IN, OK,      OK,      OK,     OK,     OK,     OK,     OK,       OK),
    row("account_email",                  SIGN_IN, ASKED,   ASKED,   ASKED,  ASKED,  ASKED,  ASKED,  ASKED,    ASKED,
        method="POST", data=lambda world: {"email": "nieuw@linde.example", "action_add": ""}),
    row("account_change_password",        SIGN_IN, OK,      OK,      OK,     OK,     OK,     OK,     OK,       OK),
    row("account_change_password",        SIGN_IN, WRONG,   WRONG,   WRONG,  WRONG,  WRONG,  WRONG,  WRONG,    WRONG,
        method="POST"),
    row("account_set_password",           SIGN_IN, DONE,    DONE,    DONE,   DONE,   DONE,   DONE,   DONE,     DONE),
    row("account_set_password",           SIGN_IN, DONE,    DONE,    DONE,   DONE,   DONE,   DONE,   DONE,     DONE,
        method="POST"),
    row("account_reauthenticate",         SIGN_IN, OK,      OK,      OK,     OK,     OK,     OK,     OK,       OK),
    row("account_reauthenticate",         SIGN_IN, WRONG,   WRONG,   WRONG,  WRONG,  WRONG,  WRONG,  WRONG,    WRONG,
        method="POST"),
    row("mfa_reauthenticate",             SIGN_IN, DONE,    OK,      OK,     OK,     OK,     OK,     OK,       OK),
    row("mfa_reauthenticate",             SIGN_IN, DONE,    WRONG,   WRONG,  WRONG,  WRONG,  WRONG,  WRONG,    WRONG,
        method="POST"),
    row("mfa_reauthenticate_webauthn",    SIGN_IN, DONE,    DONE,    DONE,   DONE,   DONE,   DONE,   DONE,     DONE),
    row("mfa_reauthenticate_webauthn",    SIGN_IN, DONE,    DONE,    DONE,   DONE,   DONE,   DONE,   DONE,     DONE,
        method="POST"),
    row("mfa_index",                      SIGN_IN, OK,      OK,      OK,     OK,     OK,     OK,     OK,       OK),
    row("mfa_activate_totp",              SIGN_IN, ASKED,   ASKED,   ASKED,  ASKED,  ASKED,  ASKED,  ASKED,    ASKED),
    row("mfa_activate_totp",              SIGN_IN, ASKED,   ASKED,   ASKED,  ASKED,  ASKED,  ASKED,  ASKED,    ASKED,
        method="POST"),
    row("mfa_deactivate_totp",            SIGN_IN, HIDDEN,  ASKED,   ASKED,  ASKED,  ASKED,  ASKED,  ASKED,    ASKED),
    row("mfa_deactivate_totp",            SIGN_IN, HIDDEN,  ASKED,   ASKED,  ASKED,  ASKED,  ASKED,  ASKED,    ASKED,
        method="POST"),
    row("mfa_list_webauthn",              SIGN_IN, OK,      OK,      OK,     OK,     OK,     OK,     OK,       OK),
    row("mfa_add_webauthn",               SIGN_IN, ASKED,   ASKED,   ASKED,  ASKED,  ASKED,  ASKED,  ASKED,    ASKED),
    row("mfa_add_webauthn",               SIGN_IN, ASKED,   ASKED,   ASKED,  ASKED,  ASKED,  ASKED,  ASKED,    ASKED,
        method="POST"),
    row("mfa_remove_webauthn",            SIGN_IN, ASKED,   ASKED,   ASKED,  ASKED,  ASKED,  ASKED,  ASKED,    ASKED,
        **THEIRS),
    row("mfa_remove_webauthn",            SIGN_IN, ASKED,   ASKED,   ASKED,  ASKED,  ASKED,  ASKED,  ASKED,    ASKED,
        method="POST", **THEIRS),
    row("mfa_edit_webauthn",              SIGN_IN, ASKED,   ASKED,   ASKED,  ASKED,  ASKED,  ASKED,  ASKED,    ASKED,
        **THEIRS),
    row("mfa_edit_webauthn",              SIGN_IN, ASKED,   ASKED,   ASKED,  ASKED,  ASKED,  ASKED,  ASKED,    ASKED,
        method="POST", **THEIRS),
    row("mfa_view_recovery_codes",        SIGN_IN, ASKED,   ASKED,   ASKED,  ASKED,  ASKED,  ASKED,  ASKED,    ASKED),
    row("mfa_view_recovery_codes",        SIGN_IN, ASKED,   ASKED,   ASKED,  ASKED,  ASKED,  ASKED,  ASKED,    ASKED,
        method="POST"),
    row("mfa_generate_recovery_codes",    SIGN_IN, ASKED,   ASKED,   ASKED,  ASKED,  ASKED,  ASKED,  ASKED,    ASKED),
    row("mfa_generate_recovery_codes",    SIGN_IN, ASKED,   ASKED,   ASKED,  ASKED,  ASKED,  ASKED,  ASKED,    ASKED,
        method="POST"),
    row("mfa_download_recovery_codes",    SIGN_IN, ASKED,   ASKED,   ASKED,  ASKED,  ASKED,  ASKED,  ASKED,    ASKED),

    row("postbox",                        HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN,   HIDDEN),
    row("postbox-mail",                   HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN,   HIDDEN,
        kwargs=lambda world: {"pk": 1}),
]
# fmt: on
