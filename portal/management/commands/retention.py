"""Erase what is past its term, and write the log of erasures to its file; `--dry-run` only counts."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from participation.actions.erasing import catch_up, due_by_kind, erase_due
from participation.erasure.file import path


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """`--dry-run` writes nothing."""
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what is past its term by kind, and unless it is a dry run, erase it."""
        now = timezone.now()
        for label, number in due_by_kind(now).items():
            self.stdout.write(f"{label}: {number}")
        if options["dry_run"]:
            self.stdout.write("Nothing was erased.")
            return
        done, lines = erase_due(now), catch_up(now)
        self.stdout.write(f"{done} erased or warned; {lines} lines that were missing added to {path()}")
