"""What the portal holds of somebody whatever they take part in: account, profile, consents."""

import datetime

from participation.erasure.kind import Kind, begun, erase_row
from participation.models import Consent, Profile
from portal.accounts.actions.leaving import delete_account
from portal.accounts.models import User

_OF_PROFILE = ("PERSPECTIVE", "PUT_FORWARD")


def _erase_profile(profile: Profile, now: datetime.datetime) -> None:
    """The profile, and what rested on consents for it: an experience of illness goes with it."""
    for consent in Consent.objects.filter(user=profile.user_id, kind__in=_OF_PROFILE, withdrawn_at__isnull=True):
        _withdraw(consent, now)
    profile.delete()


def _withdraw(consent: Consent, now: datetime.datetime) -> None:
    Consent.objects.filter(pk=consent.pk, withdrawn_at__isnull=True).update(withdrawn_at=now)
    consent.perspectives.all().delete()


def _erase_needs(profile: Profile, now: datetime.datetime) -> None:
    Profile.objects.filter(pk=profile.pk).update(access_needs="")


def _erase_account(user: User, now: datetime.datetime) -> None:
    delete_account(user=user, now=now, is_again=True)


ACCOUNT = Kind(
    code="account",
    label="accounts",
    every=lambda: User.objects.order_by("pk"),
    named=lambda user: f"{user.pk} {begun(user.joined_at)}",
    since=lambda user: user.joined_at,
    erase=_erase_account,
)

PROFILE = Kind(
    code="profile",
    label="profiles",
    every=lambda: Profile.objects.select_related("user").order_by("pk"),
    named=lambda profile: f"{profile.pk} {profile.user_id} {begun(profile.user.joined_at)}",
    since=lambda profile: profile.used_at,
    erase=_erase_profile,
)

NEEDS = Kind(
    code="needs",
    label="access needs",
    every=PROFILE.every,
    named=PROFILE.named,
    since=PROFILE.since,
    erase=_erase_needs,
)

CONSENT = Kind(
    code="consent",
    label="consents",
    every=lambda: Consent.objects.order_by("pk"),
    named=lambda consent: f"{consent.pk} {consent.user_id} {begun(consent.given_at)}",
    since=lambda consent: consent.given_at,
    erase=erase_row,
)

WITHDRAWN = Kind(
    code="consent_withdrawn",
    label="what rested on a withdrawn consent",
    every=CONSENT.every,
    named=CONSENT.named,
    since=CONSENT.since,
    erase=_withdraw,
)
