"""Load the real content into the register; running it again changes only what changed."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from participation.actions.money.rates import load_rates
from transparency.loading import load_content


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say what changed."""
        loaded = load_content(now=timezone.now())
        self.stdout.write(
            f"{loaded.organisations} organisations, {loaded.systems} systems, {loaded.versions} versions of entries "
            f"and {loaded.notices} notices are new or changed."
        )
        if rates := load_rates(now=timezone.now()):
            self.stdout.write(f"{rates} rows of rates are new or changed.")
