"""The real server for journeys in a browser: an installation of its own, gone afterwards with all it wrote."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from portal.core.server import server_command
from tests.support.filled import copy_made, filled
from tests.support.migrated import migrated_database, migrated_file, on_server

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 240  # to migrate, load the content and compress the files, also on a busy machine
POSTGRES = ("postgres", "postgresql")
# What belongs to the tests or to another installation; the server finds its own.
NOT_OURS = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "DEBUG", "HOST", "ALLOWED_HOSTS", "SSL_REDIRECT", "BEHIND_PROXY")

INSTALLATIONS: dict[str, dict[str, str]] = {}  # the environment of each server that `serving` runs, by its address


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of `manage.py serve` on a free port, with its files in `folder`, until the block ends.

    With DATABASE_URL of a PostgreSQL server it stands on a new database there, else on SQLite in `folder`.
    Raises RuntimeError with the end of its log when the server does not answer.
    """
    with fresh_database(os.environ.get("DATABASE_URL", "")) as database:
        env = to_serve(folder, database)
        with running(env) as address:
            INSTALLATIONS[address] = env
            yield address


def to_serve(folder: Path, database: str = "") -> dict[str, str]:
    """An `installation` in which `manage.py serve` finds much of its work done, when this run shares a filled one.

    On PostgreSQL the server fills its database itself.
    """
    source = None if database else filled(lambda there: running(installation(there)))
    if source is None:
        return installation(folder, database)
    shutil.copytree(source / "static", folder / "static")
    copy_made(source / "var", folder / "var")
    return _environment(folder)


def installation(folder: Path, database: str = "") -> dict[str, str]:
    """The environment of an installation with its files in `folder`, on `database` or else on SQLite there.

    That SQLite database is migrated already: each server would spend half a minute on it.
    """
    if not database:
        (folder / "var").mkdir(parents=True, exist_ok=True)
        shutil.copy(migrated_file(), folder / "var" / "portal.sqlite3")
    return _environment(folder, database)


def _environment(folder: Path, database: str = "") -> dict[str, str]:
    env = {key: value for key, value in os.environ.items() if key not in NOT_OURS}
    env |= {"VAR_DIR": str(folder / "var"), "STATIC_ROOT": str(folder / "static")}
    return env | ({"DATABASE_URL": database} if database else {})


@contextmanager
def running(env: dict[str, str]) -> Iterator[str]:
    """The address of `manage.py serve` of an installation on a free port, until the block ends.

    Raises RuntimeError with the end of its log when the server does not answer.
    """
    with _started(env, free_port(), [sys.executable, "manage.py", "serve", "--no-banner"]) as address:
        yield address


@contextmanager
def joining(env: dict[str, str]) -> Iterator[str]:
    """As `running`, for one more server at an installation that is up to date: it only serves."""
    port = free_port()
    with _started(env, port, server_command(port=port)) as address:
        yield address


@contextmanager
def _started(env: dict[str, str], port: int, command: list[str]) -> Iterator[str]:
    address = f"http://localhost:{port}"
    log = Path(env["VAR_DIR"]).parent / f"server-{port}.log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT,
            env=env | {"PORT": str(port), "PUBLIC_URL": address}, start_new_session=True,
        )  # fmt: skip
    try:
        wait(server, port, log)
        yield address
    finally:
        stop(server)


@contextmanager
def fresh_database(url: str, *, migrated: bool = True) -> Iterator[str]:
    """The address of a new database on the PostgreSQL server of `url`, empty or `migrated`, until the block ends.

    Empty when `url` is not of PostgreSQL. Raises RuntimeError when that server does not answer.
    """
    if urlsplit(url).scheme not in POSTGRES:
        yield ""
        return
    name = f"aimz_e2e_{secrets.token_hex(6)}"
    with _answering(url):
        template = migrated_database(url) if migrated else "template1"
    _on_server(url, sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*map(sql.Identifier, (name, template))))
    try:
        yield on_server(url, name)
    finally:
        _on_server(url, sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _on_server(url: str, statement: sql.Composed) -> None:
    with (
        _answering(url),
        psycopg.connect(on_server(url, "postgres"), autocommit=True, connect_timeout=10) as connection,
    ):
        connection.execute(statement)


@contextmanager
def _answering(url: str) -> Iterator[None]:
    """Raises RuntimeError that says what to do when the server of `url` does not answer."""
    try:
        yield
    except psycopg.OperationalError as error:
        place = urlsplit(url).hostname or "its socket"
        raise RuntimeError(f"PostgreSQL does not answer at {place} (DATABASE_URL): start it or unset it") from error


def free_port() -> int:
    """A port of this machine on which nothing listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait(server: subprocess.Popen[bytes], port: int, log: Path, path: str = "/robots.txt") -> None:
    """Until `path` is answered. Raises RuntimeError with the end of `log` when it is not."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"the server did not start:\n{log.read_text(errors='replace')[-3000:]}")


def stop(server: subprocess.Popen[bytes]) -> None:
    """End the server with its workers: they share a process group."""
    for way in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(server.pid, way)
        with suppress(subprocess.TimeoutExpired):
            server.wait(timeout=15)
            return
