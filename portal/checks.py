"""Checks of our own: `manage.py check`, with `--deploy` and `--database default` for those that need it."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections

from portal.core import append_only
from transparency.readability import lexicon


@register(Tags.security, deploy=True)
def content_security_policy(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """No `unsafe-` anything in the Content-Security-Policy."""
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    if any("unsafe" in str(value) for values in directives.values() for value in values):
        return [Error("The Content-Security-Policy holds an unsafe- source.", id="portal.E001")]
    return []


@register(Tags.security, deploy=True)
def public_address(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """In production the public address is https and the contact address is a real one."""
    found: list[CheckMessage] = []
    if not settings.PUBLIC_URL.startswith("https://"):
        found.append(Error("PUBLIC_URL must be an https address in production.", id="portal.E002"))
    if settings.CONTACT_EMAIL.endswith(".invalid"):
        found.append(Warning("CONTACT_EMAIL is still the example address.", id="portal.W001"))
    return found


@register(Tags.security, deploy=True)
def only_to_try(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """In production nobody signs in with a password that everybody knows, and our own network is asked nothing."""
    found: list[CheckMessage] = []
    if settings.EXAMPLE_PEOPLE:
        found.append(Error("EXAMPLE_PEOPLE is on: everybody can sign in as an example person.", id="portal.E004"))
    if settings.SENDING_BACKEND.startswith("portal.postbox"):
        found.append(Error("Mails go to the postbox that everybody may read.", id="portal.E005"))
    if settings.FETCH_PRIVATE_ADDRESSES:
        found.append(Error("FETCH_PRIVATE_ADDRESSES is on: people can have our own network asked.", id="portal.E006"))
    return found


@register(Tags.database)
def append_only_triggers(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Every append-only table has its triggers."""
    return [
        Error(f"The trigger {trigger} is missing: run `manage.py migrate`.", id="portal.E003")
        for name in databases or []
        for trigger in append_only.missing(connections[name])
    ]


@register()
def readability_lexicon(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The lexicon of the language check is there; without it the portal works, but checks no texts."""
    fault = lexicon.fault()
    return [Warning(f"The language check does not work: {fault}.", id="portal.W002")] if fault else []
