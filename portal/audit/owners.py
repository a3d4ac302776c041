"""In whose log an event stands: the apps above this one say how the organisation of their things is found."""

from collections.abc import Callable
from uuid import UUID

# For the first part of a target, as "entry": the number of the organisation of what the second part names.
_OWNERS: dict[str, Callable[[UUID], int | None]] = {}


def owned_by(noun: str, find: Callable[[UUID], int | None]) -> None:
    """Say how the organisation of a target `noun:<uuid>` is found: `find` gets the uuid."""
    _OWNERS[noun] = find


def owner_of(target: str) -> int | None:
    """The number of the organisation that `target` belongs to; None when it belongs to none."""
    noun, _colon, key = target.partition(":")
    if noun not in _OWNERS:
        return None
    try:
        return _OWNERS[noun](UUID(key))
    except ValueError:
        return None
