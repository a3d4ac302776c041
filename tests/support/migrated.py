"""A migrated database for each worker, copied from one that is made once per set of migrations.

Running every migration takes longer than many a test run. The copy has been migrated by the same `manage.py migrate`.
"""

import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.apps import apps
from django.db import connection
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
IN_MEMORY = "file:memorydb_default?mode=memory&cache=shared"  # where Django tests, of the default connection
KEPT: list[sqlite3.Connection] = []  # a database in memory lasts as long as somebody is connected to it


def fingerprint() -> str:
    """Changes with every migration, every model that has triggers, and the version of Django."""
    found = hashlib.sha256(version("django").encode())
    for config in sorted(apps.get_app_configs(), key=lambda one: one.label):
        for path in sorted(Path(config.path).glob("migrations/*.py")):
            found.update(path.name.encode() + path.read_bytes())
    for path in (ROOT / "portal/core/append_only.py", ROOT / "tests/support/migrated.py"):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


@contextmanager
def alone(name: str) -> Iterator[None]:
    """One worker at a time: the first makes what the others copy."""
    with (Path(tempfile.gettempdir()) / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def migrate(url: str) -> None:
    env = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=env, check=True)


def migrated_file() -> Path:
    """An SQLite database that was migrated and is otherwise empty: to copy, not to write to."""
    name = f"aimz_tests_{fingerprint()}"
    made = Path(tempfile.gettempdir()) / f"{name}.sqlite3"
    with alone(f"{name}_file"):
        if not made.exists():
            half = made.with_suffix(".half")
            half.unlink(missing_ok=True)
            migrate(f"sqlite:///{half}")
            half.rename(made)
    return made


def copy_sqlite() -> None:
    """Fill the database in memory of this worker."""
    made = migrated_file()
    mine = sqlite3.connect(IN_MEMORY, uri=True)
    with closing(sqlite3.connect(made)) as source:
        source.backup(mine)
    KEPT.append(mine)


def migrated_database(url: str) -> str:
    """The name of a database on the PostgreSQL server of `url`, as `migrated_file`: a template for others.

    One that was half made is made again.
    """
    name = f"aimz_tests_{fingerprint()}"
    with alone(name), psycopg.connect(on_server(url, "postgres"), autocommit=True, connect_timeout=10) as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            half = f"{name}_half"
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(half)))
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(half)))
            migrate(on_server(url, half))
            server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*map(sql.Identifier, (half, name))))
    return name


def on_server(url: str, database: str) -> str:
    """The address of `database` on the server of `url`."""
    return urlsplit(url)._replace(path=f"/{database}").geturl()


def copy_postgres() -> None:
    """Make the database of this worker anew."""
    settings, url = connection.settings_dict, os.environ["DATABASE_URL"]
    name, mine = migrated_database(url), settings["TEST"]["NAME"] or f"test_{settings['NAME']}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(mine)))
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*map(sql.Identifier, (mine, name))))


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Keep what `django_db_modify_db_settings` made; nothing is left to migrate."""
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: Any) -> None:
    """Copy the migrated database to that of this worker, before anything connects to it."""
    with django_db_blocker.unblock():
        (copy_postgres if connection.vendor == "postgresql" else copy_sqlite)()
