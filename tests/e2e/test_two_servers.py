"""What one process publishes, every server tells on the next request: on one database, and with a copy to read from."""

import os
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.browser_pages import ENTRY
from tests.support.browser_server import ROOT, joining, running, to_serve
from tests.support.postgres_pair import binaries, pair

ROUNDS = 10


def read(address: str) -> str:
    """The entry as a browser gets it."""
    with urllib.request.urlopen(f"{address}{ENTRY}", timeout=30) as answer:  # noqa: S310 (our own server)
        return str(answer.read().decode())


@contextmanager
def publisher(env: dict[str, str]) -> Iterator[Callable[[str], None]]:
    """Publishes notices from a third process."""
    command = [sys.executable, "-m", "tests.support.publish_notice", ENTRY.strip("/").split("/")[-1]]
    with subprocess.Popen(
        command, cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:

        def publish(text: str) -> None:
            print(text, file=process.stdin, flush=True)
            assert process.stdout is not None
            assert process.stdout.readline() == f"{text}\n", "see above why it could not be published"

        yield publish
        process.communicate()


def stale(env: dict[str, str], servers: list[str]) -> list[str]:
    """Who did not tell of a notice on the request after it was published. Each page is in memory before."""
    late = []
    with publisher(env) as publish:
        for number in range(ROUNDS):
            for server in servers:
                read(server)
                read(server)
            publish(f"Melding nummer {number} van de proef.")
            late += [server for server in servers if f"Melding nummer {number} van" not in read(server)]
    return late


def test_publication_is_seen_by_every_server_on_the_next_request(tmp_path: Path):
    env = to_serve(tmp_path)
    with running(env) as first, joining(env) as second:
        assert stale(env, [first, second]) == []


def test_publication_is_seen_on_the_next_request_on_postgresql_and_on_a_copy_to_read_from():
    """One server reads what it publishes, two read from a copy; a fourth process publishes."""
    if binaries() is None:
        if os.environ.get("CI") == "true":
            pytest.fail("PostgreSQL's own programs are missing; in CI that is a failure")
        pytest.skip("PostgreSQL's own programs are not installed")
    with tempfile.TemporaryDirectory(prefix="aimz-") as name:  # short: a socket's path may hold 107 characters
        folder = Path(name)
        folder.chmod(0o755)  # the servers below it may belong to another user
        (folder / "var").mkdir()
        (folder / "pg").mkdir()
        with pair(folder / "pg") as (primary, copy):
            env = to_serve(folder, primary)
            reading = env | {"DATABASE_REPLICA_URL": copy}
            with running(env) as first, joining(reading) as second, joining(reading) as third:
                assert stale(env, [first, second, third]) == []
