"""What is public about an entry and does not stand in its text: read once, for its page, its card and its document."""

from dataclasses import dataclass

from portal.organisations.models import Organisation
from transparency.applying import others_of
from transparency.claimed import public_claims
from transparency.models import Claim, Entry, SystemVersion
from transparency.states import ProposalKind, ProposalState


@dataclass(frozen=True, kw_only=True)
class Around:
    """`others`: for whom it holds beside its owner; `newer_product`: a text of its product still to be decided on."""

    claims: list[Claim]
    others: list[Organisation]
    newer_product: SystemVersion | None


def around(entry: Entry) -> Around:
    """All of it, as it is now."""
    return Around(
        claims=public_claims(entry),
        others=list(others_of(entry).prefetch_related("locations")),
        newer_product=_newer_product(entry),
    )


def _newer_product(entry: Entry) -> SystemVersion | None:
    """The newest text of the product, as long as the writers of `entry` did not say whether it holds here."""
    if entry.system_id is None or not entry.is_listed:
        return None
    waiting = entry.proposals.filter(kind=ProposalKind.SYSTEM, state__in=[ProposalState.OPEN, ProposalState.TAKEN])
    found = waiting.select_related("to_version").order_by("-pk").first()
    return found.to_version if found else None
