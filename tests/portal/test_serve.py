"""What comes by the clock runs beside the server, and stops with it however that ends."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from portal.core import server
from portal.core.server import server_command
from tests.support import browser_server

SECONDS = 60  # a busy machine; a right answer never waits for this


@pytest.fixture
def installation(tmp_path):
    """The environment of an installation of its own, with an empty database."""
    return browser_server.installation(tmp_path)


def is_alive(pid):
    """Whether the process runs; one that ended and that nobody asked about does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def until_it_listens(pid):
    """Wait until the process has its own answer to SIGTERM: before that it is still starting."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        (caught,) = [line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if "SigCgt" in line]
        if int(caught.split()[1], 16) >> (signal.SIGTERM - 1) & 1:
            return
        time.sleep(0.1)


def gone(pid):
    until = time.monotonic() + SECONDS
    while is_alive(pid) and time.monotonic() < until:
        time.sleep(0.1)
    return not is_alive(pid)


@contextmanager
def serving(installation, *arguments):
    """The server, once it answers; gone afterwards."""
    port = browser_server.free_port()
    process = subprocess.Popen(
        [*server_command(port=port, jobs=True), *arguments], cwd=settings.BASE_DIR, env=installation,
        start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        browser_server.wait(process, port, Path(os.devnull))
        yield process
    finally:
        browser_server.stop(process)
        process.stderr.close()


@pytest.mark.parametrize("way", [signal.SIGTERM, signal.SIGKILL], ids=lambda way: way.name)
def test_jobs_stop_when_the_server_is_gone(installation, way):
    with serving(installation) as process:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        jobs = min(map(int, children))  # they began before the workers
        was_alive = is_alive(jobs)
        process.send_signal(way)
        process.wait(timeout=SECONDS)

        assert len(children) == 1 + int(settings.SERVER_WORKERS)
        assert was_alive
        assert gone(jobs)


def test_first_round_is_done_before_anybody_is_answered(installation):
    with closing(sqlite3.connect(Path(installation["VAR_DIR"]) / "portal.sqlite3", isolation_level=None)) as database:
        database.execute("INSERT INTO limits_sharedvalue VALUES ('old', 'x', '2020-01-01 00:00:00')")
        with serving(installation):
            left = database.execute("SELECT count(*) FROM limits_sharedvalue").fetchone()[0]

    assert left == 0


def test_server_whose_first_round_fails_answers_nobody(monkeypatch):
    def fails(*_arguments, **_options):
        raise RuntimeError

    monkeypatch.setattr(server, "call_command", fails)

    with pytest.raises(SystemExit, match="could not be done"):
        server._begin_jobs()


def test_jobs_that_are_asked_to_stop_finish_their_round(installation):
    jobs = subprocess.Popen(
        [sys.executable, "manage.py", "run_jobs", "--loop"], cwd=settings.BASE_DIR, env=installation,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    until_it_listens(jobs.pid)
    jobs.send_signal(signal.SIGTERM)
    _said, complained = jobs.communicate(timeout=SECONDS)

    assert (jobs.returncode, complained) == (0, b"")
