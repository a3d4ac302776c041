"""Measure the language check on labelled texts, beside three older measures, with bootstrap intervals."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from transparency.readability.evaluation import RIVAL, Line, lines, read
from transparency.readability.hits import Hits, hits
from transparency.readability.score import MODEL


class Command(BaseCommand):
    help = "Meet de taalcheck op teksten waarvan de schrijver het niveau zei, naast drie oudere maten."
    requires_system_checks = ()  # needs no database

    def add_arguments(self, parser: CommandParser) -> None:
        """The folder with texts.jsonl: id, set, rank, pair, text."""
        parser.add_argument("folder", type=Path, help="de map met texts.jsonl")
        parser.add_argument("--read", metavar="CODE", help="bevindingen van deze soort, om te lezen en te beoordelen")
        parser.add_argument("--most", type=int, default=40, help="hoeveel daarvan (40)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line for every comparison. Raises CommandError when there is nothing to read."""
        try:
            rows = read(options["folder"])
            found = hits(rows)
            if options["read"]:
                self.stdout.write("\n".join(_to_read(found, options["read"], options["most"])))
                return
            self.stdout.write(f"{MODEL}, {len(rows)} teksten; tussen haakjes het 95%-interval (bootstrap).")
            for line in lines(rows):
                self.stdout.write("\n".join(_told(line)))
            self.stdout.write("\n".join(_rates(found)))
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(f"texts.jsonl kan niet worden gelezen: {error}") from error


def _told(line: Line) -> list[str]:
    told = [f"\n{line.name} ({line.size} teksten)"]
    told += [f"  {name:<14}{_interval(*values)}" for name, values in line.measures.items()]
    _value, low, high = line.difference
    return [
        *told, f"  verschil met {RIVAL}: {_interval(*line.difference)}",
        f"  te klein voor deze steekproef: een verschil onder {(high - low) / 2:.3f}",
    ]  # fmt: skip


def _rates(found: Hits) -> list[str]:
    """How many findings of each kind there are, and in 100 words of each set."""
    told = [f"\nbevindingen in {sum(found.words.values())} woorden; per 100 woorden van elke groep"]
    for code, (count, rates) in found.rates().items():
        told.append(f"  {code:<16}{count:>5}  " + "  ".join(f"{group} {rate:.2f}" for group, rate in rates.items()))
    return told


def _to_read(found: Hits, code: str, most: int) -> list[str]:
    """Some findings of one kind with their sentences."""
    return [
        f"{hit.group}: “{' '.join(hit.finding.text.split())}” {hit.finding.message} {hit.finding.advice}\n"
        f"    {hit.sentence}"
        for hit in found.some(code, most)
    ]


def _interval(value: float, low: float, high: float) -> str:
    return f"{value:.3f} ({low:.3f} tot {high:.3f})"
