"""Check how readable a Dutch text is: one text, or many as JSON lines."""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from transparency.readability.check import TextTooLong, check
from transparency.readability.lexicon import LexiconError
from transparency.readability.report import Report

COLOURS = {"green": "groen", "orange": "oranje", "red": "rood"}
SEVERITIES = {1: "tip", 2: "let op", 3: "fout"}


class Command(BaseCommand):
    help = "Kijk of een Nederlandse tekst goed te lezen is. De score is een schatting."
    requires_system_checks = ()  # needs no database

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and the form of what goes in and out."""
        parser.add_argument("file", nargs="?", default="-", help="het bestand, of - voor wat u intypt of doorstuurt")
        parser.add_argument("--json", action="store_true", help="alles wat de taalcheck weet, als JSON")
        parser.add_argument(
            "--jsonl", action="store_true", help="veel teksten: op elke regel een JSON-object met text, en zo ook terug"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the report. Raises CommandError when the text cannot be read or is too long."""
        try:
            if options["jsonl"]:
                for answer in answers(_lines(options["file"])):
                    self.stdout.write(json.dumps(answer, ensure_ascii=False))
                return
            report = check(_read(options["file"]))
        except (TextTooLong, LexiconError, OSError, UnicodeDecodeError) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(_told(report)))


def answers(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The report of every line, with the `id` it came with; `error` instead for a line that is no text."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        name: dict[str, Any] = {"line": number}
        try:
            row = json.loads(line)
            name = {"id": row["id"]} if "id" in row else name
            yield name | check(_text(row)).as_json()
        except (ValueError, KeyError, TypeError, RecursionError) as error:  # TextTooLong is a ValueError
            yield name | {"error": f"{type(error).__name__}: {error}"}


def _text(row: dict[str, Any]) -> str:
    if not isinstance(row["text"], str):
        raise TypeError("text is no string")
    return row["text"]


def _read(name: str) -> str:
    return sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")


def _lines(name: str) -> Iterator[str]:
    if name == "-":
        yield from sys.stdin
    else:
        with Path(name).open(encoding="utf-8") as file:
            yield from file


def _told(report: Report) -> Iterator[str]:
    """The report for a person."""
    if report.score and report.is_reliable:
        yield f"Score: ongeveer {report.score.value:.0f} ({COLOURS[report.score.colour]}). Dit is een schatting."
    if note := report.note():
        yield note
    for one in report.findings:
        quoted = " ".join(one.text.split())
        yield f"{one.start}-{one.end} {SEVERITIES[one.severity]}: “{quoted}” {one.message} {one.advice}"
