"""Filling the baseline from a register made by `tests.bench.fill`: `python -m tests.bench.usual.load FILE`."""

import datetime
import json
import os
import sqlite3
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.usual.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 (Django must be set up first)

from tests.bench.usual.models import CareSetting, Entry, Provider  # noqa: E402
from tests.bench.usual.rows import columns  # noqa: E402

BATCH = 2000
PROVIDERS = "SELECT id, name, slug, place, province FROM organisations_organisation"
ENTRIES = """
SELECT e.id, e.slug, e.organisation_id, v.published_at, v.content
FROM transparency_entry e JOIN transparency_version v ON v.id = e.current_version_id ORDER BY e.id
"""


def _entry(row: tuple[Any, ...], content: dict[str, Any]) -> Entry:
    moment = datetime.datetime.fromisoformat(row[3]).replace(tzinfo=datetime.UTC)
    return Entry(pk=row[0], slug=row[1], provider_id=row[2], updated_at=moment, **columns(content))


def _batches(rows: sqlite3.Cursor) -> Iterator[list[tuple[Any, ...]]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def load(path: str) -> None:
    """Make the tables and copy every provider and entry of the register in the SQLite file `path`."""
    call_command("migrate", run_syncdb=True, verbosity=0)
    register = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    Provider.objects.bulk_create(Provider(*row) for row in register.execute(PROVIDERS))
    settings: dict[str, CareSetting] = {}
    through = Entry.care_settings.through
    for rows in _batches(register.execute(ENTRIES)):
        contents = [json.loads(row[4]) for row in rows]
        Entry.objects.bulk_create([_entry(row, content) for row, content in zip(rows, contents, strict=True)])
        for code in {code for content in contents for code in content["care_setting"]} - settings.keys():
            settings[code] = CareSetting.objects.create(code=code)
        through.objects.bulk_create(
            through(entry_id=row[0], caresetting_id=settings[code].pk)
            for row, content in zip(rows, contents, strict=True)
            for code in content["care_setting"]
        )


if __name__ == "__main__":
    load(sys.argv[1])
