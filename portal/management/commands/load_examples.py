"""Load the examples into the register; running it again changes only what changed."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from participation.examples.loading import load_example_projects
from transparency.example_work import load_example_work
from transparency.loading import load_examples


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say what changed."""
        loaded = load_examples(now=timezone.now())
        self.stdout.write(
            f"{loaded.organisations} organisations, {loaded.systems} systems, {loaded.versions} versions of entries "
            f"and {loaded.notices} notices are new or changed."
        )
        if told := load_example_projects(now=timezone.now()):
            self.stdout.write(f"{told} example projects were told.")
        if begun := load_example_work(now=timezone.now()):
            self.stdout.write(f"{begun} pieces of example work were begun.")
