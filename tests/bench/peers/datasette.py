"""Datasette with the rows of the baseline in one table, with full-text search and facets, as its manual says.

The file is served as immutable (`-i`) with the counts of `datasette inspect`: the fastest that the manual has. It does
not look for more facets than those that we name, which by itself takes half of the time. Limits of time are lifted, so
that a slow answer is a whole answer and no error.
"""

import json
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.bench.peers.tools import programs
from tests.bench.sentences import TEXTS
from tests.bench.servers import Server, started
from tests.support.browser_server import free_port

TABLE = "toepassingen"
FACETS = ("use_kind", "can_refuse", "status", "participation", "province", "provider", "ce_class")
SEARCHED = ("name", "summary", "tags", "product_maker", "provider", "place", "can_refuse_text", "participation_text",
            *TEXTS)  # fmt: skip
ROWS = """
SELECT e.*, p.name AS provider, p.place, p.province,
       (SELECT json_group_array(c.code) FROM u.usual_entry_care_settings s
        JOIN u.usual_caresetting c ON c.id = s.caresetting_id WHERE s.entry_id = e.id) AS care_settings
FROM u.usual_entry e JOIN u.usual_provider p ON p.id = e.provider_id
"""
SETTINGS = {"suggest_facets": "off", "sql_time_limit_ms": 60_000, "facet_time_limit_ms": 60_000}


def made(usual: Path) -> Path:
    """The file for Datasette with the entries of the baseline in the SQLite file `usual`."""
    path = usual.with_name(usual.stem.replace("usual", "datasette")) / "register.db"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        part = path.with_suffix(".part")
        part.unlink(missing_ok=True)
        _fill(usual, part)
        part.rename(path)
    return path


def _fill(usual: Path, path: Path) -> None:
    """One row an entry with its slug as the key, an index on every facet, and FTS beside it (`enable-fts`)."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("ATTACH ? AS u", (str(usual),))
        names = [name[0] for name in database.execute(f"{ROWS} LIMIT 0").description]
        names = [name for name in names if name not in {"id", "provider_id", "slug"}]
        listed = ", ".join(names)
        database.execute(f"CREATE TABLE {TABLE} (slug TEXT PRIMARY KEY, {', '.join(f'{name} TEXT' for name in names)})")
        database.execute(f"INSERT INTO {TABLE} (slug, {listed}) SELECT slug, {listed} FROM ({ROWS})")  # noqa: S608
        for name in (*FACETS, "updated_at"):
            database.execute(f"CREATE INDEX idx_{name} ON {TABLE} ({name})")
        searched = ", ".join(SEARCHED)
        database.execute(f'CREATE VIRTUAL TABLE {TABLE}_fts USING fts5({searched}, content="{TABLE}")')
        database.execute(f"INSERT INTO {TABLE}_fts ({TABLE}_fts) VALUES ('rebuild')")  # noqa: S608
        database.commit()
        database.execute("VACUUM")


@contextmanager
def serving(usual: Path, folder: Path) -> Iterator[Server]:
    """Datasette with the entries of the baseline in `usual` until the block ends. Raises NoPeer."""
    program, path, port = programs(folder) / "datasette", made(usual), free_port()
    inspected, described = path.with_name("inspect.json"), path.with_name("metadata.json")
    if not inspected.exists():
        subprocess.run([program, "inspect", path, "--inspect-file", inspected], check=True)
    table = {"facets": [*FACETS, {"array": "care_settings"}], "sort_desc": "updated_at", "size": 20}
    described.write_text(json.dumps({"databases": {"register": {"tables": {TABLE: table}}}}))
    settings = [part for name, value in SETTINGS.items() for part in ("--setting", name, str(value))]
    command = [str(program), "serve", "-i", str(path), "--inspect-file", str(inspected), "-m", str(described),
               "-h", "127.0.0.1", "-p", str(port), *settings]  # fmt: skip
    with started("datasette", command, folder, f"/register/{TABLE}/voorbeeld-0", port=port) as server:
        yield server
