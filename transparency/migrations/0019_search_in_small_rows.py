"""On PostgreSQL words are sought in a table of their own with rows of 90 bytes, as SQLite has one.

A hit is read from its row, and with a row of a public record that was a page for nearly each: two words on 100,000
entries took 20 ms, and 5 so (portal/docs/adr/0037). PostgreSQL only moves a value out of a row when that is over 2 kB;
the filler makes each row that long, and then takes 40 bytes itself.
"""

from typing import Any

from django.db import migrations

# The function plans with the index: PostgreSQL thinks it cheap to look into every row, and a common word then takes
# five times as long. Of more hits than asked for it gives those that came last into the register.
FORWARDS = """
CREATE TABLE transparency_search (
    rowid bigint PRIMARY KEY REFERENCES transparency_publicrecord ON DELETE CASCADE,
    terms tsvector NOT NULL,
    filler text NOT NULL GENERATED ALWAYS AS (repeat(' ', 2000)) STORED
);
ALTER TABLE transparency_search SET (toast_tuple_target = 128);
ALTER TABLE transparency_search ALTER COLUMN terms SET STORAGE EXTERNAL;
INSERT INTO transparency_search (rowid, terms)
    SELECT id, strip(to_tsvector('simple', concat_ws(' ', name_terms, key_terms, text_terms, inherited_terms)))
    FROM transparency_publicrecord;
CREATE INDEX transparency_search_terms ON transparency_search USING gin (terms) WITH (fastupdate = off);
CREATE FUNCTION transparency_newest(asked tsquery, most integer) RETURNS text
LANGUAGE sql STABLE SET enable_seqscan = off AS $$
    WITH hits AS MATERIALIZED (SELECT rowid FROM transparency_search WHERE terms @@ asked)
    SELECT string_agg(rowid::text, ',') FROM (SELECT rowid FROM hits ORDER BY rowid DESC LIMIT most) newest
$$;
ALTER TABLE transparency_publicrecord DROP COLUMN search;
"""
BACKWARDS = """
DROP FUNCTION transparency_newest(tsquery, integer);
DROP TABLE transparency_search;
ALTER TABLE transparency_publicrecord ADD COLUMN search tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('simple', name_terms), 'A') ||
    setweight(to_tsvector('simple', key_terms), 'B') ||
    setweight(to_tsvector('simple', text_terms), 'C') ||
    setweight(to_tsvector('simple', inherited_terms), 'D')
) STORED;
CREATE INDEX record_search ON transparency_publicrecord USING gin (search);
"""


def run(editor: Any, statements: str) -> None:
    """Do it where it is PostgreSQL."""
    if editor.connection.vendor == "postgresql":
        editor.execute(statements)


class Migration(migrations.Migration):

    dependencies = [
        ("transparency", "0018_upkeep"),
    ]

    operations = [
        migrations.RunPython(lambda _apps, editor: run(editor, FORWARDS), lambda _apps, editor: run(editor, BACKWARDS)),
    ]
