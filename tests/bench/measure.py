"""One measurement: wrk asks a server for a while, and we look how much CPU the whole tree of the server used."""

import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.bench import cpu
from tests.bench.servers import Server

SCRIPT = Path(__file__).parent / "load.lua"
SETTLE = 60.0  # seconds at most for what was asked at the end to be answered
FEW = 8  # connections: each then has a thread of wrk for itself, and every answer is looked at


class NoWrk(Exception):
    """wrk is not installed."""


@dataclass(frozen=True, kw_only=True)
class Sample:
    """What one measurement gave."""

    cpu_ms: float  # of the whole tree of the server and its database, per request (or per record)
    per_second: float
    seconds: float
    requests: int
    others: float  # part of the machine that processes of others used
    p99_ms: float = 0  # of a server
    peak_mb: float = 0  # of a task
    problems: dict[str, int] = field(default_factory=dict)  # "500 /address", "timeout" → how often
    log: list[str] = field(default_factory=list)  # the end of the server's log when there were problems

    def row(self) -> dict[str, Any]:
        """For a line of JSON."""
        return {key: round(value, 4) if isinstance(value, float) else value for key, value in asdict(self).items()}


@dataclass(frozen=True, kw_only=True)
class Asking:
    """A server with the addresses that it is asked for in turn, with `tag` as If-None-Match."""

    server: Server
    paths: list[str]
    tag: str = ""

    @property
    def name(self) -> str:
        """What the server is called."""
        return self.server.name

    def sample(self, *, seconds: float, connections: int) -> Sample:
        """Ask for `seconds` over `connections`. Raises NoWrk."""
        if not shutil.which("wrk"):
            raise NoWrk("wrk is missing: apt-get install wrk")
        with self._command(seconds, connections) as command:
            begin, machine, own = _settled(self.server), cpu.of_machine(), cpu.of_own()
            started = time.monotonic()
            told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            used = _settled(self.server) - begin
            took = time.monotonic() - started
        others = cpu.of_machine() - machine - used - (cpu.of_own() - own)
        found = json.loads(told.strip().splitlines()[-1])
        # wrk keeps one request under way per connection: those of the end were made too, though wrk left.
        made = max(1, found["requests"] + connections)
        problems = {self._named(what): times for what, times in found["problems"].items()}
        return Sample(
            cpu_ms=1000 * used / made, per_second=found["requests"] / found["seconds"], seconds=found["seconds"],
            p99_ms=found["p99_ms"], requests=found["requests"], problems=problems,
            others=max(0.0, others / took / (os.cpu_count() or 1)), log=self.server.log_end() if problems else [],
        )  # fmt: skip

    def _named(self, what: str) -> str:
        """A problem with its address, when wrk did not know it but only one was asked for."""
        return f"{what} {self.paths[0]}" if " " not in what and len(self.paths) == 1 else what

    @contextmanager
    def _command(self, seconds: float, connections: int) -> Iterator[list[str]]:
        threads, looks = (connections, "each") if connections <= FEW else (1, "none")
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as listed:
            listed.write("\n".join(self.paths) + "\n")
            listed.flush()
            yield ["wrk", "-t", str(threads), "-c", str(connections), "-d", f"{max(1, round(seconds))}s",
                   "--timeout", "60s", "-s", str(SCRIPT), self.server.address, "--", looks, listed.name,
                   *([self.tag] if self.tag else [])]  # fmt: skip


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
