"""A kind of thing of people that can be erased: how it is named without a name, and how it goes.

A name is a keyed hash of what never changes of the thing (its numbers and the moment it began), so that the log of
erasures tells nothing, and yet the same thing is found again in an old backup.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of thing. `erase` gets it and the moment; it checks no permission."""

    code: str
    label: str  # for who runs the command
    every: Callable[[], QuerySet[Any]]
    named: Callable[[Any], str]  # what never changes of it
    since: Callable[[Any], datetime.datetime]  # what began after an erasure is another thing
    erase: Callable[[Any, datetime.datetime], None]


def keys_of(kind: Kind, thing: Any) -> Iterator[str]:
    """The names of `thing` in the log: with the secret of now first, then with the older ones."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        named = f"{kind.code} {kind.named(thing)}"
        yield salted_hmac("participation.erasure", named, secret=secret, algorithm="sha256").hexdigest()


def begun(moment: datetime.datetime) -> str:
    """A moment as part of a name."""
    return moment.astimezone(datetime.UTC).isoformat()


def erase_row(thing: Any, now: datetime.datetime) -> None:
    """The whole row goes."""
    thing.delete()
