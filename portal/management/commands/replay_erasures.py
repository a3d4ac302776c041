"""After an old backup came back: erase again what was erased since. Run it before anybody signs in."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from participation.actions.erasing import catch_up, replay
from participation.erasure.file import NotALine, read


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """FILE is the log of erasures (`var/erasures.jsonl`), as it was just before the restore."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many of each kind came back. Raises CommandError for a file that is not whole: nothing is done."""
        try:
            lines = list(read(options["file"]))
        except (OSError, NotALine) as error:
            raise CommandError(str(error)) from error
        now = timezone.now()
        for label, number in replay(lines, now, dry_run=options["dry_run"]).items():
            self.stdout.write(f"{label}: {number}")
        if options["dry_run"]:
            self.stdout.write("Nothing was erased.")
            return
        catch_up(now)
        self.stdout.write(f"{len(lines)} lines replayed.")
