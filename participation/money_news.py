"""Which claims came to wait for somebody since they were last mailed: numbers only, never whose or how much."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import ngettext_lazy

from participation.models import Claim, MoneyCommand
from participation.money_duties import APPROVE, CHECK, PAY, UNDO, WHOLE, Duty, who_can
from portal.accounts.models import User
from portal.core.links import address

CLAIM = "moneyclaim:"  # how the log names one (actions/money/claims.py)
# The command after which a claim waits for the next person.
STARTS = {"money.claim_sent": CHECK, "money.claim_checked": APPROVE, "money.claim_approved": PAY}
WORDS = {
    CHECK.name: ngettext_lazy(
        "Er kwam %(number)d declaratie om na te kijken.", "Er kwamen %(number)d declaraties om na te kijken.", "number"
    ),
    APPROVE.name: ngettext_lazy(
        "Er kwam %(number)d declaratie om goed te keuren.", "Er kwamen %(number)d declaraties om goed te keuren.",
        "number",
    ),
    PAY.name: ngettext_lazy(
        "Er kwam %(number)d declaratie om te betalen.", "Er kwamen %(number)d declaraties om te betalen.", "number"
    ),
    UNDO.name: ngettext_lazy(
        "Er is gevraagd om %(number)d declaratie terug te draaien.",
        "Er is gevraagd om %(number)d declaraties terug te draaien.", "number",
    ),
}  # fmt: skip
PAGES = {
    CHECK.name: "participation:money-check", APPROVE.name: "participation:money-approve",
    PAY.name: "participation:money-pay", UNDO.name: "participation:money-pay",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A claim that came to wait: for which work, and when."""

    duty: Duty
    at: datetime.datetime


@dataclass(frozen=True, kw_only=True)
class ClaimNews:
    """How many came, in words, and the page where they are."""

    number: int
    words: str
    page: str


def arrived(since: datetime.datetime, until: datetime.datetime) -> dict[User, list[Arrival]]:
    """What came to wait in that time and still waits, for everybody who can do it."""
    found: dict[User, list[Arrival]] = {}
    for claim, arrival in _came(since, until):
        for user in who_can(claim, arrival.duty):
            found.setdefault(user, []).append(arrival)
    return found


def _came(since: datetime.datetime, until: datetime.datetime) -> Iterable[tuple[Claim, Arrival]]:
    done = MoneyCommand.objects.filter(kind__in=STARTS, happened_at__gt=since, happened_at__lte=until)
    newest: dict[tuple[str, str], datetime.datetime] = {}
    for kind, target, at in done.order_by("happened_at", "pk").values_list("kind", "target", "happened_at"):
        newest[kind, target.removeprefix(CLAIM)] = at
    for kind, duty in STARTS.items():
        keys = {key: at for (of, key), at in newest.items() if of == kind}
        waiting = Claim.objects.filter(duty.waiting, uuid__in=keys).select_related(*WHOLE).order_by("pk")
        for claim in waiting:
            yield claim, Arrival(duty=duty, at=keys[str(claim.uuid)])
    asked = Claim.objects.filter(UNDO.waiting, reversal_asked_at__gt=since, reversal_asked_at__lte=until)
    for claim in asked.select_related(*WHOLE).order_by("pk"):
        if claim.reversal_asked_at is not None:
            yield claim, Arrival(duty=UNDO, at=claim.reversal_asked_at)


def counted(arrivals: Iterable[Arrival]) -> list[ClaimNews]:
    """One line for each kind of work."""
    numbers = Counter(one.duty.name for one in arrivals)
    return [
        ClaimNews(
            number=numbers[name], words=str(words % {"number": numbers[name]}), page=address(PAGES[name])
        )
        for name, words in WORDS.items()
        if numbers[name]
    ]  # fmt: skip
