"""Signing in by the own sign-in of an organisation: for whom it may speak."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.translation import gettext as _

from portal.accounts.backend import AuthenticationBackend
from portal.accounts.models import OwnSignIn, User
from portal.accounts.openid import PROVIDER, OrganisationProvider, app_of, says_second_step
from portal.accounts.second_factor import has_factor, is_enough, record_by_organisation
from portal.accounts.words import ORGANISATION_ERRORS
from portal.core.fetching import public_session
from portal.organisations.permissions import with_those_below


class OrganisationAdapter(DefaultSocialAccountAdapter):
    """An organisation speaks for people who work there, by their mail address; it never makes an account."""

    error_messages = {**DefaultSocialAccountAdapter.error_messages, **ORGANISATION_ERRORS}

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Whoever an organisation vouches for still needs its invitation."""
        return False

    def list_apps(self, request: Any, provider: str | None = None, client_id: str | None = None) -> list[SocialApp]:
        """The provider of the organisation with the slug `provider`, or those of all."""
        chosen = OwnSignIn.objects.select_related("organisation")
        if provider and provider != PROVIDER:
            chosen = chosen.filter(organisation__slug=provider)
        return [app_of(own) for own in chosen]

    def get_provider(self, request: Any, provider: str, client_id: str | None = None) -> OrganisationProvider:
        """The provider of an organisation. Raises SocialApp.DoesNotExist."""
        return OrganisationProvider(request, app=self.get_app(request, provider=provider))

    def get_requests_session(self) -> Any:
        """How providers are asked: their address was given by a person."""
        return public_session()

    def authenticate_by_email(self, sociallogin: SocialLogin) -> Any:
        """(user, address) of who has the address that the organisation vouches for; None when there is nobody."""
        own = OwnSignIn.objects.get(organisation__slug=sociallogin.account.provider)
        for told in sociallogin.email_addresses:
            email = told.email.lower()
            if not told.verified or email.rpartition("@")[2] not in own.domains:
                continue
            user = User.objects.filter(emailaddress__email=email, emailaddress__verified=True).first()
            if user is not None:
                return user, email
        return None

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Refuse everybody for whom this organisation cannot speak. Raises ImmediateHttpResponse."""
        own = OwnSignIn.objects.select_related("organisation").get(organisation__slug=sociallogin.account.provider)
        user = sociallogin.user if sociallogin.is_existing else None
        if reason := _refusal(own, sociallogin, user):
            told = {"reason": reason, "organisation": own.organisation}
            raise ImmediateHttpResponse(render(request, "account/organisation_refused.html", told, status=403))
        if own.asks_second_step and says_second_step(sociallogin.account.extra_data):
            if is_enough(user, own.organisation_id):
                record_by_organisation(request, user, own.organisation_id)


def _refusal(own: OwnSignIn, sociallogin: SocialLogin, user: Any) -> str:
    """Why this person cannot sign in this way, in plain words; empty when they can."""
    works_there = user is not None and user.memberships.filter(organisation=own.organisation_id).exists()
    if not works_there or not AuthenticationBackend().user_can_authenticate(user):
        return _("Wij kennen u niet als collega van deze organisatie. Vraag de beheerder om een uitnodiging.")
    account = sociallogin.account
    others = SocialAccount.objects.filter(user=user, provider=account.provider).exclude(uid=account.uid)
    if others.exists():  # a mail address may have been given to somebody else
        return _("Deze inlog is van iemand anders met uw mailadres. Log in met uw wachtwoord, of mail ons.")
    if _works_elsewhere(user, own) and not has_factor(user):
        return _("U werkt ook voor een ander. Log daarom in met uw wachtwoord, en stel een tweede stap in.")
    return ""


def _works_elsewhere(user: Any, own: OwnSignIn) -> bool:
    """Whether whoever runs this sign-in could be `user` in a place that is not theirs."""
    own_places = with_those_below([own.organisation_id])
    elsewhere = user.memberships.exclude(organisation__in=own_places).exists()
    return bool(elsewhere or user.is_superuser or user.portal_duties.exists())
