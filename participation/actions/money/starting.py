"""Beginning a claim and writing its rows in one go: a form that is not right leaves nothing behind."""

import datetime
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from participation.actions.money.claims import begin_claim, choose_regime, write_claim
from participation.actions.money.telling import tell_age
from participation.models import Assignment, Budget, Claim
from participation.states import Regime


@transaction.atomic
def start_claim(
    *, budget: Budget, key: uuid.UUID, rows: Sequence[Mapping[str, Any]], account: Mapping[str, Any], by: Any,
    now: datetime.datetime, **whose: Any,
) -> Claim:  # fmt: skip
    """Begin a claim (`whose`: as `begin_claim` takes it) and write its rows. The same key again writes the same claim.

    Raises what `begin_claim` and `write_claim` raise.
    """
    claim = begin_claim(budget=budget, key=key, by=by, now=now, **whose)
    write_claim(claim=claim, revision=claim.revision, rows=rows, by=by, now=now, **account)
    return claim


@transaction.atomic
def tell_from_paper(
    *, assignment: Assignment, regime: str, is_21: bool | None, turns_21_in: datetime.date | None, by: Any,
    now: datetime.datetime,
) -> None:  # fmt: skip
    """Take over from a signed paper how a representative wants to be paid; the age only where an amount rests on it.

    Raises PermissionDenied, ValidationError by field.
    """
    choose_regime(assignment=assignment, regime=regime, by=by, now=now, on_paper=True)
    if regime == Regime.VOLUNTEER:
        if is_21 is None:
            raise ValidationError({"is_21": _("Kies ja of nee.")})
        tell_age(is_21=is_21, turns_21_in=turns_21_in, by=by, now=now, on_paper_of=assignment)
