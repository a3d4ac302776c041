"""What public money is made of: what was set apart, and what moved to whom in which quarter, by the ledger."""

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from participation.models import Claim, Commitment, MoneyCommand, Posting
from participation.money_privacy import Movement, Quarter
from participation.states import Account

PROMISES = ("commit", "release")  # kinds of bookings that change what is promised; what is approved stays promised


@dataclass(frozen=True, kw_only=True)
class Earmark:
    """Cents that were set apart on a line in a quarter, or taken back by a decision; what goes back when a budget
    closes is not in it, as that tells what was spent.
    """

    budget: int
    kind: str
    quarter: Quarter
    cents: int


def quarter_of(day: datetime.date) -> Quarter:
    """The quarter in which `day` lies."""
    return 4 * day.year + (day.month - 1) // 3


def first_day(quarter: Quarter) -> datetime.date:
    """The first day of a quarter."""
    return datetime.date(quarter // 4, 3 * (quarter % 4) + 1, 1)


def _grouped(funds: Sequence[int], *keys: str, **which: object) -> list[tuple[object, ...]]:
    """(fund, budget, kind, month, *keys, cents) of the postings on lines of `funds`."""
    names = ("fund", "line__budget", "line__kind", "month", *keys)
    rows = Posting.objects.filter(fund__in=funds, line__isnull=False, **which).order_by()
    rows = rows.annotate(month=TruncMonth("booking__happened_at"))
    return list(rows.values(*names).annotate(cents=Sum("amount")).values_list(*names, "cents"))


def _quarter(month: object) -> Quarter:
    return quarter_of(timezone.localtime(month).date())  # type: ignore[arg-type]


def earmarks_of(funds: Sequence[int]) -> Mapping[int, list[Earmark]]:
    """{fund: what was set apart on its lines}."""
    found: defaultdict[int, list[Earmark]] = defaultdict(list)
    kinds = ("money.earmarked", "money.lowered")
    rows = _grouped(funds, account=Account.FREE, booking__command__kind__in=kinds)
    for fund, budget, kind, month, cents in rows:
        found[fund].append(Earmark(budget=budget, kind=kind, quarter=_quarter(month), cents=cents))  # type: ignore[index, arg-type]
    return found


def movements_of(funds: Sequence[int]) -> Mapping[int, list[Movement]]:
    """{fund: what was promised to whom, and approved for whom}."""
    found: defaultdict[int, list[Movement]] = defaultdict(list)
    who = _payees(funds)
    promised = _grouped(funds, "booking__target", account=Account.COMMITTED, booking__kind__in=PROMISES)
    spent = _grouped(funds, "booking__target", account__in=[Account.PAYABLE, Account.PAID])
    for name, rows in (("promised", promised), ("spent", spent)):
        for fund, budget, kind, month, target, cents in rows:
            if cents:
                amount = {name: cents}
                found[fund].append(  # type: ignore[index]
                    Movement(budget=budget, kind=kind, quarter=_quarter(month), who=who[target], **amount)  # type: ignore[arg-type, index]
                )
    return found


def _payees(funds: Sequence[int]) -> Mapping[str, str]:
    """{target of a booking: for whom it is}; the same person or organisation everywhere, also when an account is gone.

    Of a claim the log keeps the number of who sent it, so that nobody becomes two people when they leave.
    """
    names, roles = dict[str, str](), dict[int, str]()
    claims = Claim.objects.filter(budget__fund__in=funds).values_list("uuid", "user", "assignment", "organisation")
    rows = list(claims)
    senders = _senders([f"moneyclaim:{key}" for key, user, _role, _organisation in rows if user is None])
    for key, user, role, organisation in rows:
        target = f"moneyclaim:{key}"
        names[target] = _name(user or senders.get(target), role, organisation)
        if role:
            roles[role] = names[target]
    commitments = Commitment.objects.filter(line__budget__fund__in=funds)
    for key, user, role, organisation in commitments.values_list(
        "uuid", "assignment__user", "assignment", "organisation"
    ):
        names[f"commitment:{key}"] = _name(user, role, organisation) if user or organisation else roles.get(
            role or 0, _name(None, role, None)
        )  # fmt: skip
    return names


def _senders(targets: Sequence[str]) -> Mapping[str, int]:
    """{target of a claim: the number of who sent it}, of claims whose account is gone."""
    if not targets:
        return {}
    sent = MoneyCommand.objects.filter(kind="money.claim_sent", target__in=targets, actor_id__isnull=False)
    return dict(sent.values_list("target", "actor_id"))  # type: ignore[arg-type]


def _name(user: int | None, role: int | None, organisation: int | None) -> str:
    if organisation:
        return f"organisation {organisation}"
    return f"user {user}" if user else f"role {role}"
