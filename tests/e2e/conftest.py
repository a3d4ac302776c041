"""Fixtures of the journeys: the real server, Debian's Chromium, and a visitor with and without JavaScript.

The English catalogue must be compiled first (`make messages`); with `--base-url` the journeys use a server that runs
already. Connections to other machines stay forbidden: pytest-socket lets the loopback through (pyproject.toml).
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.browser_chromium import CONTEXT, launch_options
from tests.support.browser_desk import Desk, desk_in
from tests.support.browser_projects import Projects, projects_server
from tests.support.browser_server import serving
from tests.support.filled import share

HERE = Path(__file__).parent
expect.set_options(timeout=10_000)  # the machine may be busy; a right answer never waits for this


# The longest first: the workers take one file after another, and the last one must not be long. The second does not
# wait until the first has filled an installation: it begins with one of its own.
LONG = (
    "money", "two_servers", "representative", "projects", "axe", "writing", "claiming", "publishing", "whole_road",
    "keyboard",
)  # fmt: skip


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test here is a journey in a browser, so none runs unasked."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.e2e)


class LongFirst:
    """Puts the files in order, after the shuffle."""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        place = {f"test_{name}.py": number for number, name in enumerate(LONG)}
        # a server on PostgreSQL fills its own database, one on SQLite begins with what another filled
        items.sort(key=lambda item: (place.get(item.path.name, len(LONG)), "on_postgresql" not in item.name))


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(LongFirst())


@pytest.fixture(scope="session", autouse=True)
def _shared(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where the workers of this run keep what they share; with several, each has a folder of its own in it."""
    own = tmp_path_factory.getbasetemp()
    share(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)


@pytest.fixture(scope="session")
def base_url(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the server."""
    if given := pytestconfig.getoption("base_url"):
        yield given.rstrip("/")
        return
    with serving(tmp_path_factory.mktemp("server")) as address:
        yield address


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """How Chromium is started; without Chromium the journeys fail and say what to install."""
    try:
        return {**browser_type_launch_args, **launch_options()}
    except FileNotFoundError as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A Dutch reader at a desk."""
    return {**browser_context_args, **CONTEXT, "viewport": {"width": 1280, "height": 900}}


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def visitor(request: pytest.FixtureRequest, new_context: Callable[..., BrowserContext]) -> Page:
    """A page of someone with JavaScript, and once more of someone without."""
    return new_context(java_script_enabled=request.param).new_page()


@pytest.fixture
def plain(new_context: Callable[..., BrowserContext]) -> Page:
    """A page of someone without JavaScript."""
    return new_context(java_script_enabled=False).new_page()


# --- Everybody around a project -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Projects]:
    """A server of the file's own, on which everybody around a project is signed in."""
    with projects_server(tmp_path_factory.mktemp("projecten"), os.environ.get("DATABASE_URL", "")) as found:
        yield found


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def desk(request: pytest.FixtureRequest, work: Projects, browser: Browser) -> Iterator[Desk]:
    """The desks of everybody, with JavaScript and once more without."""
    with desk_in(work, browser, request.param) as made:
        yield made
