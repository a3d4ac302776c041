"""What whose claim it is hears of it. A subject tells nothing of a person, and no mail holds an account number."""

from typing import Any

from django.urls import reverse
from django.utils.translation import override

from participation.emails import members
from participation.models import Claim, PaymentBatch
from portal.core.mail import send_mail
from portal.organisations.roles import Role

OWN_PAGE = "participation:claim"  # for whose claim it is


def _claimants(claim: Claim) -> list[Any]:
    """Whose claim it is; of an organisation of which that person left, who coordinates for it now."""
    if claim.user is not None and claim.user.is_active:
        return [claim.user]
    return members(claim.organisation, Role.COORDINATOR) if claim.organisation else []


def _tell(people: list[Any], event: str, claim: Claim, page: str, *args: Any, **context: Any) -> None:
    with override("nl"):
        told = {"claim": claim, "path": reverse(page, args=args), **context}
    for person in people:
        send_mail(person.email, f"participation/{event}", told)


def returned(claim: Claim, question: str) -> None:
    """To whose claim it is: somebody wants to know something first."""
    _tell(_claimants(claim), "money_returned", claim, OWN_PAGE, claim.uuid, question=question)


def rejected(claim: Claim, reason: str) -> None:
    """To whose claim it is: no, with the reason."""
    _tell(_claimants(claim), "money_rejected", claim, OWN_PAGE, claim.uuid, reason=reason)


def paid(claim: Claim, batch: PaymentBatch) -> None:
    """To whose claim it is: the bank paid."""
    _tell(_claimants(claim), "money_paid", claim, OWN_PAGE, claim.uuid, batch=batch)


def failed(claim: Claim, reason: str) -> None:
    """To whose claim it is: the bank could not pay; give another account, or look at this one."""
    page = "participation:money-claim-account"
    _tell(_claimants(claim), "money_failed", claim, page, claim.uuid, reason=reason)


def undone(claim: Claim) -> None:
    """To whose claim it is: it is undone, with the reason."""
    _tell(_claimants(claim), "money_undone", claim, OWN_PAGE, claim.uuid, reason=claim.reason)


def reversal_refused(claim: Claim) -> None:
    """To who asked to undo a claim: it stays as it is."""
    asker = claim.reversal_asked_by
    people = [asker] if asker is not None and asker.is_active else []
    _tell(people, "money_reversal_refused", claim, "participation:money-work-claim", claim.uuid)
