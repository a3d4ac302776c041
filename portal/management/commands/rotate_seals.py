"""Seal everything anew with the SECRET_KEY of now: after a new key, before the old one leaves SECRET_KEY_FALLBACKS.

It can run while people work, and again: what is sealed with this key already stays as it is. Keep the old key as long
as there are backups from before: `replay_erasures` matches the lines of the log of erasures with the key of their time.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.home.seals import rotate


class Command(BaseCommand):
    help = "Verzegel alles opnieuw met de SECRET_KEY van nu."

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell the numbers of each place. Raises CommandError when something was sealed with a key that is gone."""
        broken = 0
        for place, counts in rotate():
            self.stdout.write(f"{place.name}: {counts.seen} bekeken, {counts.changed} opnieuw verzegeld")
            broken += counts.broken
        if broken:
            raise CommandError(f"Met een sleutel die wij niet meer hebben: {broken}. Zet die in SECRET_KEY_FALLBACKS.")
