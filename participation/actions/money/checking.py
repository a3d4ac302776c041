"""Looking whether the ledger and every total say the same, and whether people kept apart what must be apart."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Count, F, Q, Sum

from participation.models import (
    Booking,
    Budget,
    BudgetLine,
    Claim,
    ClaimItem,
    Commitment,
    Fund,
    MoneyCommand,
    PeriodTotal,
    Posting,
)
from participation.rates import periods
from participation.states import (
    COUNTED,
    OWED,
    Account,
    BudgetState,
    ClaimState,
    CommitmentState,
    Regime,
)


def faults() -> Iterator[str]:
    """Everything that is not right, each as one line that says where; none on a sound ledger.

    Call it in one transaction (REPEATABLE READ where others write), so that all is seen as of one moment.
    """
    for check in (_bookings, _funds, _lines, _commitments, _claims, _owed, _periods, _people, _commands):
        yield from check()


def _bookings() -> Iterator[str]:
    found = Booking.objects.annotate(total=Sum("postings__amount"), count=Count("postings"))
    for booking in found.filter(Q(count__lt=2) | ~Q(total=0) | Q(total=None)).order_by("pk"):
        yield f"booking {booking.pk} ({booking.kind}): {booking.count} postings, together {booking.total} cents, not 0"
    if total := Posting.objects.aggregate(total=Sum("amount"))["total"]:
        yield f"all accounts together: {total} cents, not 0"


def _balances(*keys: str) -> dict[tuple[int | str, ...], int]:
    rows = Posting.objects.order_by().values(*keys).annotate(total=Sum("amount"))
    return {tuple(row[key] for key in keys): row["total"] for row in rows}


def _funds() -> Iterator[str]:
    found = _balances("fund", "account")
    on_lines = dict(
        BudgetLine.objects.order_by().values_list("budget__fund").annotate(total=Sum("earmarked")).values_list(
            "budget__fund", "total"
        )
    )  # fmt: skip
    for fund in Fund.objects.order_by("pk"):
        where = f"fund {fund.slug}"
        yield from _same(f"{where}: what came in", fund.amount, -found.get((fund.pk, Account.OUTSIDE), 0))
        yield from _same(f"{where}: not set apart", fund.amount - fund.earmarked, found.get((fund.pk, Account.FUND), 0))
        yield from _same(f"{where}: set apart", fund.earmarked, on_lines.get(fund.pk, 0))


def _lines() -> Iterator[str]:
    found = _balances("line", "account")
    promised: dict[int, int] = defaultdict(int)
    held = [CommitmentState.RESERVED, CommitmentState.RELEASED]
    sums = Commitment.objects.filter(state__in=held).order_by().values_list("line")
    spent: dict[int, int] = {}
    for of_line, amount, booked in sums.annotate(Sum("amount"), Sum("spent")):
        promised[of_line], spent[of_line] = amount - booked, booked
    for line in BudgetLine.objects.order_by("pk"):
        where, of = f"line {line.pk} ({line.kind})", line.pk
        yield from _same(f"{where}: free", line.free, found.get((of, Account.FREE), 0))
        yield from _same(f"{where}: committed", line.committed, found.get((of, Account.COMMITTED), 0))
        booked = found.get((of, Account.PAYABLE), 0) + found.get((of, Account.PAID), 0)
        yield from _same(f"{where}: spent", line.spent, booked)
        yield from _same(f"{where}: committed, by its promises", line.committed, promised[of])
        yield from _same(f"{where}: spent, by its promises", line.spent, spent.get(of, 0))
        if min(line.free, line.committed, line.spent) < 0:
            yield f"{where}: below zero"


def _commitments() -> Iterator[str]:
    def sums(states: tuple[ClaimState, ...]) -> dict[int, int]:
        rows = ClaimItem.objects.filter(claim__state__in=states).order_by().values("commitment")
        return {row["commitment"]: row["total"] for row in rows.annotate(total=Sum("amount"))}

    kept, booked = sums(COUNTED), sums((*OWED, ClaimState.PAID))
    for one in Commitment.objects.order_by("pk"):
        where = f"commitment {one.pk}"
        yield from _same(f"{where}: claimed", one.claimed, kept.get(one.pk, 0))
        yield from _same(f"{where}: spent", one.spent, booked.get(one.pk, 0))
        if not 0 <= one.spent <= one.claimed <= one.amount:
            yield f"{where}: spent {one.spent}, claimed {one.claimed} and promised {one.amount} are out of order"
    closed = Budget.objects.filter(state=BudgetState.CLOSED, lines__committed__gt=0).distinct()
    for budget in closed.order_by("pk"):
        yield f"budget {budget.pk}: closed while money is promised"


def _claims() -> Iterator[str]:
    for claim in Claim.objects.annotate(total=Sum("items__amount")).order_by("pk"):
        if claim.items.exists() or claim.amount:
            yield from _same(f"claim {claim.pk}: its rows", claim.amount, claim.total or 0)
    strange = ClaimItem.objects.filter(
        ~Q(commitment__line__budget=F("claim__budget"))
        | (Q(claim__assignment__isnull=False) & ~Q(commitment__assignment=F("claim__assignment")))
    )
    for item in strange.order_by("pk"):
        yield f"claim {item.claim_id}: row {item.place} draws on the promise of another"


def _owed() -> Iterator[str]:
    """What stands in the ledger as owed and paid is what the claims say."""
    balance = {account: total for (account,), total in _balances("account").items()}
    for account, states in ((Account.PAYABLE, OWED), (Account.PAID, (ClaimState.PAID,))):
        total = Claim.objects.filter(state__in=states).aggregate(total=Sum("amount"))["total"] or 0
        yield from _same(f"{account.lower()} by the claims", balance.get(account, 0), total)


def _periods() -> Iterator[str]:
    expected: dict[tuple[int, str], int] = defaultdict(int)
    counted = Claim.objects.filter(state__in=COUNTED, regime=Regime.VOLUNTEER, user__isnull=False)
    for user, month, amount in counted.values_list("user", "counts_in", "amount"):
        if month is None:
            yield f"a claim of user {user} counts in no month"
            continue
        for name in periods(month):
            expected[user, name] += amount
    for user, period, amount in PeriodTotal.objects.values_list("user", "period", "amount"):
        yield from _same(f"total of user {user} in {period}", amount, expected.pop((user, period), 0))
    for (user, period), amount in expected.items():
        yield from _same(f"total of user {user} in {period}", 0, amount)


def _people() -> Iterator[str]:
    """Claimant, checker, approver and payer are four people, also where an account is gone: the log keeps numbers."""
    said: dict[str, dict[str, int | None]] = defaultdict(dict)
    kinds = ("money.claim_sent", "money.claim_checked", "money.claim_approved")
    for kind, target, actor in MoneyCommand.objects.filter(kind__in=kinds).order_by("pk").values_list(
        "kind", "target", "actor_id"
    ):  # fmt: skip
        said[target][kind] = actor
    payers = dict(MoneyCommand.objects.filter(kind="money.batch_paid").values_list("target", "actor_id"))
    done = Claim.objects.filter(state__in=[ClaimState.CHECKED, *OWED, ClaimState.PAID]).select_related("batch")
    for claim in done.order_by("pk"):
        acts = said[f"moneyclaim:{claim.uuid}"]
        people = [acts.get(kind) for kind in kinds]
        if claim.state == ClaimState.PAID and claim.batch is not None:
            people.append(payers.get(f"batch:{claim.batch.uuid}"))
        known = [one for one in people if one is not None]
        if len(known) != len(set(known)):
            yield f"claim {claim.pk}: one person did two of claim, check, approve and pay"


def _commands() -> Iterator[str]:
    lonely = MoneyCommand.objects.filter(
        kind__in=["money.provided", "money.earmarked", "money.lowered", "money.committed", "money.claim_approved",
                  "money.batch_paid", "money.claim_reversed"],
        bookings__isnull=True,
    )  # fmt: skip
    for command in lonely.order_by("pk"):
        yield f"command {command.pk} ({command.kind}): nothing was booked"


def _same(where: str, row: int, ledger: int) -> Iterator[str]:
    if row != ledger:
        yield f"{where}: {row} cents, and the ledger says {ledger}"
