"""What somebody tells of themselves so that a claim stays under the limits: age, own ceiling, what others pay."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from participation.actions.common import day_of
from participation.models import Assignment, Claim, PaidElsewhere, PaymentProfile
from participation.money_permissions import can_type_out
from participation.rates import month_of
from participation.states import ItemKind
from portal.audit.record import record
from portal.core.dates import add_months

MOST = 10_000_00  # cents that somebody can say to get in a month, or set as a ceiling
GROWN_UP = 21
YEARS_TO_21 = 21  # that the month of turning 21 can lie ahead
MONTHS_BACK = 12  # of which one can still tell what others paid


def _tell(by: Any, now: datetime.datetime) -> None:
    record("money.told_about_self", by=by, target=f"user:{by.pk}", now=now)


@transaction.atomic
def tell_age(
    *, is_21: bool, turns_21_in: datetime.date | None, by: Any, now: datetime.datetime,
    on_paper_of: Assignment | None = None,
) -> None:  # fmt: skip
    """Say whether one is 21 or older; when not, in which month one will be. Only that month is kept, until it is over.

    `on_paper_of`: the coordinator tells it of this representative. Raises PermissionDenied, ValidationError by field.
    """
    whose: Any = by.pk
    if on_paper_of is not None:
        can_type_out(by, on_paper_of)
        whose = on_paper_of.user_id
    month = None if is_21 or turns_21_in is None else month_of(turns_21_in)
    this_month = month_of(day_of(now))
    if not is_21 and (month is None or not this_month <= month <= add_months(this_month, 12 * YEARS_TO_21)):
        raise ValidationError({"turns_21_in": _("Kies de maand waarin u 21 wordt. Die is nu, of komt nog.")})
    PaymentProfile.objects.update_or_create(user_id=whose, defaults={"is_21": is_21, "turns_21_in": month})
    _tell(by, now)


@transaction.atomic
def set_ceiling(*, cents: int | None, by: Any, now: datetime.datetime) -> None:
    """Set an own limit for each month, lower than that of the law; none takes it away. Raises ValidationError."""
    if cents is not None and not 0 < cents <= MOST:
        raise ValidationError({"ceiling": _("Vul een bedrag in, of laat het vak leeg.")})
    PaymentProfile.objects.update_or_create(user=by, defaults={"ceiling": cents})
    _tell(by, now)


@transaction.atomic
def tell_elsewhere(*, month: datetime.date, cents: int, by: Any, now: datetime.datetime) -> None:
    """Say what others pay in `month` as a volunteer; 0 takes it away. Raises ValidationError by field."""
    first, this_month = month_of(month), month_of(day_of(now))
    if not add_months(this_month, -MONTHS_BACK) <= first <= add_months(this_month, MONTHS_BACK):
        raise ValidationError({"month": _("Kies een maand van het afgelopen of het komende jaar.")})
    if not 0 <= cents <= MOST:
        raise ValidationError({"amount": _("Vul in hoeveel u krijgt. Nul is goed als het niets is.")})
    if cents:
        PaidElsewhere.objects.update_or_create(user=by, month=first, defaults={"amount": cents})
    else:
        PaidElsewhere.objects.filter(user=by, month=first).delete()
    _tell(by, now)


def keep_usual_km(claim: Claim) -> None:
    """Remember how far somebody drove, for the next claim; for a caller who sends `claim`."""
    driven = claim.items.filter(kind=ItemKind.DISTANCE).order_by("-day", "-place").first()
    if driven is not None and claim.user_id is not None and claim.organisation_id is None:
        PaymentProfile.objects.update_or_create(user_id=claim.user_id, defaults={"usual_km": driven.quantity})
