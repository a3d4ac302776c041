"""What everybody sees of what a provider says about a text of our editors."""

from collections.abc import Iterable

from transparency.models import Claim, Entry
from transparency.states import ClaimOutcome, ClaimState, Origin

# Disputes that stand on top of the page: nobody answered yet, or the provider and our editors do not agree.
_ON_TOP = (ClaimState.SHOWN, ClaimState.ANSWERING)


def public_claims(entry: Entry) -> list[Claim]:
    """The confirmations that were given and the disputes that were shown, the oldest first."""
    claims = entry.claims.select_related("version").order_by("asked_at", "pk")
    return [claim for claim in claims if claim.shown_at is not None or claim.state == ClaimState.CONFIRMED]


def confirmation(entry: Entry, claims: Iterable[Claim]) -> Claim | None:
    """The newest confirmation among `claims` of an entry of our editors."""
    if entry.origin != Origin.EDITORIAL:
        return None
    given = [claim for claim in claims if claim.state == ClaimState.CONFIRMED]
    return max(given, key=lambda claim: (claim.version.number, claim.pk), default=None)


def is_confirmed(entry: Entry, claims: Iterable[Claim]) -> bool:
    """Whether the provider confirmed the text that `entry` has now."""
    found = confirmation(entry, claims)
    return found is not None and found.version_id == entry.current_version_id


def disputes(claims: Iterable[Claim]) -> list[Claim]:
    """The disputes among `claims`."""
    return [claim for claim in claims if claim.shown_at is not None]


def is_on_top(entry: Entry, claim: Claim) -> bool:
    """Whether a dispute stands on top of the page: as long as the text that the provider finds wrong stands there."""
    if entry.origin != Origin.EDITORIAL:
        return False
    not_agreed = claim.state == ClaimState.ANSWERED and claim.outcome == ClaimOutcome.NOT_CHANGED
    return claim.state in _ON_TOP or (not_agreed and claim.version_id == entry.current_version_id)
