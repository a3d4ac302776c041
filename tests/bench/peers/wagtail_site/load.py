"""Filling Wagtail from the baseline's SQLite file: `python -m tests.bench.peers.wagtail_site.load FILE`.

Runs with the Python of the peers. Pages come in as Wagtail's own code adds them; the search index is made at the end.
"""

import datetime
import os
import sqlite3
import sys
from collections import defaultdict
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.peers.wagtail_site.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 (Django must be set up first)
from django.db import transaction  # noqa: E402
from django.db.models.signals import post_save  # noqa: E402
from modelsearch.signal_handlers import post_save_signal_handler  # noqa: E402
from wagtail.models import Page, Site  # noqa: E402
from wagtail.signal_handlers import disable_reference_index_auto_update  # noqa: E402

from tests.bench.peers.wagtail_site.models import CareSetting, EntryPage, Provider, RegisterPage  # noqa: E402

SETTINGS = """
SELECT s.entry_id, c.code FROM usual_entry_care_settings s JOIN usual_caresetting c ON c.id = s.caresetting_id
"""


def _page(row: dict[str, Any]) -> EntryPage:
    moment = datetime.datetime.fromisoformat(row.pop("updated_at")).replace(tzinfo=datetime.UTC)
    return EntryPage(title=row.pop("name"), draft_title="", updated_at=moment, first_published_at=moment,
                     last_published_at=moment, **row)  # fmt: skip


@transaction.atomic
def _fill(source: sqlite3.Connection) -> None:
    root = Site.objects.get().root_page
    register = root.add_child(instance=RegisterPage(title="Register van AI in de zorg", slug="register"))
    Provider.objects.bulk_create(Provider(**row) for row in source.execute("SELECT * FROM usual_provider"))
    codes = [row["code"] for row in source.execute("SELECT code FROM usual_caresetting")]
    settings = {code: CareSetting.objects.create(code=code) for code in codes}
    of_entry: dict[int, list[CareSetting]] = defaultdict(list)
    for row in source.execute(SETTINGS):
        of_entry[row["entry_id"]].append(settings[row["code"]])
    for row in source.execute("SELECT * FROM usual_entry ORDER BY id"):
        number = row.pop("id")
        page = _page(row)
        page.care_settings = of_entry[number]
        register.add_child(instance=page)


def load(path: str) -> None:
    """Make the tables, and a page of each entry of the baseline in the SQLite file `path`."""
    call_command("migrate", verbosity=0)
    source = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    source.row_factory = lambda cursor, row: {
        column[0]: value for column, value in zip(cursor.description, row, strict=True)
    }
    for model in (Page, RegisterPage, EntryPage):
        post_save.disconnect(post_save_signal_handler, sender=model)
    with disable_reference_index_auto_update():
        _fill(source)
    call_command("update_index", verbosity=0)


if __name__ == "__main__":
    load(sys.argv[1])
