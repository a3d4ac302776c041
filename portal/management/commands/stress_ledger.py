"""Write money from many processes at once, on a database of its own, and see that every invariant holds.

First random commands, legal and not, while the ledger is looked at again and again; then approvals of claims on one
line, beside plain commits of one row on the same database: bookings a second as a ratio.
"""

import time
from argparse import ArgumentParser
from collections import Counter
from statistics import mean
from typing import Any

from django.core.management.base import BaseCommand, CommandError

CHECKS = 9  # in participation/actions/money/checking.py
PER_SECOND = 500  # claims made ready for each second and worker that approves: more than it can do
GOALS = {"sqlite": 0.15, "postgres": 0.10}  # speed.md: approvals a second to plain commits of one row


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How long, and where."""
        parser.add_argument("--seconds", type=float, default=30, help="of random commands")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--workers", type=int, default=4)
        parser.add_argument(
            "--database", default="sqlite", help="sqlite, or postgres://… of a server: a database on it"
        )
        parser.add_argument("--rounds", type=int, default=3, help="of approvals beside plain commits")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was done, refused and found. Raises CommandError when the money is not right."""
        try:
            from tests.ledger import workers
        except ImportError as error:
            raise CommandError(f"this needs the development packages and the tests: {error}") from error
        count, turn = options["workers"], 2.0
        with workers.scratch(options["database"]) as url:
            self._walk(workers, url, workers.prepare(url, workers=count, claims=0), options)
        with workers.scratch(options["database"]) as url:
            claims = int(PER_SECOND * turn * options["rounds"])
            self._race(workers, url, workers.prepare(url, workers=count, claims=claims), turn, options)
            if found := workers.faults(url):
                raise CommandError("the money is not right:\n" + "\n".join(found[:20]))

    def _walk(self, workers: Any, url: str, ready: dict[str, Any], options: dict[str, Any]) -> None:
        slice_, left, looks = 5.0, options["seconds"], 0
        done: Counter[str] = Counter()
        refused: Counter[str] = Counter()
        began = time.monotonic()
        while left > 0:
            seconds = min(slice_, left)
            told = [
                {"world": ready["world"], "seed": options["seed"] + 1_000 * looks + number, "seconds": seconds}
                for number in range(options["workers"])
            ]
            for answer in workers.together(url, "walk", told):
                done += Counter(answer["done"])
                refused += Counter(answer["refused"])
            looks, left = looks + 1, left - seconds
            if found := workers.faults(url):
                raise CommandError(f"seed {options['seed']}: the money is not right:\n" + "\n".join(found[:20]))
        steps, took = done.total() + refused.total(), options["seconds"]
        self.stdout.write(
            f"{steps} commands by {options['workers']} processes, {steps / took:.0f} a second; {refused.total()} "
            f"refused; {looks} times {CHECKS} invariants checked, all hold ({time.monotonic() - began:.0f} s)"
        )
        for name, number in sorted(done.items()):
            self.stdout.write(f"  {name}: {number} done, {refused[name]} refused")

    def _race(self, workers: Any, url: str, ready: dict[str, Any], turn: float, options: dict[str, Any]) -> None:
        ratios, least, rates = [], [], []
        shares = [list(share) for share in ready["claims"]]
        for _round in range(options["rounds"]):
            plain = _rate(workers.together(url, "plain", [{"seconds": turn}] * len(shares)))
            told = [{"by": ready["world"]["managers"][0], "claims": share, "seconds": turn} for share in shares]
            answers = workers.together(url, "approve", told)
            for share, answer in zip(shares, answers, strict=True):
                del share[: answer["count"]]
            counts = [answer["count"] for answer in answers]
            ratios.append(_rate(answers) / plain)
            rates.append(_rate(answers))
            least.append(min(counts) / mean(counts))
        engine = "sqlite" if options["database"] == "sqlite" else "postgres"
        middle = sorted(ratios)[len(ratios) // 2]
        self.stdout.write(
            f"approvals: {mean(rates):.0f} a second by {len(shares)} processes on one line; to plain commits of one "
            f"row {middle:.2f} ({min(ratios):.2f} - {max(ratios):.2f}, goal {GOALS[engine]}); "
            f"least served to the mean {min(least):.2f} (goal 0.5 on PostgreSQL)"
        )


def _rate(answers: list[dict[str, Any]]) -> float:
    """Of all workers together, a second."""
    return sum(answer["count"] / answer["took"] for answer in answers)
