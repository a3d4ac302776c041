"""PostgreSQL keeps what is read for every answer unpacked: a list of 100 of the API took 4.3 ms, then 3.4 (ADR 0015)."""

from typing import Any

from django.db import migrations

TABLE = "transparency_publicrecord"
COLUMNS = ("api", "card", "name_terms", "key_terms", "text_terms")


def store(editor: Any, how: str) -> None:
    """How rows that are written from now on are kept; `rebuild_public` writes all of them anew."""
    if editor.connection.vendor == "postgresql":
        for column in COLUMNS:
            editor.execute(f"ALTER TABLE {TABLE} ALTER COLUMN {column} SET STORAGE {how}")


class Migration(migrations.Migration):

    dependencies = [
        ("transparency", "0013_taken_part"),
    ]

    operations = [
        migrations.RunPython(
            lambda _apps, editor: store(editor, "EXTERNAL"), lambda _apps, editor: store(editor, "EXTENDED")
        ),
    ]
