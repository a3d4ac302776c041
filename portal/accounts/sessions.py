"""Where somebody is signed in: reading that writes nothing, and ending it."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext as _

from portal.audit.record import record

# The first that is found in what a browser says of itself; the order matters, for many name each other.
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
           ("Mac OS", "Mac"), ("Linux", "Linux"))  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """One browser in which somebody is signed in."""

    number: int
    browser: str
    address: str
    since: datetime.datetime
    is_here: bool


def sessions_of(user: Any, current_key: str, now: datetime.datetime) -> list[SignedIn]:
    """Every session of `user` that still works, this one first, then the newest."""
    known = {one.session_key: one for one in UserSession.objects.filter(user=user).order_by("-created_at")}
    stored = Session.objects.filter(session_key__in=known, expire_date__gt=now)
    right = user.get_session_auth_hash()  # with another password every older session has ended
    alive = {one.session_key for one in stored if one.get_decoded().get(HASH_SESSION_KEY) == right}
    shown = [
        SignedIn(
            number=one.pk, browser=_browser(one.user_agent), address=one.ip, since=one.created_at,
            is_here=key == current_key,
        )
        for key, one in known.items() if key in alive
    ]  # fmt: skip
    return sorted(shown, key=lambda one: not one.is_here)


@transaction.atomic
def end_sessions(*, user: Any, numbers: Iterable[int] | None, keep: str, now: datetime.datetime) -> int:
    """End the sessions of `user` with these numbers, or all, but the one with the key `keep`; how many ended."""
    chosen = UserSession.objects.filter(user=user).exclude(session_key=keep)
    if numbers is not None:
        chosen = chosen.filter(pk__in=numbers)
    keys = list(chosen.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    chosen.delete()
    if keys:
        record("account.sessions_ended", by=user, target=f"user:{user.pk}", now=now, number=len(keys))
    return len(keys)


def forget_old_sessions(now: datetime.datetime) -> int:
    """Erase sessions that are over, and where they came from; how many there were."""
    Session.objects.filter(expire_date__lt=now).delete()
    there = Session.objects.values("session_key")
    return UserSession.objects.exclude(session_key__in=there).delete()[0]


def _browser(told: str) -> str:
    """ "Firefox, Windows" of what a browser says of itself."""
    name = next((name for sign, name in BROWSERS if sign in told), "")
    system = next((system for sign, system in SYSTEMS if sign in told), "")
    return ", ".join(part for part in (name, system) if part) or _("Onbekende browser")
