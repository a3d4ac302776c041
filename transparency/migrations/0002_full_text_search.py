"""Full-text search over the folded stems of public records: FTS5 on SQLite, a generated tsvector on PostgreSQL."""

from django.db import migrations

SQLITE = """
CREATE VIRTUAL TABLE transparency_search USING fts5(
    name_terms, key_terms, text_terms, inherited_terms, tokenize = "unicode61 remove_diacritics 0", prefix = '3 4'
)
"""
POSTGRES = """
ALTER TABLE transparency_publicrecord ADD COLUMN search tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('simple', name_terms), 'A') ||
    setweight(to_tsvector('simple', key_terms), 'B') ||
    setweight(to_tsvector('simple', text_terms), 'C') ||
    setweight(to_tsvector('simple', inherited_terms), 'D')
) STORED;
CREATE INDEX record_search ON transparency_publicrecord USING gin (search);
"""


def make_search(apps, schema_editor):
    schema_editor.execute(POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE)


def drop_search(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE transparency_publicrecord DROP COLUMN search")
    else:
        schema_editor.execute("DROP TABLE transparency_search")


class Migration(migrations.Migration):
    dependencies = [("transparency", "0001_initial")]
    operations = [migrations.RunPython(make_search, drop_search)]
