"""Bring the English catalogue up to date with the Dutch texts in code and templates; translations are kept."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from portal import messages


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()  # reads files only

    def add_arguments(self, parser: CommandParser) -> None:
        """`--root` is the folder with code, templates and catalogue."""
        parser.add_argument("--root", type=Path, default=settings.BASE_DIR)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file when it changes, and say what is left to do."""
        root: Path = options["root"]
        path = root / messages.CATALOGUE
        text = messages.renewed(root)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        left = messages.faults(root)
        self.stdout.write("\n".join([*left, f"{len(left)} faults left"]) if left else "The catalogue is complete.")
