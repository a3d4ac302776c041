"""A whole run of the bench: for each database and size the servers, and everything that is compared on them."""

import datetime
import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.bench import data
from tests.bench.compare import Comparison, Result, Side, compare
from tests.bench.scenarios import (
    DEEP_GOAL,
    GROWTH_GOALS,
    LIST,
    NOT_MODIFIED_GOAL,
    STATIC_GOAL,
    WARM_GOAL,
    Scenario,
    last_page,
    scenarios,
)
from tests.bench.servers import PORTAL, USUAL, Server, serving
from tests.support.browser_server import ROOT

READY = "/robots.txt"
KINDS = ("cold", "warm", "growth")
MANY = 32  # connections when answers come from memory
GOALS_AT = 10_000  # entries


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What to measure."""

    sizes: list[int]
    databases: list[str]  # "sqlite", or the address of a PostgreSQL server
    folder: Path
    rounds: int = 9
    seconds: float = 2
    seed: int = 1
    kinds: tuple[str, ...] = KINDS
    names: tuple[str, ...] = ()  # of scenarios; all when empty


@dataclass(frozen=True, kw_only=True)
class Servers:
    """The servers of one size on one database."""

    cold: Server  # without the page cache
    warm: Server
    usual: Server


def measure(plan: Plan, say: Callable[[str], Any]) -> Iterator[dict[str, Any]]:
    """Every result of `plan` as a line of JSON, as soon as it is there."""
    commit = _commit()
    data.prepare(plan.folder)
    for database in plan.databases:
        with ExitStack() as first:
            small: Servers | None = None
            for size in plan.sizes:
                say(f"{_engine(database)}, {size} toepassingen")
                with ExitStack() as stack:
                    servers = _start(first if small is None else stack, plan, database, size)
                    for comparison in _comparisons(plan, servers, small, size, stack):
                        result = compare(comparison, rounds=plan.rounds, seconds=plan.seconds)
                        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
                        yield {"at": now, "commit": commit, "database": _engine(database), "size": size,
                               "first_size": plan.sizes[0], "rounds": plan.rounds, **result.row()}  # fmt: skip
                        say(_line(result))
                small = small or servers


def _engine(database: str) -> str:
    return "SQLite" if database == "sqlite" else "PostgreSQL"


def _commit() -> str:
    told = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return told.stdout.strip() or "unknown"


def _start(stack: ExitStack, plan: Plan, database: str, size: int) -> Servers:
    path = data.register(size, plan.seed, plan.folder)
    if database == "sqlite":
        portal, usual = f"sqlite:///{path}", f"sqlite:///{data.usual(path, plan.folder)}"
    else:
        portal, usual = stack.enter_context(data.on_postgresql(database, path, plan.folder))

    def start(name: str, application: str, database: str, ready: str, **env: str) -> Server:
        return stack.enter_context(serving(name, application, plan.folder, database, ready, **env))

    return Servers(
        cold=start("cold", PORTAL, portal, READY, PAGE_CACHE="0"),
        warm=start("warm", PORTAL, portal, READY, PAGE_CACHE="1"),
        usual=start(
            "usual", USUAL, usual, "/register/voorbeeld-0/", DJANGO_SETTINGS_MODULE="tests.bench.usual.settings"
        ),
    )


def _comparisons(
    plan: Plan, servers: Servers, small: Servers | None, size: int, stack: ExitStack
) -> Iterator[Comparison]:
    chosen = [one for one in scenarios(size) if not plan.names or one.name in plan.names]
    for one in chosen:
        _warm_up(servers, one)
    if "cold" in plan.kinds:
        for one in chosen:
            yield _cold(one, servers, size)
    if "warm" in plan.kinds:
        static = _static(stack, plan, servers.warm, chosen)
        for one in chosen:
            yield from _warm(one, servers, static)
    if "growth" in plan.kinds and (not plan.names or "list" in plan.names):
        yield _deep(servers, size)
    if "growth" in plan.kinds and small:
        for one in chosen:
            yield _growth(one, servers, small, plan.sizes[0], size)


def _warm_up(servers: Servers, one: Scenario) -> None:
    """Every worker has opened its connection and built its index before we look."""
    for _time in range(4):
        for path in one.paths:
            servers.cold.get(path)
            servers.warm.get(path)
    servers.usual.get(one.usual[0])


def _cold(one: Scenario, servers: Servers, size: int) -> Comparison:
    return Comparison(
        kind="cold", name=one.name, ours=Side(server=servers.cold, paths=one.paths),
        theirs=Side(server=servers.usual, paths=one.usual), goal=one.goal if size >= GOALS_AT else None,
    )  # fmt: skip


def _static(stack: ExitStack, plan: Plan, server: Server, chosen: list[Scenario]) -> Server:
    """granian with the pages of the portal as files."""
    pages = plan.folder / "pages"
    pages.mkdir(exist_ok=True)
    for one in chosen:
        (pages / f"{one.name}.html").write_bytes(server.get(one.paths[0])[0])
    options = ("--static-path-route", "/pages", "--static-path-mount", str(pages))
    return stack.enter_context(
        serving("static", USUAL, plan.folder, server.database, f"/pages/{chosen[0].name}.html", *options,
                DJANGO_SETTINGS_MODULE="tests.bench.usual.settings")
    )  # fmt: skip


def _warm(one: Scenario, servers: Servers, static: Server) -> Iterator[Comparison]:
    path = one.paths[:1]
    hit = Side(server=servers.warm, paths=path)
    tag = next(servers.warm.get(path[0])[1] for _time in range(8))
    base = Comparison(kind="warm", name=one.name, ours=hit, theirs=hit, connections=MANY)
    yield replace(base, theirs=Side(server=servers.usual, paths=one.usual[:1]), goal=WARM_GOAL)
    yield replace(base, theirs=Side(server=static, paths=[f"/pages/{one.name}.html"]), goal=STATIC_GOAL)
    not_modified = Side(server=replace(servers.warm, name="304"), paths=path, tag=tag)
    yield replace(base, kind="304", ours=not_modified, inverse=True, goal=NOT_MODIFIED_GOAL)


def _deep(servers: Servers, size: int) -> Comparison:
    return Comparison(
        kind="growth", name="deep", ours=Side(server=servers.cold, paths=[last_page(size)]),
        theirs=Side(server=servers.cold, paths=[LIST]), inverse=True, goal=DEEP_GOAL,
    )  # fmt: skip


def _growth(one: Scenario, servers: Servers, small: Servers, first: int, size: int) -> Comparison:
    before = next(other for other in scenarios(first) if other.name == one.name)
    return Comparison(
        kind="growth", name=one.name, ours=Side(server=servers.cold, paths=one.paths),
        theirs=Side(server=replace(small.cold, name=f"cold at {first}"), paths=before.paths), inverse=True,
        goal=GROWTH_GOALS.get(one.name),
    )  # fmt: skip


def _line(result: Result) -> str:
    row, (low, high) = result.row(), result.interval
    goal = "" if row["goal"] is None else f"  doel {row['goal']:g} {'gehaald' if row['passed'] else 'NIET gehaald'}"
    sign = "=" if row["inverse"] else "x"
    return (
        f"  {row['kind']:7}{row['name']:9}{row['ours']} / {row['theirs']}: {row['ratio']:.2f} {sign} "
        f"[{low:.2f} – {high:.2f}]{goal}"
    )


def keep(rows: Iterator[dict[str, Any]], path: Path) -> Iterator[dict[str, Any]]:
    """Write every row to `path` as it comes."""
    with path.open("a", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
            out.flush()
            yield row
