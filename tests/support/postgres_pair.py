"""Two PostgreSQL servers of our own, the second a streaming copy of the first that commits wait for."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from tests.support.browser_server import free_port

BINARIES = Path("/usr/lib/postgresql")
SECONDS = 60


def binaries() -> Path | None:
    """The folder with initdb and pg_ctl of the newest PostgreSQL here, or None."""
    folders = sorted(BINARIES.glob("*/bin"), key=lambda path: int(path.parent.name))
    return folders[-1] if folders and (folders[-1] / "pg_basebackup").exists() else None


@contextmanager
def pair(folder: Path) -> Iterator[tuple[str, str]]:
    """(address of the primary, address of its copy): a commit returns when the copy has applied it."""
    tools = binaries()
    assert tools is not None, "PostgreSQL is not installed"
    first, second = free_port(), free_port()
    primary, copy = folder / "primary", folder / "copy"
    _as_owner(folder, "true")  # the folder belongs to who may run a server
    _as_owner(folder, tools / "initdb", "-D", primary, "-A", "trust", "-U", "postgres", "--no-sync")
    _configure(primary, first, folder)
    try:
        _as_owner(folder, tools / "pg_ctl", "-D", primary, "-l", folder / "primary.log", "-w", "start")
        _as_owner(folder, tools / "pg_basebackup", "-D", copy, "-R", "-X", "stream", "-c", "fast", "-h", "127.0.0.1",
                  "-p", str(first), "-U", "postgres")  # fmt: skip
        _configure(copy, second, folder)
        _as_owner(folder, tools / "pg_ctl", "-D", copy, "-l", folder / "copy.log", "-w", "start")
        urls = [f"postgres://postgres@127.0.0.1:{port}/postgres" for port in (first, second)]
        _commits_wait(urls[0])
        yield urls[0], urls[1]
    finally:
        for data in (copy, primary):
            with suppress(subprocess.CalledProcessError):
                _as_owner(folder, tools / "pg_ctl", "-D", data, "-m", "immediate", "stop")


def _configure(data: Path, port: int, folder: Path) -> None:
    """Later lines win, so a copy of the primary's file gets its own port."""
    with (data / "postgresql.conf").open("a") as file:
        file.write(f"port = {port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = '{folder}'\n")
        file.write("shared_buffers = 32MB\nmax_connections = 60\nwal_level = replica\nhot_standby = on\nfsync = off\n")


def _commits_wait(url: str) -> None:
    """Make commits wait until the copy has applied them, and wait until the copy is there."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
        connection.execute("ALTER SYSTEM SET synchronous_commit = 'remote_apply'")
        connection.execute("SELECT pg_reload_conf()")
        stop = time.monotonic() + SECONDS
        while time.monotonic() < stop:
            row = connection.execute("SELECT sync_state FROM pg_stat_replication").fetchone()
            if row is not None and row[0] == "sync":
                return
            time.sleep(0.1)
    raise RuntimeError("the copy does not follow the primary")


def _as_owner(folder: Path, *command: str | Path) -> None:
    """Run a command as somebody who may run a server: PostgreSQL refuses root, so root hands over to postgres."""
    words = [str(word) for word in command]
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        words = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *words]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, cwd=folder)
