"""The rows of a claim: what each kind asks, which promise it draws on, and what it comes to."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from participation.actions.money.limits import no_rate
from participation.models import Claim, ClaimItem, Commitment, PaymentProfile
from participation.rates import fee_for, is_young, rate_on, travel_for
from participation.states import CommitmentState, ItemKind, LineKind, Regime
from portal.core.text import clean

MOST_ROWS = 30
MOST_MINUTES = 24 * 60
MOST_TENTHS = 20_000  # 2,000 km
OLDEST = datetime.timedelta(days=2 * 366)

# Which rows somebody can ask for, by how they want to be paid.
ROWS = {
    Regime.COSTS_ONLY: (ItemKind.DISTANCE, ItemKind.TICKET, ItemKind.COSTS),
    Regime.VOLUNTEER: (ItemKind.TIME, ItemKind.DISTANCE, ItemKind.TICKET, ItemKind.COSTS),
    Regime.TAXABLE_FEE: (ItemKind.TIME, ItemKind.DISTANCE, ItemKind.TICKET, ItemKind.COSTS),
    Regime.INVOICE: (ItemKind.INVOICE, ItemKind.DISTANCE, ItemKind.TICKET, ItemKind.COSTS),
}
# Out of which lines each kind of row is paid; the first is the usual one.
LINES = {
    ItemKind.TIME: (LineKind.FEE,),
    ItemKind.DISTANCE: (LineKind.TRAVEL,),
    ItemKind.TICKET: (LineKind.TRAVEL,),
    ItemKind.COSTS: (LineKind.SUPPORT, LineKind.REPLACEMENT, LineKind.TRAINING, LineKind.MEETING),
    ItemKind.INVOICE: (
        LineKind.FEE, LineKind.ORGANISATION, LineKind.SUPPORT, LineKind.TRAINING, LineKind.MEETING,
        LineKind.REPLACEMENT,
    ),
}  # fmt: skip


def promised_to(claim: Claim) -> list[Commitment]:
    """The promises that a claim can draw on: of this budget, to this role or organisation."""
    found = Commitment.objects.filter(line__budget=claim.budget_id, state=CommitmentState.RESERVED)
    return list(
        found.filter(assignment=claim.assignment_id, organisation=claim.organisation_id)
        .select_related("line")
        .order_by("pk")
    )


def checked_rows(claim: Claim, rows: Sequence[Mapping[str, Any]], *, today: datetime.date) -> list[ClaimItem]:
    """The rows as they are kept, not saved yet.

    A row: {"kind", "day", "quantity" (minutes or tenths of a kilometre), "amount" (cents, where it is not counted),
    "text", "commitment" (a number, or none for the first that fits)}. Raises ValidationError {"row-3": …} that names
    each row that is not right.
    """
    if len(rows) > MOST_ROWS:
        raise ValidationError({"rows": _("Een declaratie heeft hoogstens 30 regels. Maak er twee van.")})
    made, wrong = [], {}
    promises, profile = promised_to(claim), PaymentProfile.objects.filter(user=claim.user_id).first()
    for place, row in enumerate(rows, start=1):
        try:
            made.append(_row(claim, place, row, promises, profile, today))
        except ValidationError as error:
            wrong[f"row-{place}"] = error.messages
    if wrong:
        raise ValidationError(wrong)
    return made


def _row(
    claim: Claim, place: int, row: Mapping[str, Any], promises: Sequence[Commitment],
    profile: PaymentProfile | None, today: datetime.date,
) -> ClaimItem:  # fmt: skip
    kind, day = row.get("kind"), row.get("day")
    if kind not in ROWS[Regime(claim.regime)]:
        raise ValidationError(_("Dit kunt u niet vragen bij hoe u betaald wilt worden."))
    if not isinstance(day, datetime.date) or not today - OLDEST <= day <= today:
        raise ValidationError(
            _("Kies de dag waarop het was. Die ligt niet in de toekomst en niet langer dan twee jaar terug.")
        )
    item = ClaimItem(
        claim=claim, place=place, kind=kind, day=day, text=clean(row.get("text") or "").strip()[:200],
        commitment=_promise(ItemKind(kind), row.get("commitment"), promises),
    )  # fmt: skip
    if kind == ItemKind.INVOICE and not item.text:
        raise ValidationError(_("Vul het nummer van de rekening in."))
    _count(item, claim, row, profile)
    is_unknown = is_counted(kind, claim.regime) and item.rate is None and item.quantity > 0
    if item.amount <= 0 and not is_unknown:
        raise ValidationError(_("Vul in hoeveel het was. Het bedrag is groter dan nul."))
    return item


def _promise(kind: ItemKind, chosen: Any, promises: Sequence[Commitment]) -> Commitment:
    fitting = [one for one in promises if one.line.kind in LINES[kind]]
    if chosen is not None:
        fitting = [one for one in fitting if one.pk == chosen]
    fitting.sort(key=lambda one: (one.left <= 0, LINES[kind].index(LineKind(one.line.kind)), one.pk))
    if not fitting:
        label = str(kind.label).lower()
        raise ValidationError(
            _("Hiervoor is aan u geen geld toegezegd: %(what)s. Vraag de projectleider.") % {"what": label}
        )
    return fitting[0]


def is_counted(kind: str, regime: str) -> bool:
    """Whether a rate says what a row comes to; of others the amount is typed."""
    return kind == ItemKind.DISTANCE or (kind == ItemKind.TIME and regime == Regime.VOLUNTEER)


def _count(item: ClaimItem, claim: Claim, row: Mapping[str, Any], profile: PaymentProfile | None) -> None:
    """Fill in the quantity, the rate and the amount: counted where a rate says what it is, typed elsewhere."""
    item.quantity = max(0, int(row.get("quantity") or 0)) if item.kind in (ItemKind.TIME, ItemKind.DISTANCE) else 0
    if item.kind == ItemKind.DISTANCE and item.quantity > MOST_TENTHS:
        raise ValidationError(_("Dat zijn erg veel kilometers. Kijk het na."))
    if item.kind == ItemKind.TIME and item.quantity > MOST_MINUTES:
        raise ValidationError(_("Een dag heeft 24 uur. Maak voor elke dag een regel."))
    if is_counted(item.kind, claim.regime):
        _rate(item, claim, profile)
    else:
        item.amount = int(row.get("amount") or 0)


def _rate(item: ClaimItem, claim: Claim, profile: PaymentProfile | None) -> None:
    """What hours or kilometres come to: nothing as long as no rate of that day is known."""
    item.rate, item.amount = rate_on(item.day, is_example=claim.budget.fund.organisation.is_example), 0
    if item.kind == ItemKind.DISTANCE:
        item.amount = travel_for(item.quantity, item.rate) if item.rate else 0
        return
    young = is_young(profile, item.day)
    if young is None:
        raise ValidationError(_("Wij weten niet of u 21 jaar of ouder bent. Vul dat eerst in."))
    item.amount = fee_for(item.quantity, item.rate, young=young) if item.rate else 0


def refuse_stale(claim: Claim) -> None:
    """Raise ValidationError when hours or kilometres come to another amount now than who claims saw.

    So it is when no rate was known yet, and when somebody told another age since.
    """
    profile = PaymentProfile.objects.filter(user=claim.user_id).first()
    for item in claim.items.order_by("place"):
        if not is_counted(item.kind, claim.regime):
            continue
        amount = item.amount
        _rate(item, claim, profile)
        if item.rate is None:
            raise ValidationError({"rows": no_rate(item.day.year)})
        if item.amount != amount:
            raise ValidationError(
                {"rows": _("De bedragen zijn nu anders. Open het formulier en kijk het nog eens na.")}
            )
