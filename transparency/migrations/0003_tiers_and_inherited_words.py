"""Records get a tier and the words of their product, suggested words a language. Run `rebuild_public` after it."""

from django.db import migrations, models

SQLITE = """
DROP TABLE transparency_search;
CREATE VIRTUAL TABLE transparency_search USING fts5(
    name_terms, key_terms, text_terms, inherited_terms, tokenize = "unicode61 remove_diacritics 0", prefix = '3 4'
);
INSERT INTO transparency_search (rowid, name_terms, key_terms, text_terms, inherited_terms)
SELECT id, name_terms, key_terms, text_terms, inherited_terms FROM transparency_publicrecord
"""
POSTGRES = """
ALTER TABLE transparency_publicrecord DROP COLUMN search;
ALTER TABLE transparency_publicrecord ADD COLUMN search tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('simple', name_terms), 'A') ||
    setweight(to_tsvector('simple', key_terms), 'B') ||
    setweight(to_tsvector('simple', text_terms), 'C') ||
    setweight(to_tsvector('simple', inherited_terms), 'D')
) STORED;
CREATE INDEX record_search ON transparency_publicrecord USING gin (search)
"""


def widen_search(apps, schema_editor):
    for statement in (POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE).split(";"):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("transparency", "0002_full_text_search")]
    operations = [
        migrations.AddField(
            "publicrecord",
            "tier",
            models.PositiveSmallIntegerField(choices=[(0, "Care"), (1, "Office"), (2, "Example"), (3, "Ended")], default=0),
        ),
        migrations.AddField(
            "publicrecord", "inherited_terms", models.TextField(blank=True, default=""), preserve_default=False
        ),
        migrations.AddConstraint(
            "publicrecord",
            models.CheckConstraint(condition=models.Q(("tier__in", [0, 1, 2, 3])), name="record_tier"),
        ),
        migrations.AddField("searchword", "language", models.CharField(default="nl", max_length=2), preserve_default=False),
        migrations.AlterField("searchword", "word", models.CharField(max_length=60)),
        migrations.AddConstraint(
            "searchword", models.UniqueConstraint(fields=("language", "word"), name="search_word_once")
        ),
        migrations.RunPython(widen_search, migrations.RunPython.noop),
    ]
