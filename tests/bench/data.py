"""The databases under measurement: made from the seed once, kept in var/bench, copied for PostgreSQL."""

import hashlib
import json
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import psycopg
from psycopg import sql

from portal.messages import compile_catalogue
from tests.bench.servers import environment
from tests.support.browser_server import ROOT, fresh_database

# What decides what a generated register looks like: when it changes, the register is made anew.
SOURCES = ("tests/bench/entries.py", "tests/bench/sentences.py", "tests/bench/fill.py", "transparency/records.py",
           "transparency/cards.py", "transparency/document.py", "transparency/fields.py", "transparency/words.toml",
           "transparency/search/normalise.py", "transparency/search/words.py", "transparency/search/snippet.py",
           "transparency/shown.py", "transparency/entry_page.py", "transparency/answers.py", "transparency/glossary.py",
           "transparency/api/documents.py", "transparency/vocabularies/*.toml", "transparency/migrations/*.py",
           "portal/*/migrations/*.py", "templates/ui/*.html", "templates/transparency/*.html")  # fmt: skip
COPIED = ("organisations_organisation", "transparency_aisystem", "transparency_systemversion", "transparency_entry",
          "transparency_version", "transparency_publicrecord", "transparency_shown",
          "transparency_searchword")  # fmt: skip
# What publishing writes there for each record (transparency/records.py).
SOUGHT = """
INSERT INTO transparency_search (rowid, terms)
SELECT id, strip(to_tsvector('simple', concat_ws(' ', name_terms, key_terms, text_terms, inherited_terms)))
FROM transparency_publicrecord
"""
BATCH = 500
USUAL = "tests.bench.usual.settings"


def fingerprint() -> str:
    """Names the state of SOURCES."""
    paths = sorted(path for pattern in SOURCES for path in ROOT.glob(pattern))
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:10]


def _run(module: str, *arguments: str, folder: Path, database: str, **env: str) -> None:
    command = [sys.executable, "-m", module, *arguments]
    subprocess.run(command, cwd=ROOT, check=True, env=environment(folder, database, **env), stdout=subprocess.DEVNULL)


def prepare(folder: Path) -> None:
    """Compile the catalogue and collect the static files, as `manage.py serve` does."""
    compile_catalogue(ROOT)
    _manage("collectstatic", "--noinput", folder=folder)


def _manage(*arguments: str, folder: Path, database: str = "") -> None:
    command = [sys.executable, "manage.py", *arguments, "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, check=True, env=environment(folder, database))


def register(size: int, seed: int, folder: Path) -> Path:
    """The SQLite file of a register of `size` entries; made when it is not there, going on where that was stopped."""
    path = folder / f"register-{size}-{seed}-{fingerprint()}.sqlite3"
    if not path.exists():
        part = path.with_suffix(".part")
        _run("tests.bench.fill", str(size), str(seed), folder=folder, database=f"sqlite:///{part}")
        part.rename(path)
    return path


def usual(path: Path, folder: Path) -> Path:
    """The SQLite file of the baseline with the entries of the register in `path`."""
    made = path.with_name(path.name.replace("register", "usual"))
    if not made.exists():
        part = made.with_suffix(".part")
        part.unlink(missing_ok=True)
        load_usual(path, folder, f"sqlite:///{part}")
        part.rename(made)
    return made


def load_usual(path: Path, folder: Path, database: str) -> None:
    """Fill the empty `database` of the baseline with the entries of the register in `path`."""
    _run("tests.bench.usual.load", str(path), folder=folder, database=database, DJANGO_SETTINGS_MODULE=USUAL)


@contextmanager
def on_postgresql(server: str, path: Path, folder: Path) -> Iterator[str]:
    """The address of a new database on `server` with the portal's entries of `path`; dropped after."""
    with fresh_database(server, migrated=False) as portal:
        _manage("migrate", folder=folder, database=portal)
        _copy(path, portal)
        _settle(portal)
        yield portal


@contextmanager
def usual_on_postgresql(server: str, path: Path, folder: Path) -> Iterator[str]:
    """The address of a new database on `server` with the baseline's entries of `path`; dropped after."""
    with fresh_database(server, migrated=False) as baseline:
        load_usual(path, folder, baseline)
        _settle(baseline)
        yield baseline


@contextmanager
def empty(server: str, folder: Path) -> Iterator[str]:
    """The address of a new database of the portal without entries, on SQLite or on `server`; gone after."""
    with _new(server, folder) as database:
        _manage("migrate", folder=folder, database=database)
        yield database


@contextmanager
def usual_empty(server: str, folder: Path) -> Iterator[str]:
    """The same of the baseline."""
    with _new(server, folder) as database:
        _run("django", "migrate", "--run-syncdb", folder=folder, database=database, DJANGO_SETTINGS_MODULE=USUAL)
        yield database


@contextmanager
def _new(server: str, folder: Path) -> Iterator[str]:
    if server != "sqlite":
        with fresh_database(server, migrated=False) as database:
            yield database
        return
    with tempfile.TemporaryDirectory(dir=folder) as kept:
        yield f"sqlite:///{kept}/new.sqlite3"


def exported(path: Path, number: int, folder: Path) -> Path:
    """A file of our own JSON with the first `number` entries of the register in `path`."""
    made = path.with_name(f"{path.stem}-{number}.json")
    if not made.exists():
        whole = made.with_suffix(".part")
        _manage(
            "export_register", "--format", "json", "--output", str(whole), folder=folder, database=f"sqlite:///{path}"
        )
        document = json.loads(whole.read_text(encoding="utf-8"))
        made.write_text(json.dumps(document | {"entries": document["entries"][:number]}), encoding="utf-8")
        whole.unlink()
    return made


def _copy(path: Path, url: str) -> None:
    """The tables COPIED of the SQLite file `path` to the migrated PostgreSQL database `url`."""
    source = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    with psycopg.connect(url) as target:
        target.execute("SET session_replication_role = replica")  # entries and versions point at each other
        target.execute("SET timezone = 'UTC'")  # in which SQLite keeps moments
        for table in COPIED:
            rows = source.execute(f"SELECT * FROM {table}")  # noqa: S608 (names of our own)
            columns = sql.SQL(", ").join(sql.Identifier(column[0]) for column in rows.description)
            into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), columns)
            with target.cursor().copy(into) as copy:
                while batch := list(islice(rows, BATCH)):
                    for row in batch:
                        copy.write_row(row)
        target.execute(SOUGHT)
        target.execute("UPDATE audit_revision SET number = number + 1")


def _settle(url: str) -> None:
    """What autovacuum does after a while; and no parallel workers, whose CPU we could not tell from that of others."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
        name = connection.info.dbname
        statement = sql.SQL("ALTER DATABASE {} SET max_parallel_workers_per_gather = 0")
        connection.execute(statement.format(sql.Identifier(name)))
