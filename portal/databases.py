"""How the portal talks to a database, the primary and the copy alike."""

from typing import Any

import dj_database_url

SQLITE = {
    "transaction_mode": "IMMEDIATE",  # a writer waits at its start, never fails half-way
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
    "PRAGMA recursive_triggers=ON; PRAGMA cache_size=-8000;",  # 8 MB each: of the usual 2, a search read all anew
}
# PostgreSQL keeps the plan of a question: to plan an entry's page took it 0.37 ms, to answer 0.11.
POSTGRES = {"server_side_binding": True, "prepare_threshold": 2}
# A claim with all around it joins 22 tables: PostgreSQL took 69 ms to plan that, and 6 ms four tables at a time.
PLANNING = "-c join_collapse_limit=4"


def database(url: str) -> dict[str, Any]:
    """Django's settings of the database at `url`; what the address asks itself (as "?sslmode=require") stays."""
    found: dict[str, Any] = {**dj_database_url.parse(url)}
    found["CONN_MAX_AGE"] = None  # a connection per request costs more than half of the throughput
    found["CONN_HEALTH_CHECKS"] = True
    asked = found.get("OPTIONS", {})
    if found["ENGINE"].endswith("sqlite3"):
        return found | {"OPTIONS": {**asked, **SQLITE}}
    planning = f"{PLANNING} {asked.get('options', '')}".rstrip()
    return found | {"OPTIONS": {**asked, **POSTGRES, "options": planning}}
