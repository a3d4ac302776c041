"""Make every public record anew: after a change in how records, stems or cards are made."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from transparency.actions.upkeep import rebuild_public, rebuild_when_needed


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """`--when-needed`: only when code, templates or settings are others than those they were made by."""
        parser.add_argument("--when-needed", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild and say how many records there are."""
        made = rebuild_when_needed() if options["when_needed"] else rebuild_public()
        self.stdout.write("All records are up to date." if made is None else f"{made} records made anew.")
