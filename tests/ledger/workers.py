"""Starting the workers of `stress`, on a database that is made for it and goes afterwards."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.support.browser_server import fresh_database
from tests.support.migrated import migrated_file

ROOT = Path(__file__).resolve().parents[2]
Told = dict[str, Any]


@contextmanager
def scratch(database: str) -> Iterator[str]:
    """The address of a migrated and otherwise empty database: a file, for "sqlite", else one on that server."""
    if database == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            shutil.copy(migrated_file(), f"{folder}/ledger.sqlite3")
            yield f"sqlite:///{folder}/ledger.sqlite3"
        return
    with fresh_database(database) as url:
        yield url


def start(url: str, *arguments: str) -> subprocess.Popen[str]:
    """One worker."""
    env = {**os.environ, "DATABASE_URL": url, "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, "-m", "tests.ledger.stress", *arguments]
    return subprocess.Popen(
        command, env=env, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def finish(worker: subprocess.Popen[str], told: Told | None = None) -> Told:
    """What it printed. Raises RuntimeError with its complaint when it failed."""
    out, complaint = worker.communicate(None if told is None else json.dumps(told) + "\n")
    if worker.returncode:
        raise RuntimeError(complaint[-3_000:])
    return dict(json.loads(out.splitlines()[-1]))


def prepare(url: str, *, workers: int, claims: int) -> Told:
    """The world, and the claims of each worker."""
    return finish(start(url, "prepare", str(workers), str(claims)))


def together(url: str, role: str, questions: Sequence[Told]) -> list[Told]:
    """One worker for each question, all at the same time; what they answer."""
    running = [start(url, role) for _ in questions]
    for worker, told in zip(running, questions, strict=True):
        assert worker.stdin is not None
        worker.stdin.write(json.dumps(told) + "\n")
        worker.stdin.flush()
    return [finish(worker) for worker in running]


def ask(url: str, role: str, told: Told) -> Told:
    """One worker, and what it answers."""
    return finish(start(url, role), told)


def faults(url: str) -> list[str]:
    """Everything that is not right now."""
    return list(ask(url, "look", {})["faults"])
