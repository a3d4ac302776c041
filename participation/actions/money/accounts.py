"""The account on which somebody wants a claim to be paid: typed, the same as before, or given anew."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from participation.iban import sealed
from participation.models import Claim
from participation.money_permissions import can_change_claim
from participation.states import ClaimState
from portal.audit.record import record
from portal.core.text import clean
from portal.core.workflow import StepNotAllowed

LONGEST_HOLDER = 70  # what the bank takes


def account_before(claim: Claim) -> Claim | None:
    """The newest other claim of the same person or organisation of which the account number is still kept."""
    return accounts_of(claim.user_id, claim.organisation_id).exclude(pk=claim.pk).order_by("-begun_at", "-pk").first()


def accounts_of(user_id: int | None, organisation_id: int | None) -> Any:
    """The claims of this person or organisation that still have an account number."""
    kept = Claim.objects.exclude(iban_sealed="")
    if organisation_id is not None:
        return kept.filter(organisation=organisation_id)
    return kept.filter(organisation=None, user__isnull=False, user=user_id)


def checked_account(claim: Claim, *, holder: str, iban: str, same_account: bool = False) -> dict[str, str]:
    """The fields of a claim for what was typed; an empty `iban` leaves the number that is there.

    Raises ValidationError by field.
    """
    told = {"holder": clean(holder).strip()[:LONGEST_HOLDER]}
    if iban.strip():
        told["iban_sealed"], told["iban_end"] = sealed(iban)
    elif same_account:
        before = account_before(claim)
        if before is None:
            raise ValidationError({"iban": _("Wij hebben uw rekeningnummer niet meer. Vul het opnieuw in.")})
        told["iban_sealed"], told["iban_end"] = before.iban_sealed, before.iban_end
        told["holder"] = told["holder"] or before.holder
    return told


def needs_account(claim: Claim) -> bool:
    """Whether an approved claim waits for an account number: a payment failed, or the number was erased meanwhile."""
    return claim.state == ClaimState.APPROVED and (claim.failed_at is not None or not claim.iban_sealed)


@transaction.atomic
def give_account(
    *, claim: Claim, revision: int, holder: str, iban: str, by: Any, now: datetime.datetime
) -> None:  # fmt: skip
    """Give another account for an approved claim that could not be paid. Raises PermissionDenied, ValidationError by
    field, StepNotAllowed.
    """
    can_change_claim(by, claim)
    told = checked_account(claim, holder=holder, iban=iban)
    if not told["holder"] or "iban_sealed" not in told:
        raise ValidationError({"iban": _("Vul in op welke rekening u het geld wilt krijgen, en van wie die is.")})
    there = Claim.objects.filter(pk=claim.pk, state=ClaimState.APPROVED, revision=revision)
    if not needs_account(claim) or not there.update(revision=F("revision") + 1, **told):
        raise StepNotAllowed("give account: the claim changed meanwhile")
    record("money.account_given", by=by, target=f"moneyclaim:{claim.uuid}", now=now)
