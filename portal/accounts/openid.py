"""Talking to the OpenID provider of an organisation: what it says of itself, and who it says somebody is."""

import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from requests import RequestException

from portal.accounts.models import OwnSignIn
from portal.core import links
from portal.core.fetching import public_session
from portal.core.sealing import unseal

PROVIDER = "openid_connect"
REMEMBER = 600  # seconds that a worker remembers what a provider says of itself
ADDRESSES = ("authorization_endpoint", "token_endpoint", "jwks_uri")
SECOND_STEP_ACR = "https://refeds.org/profile/mfa"
_remembered: dict[str, tuple[float, dict[str, Any]]] = {}


class ProviderFault(OAuth2Error):
    """The provider does not answer, or not as OpenID Connect says."""


def forget() -> None:
    """Forget what providers said of themselves."""
    _remembered.clear()


def discover(issuer: str) -> dict[str, Any]:
    """What the provider at `issuer` says of itself (OpenID Connect Discovery 1.0). Raises ProviderFault."""
    said, config = _remembered.get(issuer, (0.0, {}))
    if time.monotonic() - said > REMEMBER or not config:
        config = _read(issuer)
        _remembered[issuer] = (time.monotonic(), config)
    return config


def _read(issuer: str) -> dict[str, Any]:
    try:
        with public_session() as session:
            answer = session.get(f"{issuer}/.well-known/openid-configuration")
            answer.raise_for_status()
            config = answer.json()
    except (RequestException, ValueError, RecursionError) as error:
        raise ProviderFault("no discovery document") from error
    if not isinstance(config, dict) or str(config.get("issuer", "")).rstrip("/") != issuer:
        raise ProviderFault("the document is of another issuer")
    used = [str(config.get(name, "")) for name in ADDRESSES] + [str(config.get("userinfo_endpoint", issuer))]
    if not all(_may_be_asked(address) for address in used):
        raise ProviderFault("an address that is not https")
    return config


def _may_be_asked(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.hostname) and (parts.scheme == "https" or settings.FETCH_PRIVATE_ADDRESSES)


class OrganisationOAuth2Adapter(OpenIDConnectOAuth2Adapter):
    """allauth's client, held to what the standard asks."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself."""
        return discover(self.get_provider().app.settings["server_url"])

    def get_callback_url(self, request: Any, app: SocialApp) -> str:
        """Where the provider sends people back: one address, whatever language or host somebody began with."""
        return links.address("openid_connect_callback", self.provider_id)

    def complete_login(self, request: Any, app: SocialApp, token: Any, **more: Any) -> Any:
        """Who signed in. Raises ProviderFault when the two answers are about two people (OpenID Connect Core 5.3.2)."""
        id_token = more["response"].get("id_token")
        if not id_token:
            raise ProviderFault("no ID token")
        claims = self._decode_id_token(app, id_token)
        told = self._fetch_user_info(token.token) if "userinfo_endpoint" in self.openid_config else {}
        if not isinstance(told, dict) or (told and told.get("sub") != claims.get("sub")):
            raise ProviderFault("the ID token and the user info differ")
        return self.get_provider().sociallogin_from_response(
            request, {"userinfo": {**claims, **told}, "id_token": claims}
        )


class OrganisationProvider(OpenIDConnectProvider):
    """The provider of one organisation."""

    oauth2_adapter_class = OrganisationOAuth2Adapter

    def extract_extra_data(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """What is kept of an answer: nothing of the person, only how they signed in there."""
        return {name: data["id_token"][name] for name in ("amr", "acr") if name in data["id_token"]}

    def extract_email_addresses(self, data: Mapping[str, Any]) -> list[EmailAddress]:
        """The mail address, verified only when the provider says so with a real yes: some say "false" in a text."""
        told = data["userinfo"]
        email, is_verified = told.get("email"), told.get("email_verified") is True
        return [EmailAddress(email=email, verified=is_verified, primary=True)] if isinstance(email, str) else []


def app_of(own: OwnSignIn) -> SocialApp:
    """The provider of an organisation in the form that allauth wants; it is never saved."""
    return SocialApp(
        provider=PROVIDER, provider_id=own.organisation.slug, name=own.organisation.name[:40],
        client_id=own.client_id, secret=unseal(own.sealed_secret),
        settings={"server_url": own.issuer, "oauth_pkce_enabled": True},
    )  # fmt: skip


def says_second_step(claims: Mapping[str, Any]) -> bool:
    """Whether an answer says that more than one step was asked: RFC 8176 ("mfa" in amr), or REFEDS (acr)."""
    amr = claims.get("amr")
    return (isinstance(amr, list) and "mfa" in amr) or claims.get("acr") == SECOND_STEP_ACR
