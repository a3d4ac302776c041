"""The account on which somebody wants a claim to be paid: typed, the same as before, or given anew."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from participation.iban import sealed
from participation.models import Claim
from portal.core.text import clean

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
