"""Everything that the database keeps sealed, and sealing it anew when the SECRET_KEY is another."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import models

from participation.models import Claim, Payer
from portal.accounts.models import OwnSignIn
from portal.core.sealing import SealBroken, reseal

BATCH = 500  # rows that are read at a time

Change = Callable[[Any], Any]  # a value as it is kept → the same, sealed with the key of now


@dataclass(frozen=True, kw_only=True)
class Place:
    """One field in which something sealed is kept; `change` gives the same value back when nothing has to be done."""

    name: str
    model: type[models.Model]
    field: str
    change: Change


@dataclass
class Counts:
    """What was found at one place."""

    seen: int = 0
    changed: int = 0
    broken: int = 0  # sealed with a key that is not known any more: left as it is


def _text(kept: str) -> str:
    return reseal(kept) if kept else kept


def _factor(kept: dict[str, Any]) -> dict[str, Any]:
    """The secret of an app for codes, the seed of emergency codes, or those codes from elsewhere."""
    made = dict(kept)
    for name in ("secret", "seed"):
        if made.get(name):
            made[name] = reseal(made[name])
    if made.get("migrated_codes"):
        made["migrated_codes"] = [reseal(code) for code in made["migrated_codes"]]
    return made


PLACES = (
    Place(name="rekeningnummers van declaraties", model=Claim, field="iban_sealed", change=_text),
    Place(name="rekeningnummers van wie betaalt", model=Payer, field="iban_sealed", change=_text),
    Place(name="geheimen van eigen inlog", model=OwnSignIn, field="sealed_secret", change=_text),
    Place(name="tweede stap", model=Authenticator, field="data", change=_factor),
)


def rotate() -> Iterator[tuple[Place, Counts]]:
    """Seal everything anew with the SECRET_KEY of now; again it changes nothing. What somebody changes meanwhile stays:
    a row is written only while it is as it was read.
    """
    for place in PLACES:
        yield place, _rotate(place)


def _rotate(place: Place) -> Counts:
    counts, last = Counts(), 0
    rows = place.model._default_manager.order_by("pk")
    while batch := list(rows.filter(pk__gt=last).values_list("pk", place.field)[:BATCH]):
        last = batch[-1][0]
        for pk, kept in batch:
            _row(place, pk, kept, counts)
    return counts


def _row(place: Place, pk: int, kept: Any, counts: Counts) -> None:
    counts.seen += bool(kept)
    try:
        made = place.change(kept)
    except SealBroken:
        counts.broken += 1
        return
    if made != kept:
        same = place.model._default_manager.filter(pk=pk, **{place.field: kept})
        counts.changed += same.update(**{place.field: made})
