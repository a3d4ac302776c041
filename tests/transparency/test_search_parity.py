"""Search gives the same results in the same order on SQLite and PostgreSQL, over the real content and the examples.

PostgreSQL is looked for at TEST_POSTGRES_URL. CI has one, so there a missing server is a failure.
"""

import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import psycopg
import pytest

from tests.support.browser_server import fresh_database
from tests.support.migrated import migrated_file
from transparency.loading import files, read

ROOT = Path(__file__).parent.parent.parent
SERVER = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1/postgres")
QUESTIONS = tomllib.loads((Path(__file__).parent / "search_questions.toml").read_text(encoding="utf-8"))["question"]

WORDS = ["huisarts", "longen", "huid", "hart", "mri", "foto", "ziekenhuis", "gesprek", "medicijnen", "privacy", "ai",
         "patiënten", "kanker", "chatbot", "apotheek", "utrecht", "zeeland", "spoed", "robot", "dossier", "112",
         "covid-19", "b1", "gpt-4"]  # fmt: skip
BEGINNINGS = ["radio", "pros", "huis", "long", "versl", "sam", "voor", "patië", "zieken", "gez"]
SLIPS = [
    "prostraat",
    "huisart",
    "moedervelk",
    "verslaag",
    "luistrt",
    "chatbto",
    "ziekenhius",
    "egte",
    "apotek",
    "rontgun",
]
PHRASES = ["foto van mijn longen", "luistert de dokter mee", "vlek op mijn huid", "botbreuk", "longfoto",
           "hartaanval", "digitale tweeling", "wie leest mijn dossier", "mag ik nee zeggen",
           "de het een", "", "???", "(huid OR"]  # fmt: skip
FILTERED = [
    {"plek": "RADIOLOGY"},
    {"plek": ["RADIOLOGY", "GP"], "volgorde": "naam"},
    {"status": "IN_USE", "volgorde": "zorgverlener"},
    {"q": "foto", "plek": "RADIOLOGY"},
    {"q": "foto", "volgorde": "naam"},
    {"q": "foto", "volgorde": "nieuw"},
    {"q": "huisarts", "volgorde": "zorgverlener"},
    {"q": "dokter", "nee": ["YES", "PARTLY"]},
    {"q": "dokter", "meegedacht": "YES", "volgorde": "naam"},
    {"q": "gegevens", "herkomst": "EDITORIAL"},
    {"q": "patiënt", "provincie": "UTRECHT"},
    {"volgorde": "naam"},
    {"volgorde": "zorgverlener"},
    {"volgorde": "nieuw"},
    {"nee": "BESTAAT_NIET"},
]


def product_names() -> list[str]:
    """The name and the other names of every product of the content."""
    systems = [read(path) for path in files("systems")]
    return [name for row in systems for name in [row["content"]["name"], *row.get("also_known_as", [])[:1]]]


def query_strings() -> list[str]:
    """Every question as a query string."""
    words = [*(row["q"] for row in QUESTIONS), *product_names(), *WORDS, *BEGINNINGS, *SLIPS, *PHRASES]
    return [urlencode(asked, doseq=True) for asked in [*({"q": q} for q in words), *FILTERED]]


@pytest.fixture
def postgres() -> Iterator[str]:
    """The address of a new database, dropped afterwards."""
    try:
        psycopg.connect(SERVER, connect_timeout=5).close()
    except psycopg.OperationalError as error:
        why = f"no PostgreSQL server at {urlsplit(SERVER).hostname} (TEST_POSTGRES_URL): {error}"
        if os.environ.get("CI") == "true":
            pytest.fail(why)
        pytest.skip(why)
    with fresh_database(SERVER) as database:
        yield database


def ask(databases: list[str], folder: Path) -> list[list[dict[str, Any]]]:
    """The answers of a process of its own for each of the new databases at `databases`, side by side."""
    questions = folder / "questions.json"
    questions.write_text(json.dumps(query_strings()), encoding="utf-8")
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.support.search_answers", str(questions)],
            env={**os.environ, "DATABASE_URL": database, "VAR_DIR": str(folder)},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for database in databases
    ]
    done = [(process.communicate(), process.returncode) for process in running]
    assert [errors.decode() for (_out, errors), code in done if code] == []
    return [json.loads(out) for (out, _errors), _code in done]


def test_same_question_gives_the_same_answer_on_both_databases(postgres, tmp_path):
    sqlite = shutil.copy(migrated_file(), tmp_path / "parity.sqlite3")

    on_postgres, on_sqlite = ask([postgres, f"sqlite:///{sqlite}"], tmp_path)

    assert len(on_sqlite) >= 120
    assert sum(bool(row["slugs"]) for row in on_sqlite) >= 100  # or there would be little to compare
    assert [(a, b) for a, b in zip(on_sqlite, on_postgres, strict=True) if a != b] == []
