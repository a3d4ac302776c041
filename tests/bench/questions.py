"""What is compared on the servers of one size: without the cache, from it, 304 beside a hit, small beside large."""

from collections.abc import Iterator
from dataclasses import replace

from tests.bench.compare import Comparison
from tests.bench.lineup import Lineup, file_of
from tests.bench.measure import Asking
from tests.bench.plan import Plan
from tests.bench.scenarios import (
    CHEAP_AS_USUAL,
    DEEP,
    DEEP_GOAL,
    GROWTH_GOALS,
    LIST,
    NOT_MODIFIED_GOAL,
    WARM_GOALS,
    Scenario,
    last_page,
    scenarios,
)
from tests.bench.servers import Server

MANY = 32  # connections when answers come from memory
ROUNDS_OF_304 = 3  # for one of another: both sides are cheap and nearly alike, so the interval must be narrow
GOALS_AT = 10_000  # entries
TIMES = 4  # that every address is asked first: so that every worker has its connection and its index


def comparisons(plan: Plan, servers: Lineup, small: Lineup | None) -> Iterator[Comparison]:
    """Everything of `plan` on these servers; growth since `small`, the first size of the plan."""
    every = scenarios(servers.size)
    for one in (one for one in every if plan.wants("cold", one.name)):
        yield from _cold(one, servers)
    hits = [one for one in every if plan.wants("warm", one.name)]
    files = servers.files(hits) if hits else {}
    for one in hits:
        yield from _warm(one, servers, files)
    for one in (one for one in every if plan.wants("304", one.name)):
        yield _not_modified(one, servers)
    if plan.wants("growth", DEEP):
        yield _deep(servers)
    if small:
        for one in (one for one in every if plan.wants("growth", one.name)):
            yield _growth(one, servers, small)


def _cold(one: Scenario, servers: Lineup) -> Iterator[Comparison]:
    ours = _awake(servers.cold, one.paths)
    for peer in (peer for peer in one.at if servers.has(peer)):
        theirs = _awake(servers.peer(peer), one.at[peer][:1])
        goal = one.goals.get(peer) if servers.size >= GOALS_AT else None
        yield Comparison(kind="cold", name=one.name, ours=ours, theirs=replace(theirs, paths=one.at[peer]), goal=goal)


def _warm(one: Scenario, servers: Lineup, files: dict[str, Server]) -> Iterator[Comparison]:
    hit = _awake(servers.warm, one.paths[:1])
    base = Comparison(kind="warm", name=one.name, ours=hit, theirs=hit, connections=MANY)
    if servers.has("usual"):
        usual = _awake(servers.usual, one.at["usual"][:1])
        goal = None if one.name in CHEAP_AS_USUAL else WARM_GOALS["usual"]
        yield replace(base, theirs=usual, goal=goal)
    for name, server in files.items():
        yield replace(base, theirs=Asking(server=server, paths=[file_of(one)]), goal=WARM_GOALS[name])


def _not_modified(one: Scenario, servers: Lineup) -> Comparison:
    hit = _awake(servers.warm, one.paths[:1])
    tag = servers.warm.get(one.paths[0])[1]
    ours = Asking(server=replace(servers.warm, name="304"), paths=hit.paths, tag=tag)
    return Comparison(
        kind="304", name=one.name, ours=ours, theirs=hit, inverse=True, goal=NOT_MODIFIED_GOAL, connections=MANY,
        often=ROUNDS_OF_304,
    )  # fmt: skip


def _deep(servers: Lineup) -> Comparison:
    ours = _awake(servers.cold, [last_page(servers.size)])
    theirs = _awake(servers.cold, [LIST])
    return Comparison(kind="growth", name=DEEP, ours=ours, theirs=theirs, inverse=True, goal=DEEP_GOAL)


def _growth(one: Scenario, servers: Lineup, small: Lineup) -> Comparison:
    before = next(other for other in scenarios(small.size) if other.name == one.name)
    theirs = _awake(small.cold, before.paths)
    return Comparison(
        kind="growth", name=one.name, ours=_awake(servers.cold, one.paths), inverse=True,
        theirs=replace(theirs, server=replace(theirs.server, name=f"cold at {small.size}")),
        goal=GROWTH_GOALS.get(one.name),
    )  # fmt: skip


def _awake(server: Server, paths: list[str]) -> Asking:
    """`paths` at `server`, asked a few times already. Raises urllib.error.URLError when one is no 200."""
    for _time in range(TIMES):
        for path in paths:
            server.get(path)
    return Asking(server=server, paths=paths)
