"""Make every public record anew: after a change in how records, stems or cards are made."""

from typing import Any

from django.core.management.base import BaseCommand

from transparency.actions.publishing import rebuild_public


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild and say how many records there are."""
        self.stdout.write(f"{rebuild_public()} records made anew.")
