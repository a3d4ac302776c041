"""Check that every text of the user interface has its English: complete, with the same placeholders and tags."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal import messages


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()  # reads files only

    def add_arguments(self, parser: CommandParser) -> None:
        """`--root` is the folder with code, templates and catalogue."""
        parser.add_argument("--root", type=Path, default=settings.BASE_DIR)

    def handle(self, *args: Any, **options: Any) -> None:
        """Say that all is well, or raise CommandError with the list of faults."""
        if found := messages.faults(options["root"]):
            raise CommandError("\n".join([*found, "Run `manage.py update_messages` and translate what is missing."]))
        self.stdout.write("Every text has its English.")
