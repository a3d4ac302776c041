"""The servers of one size on one database, each with its data, made and started when it is first asked for."""

from collections.abc import Iterable
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path

from tests.bench import data
from tests.bench.peers import datasette, nginx, wagtail
from tests.bench.plan import Plan
from tests.bench.scenarios import Scenario
from tests.bench.servers import PORTAL, USUAL, Server, serving

READY = "/robots.txt"
USUAL_SETTINGS = "tests.bench.usual.settings"
ON_SQLITE = {"wagtail", "datasette"}  # peers that are measured there only
MOST_FOR_PEERS = 10_000  # entries; with more, they take minutes for an answer


class Lineup:
    """The portal with and without its cache, and what it is measured against. All end with `stack`."""

    def __init__(self, stack: ExitStack, plan: Plan, database: str, size: int) -> None:
        self._stack, self._plan, self._database, self.folder = stack, plan, database, plan.folder
        self.size = size
        self._is_sqlite = database == "sqlite"

    def has(self, peer: str) -> bool:
        """Whether `peer` is measured here."""
        wanted = peer in self._plan.peers
        return wanted and (peer not in ON_SQLITE or (self._is_sqlite and self.size <= MOST_FOR_PEERS))

    def peer(self, name: str) -> Server:
        """The server of a peer that does its own work: usual, wagtail or datasette."""
        return {"usual": lambda: self.usual, "wagtail": lambda: self.wagtail, "datasette": lambda: self.datasette}[
            name
        ]()

    @cached_property
    def _file(self) -> Path:
        return data.register(self.size, self._plan.seed, self.folder)

    @cached_property
    def portal_database(self) -> str:
        """The address of the portal's database."""
        if self._is_sqlite:
            return f"sqlite:///{self._file}"
        return self._stack.enter_context(data.on_postgresql(self._database, self._file, self.folder))

    @cached_property
    def usual_database(self) -> str:
        """The address of the baseline's database."""
        if self._is_sqlite:
            return f"sqlite:///{data.usual(self._file, self.folder)}"
        return self._stack.enter_context(data.usual_on_postgresql(self._database, self._file, self.folder))

    @cached_property
    def cold(self) -> Server:
        """The portal without its page cache."""
        return self._portal("cold", PAGE_CACHE="0")

    @cached_property
    def warm(self) -> Server:
        """The portal as it is."""
        return self._portal("warm", PAGE_CACHE="1")

    def _portal(self, name: str, **env: str) -> Server:
        return self._stack.enter_context(serving(name, PORTAL, self.folder, self.portal_database, READY, **env))

    @cached_property
    def usual(self) -> Server:
        """The same register as usually written."""
        ready = "/register/voorbeeld-0/"
        return self._stack.enter_context(
            serving("usual", USUAL, self.folder, self.usual_database, ready, DJANGO_SETTINGS_MODULE=USUAL_SETTINGS)
        )

    @cached_property
    def wagtail(self) -> Server:
        """The same register in Wagtail."""
        return self._stack.enter_context(wagtail.running(data.usual(self._file, self.folder), self.folder))

    @cached_property
    def datasette(self) -> Server:
        """The same rows in Datasette."""
        return self._stack.enter_context(datasette.serving(data.usual(self._file, self.folder), self.folder))

    def files(self, chosen: Iterable[Scenario]) -> dict[str, Server]:
        """The servers of files that are wanted, each with the first page of every scenario: see `file_of`."""
        pages = self.folder / "pages"
        pages.mkdir(exist_ok=True)
        for one in chosen:
            (pages / f"{one.name}.html").write_bytes(self.warm.get(one.paths[0])[0])
            ready = file_of(one)
        options = ("--static-path-route", "/pages", "--static-path-mount", str(pages))
        served: dict[str, Server] = {}
        if self.has("static"):
            served["static"] = self._stack.enter_context(
                serving("static", USUAL, self.folder, "sqlite://", ready, *options,
                        DJANGO_SETTINGS_MODULE=USUAL_SETTINGS)
            )  # fmt: skip
        if self.has("nginx"):
            served["nginx"] = self._stack.enter_context(nginx.serving(self.folder, ready))
        return served


def file_of(scenario: Scenario) -> str:
    """Where the servers of files have the first page of `scenario`."""
    return f"/pages/{scenario.name}.html"
