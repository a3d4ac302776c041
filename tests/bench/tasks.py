"""Programs under measurement: each run is a process of its own that tells what it used, on a database of its own.

`tell` runs inside that process, so that starting Python and Django is left out; `Task` starts it from the bench.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench import cpu
from tests.bench.measure import Sample
from tests.bench.servers import environment
from tests.support.browser_server import ROOT

PEAK = "VmHWM:"  # of this program alone; getrusage would give the parent's when that was larger


@dataclass(frozen=True, kw_only=True)
class Task:
    """A module of the bench that is run with `arguments` on the database that `database` opens."""

    name: str
    module: str
    arguments: tuple[str, ...]
    database: Callable[[], AbstractContextManager[str]]
    folder: Path
    settings: str = "portal.settings"

    def sample(self, *, seconds: float, connections: int) -> Sample:
        """Run it once to its end, however long. Raises subprocess.CalledProcessError with what it said."""
        with self.database() as database:
            env = environment(self.folder, database, DJANGO_SETTINGS_MODULE=self.settings)
            command = [sys.executable, "-m", self.module, *self.arguments]
            machine, started = cpu.of_machine(), time.monotonic()
            told = subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout
            used, took = cpu.of_machine() - machine, time.monotonic() - started
        found = json.loads(told.splitlines()[-1])
        others = used - found["cpu"] - found["start"]
        return Sample(
            cpu_ms=1000 * found["cpu"] / found["count"], per_second=found["count"] / found["seconds"],
            seconds=found["seconds"], requests=found["count"], peak_mb=found["peak_mb"],
            others=max(0.0, others / took / (os.cpu_count() or 1)),
        )  # fmt: skip


def tell(work: Callable[[], int], *, database: str) -> None:
    """Do `work`, which gives how many records it did, and print what it cost as a line of JSON."""
    before, started = _used(database), time.monotonic()
    count = work()
    seconds, used = time.monotonic() - started, _used(database)
    told: dict[str, Any] = {"count": count, "seconds": seconds, "cpu": used - before, "start": before,
                            "peak_mb": _peak_mb()}  # fmt: skip
    print(json.dumps(told))


def _used(database: str) -> float:
    """The CPU seconds of this process with its children, and of the back ends of its database."""
    return cpu.of_own() + cpu.of_processes(cpu.back_ends(database))


def _peak_mb() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(PEAK)) / 1024
