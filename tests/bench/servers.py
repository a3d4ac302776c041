"""The servers under measurement: each with its own database, started as `manage.py serve` starts its server."""

import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from portal.core.server import server_command
from tests.bench import cpu
from tests.support.browser_server import NOT_OURS, ROOT, free_port, stop, wait

PORTAL, USUAL = "portal.wsgi:application", "tests.bench.usual.wsgi:application"
LOG_SHOWN = 20  # lines of a server's log that may explain a failure


@dataclass(frozen=True, kw_only=True)
class Server:
    """A server that answers at `address`."""

    name: str
    address: str
    leader: int  # of the session of its processes
    log: Path
    database: str = ""

    def back_ends(self) -> list[int]:
        """The processes of its database, which are not among its own."""
        return cpu.back_ends(self.database)

    def get(self, path: str) -> tuple[bytes, str]:
        """The body and the ETag of a page. Raises urllib.error.URLError when it is no 200."""
        with urllib.request.urlopen(self.address + path, timeout=120) as answer:  # noqa: S310 (our own address)
            return answer.read(), answer.headers.get("ETag", "")

    def log_end(self) -> list[str]:
        """The last lines that it wrote to its log."""
        return self.log.read_text(errors="replace").splitlines()[-LOG_SHOWN:]


def environment(folder: Path, database: str = "", **more: str) -> dict[str, str]:
    """What a process of the bench finds in its environment: nothing of the installation around it."""
    env = {key: value for key, value in os.environ.items() if key not in NOT_OURS}
    env |= {"VAR_DIR": str(folder), "STATIC_ROOT": str(folder / "static"), "PYTHONPATH": str(ROOT)}
    return env | ({"DATABASE_URL": database} if database else {}) | more


@contextmanager
def started(
    name: str, command: list[str], folder: Path, ready: str, *, port: int, database: str = "", **env: str
) -> Iterator[Server]:
    """The server of `command`, which listens on `port`, until the block ends; `ready` is a page that it answers."""
    log = folder / f"{name}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment(folder, database, **env), stdout=out, stderr=subprocess.STDOUT,
            start_new_session=True,
        )  # fmt: skip
    try:
        wait(process, port, log, ready)
        yield Server(
            name=name, address=f"http://127.0.0.1:{port}", leader=process.pid, log=log, database=database
        )  # fmt: skip
    finally:
        stop(process)


@contextmanager
def serving(
    name: str, application: str, folder: Path, database: str, ready: str, *options: str,
    python: str = sys.executable, **env: str,
) -> Iterator[Server]:  # fmt: skip
    """A server of the WSGI `application` as the portal's own: `options` go to granian, run by `python`."""
    port = free_port()
    _python, *command = server_command(application, port=port)
    with started(
        name, [python, *command[:-1], *options, command[-1]], folder, ready, port=port, database=database, **env
    ) as server:
        yield server
