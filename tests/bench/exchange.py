"""What is compared of the exchange: an import with its history, the JSON of everything, and the memory that takes."""

from collections.abc import Iterator
from contextlib import nullcontext
from functools import partial

from tests.bench import data
from tests.bench.compare import Comparison
from tests.bench.lineup import USUAL_SETTINGS, Lineup
from tests.bench.plan import Plan
from tests.bench.scenarios import EXPORT_GOAL, IMPORT_GOAL, MEMORY_GOAL
from tests.bench.tasks import Task

BASELINE = "tests.bench.usual.exchange"
MEMORY_GOAL_AT = 100_000  # entries


def imports(plan: Plan, database: str) -> Iterator[Comparison]:
    """Taking in a file of our own JSON beside a row saved at a time, as it lands and published at once.

    The goal is of the first: to publish makes every page, card and answer, which the usual way makes when it is asked.
    """
    register = data.register(plan.imported, plan.seed, plan.folder)
    file = str(data.exported(register, plan.imported, plan.folder))
    theirs = Task(
        name="row by row", module=BASELINE, arguments=("import", file), folder=plan.folder, settings=USUAL_SETTINGS,
        database=partial(data.usual_empty, database, plan.folder),
    )  # fmt: skip
    for name, options, goal in (("import", (), IMPORT_GOAL), ("import_public", ("--publish",), None)):
        if plan.wants("import", name):
            ours = Task(
                name=name, module="tests.bench.importing", arguments=(file, *options), folder=plan.folder,
                database=partial(data.empty, database, plan.folder),
            )  # fmt: skip
            yield Comparison(kind="import", name=name, ours=ours, theirs=theirs, goal=goal)


def exports(servers: Lineup, small: Lineup | None) -> Iterator[Comparison]:
    """The JSON of every entry beside DRF at once; and how the memory grows since `small`."""
    ours = _export(servers, "export")
    if servers.has("usual"):
        theirs = Task(
            name="DRF at once", module=BASELINE, arguments=("export",), folder=servers.folder, settings=USUAL_SETTINGS,
            database=lambda: nullcontext(servers.usual_database),
        )  # fmt: skip
        yield Comparison(kind="export", name="export", ours=ours, theirs=theirs, goal=EXPORT_GOAL)
    if small:
        before = _export(small, f"export of {small.size}")
        yield Comparison(
            kind="memory", name="export", ours=ours, theirs=before, of="peak_mb", inverse=True,
            goal=MEMORY_GOAL if servers.size >= MEMORY_GOAL_AT else None,
        )  # fmt: skip


def _export(servers: Lineup, name: str) -> Task:
    return Task(
        name=name, module="tests.bench.exporting", arguments=(), folder=servers.folder,
        database=lambda: nullcontext(servers.portal_database),
    )  # fmt: skip
