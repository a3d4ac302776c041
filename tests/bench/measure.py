"""One measurement: wrk asks a server for a while, and we look how much CPU the whole tree of the server used."""

import json
import os
import resource
import shutil
import subprocess
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.bench import cpu
from tests.bench.servers import Server

SCRIPT = Path(__file__).parent / "load.lua"
SETTLE = 60.0  # seconds at most for what was asked at the end to be answered


class NoWrk(Exception):
    """wrk is not installed."""


@dataclass(frozen=True, kw_only=True)
class Sample:
    """What one measurement gave."""

    cpu_ms: float  # of the whole tree of the server and its database, per request
    per_second: float
    seconds: float
    p99_ms: float
    requests: int
    failed: int
    others: float  # part of the machine that processes of others used

    def row(self) -> dict[str, Any]:
        """For a line of JSON."""
        return {key: round(value, 4) for key, value in asdict(self).items()}


def _used(server: Server) -> float:
    return cpu.of_session(server.leader) + cpu.of_processes(server.back_ends())


def _settled(server: Server) -> float:
    """The CPU seconds of `server` once it stands still: wrk leaves what it asked last unread, and it is still made."""
    used, stop = _used(server), time.monotonic() + SETTLE
    while time.monotonic() < stop:
        time.sleep(0.1)
        before, used = used, _used(server)
        if used - before < 0.02:  # two ticks: an idle server
            break
    return used


def sample(server: Server, paths: list[str], *, seconds: float, connections: int, tag: str = "") -> Sample:
    """Ask `server` for `paths` in turn over `connections`, with `tag` as If-None-Match. Raises NoWrk."""
    if not shutil.which("wrk"):
        raise NoWrk("wrk is missing: apt-get install wrk")
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as listed:
        listed.write("\n".join(paths) + "\n")
        listed.flush()
        command = ["wrk", "-t", "1", "-c", str(connections), "-d", f"{max(1, round(seconds))}s", "--timeout", "60s",
                   "-s", str(SCRIPT), server.address, "--", listed.name, *([tag] if tag else [])]  # fmt: skip
        begin, machine, own = _settled(server), cpu.of_machine(), _own()
        started = time.monotonic()
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        used = _settled(server) - begin
        took = time.monotonic() - started
    others = cpu.of_machine() - machine - used - (_own() - own)
    found = json.loads(told.strip().splitlines()[-1])
    # wrk keeps one request under way per connection: those of the end were made too, though wrk left.
    made = max(1, found["requests"] + connections)
    return Sample(
        cpu_ms=1000 * used / made, per_second=found["requests"] / found["seconds"], seconds=found["seconds"],
        p99_ms=found["p99_ms"], requests=found["requests"], failed=found["failed"],
        others=max(0.0, others / took / (os.cpu_count() or 1)),
    )  # fmt: skip


def _own() -> float:
    """What we and our wrk used."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)
