"""Workers that write money at the same time, in processes of their own, on the database of DATABASE_URL.

`python -m tests.ledger.stress prepare WORKERS CLAIMS` makes a migrated database ready and prints the world as JSON;
`walk`, `approve`, `plain` and `look` read one line of JSON and print one line; `together ROLE` reads a list of such
questions, and answers each in a process of its own, all at the same time.
"""

import json
import os
import random
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from multiprocessing import get_context
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from django.core.exceptions import ValidationError  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from participation.actions.money import commitments, funds, judging  # noqa: E402
from participation.actions.money.checking import faults  # noqa: E402
from participation.models import Assignment, Booking, BudgetLine, Claim, ClaimItem, Commitment  # noqa: E402
from participation.money_duties import WHOLE  # noqa: E402
from participation.money_permissions import THRESHOLD  # noqa: E402
from participation.states import ClaimState, ItemKind, LineKind, Regime  # noqa: E402
from portal.accounts.models import User  # noqa: E402
from portal.core.workflow import StepNotAllowed  # noqa: E402
from tests.factories.money import money  # noqa: E402
from tests.ledger.walk import Walk, World, world  # noqa: E402

Told = dict[str, Any]
LISTED = 25  # claims on a page to approve
CENTS = 100  # of each claim that is only there to be approved


def prepare(workers: int, claims: int) -> Told:
    """A world for the walk, and for each worker `claims` checked claims, all on one line."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE plain_commits (number bigint NOT NULL)")
        cursor.execute("INSERT INTO plain_commits VALUES (0)")
    made = world()
    numbers = _checked_claims(made, workers * claims) if claims else []
    shares = [numbers[worker::workers] for worker in range(workers)]
    return {"world": asdict(made), "claims": shares, "faults": list(faults())}


@transaction.atomic
def _checked_claims(made: World, count: int) -> list[int]:
    """Claims that only wait to be approved; in bulk, as the actions would leave them."""
    person = Assignment.objects.select_related("user", "project").get(pk=made.people[0])
    line = BudgetLine.objects.select_related("budget__fund__organisation", "budget__project__organisation",
                                             "budget__project__patient_side").get(
        budget=made.budgets[0], kind=LineKind.FEE
    )  # fmt: skip
    manager, now = User.objects.get(pk=made.managers[0]), timezone.now()
    lead, checker = User.objects.get(pk=made.leads[0]), User.objects.get(pk=made.coordinators[0])
    cents = count * CENTS
    funds.provide(fund=line.budget.fund, cents=cents, by=manager, now=now, key=uuid.uuid4())
    funds.earmark(budget=line.budget, kind=LineKind.FEE, cents=cents, by=manager, now=now, key=uuid.uuid4())
    promise = commitments.ask_commitment(line=line, cents=cents, what_for="Meten", assignment=person, by=lead, now=now)
    commitments.agree(commitment=promise, by=manager if cents > 100_000 else checker, now=now, key=uuid.uuid4())
    rows = Claim.objects.bulk_create(
        Claim(
            budget=line.budget, project=person.project, assignment=person, user=person.user, amount=CENTS,
            regime=Regime.TAXABLE_FEE, state=ClaimState.CHECKED, begun_at=now, submitted_at=now, checked_by=checker,
            checked_at=now, counts_in=now.date().replace(day=1), holder="A. Voorbeeld", iban_sealed="-",
        )
        for _ in range(count)
    )  # fmt: skip
    ClaimItem.objects.bulk_create(
        ClaimItem(claim=row, place=1, kind=ItemKind.TIME, commitment=promise, day=now.date(), amount=CENTS)
        for row in rows
    )
    Commitment.objects.filter(pk=promise.pk).update(claimed=cents)
    return [row.pk for row in rows]


def walk(told: Told) -> Told:
    """Random commands for `seconds`."""
    walker = Walk(World(**told["world"]), told["seed"])
    end, steps = time.monotonic() + told["seconds"], 0
    while time.monotonic() < end:
        walker.step()
        steps += 1
    return {"done": walker.done, "refused": walker.refused, "steps": steps}


def approve(told: Told) -> Told:
    """Approve own claims for `seconds`, as the page does: a list of them, each a command of its own."""
    manager, began, count, waiting = User.objects.get(pk=told["by"]), time.monotonic(), 0, list(told["claims"])
    while waiting and time.monotonic() - began < told["seconds"]:
        listed, waiting = waiting[:LISTED], waiting[LISTED:]
        claims = Claim.objects.filter(pk__in=listed).select_related(*WHOLE)
        chosen = [(one, one.revision, uuid.uuid4()) for one in claims]
        if refused := judging.approve_many(claims=chosen, by=manager, now=timezone.now()):
            raise RuntimeError(f"refused: {refused}")
        count += len(chosen)
    return {"count": count, "took": time.monotonic() - began}


def plain(told: Told) -> Told:
    """Commit one update of one row, again and again, for `seconds`: what the database itself can do."""
    began, count = time.monotonic(), 0
    while time.monotonic() - began < told["seconds"]:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE plain_commits SET number = number + 1")
        count += 1
    return {"count": count, "took": time.monotonic() - began}


def asked(told: Told) -> Told:
    """`count` promises of `cents`, asked on a line with room for `room` cents; each with the key to agree with."""
    made = money()
    line = made.earmark(LineKind.SUPPORT, told["room"])
    person = made.representative()
    rows = [
        commitments.ask_commitment(
            line=line, cents=told["cents"], what_for="Meedenken", assignment=person, by=made.lead, now=made.now
        )
        for _ in range(told["count"])
    ]
    chosen = [(row.pk, str(uuid.uuid4())) for row in rows]
    return {"commitments": chosen, "line": line.pk, "coordinator": made.coordinator.pk, "manager": made.manager.pk}


def commit(told: Told) -> Told:
    """Agree to each promise in turn, by the coordinator or, above the threshold, the fund; prints each key when it is
    done, and at the end how many were refused.
    """
    chosen, refused = list(told["commitments"]), 0
    random.Random(told["seed"]).shuffle(chosen)
    coordinator, manager = (User.objects.get(pk=told[name]) for name in ("coordinator", "manager"))
    whole = ("line__budget__fund__organisation", "line__budget__project__organisation",
             "line__budget__project__patient_side", "assignment")  # fmt: skip
    for number, key in chosen:
        found = Commitment.objects.select_related(*whole).get(pk=number)
        by = manager if commitments.promised_in_all(found) > THRESHOLD else coordinator
        try:
            commitments.agree(commitment=found, by=by, now=timezone.now(), key=uuid.UUID(key))
        except (ValidationError, StepNotAllowed):
            refused += 1
        else:
            print(key, flush=True)
    return {"refused": refused}


def look(told: Told) -> Told:
    """Everything that is not right; and of each key how often it was booked, with the line `line` if one is asked."""
    counts = Booking.objects.filter(kind="commit").values_list("command__key", flat=True)
    line = BudgetLine.objects.filter(pk=told.get("line")).first()
    row = {"earmarked": line.earmarked, "committed": line.committed} if line else {}
    return {"faults": list(faults()), "booked": dict(Counter(map(str, counts))), "line": row}


ROLES: dict[str, Callable[[Told], Told]] = {
    "walk": walk, "approve": approve, "plain": plain, "asked": asked, "commit": commit,
    "look": look,
}  # fmt: skip


def together(role: str, questions: list[Told]) -> list[Told]:
    """The answers of a process for each question; they are copies of this one, which has asked the database nothing."""
    with get_context("fork").Pool(len(questions), maxtasksperchild=1) as pool:
        return pool.map(ROLES[role], questions, chunksize=1)


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        print(json.dumps(prepare(int(sys.argv[2]), int(sys.argv[3]))), flush=True)
    elif sys.argv[1] == "together":
        print(json.dumps(together(sys.argv[2], json.loads(sys.stdin.readline()))), flush=True)
    else:
        print(json.dumps(ROLES[sys.argv[1]](json.loads(sys.stdin.readline()))), flush=True)
