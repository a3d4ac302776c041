"""Do what comes by the clock: once, or every minute with `--loop`."""

import os
import signal
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from portal.home.jobs import JOBS, SOON, run_jobs

PAUSE = 60  # seconds between two rounds
SOON_PAUSE = 2  # seconds between two looks for what somebody waits for
LOOK = 0.5  # seconds between two looks whether to stop


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """`--loop` goes on until it is stopped; `--with PID` until its parent, the process PID, is gone too.

        `--ready FD`: an open file in which to say that the first round is done.
        """
        parser.add_argument("--loop", action="store_true")
        parser.add_argument("--with", type=int, default=0, metavar="PID", dest="beside")
        parser.add_argument("--ready", type=int, default=0, metavar="FD")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was done, where anything was. A round that began is finished before it stops."""
        self.is_stopped = False
        if options["loop"]:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, self._stop)
        turn = 0
        while True:
            jobs = JOBS if turn % (PAUSE // SOON_PAUSE) == 0 else SOON
            done = {name: number for name, number in run_jobs(timezone.now(), jobs).items() if number}
            if done:
                self.stdout.write(", ".join(f"{name}: {number}" for name, number in done.items()))
                self.stdout.flush()
            close_old_connections()
            if turn == 0 and options["ready"]:
                with os.fdopen(options["ready"], "wb") as told:
                    told.write(b"1")
            if not options["loop"] or not self._wait(options["beside"]):
                return
            turn += 1

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.is_stopped = True

    def _wait(self, beside: int) -> bool:
        """Wait for the next look; whether there is one."""
        until = time.monotonic() + SOON_PAUSE
        while time.monotonic() < until:
            if self.is_stopped or (beside and os.getppid() != beside):
                return False
            time.sleep(LOOK)
        return True
