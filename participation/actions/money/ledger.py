"""The only writer of the ledger, and the conditional updates that guard every total.

A guard is one UPDATE that changes a row only where the result is allowed, and says whether it did: under concurrency
nothing is read first and written later (participation.md, Money: measured). The CHECK constraints are the net. Rows
are taken in one order, so that two commands never wait for each other: claims by number; then line by line first the
promises on it and then the line; the fund before its lines; the total of a year before those of its months. A row that
is only held is held without its key (no_key): what refers to it looks at that key at its commit, and would wait.
"""

from collections.abc import Sequence

from django.db.models import BigIntegerField, F, Value

from participation.models import Booking, BudgetLine, Commitment, Fund, MoneyCommand, Posting
from participation.states import Account

Move = tuple[Account, Fund, BudgetLine | None, int]  # account, whose, cents that come in (below zero: go out)


def big(cents: int) -> Value:
    """`cents` beside a column, as wide as the column: without it PostgreSQL gets them cut off at 32 bits."""
    return Value(cents, output_field=BigIntegerField())


def _book(command: MoneyCommand, kind: str, target: str, moves: Sequence[Move]) -> None:
    """Write one booking. Raises ValueError when its postings are not zero together, or when one moves nothing."""
    if sum(amount for *_rest, amount in moves) != 0 or not all(amount for *_rest, amount in moves):
        raise ValueError(f"{kind} of {target} is not in balance")
    booking = Booking(command=command, kind=kind, target=target, happened_at=command.happened_at)
    booking.save(force_insert=True)
    Posting.objects.bulk_create(
        Posting(booking=booking, account=account, fund=fund, line=line, amount=amount)
        for account, fund, line, amount in moves
    )


# --- Fund ------------------------------------------------------------------------------------------------------------


def provide(command: MoneyCommand, fund: Fund, cents: int) -> None:
    """`cents` come into the fund."""
    Fund.objects.filter(pk=fund.pk).update(amount=F("amount") + big(cents))
    moves: list[Move] = [(Account.OUTSIDE, fund, None, -cents), (Account.FUND, fund, None, cents)]
    _book(command, "provide", f"fund:{fund.uuid}", moves)


def take_out(command: MoneyCommand, fund: Fund, cents: int) -> bool:
    """`cents` that are not set apart leave the fund; False when there are not so many."""
    there = Fund.objects.filter(pk=fund.pk, amount__gte=F("earmarked") + big(cents))
    if not there.update(amount=F("amount") - big(cents)):
        return False
    moves: list[Move] = [(Account.FUND, fund, None, -cents), (Account.OUTSIDE, fund, None, cents)]
    _book(command, "take_out", f"fund:{fund.uuid}", moves)
    return True


def earmark(command: MoneyCommand, line: BudgetLine, cents: int) -> bool:
    """Set `cents` of the fund apart on `line`; False when the fund has not so much left."""
    fund = line.budget.fund
    there = Fund.objects.filter(pk=fund.pk, amount__gte=F("earmarked") + big(cents))
    if not there.update(earmarked=F("earmarked") + big(cents)):
        return False
    BudgetLine.objects.filter(pk=line.pk).update(earmarked=F("earmarked") + big(cents))
    moves: list[Move] = [(Account.FUND, fund, None, -cents), (Account.FREE, fund, line, cents)]
    _book(command, "earmark", f"line:{line.uuid}", moves)
    return True


def lower(command: MoneyCommand, line: BudgetLine, cents: int) -> bool:
    """Give `cents` of `line` back to the fund; False when that is more than nobody was promised."""
    fund = line.budget.fund
    Fund.objects.filter(pk=fund.pk).update(earmarked=F("earmarked") - big(cents))  # the fund first: one order for all
    there = BudgetLine.objects.filter(pk=line.pk, earmarked__gte=F("committed") + F("spent") + big(cents))
    if not there.update(earmarked=F("earmarked") - big(cents)):
        return False
    moves: list[Move] = [(Account.FREE, fund, line, -cents), (Account.FUND, fund, None, cents)]
    _book(command, "lower", f"line:{line.uuid}", moves)
    return True


# --- Commitment ------------------------------------------------------------------------------------------------------


def commit(command: MoneyCommand, commitment: Commitment) -> bool:
    """Promise the whole amount of `commitment`; False when its line has not so much left."""
    line, cents = commitment.line, commitment.amount
    there = BudgetLine.objects.filter(pk=line.pk, earmarked__gte=F("committed") + F("spent") + big(cents))
    if not there.update(committed=F("committed") + big(cents)):
        return False
    fund = line.budget.fund
    moves: list[Move] = [(Account.FREE, fund, line, -cents), (Account.COMMITTED, fund, line, cents)]
    _book(command, "commit", f"commitment:{commitment.uuid}", moves)
    return True


def release(command: MoneyCommand, commitment: Commitment, cents: int) -> None:
    """Take back `cents` of the promise, for a caller who lowered the amount of `commitment` with a guard."""
    line, fund = commitment.line, commitment.line.budget.fund
    BudgetLine.objects.filter(pk=line.pk).update(committed=F("committed") - big(cents))
    moves: list[Move] = [(Account.COMMITTED, fund, line, -cents), (Account.FREE, fund, line, cents)]
    _book(command, "release", f"commitment:{commitment.uuid}", moves)


# --- Claim -----------------------------------------------------------------------------------------------------------


def take_room(commitment: Commitment, cents: int) -> bool:
    """Keep `cents` of the promise for a claim that is sent; False when there is not so much left. Books nothing."""
    there = Commitment.objects.filter(pk=commitment.pk, state="RESERVED", amount__gte=F("claimed") + big(cents))
    return bool(there.update(claimed=F("claimed") + big(cents)))


def give_room(command: MoneyCommand, commitment: Commitment, cents: int) -> None:
    """Give back what a claim kept. Of a promise that was closed meanwhile it goes back to the line at once."""
    open_ = Commitment.objects.filter(pk=commitment.pk, state="RESERVED")
    if open_.update(claimed=F("claimed") - big(cents)):
        return
    Commitment.objects.filter(pk=commitment.pk).update(
        claimed=F("claimed") - big(cents), amount=F("amount") - big(cents)
    )
    release(command, commitment, cents)


def approve(command: MoneyCommand, commitment: Commitment, cents: int, claim: str) -> None:
    """Book `cents` of a claim as owed; the claim kept room for it, so the guards can only fail on a broken ledger."""
    Commitment.objects.filter(pk=commitment.pk).update(spent=F("spent") + big(cents))
    line, fund = commitment.line, commitment.line.budget.fund
    BudgetLine.objects.filter(pk=line.pk).update(committed=F("committed") - big(cents), spent=F("spent") + big(cents))
    moves: list[Move] = [(Account.COMMITTED, fund, line, -cents), (Account.PAYABLE, fund, line, cents)]
    _book(command, "approve", claim, moves)


def pay(command: MoneyCommand, commitment: Commitment, cents: int, claim: str) -> None:
    """The bank paid `cents`."""
    line, fund = commitment.line, commitment.line.budget.fund
    moves: list[Move] = [(Account.PAYABLE, fund, line, -cents), (Account.PAID, fund, line, cents)]
    _book(command, "pay", claim, moves)


def bounce(command: MoneyCommand, commitment: Commitment, cents: int, claim: str) -> None:
    """What was paid came back: it is owed again."""
    line, fund = commitment.line, commitment.line.budget.fund
    moves: list[Move] = [(Account.PAID, fund, line, -cents), (Account.PAYABLE, fund, line, cents)]
    _book(command, "bounce", claim, moves)


def reverse(command: MoneyCommand, commitment: Commitment, cents: int, claim: str, *, was_paid: bool) -> None:
    """Undo a claim: what was owed or paid is promised again, and of a closed promise it is free again."""
    line, fund = commitment.line, commitment.line.budget.fund
    Commitment.objects.filter(pk=commitment.pk).update(spent=F("spent") - big(cents))
    BudgetLine.objects.filter(pk=line.pk).update(committed=F("committed") + big(cents), spent=F("spent") - big(cents))
    source = Account.PAID if was_paid else Account.PAYABLE
    _book(command, "reverse", claim, [(source, fund, line, -cents), (Account.COMMITTED, fund, line, cents)])
    give_room(command, commitment, cents)
