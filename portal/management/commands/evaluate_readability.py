"""Measure the language check on labelled texts, beside three older measures, with bootstrap intervals."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from transparency.readability.evaluation import RIVAL, Line, lines, read
from transparency.readability.score import MODEL


class Command(BaseCommand):
    help = "Meet de taalcheck op teksten waarvan de schrijver het niveau zei, naast drie oudere maten."
    requires_system_checks = ()  # needs no database

    def add_arguments(self, parser: CommandParser) -> None:
        """The folder with texts.jsonl: id, set, rank, pair, text."""
        parser.add_argument("folder", type=Path, help="de map met texts.jsonl")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line for every comparison. Raises CommandError when there is nothing to read."""
        try:
            rows = read(options["folder"])
            self.stdout.write(f"{MODEL}, {len(rows)} teksten; tussen haakjes het 95%-interval (bootstrap).")
            for line in lines(rows):
                self.stdout.write("\n".join(_told(line)))
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(f"texts.jsonl kan niet worden gelezen: {error}") from error


def _told(line: Line) -> list[str]:
    told = [f"\n{line.name} ({line.size} teksten)"]
    told += [f"  {name:<14}{_interval(*values)}" for name, values in line.measures.items()]
    return [*told, f"  verschil met {RIVAL}: {_interval(*line.difference)}"]


def _interval(value: float, low: float, high: float) -> str:
    return f"{value:.3f} ({low:.3f} tot {high:.3f})"
