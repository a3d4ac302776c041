"""The only writer of the ledger, and the conditional updates that guard every total.

A guard is one UPDATE that changes a row only where the result is allowed, and says whether it did: under concurrency
nothing is read first and written later (participation.md, Money: measured). The CHECK constraints are the net. Rows
are taken in one order, so that two commands never wait for each other: claims by number; then line by line first the
promises on it and then the line; the fund before its lines; the total of a year before those of its months. A row that
is only held is held without its key (no_key): what refers to it looks at that key at its commit, and would wait.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import BigIntegerField, F, Value

from participation.models import Booking, BudgetLine, Commitment, Fund, MoneyCommand, Posting
from participation.states import Account

OF_FUND = (Account.OUTSIDE, Account.FUND)  # accounts of a fund; the others are of a line


def big(cents: int) -> Value:
    """`cents` beside a column, as wide as the column: without it PostgreSQL gets them cut off at 32 bits."""
    return Value(cents, output_field=BigIntegerField())


@dataclass(frozen=True, kw_only=True)
class Draw:
    """So many cents of a claim, out of one promise, by one command; `target` names the claim."""

    command: MoneyCommand
    commitment: Commitment
    cents: int
    target: str


def _move(kind: str, moves: Sequence[tuple[MoneyCommand, str, Fund, BudgetLine | None, int]], *, out_of: Account,
          into: Account) -> None:  # fmt: skip
    """Write a booking for each (command, target, fund, line, cents): the cents leave one account and come into another,
    so that both its postings are zero together.

    Raises ValueError when one would move nothing.
    """
    for _command, target, _fund, _line, cents in moves:
        if cents <= 0:
            raise ValueError(f"{kind} of {target} moves nothing")
    bookings = Booking.objects.bulk_create(
        Booking(command=command, kind=kind, target=target, happened_at=command.happened_at)
        for command, target, _fund, _line, _cents in moves
    )
    Posting.objects.bulk_create(
        Posting(booking=booking, account=account, fund=fund, line=None if account in OF_FUND else line, amount=amount)
        for booking, (_command, _target, fund, line, cents) in zip(bookings, moves, strict=True)
        for account, amount in ((out_of, -cents), (into, cents))
    )


def _on_line(
    command: MoneyCommand, kind: str, target: str, line: BudgetLine, *, out_of: Account, into: Account, cents: int
) -> None:
    """The same for one movement of money of `line`."""
    _move(kind, [(command, target, line.budget.fund, line, cents)], out_of=out_of, into=into)


# --- Fund ------------------------------------------------------------------------------------------------------------


def provide(command: MoneyCommand, fund: Fund, cents: int) -> None:
    """`cents` come into the fund."""
    Fund.objects.filter(pk=fund.pk).update(amount=F("amount") + big(cents))
    _move("provide", [(command, f"fund:{fund.uuid}", fund, None, cents)], out_of=Account.OUTSIDE, into=Account.FUND)


def take_out(command: MoneyCommand, fund: Fund, cents: int) -> bool:
    """`cents` that are not set apart leave the fund; False when there are not so many."""
    there = Fund.objects.filter(pk=fund.pk, amount__gte=F("earmarked") + big(cents))
    if not there.update(amount=F("amount") - big(cents)):
        return False
    _move("take_out", [(command, f"fund:{fund.uuid}", fund, None, cents)], out_of=Account.FUND, into=Account.OUTSIDE)
    return True


def earmark(command: MoneyCommand, line: BudgetLine, cents: int) -> bool:
    """Set `cents` of the fund apart on `line`; False when the fund has not so much left."""
    fund = line.budget.fund
    there = Fund.objects.filter(pk=fund.pk, amount__gte=F("earmarked") + big(cents))
    if not there.update(earmarked=F("earmarked") + big(cents)):
        return False
    BudgetLine.objects.filter(pk=line.pk).update(earmarked=F("earmarked") + big(cents))
    _on_line(command, "earmark", f"line:{line.uuid}", line, out_of=Account.FUND, into=Account.FREE, cents=cents)
    return True


def lower(command: MoneyCommand, line: BudgetLine, cents: int) -> bool:
    """Give `cents` of `line` back to the fund; False when that is more than nobody was promised."""
    fund = line.budget.fund
    Fund.objects.filter(pk=fund.pk).update(earmarked=F("earmarked") - big(cents))  # the fund first: one order for all
    there = BudgetLine.objects.filter(pk=line.pk, earmarked__gte=F("committed") + F("spent") + big(cents))
    if not there.update(earmarked=F("earmarked") - big(cents)):
        return False
    _on_line(command, "lower", f"line:{line.uuid}", line, out_of=Account.FREE, into=Account.FUND, cents=cents)
    return True


# --- Commitment ------------------------------------------------------------------------------------------------------


def commit(command: MoneyCommand, commitment: Commitment) -> bool:
    """Promise the whole amount of `commitment`; False when its line has not so much left."""
    line, cents = commitment.line, commitment.amount
    there = BudgetLine.objects.filter(pk=line.pk, earmarked__gte=F("committed") + F("spent") + big(cents))
    if not there.update(committed=F("committed") + big(cents)):
        return False
    target = f"commitment:{commitment.uuid}"
    _on_line(command, "commit", target, line, out_of=Account.FREE, into=Account.COMMITTED, cents=cents)
    return True


def release(command: MoneyCommand, commitment: Commitment, cents: int) -> None:
    """Take back `cents` of the promise, for a caller who lowered the amount of `commitment` with a guard."""
    line = commitment.line
    BudgetLine.objects.filter(pk=line.pk).update(committed=F("committed") - big(cents))
    target = f"commitment:{commitment.uuid}"
    _on_line(command, "release", target, line, out_of=Account.COMMITTED, into=Account.FREE, cents=cents)


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


def approve(draws: Sequence[Draw]) -> None:
    """Book each of `draws` as owed; the claims kept room for it, so the guards can only fail on a broken ledger.

    The rows that many claims share come last: they are held no longer than until the commit that follows.
    """
    moves = [
        (one.command, one.target, one.commitment.line.budget.fund, one.commitment.line, one.cents) for one in draws
    ]
    _move("approve", moves, out_of=Account.COMMITTED, into=Account.PAYABLE)
    of_line: dict[int, Counter[int]] = defaultdict(Counter)
    for one in draws:
        of_line[one.commitment.line_id][one.commitment.pk] += one.cents
    for line, of_commitment in sorted(of_line.items()):
        for commitment, cents in sorted(of_commitment.items()):
            Commitment.objects.filter(pk=commitment).update(spent=F("spent") + big(cents))
        cents = of_commitment.total()
        BudgetLine.objects.filter(pk=line).update(committed=F("committed") - big(cents), spent=F("spent") + big(cents))


def pay(command: MoneyCommand, commitment: Commitment, cents: int, claim: str) -> None:
    """The bank paid `cents`."""
    _on_line(command, "pay", claim, commitment.line, out_of=Account.PAYABLE, into=Account.PAID, cents=cents)


def bounce(command: MoneyCommand, commitment: Commitment, cents: int, claim: str) -> None:
    """What was paid came back: it is owed again."""
    _on_line(command, "bounce", claim, commitment.line, out_of=Account.PAID, into=Account.PAYABLE, cents=cents)


def reverse(command: MoneyCommand, commitment: Commitment, cents: int, claim: str, *, was_paid: bool) -> None:
    """Undo a claim: what was owed or paid is promised again, and of a closed promise it is free again."""
    line = commitment.line
    Commitment.objects.filter(pk=commitment.pk).update(spent=F("spent") - big(cents))
    BudgetLine.objects.filter(pk=line.pk).update(committed=F("committed") + big(cents), spent=F("spent") - big(cents))
    source = Account.PAID if was_paid else Account.PAYABLE
    _on_line(command, "reverse", claim, line, out_of=source, into=Account.COMMITTED, cents=cents)
    give_room(command, commitment, cents)
