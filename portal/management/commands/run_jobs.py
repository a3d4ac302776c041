"""Do what comes by the clock: once, or every minute with `--loop`."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from portal.home.jobs import JOBS, SOON, run_jobs

PAUSE = 60  # seconds
LOOK = 2  # seconds between looks for what somebody waits for


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """`--loop` goes on until it is stopped."""
        parser.add_argument("--loop", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was done, where anything was."""
        turn = 0
        while True:
            jobs = JOBS if turn % (PAUSE // LOOK) == 0 else SOON
            done = {name: number for name, number in run_jobs(timezone.now(), jobs).items() if number}
            if done:
                self.stdout.write(", ".join(f"{name}: {number}" for name, number in done.items()))
                self.stdout.flush()
            if not options["loop"]:
                return
            close_old_connections()
            time.sleep(LOOK)
            turn += 1
