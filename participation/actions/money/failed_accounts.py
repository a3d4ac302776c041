"""Another account number, for a claim that could not be paid."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from participation.actions.common import needed
from participation.actions.money.claims import record_claim
from participation.iban import sealed
from participation.models import Claim
from participation.money_permissions import can_change_claim
from participation.states import ClaimState
from portal.core.workflow import StepNotAllowed

# The bank could not pay it, or its number was erased before it was paid.
WAITS_FOR_ACCOUNT = Q(state=ClaimState.APPROVED) & (Q(failed_at__isnull=False) | Q(iban_sealed=""))


def waits_for_account(claim: Claim) -> bool:
    """Whether whose claim it is can give another account number."""
    return claim.state == ClaimState.APPROVED and (claim.failed_at is not None or not claim.iban_sealed)


@transaction.atomic
def change_account(*, claim: Claim, revision: int, holder: str, iban: str, by: Any, now: datetime.datetime) -> None:
    """Say on which account an approved claim is to be paid, after the bank could not.

    What the bank said is then forgotten. Raises PermissionDenied, ValidationError by field, StepNotAllowed.
    """
    can_change_claim(by, claim)
    told = needed(holder, _("Vul in op welke naam de rekening staat."), "holder")[:70]
    number, end = sealed(iban)
    there = Claim.objects.filter(WAITS_FOR_ACCOUNT, pk=claim.pk, revision=revision)
    if not there.update(holder=told, iban_sealed=number, iban_end=end, failed_reason="", revision=F("revision") + 1):
        raise StepNotAllowed("change account: the claim does not wait for one")
    record_claim("money.account_changed", claim, by=by, now=now)
