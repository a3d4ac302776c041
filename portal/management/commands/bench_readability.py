"""Measure how quick the language check is, how its time grows with the text, and what it keeps in memory."""

import statistics
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from transparency.readability.check import MOST_CHARACTERS, check, warm_up
from transparency.readability.evaluation import read
from transparency.readability.lexicon import look_up

SIZES = (2_500, 5_000, 10_000, MOST_CHARACTERS)  # characters


class Command(BaseCommand):
    help = "Meet hoe snel de taalcheck is en hoeveel geheugen hij vraagt."
    requires_system_checks = ()  # needs no database

    def add_arguments(self, parser: CommandParser) -> None:
        """The folder with texts.jsonl, and how often each length is measured."""
        parser.add_argument("folder", type=Path, help="de map met texts.jsonl")
        parser.add_argument("--rounds", type=int, default=50, help="hoe vaak elke lengte wordt gemeten")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print p50 and p95 for 200 and 2,000 words, the time by length, and the memory of the lexicon and of all."""
        words = [word for row in read(options["folder"]) for word in row["text"].split()]
        before = _memory()
        for word in set(words):
            look_up(word.lower())
        self.stdout.write(f"woordenboek, {len(set(words))} woorden opgezocht: {_memory() - before:.1f} MB")
        started = time.perf_counter()
        warm_up()
        self.stdout.write(f"opwarmen: {1000 * (time.perf_counter() - started):.0f} ms")
        for count in (200, 2_000):
            pieces = [
                " ".join(words[at : at + count])[:MOST_CHARACTERS]
                for at in range(0, options["rounds"] * 97, 97)
            ]  # fmt: skip
            times = sorted(_milliseconds(piece) for piece in pieces)
            p95 = times[int(0.95 * len(times))]
            self.stdout.write(f"{count} woorden: p50 {statistics.median(times):.1f} ms, p95 {p95:.1f} ms")
        for size in SIZES:
            best = min(_milliseconds(" ".join(words)[:size]) for _round in range(5))
            self.stdout.write(f"{size} tekens: {best:.1f} ms, {1000 * best / size:.2f} µs per teken")
        self.stdout.write(f"geheugen erbij: {_memory() - before:.1f} MB")


def _milliseconds(text: str) -> float:
    started = time.perf_counter()
    check(text)
    return 1000 * (time.perf_counter() - started)


def _memory() -> float:
    """Resident memory of this process in MB (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
