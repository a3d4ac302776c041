"""A whole run of the bench: for each database and size the servers, and everything that is compared on them."""

import datetime
import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.bench import data
from tests.bench.compare import Comparison, Result, compare
from tests.bench.exchange import exports, imports
from tests.bench.lineup import Lineup
from tests.bench.plan import Plan, engine
from tests.bench.questions import comparisons
from tests.support.browser_server import ROOT

Row = dict[str, Any]


def measure(plan: Plan, say: Callable[[str], Any]) -> Iterator[Row]:
    """Every result of `plan` as a line of JSON, as soon as it is there. Raises NoWrk, NoPeer."""
    data.prepare(plan.folder)
    about = {"commit": _commit()}
    for database in plan.databases:
        about["database"] = engine(database)
        with ExitStack() as first:
            small: Lineup | None = None
            for size in plan.sizes:
                say(f"{engine(database)}, {size} toepassingen")
                with ExitStack() as stack:
                    servers = Lineup(first if small is None else stack, plan, database, size)
                    for comparison in _all(plan, servers, small):
                        yield {**about, "size": size, **_measured(plan, comparison, small, say)}
                small = small or servers
        if "import" in plan.kinds:
            for comparison in imports(plan, database):
                yield {**about, "size": plan.imported, **_measured(plan, comparison, None, say)}


def _all(plan: Plan, servers: Lineup, small: Lineup | None) -> Iterator[Comparison]:
    yield from comparisons(plan, servers, small)
    if plan.wants("export", "export"):
        yield from exports(servers, small)


def _measured(plan: Plan, comparison: Comparison, small: Lineup | None, say: Callable[[str], Any]) -> Row:
    result = compare(comparison, rounds=plan.rounds, seconds=plan.seconds)
    say(_line(result))
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    return {"at": now, "first_size": small.size if small else plan.sizes[0], **result.row()}


def _commit() -> str:
    told = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return told.stdout.strip() or "unknown"


def _line(result: Result) -> str:
    row, (low, high) = result.row(), result.interval
    goal = "" if row["goal"] is None else f"  doel {row['goal']:g} {'gehaald' if row['passed'] else 'NIET gehaald'}"
    sign = "=" if row["inverse"] else "x"
    said = (
        f"  {row['kind']:7}{row['name']:9}{row['ours']} / {row['theirs']}: {row['ratio']:.2f} {sign} "
        f"[{low:.2f} – {high:.2f}]{goal}"
    )
    return "\n".join([said, *(f"          {times} x {what}" for what, times in result.problems().items())])


def keep(rows: Iterator[Row], path: Path) -> Iterator[Row]:
    """Write every row to `path` as it comes."""
    with path.open("a", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
            out.flush()
            yield row
