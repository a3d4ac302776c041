"""What comes by the clock runs beside the server, and stops with it however that ends."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from portal.core.server import jobs_command
from tests.support import browser_server

SECONDS = 60  # a busy machine; a right answer never waits for this
# As `serve` does it: the jobs first, then another program takes the place of this one.
SERVER = """
import os, subprocess, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
from portal.core.server import jobs_command
print(subprocess.Popen(jobs_command()).pid, flush=True)
os.execv(sys.executable, [sys.executable, "-c", "import time; time.sleep(600)"])
"""


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


@pytest.mark.parametrize("way", [signal.SIGTERM, signal.SIGKILL], ids=lambda way: way.name)
def test_jobs_stop_when_the_server_is_gone(installation, way):
    with subprocess.Popen(
        [sys.executable, "-c", SERVER], cwd=settings.BASE_DIR, env=installation, stdout=subprocess.PIPE, text=True
    ) as server:
        jobs = int(server.stdout.readline())
        was_alive = is_alive(jobs)
        server.send_signal(way)
        server.wait(timeout=SECONDS)

        assert was_alive
        assert gone(jobs)


def test_jobs_that_are_asked_to_stop_finish_their_round(installation):
    jobs = subprocess.Popen(
        [sys.executable, "manage.py", "run_jobs", "--loop"], cwd=settings.BASE_DIR, env=installation,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    until_it_listens(jobs.pid)
    jobs.send_signal(signal.SIGTERM)
    _said, complained = jobs.communicate(timeout=SECONDS)

    assert (jobs.returncode, complained) == (0, b"")


def test_jobs_know_whose_end_is_theirs():
    assert jobs_command()[-2:] == ["--with", str(os.getpid())]
