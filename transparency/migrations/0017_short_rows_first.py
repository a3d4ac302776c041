"""What lists and searches read stands before what is long: SQLite reads a row from its beginning (ADR 0015).

Django puts a column that is made anew at the end of its table. The document and the page are empty until
`rebuild_public`, which every start of the server runs; until then both are made when they are asked for.
"""

from typing import Any

from django.db import migrations, models

COPY_DUE = """
UPDATE transparency_shown SET due = (
    SELECT due FROM transparency_publicrecord WHERE transparency_publicrecord.id = transparency_shown.record_id
)
"""


def store_unpacked(_apps: Any, editor: Any) -> None:
    """As migration 0014 did for the column that was there."""
    if editor.connection.vendor == "postgresql":
        editor.execute("ALTER TABLE transparency_publicrecord ALTER COLUMN api SET STORAGE EXTERNAL")


class Migration(migrations.Migration):

    dependencies = [
        ("transparency", "0016_draft_save"),
    ]

    operations = [
        migrations.RemoveField(model_name="publicrecord", name="api"),
        migrations.AddField(model_name="publicrecord", name="api", field=models.TextField(default="")),
        migrations.RemoveField(model_name="shown", name="page"),
        migrations.AddField(
            model_name="shown", name="due", field=models.CharField(blank=True, default="", max_length=10)
        ),
        migrations.AddField(model_name="shown", name="page", field=models.TextField(blank=True, default="")),
        migrations.RunPython(store_unpacked, migrations.RunPython.noop),
        migrations.RunSQL(COPY_DUE, migrations.RunSQL.noop),
    ]
