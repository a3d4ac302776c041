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
from tests.support.loaded import do_in
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


def _env(url: str) -> dict[str, str]:
    return {**os.environ, "DATABASE_URL": url, "PYTHONWARNINGS": "ignore"}


def start(url: str, *arguments: str) -> subprocess.Popen[str]:
    """One worker, a program of its own to watch or kill."""
    command = [sys.executable, "-m", "tests.ledger.stress", *arguments]
    return subprocess.Popen(
        command, env=_env(url), cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )  # fmt: skip


def _told(url: str, *words: str, given: Told | list[Told] | None = None) -> Any:
    """What a worker answers that is only asked, not watched: it begins as a copy of what has loaded the portal."""
    said = do_in(_env(url), "tests.ledger.stress", *words, given=json.dumps(given) + "\n")
    return json.loads(said.splitlines()[-1])


def prepare(url: str, *, workers: int, claims: int) -> Told:
    """The world, and the claims of each worker."""
    return dict(_told(url, "prepare", str(workers), str(claims)))


def together(url: str, role: str, questions: Sequence[Told]) -> list[Told]:
    """What a worker for each question answers, all at the same time."""
    return list(_told(url, "together", role, given=list(questions)))


def ask(url: str, role: str, told: Told) -> Told:
    """One worker, and what it answers."""
    return dict(_told(url, role, given=told))


def faults(url: str) -> list[str]:
    """Everything that is not right now."""
    return list(ask(url, "look", {})["faults"])
