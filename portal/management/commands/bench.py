"""Measure how fast the portal serves, beside the same register as it is usually written and beside static files.

The load, the generated entries and the baselines stand in tests/bench. Results are kept as JSON lines in var/bench.
"""

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

POSTGRES = "postgres://postgres@127.0.0.1:5432/postgres"


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to measure and how long; by default everything, which takes hours on a quiet machine."""
        parser.add_argument("--sizes", type=int, nargs="+", default=[1_500, 10_000, 100_000], help="how many entries")
        parser.add_argument("--databases", nargs="+", default=["sqlite", POSTGRES], help="sqlite, postgres://…")
        parser.add_argument("--kinds", nargs="+", default=[], help="cold, warm, 304, growth, import, export")
        parser.add_argument("--names", nargs="+", default=[], help="only these, as list, rare, entry, deep or import")
        parser.add_argument("--peers", nargs="+", default=[], help="usual, wagtail, datasette, static, nginx")
        parser.add_argument("--rounds", type=int, default=9)
        parser.add_argument("--seconds", type=float, default=2, help="of each measurement; two in a round")
        parser.add_argument("--imported", type=int, default=1_000, help="how many entries one import takes in")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--quick", action="store_true", help="200 and 400 entries, one round: does it work?")
        parser.add_argument("--write", action="store_true", help="write portal/docs/metingen.md from all that is kept")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure, say each ratio as it comes, and write the table when asked."""
        try:
            from tests.bench import plan, report, run
            from tests.bench.measure import NoWrk
            from tests.bench.peers.tools import NoPeer
        except ImportError as error:
            raise CommandError(f"the bench needs the development packages and the tests: {error}") from error
        folder = Path(settings.VAR_DIR) / "bench"
        folder.mkdir(exist_ok=True)
        known = {"kinds": plan.KINDS, "names": plan.NAMES, "peers": plan.PEERS}
        chosen: dict[str, Any] = {name: _chosen(name, options[name], every) for name, every in known.items()}
        quick = {"sizes": [200, 400], "rounds": 1, "seconds": 1, "imported": 50} if options["quick"] else {}
        told: dict[str, Any] = {
            name: options[name] for name in ("sizes", "databases", "rounds", "seconds", "imported", "seed")
        }
        try:
            wanted = plan.Plan(**(told | quick), folder=folder, **chosen)
            for _row in run.keep(run.measure(wanted, self._say), folder / "results.jsonl"):
                pass
        except (NoWrk, NoPeer) as error:
            raise CommandError(str(error)) from error
        if options["write"]:
            report.write(folder / "results.jsonl", Path(settings.BASE_DIR) / "portal" / "docs" / "metingen.md")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def _chosen(name: str, asked: list[str], known: Iterable[str]) -> tuple[str, ...]:
    """What was asked for, or everything. Raises CommandError for what there is not."""
    if unknown := sorted(set(asked) - set(known)):
        raise CommandError(f"--{name}: no {', '.join(unknown)}; choose from {', '.join(known)}")
    return tuple(asked) or tuple(known)
