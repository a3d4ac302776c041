"""Fixtures of every test: a strict client, a frozen clock, no memory of the test before."""

import datetime
import gc
import os
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import time_machine
from django.conf import settings
from django.test import Client

from portal.organisations import names
from tests.support.committed import committed_db  # noqa: F401 (a fixture)
from tests.support.migrated import django_db_keepdb, django_db_modify_db_settings  # noqa: F401 (fixtures)
from transparency import index
from transparency.search import heads, spelling

# The same examples every time: only a change turns a test red. HYPOTHESIS_PROFILE=explore looks for new ones.
hypothesis.settings.register_profile("same", derandomize=True, deadline=None)
hypothesis.settings.register_profile("explore", deadline=None, max_examples=2000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

NOW = datetime.datetime(2026, 11, 22, 9, 0, tzinfo=datetime.UTC)
DATABASE = {"db", "transactional_db", "django_db_setup"}
FORBIDDEN = ("!!UNDEFINED", "{{", "{%", "<script>", " onclick=", " style=", "<style")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--only-database`: what runs on a second database; a test that touches none would do the same thing twice."""
    parser.addoption("--only-database", action="store_true", help="only the tests that use the database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what `--only-database` leaves out."""
    if config.getoption("--only-database"):
        kept = [item for item in items if runs_on_a_second(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
        items[:] = kept
    together(items)


def together(items: list[pytest.Item]) -> None:
    """Move the tests of a module that are `near(thing)` of one thing behind the first of them."""
    places: dict[tuple[Any, Any], int] = {}
    order = {}
    for number, item in enumerate(items):
        near = item.get_closest_marker("near")
        order[item] = places.setdefault((item.path, near.args[0]), number) if near else number
    items.sort(key=order.__getitem__)


def runs_on_a_second(item: pytest.Item) -> bool:
    """Whether a test could do something else on another database: it uses one, and is not `once`."""
    uses = item.get_closest_marker("django_db") or DATABASE & set(item.fixturenames)  # type: ignore[attr-defined]
    return bool(uses) and not item.get_closest_marker("once")


def pytest_collection_finish() -> None:
    """Never look for garbage again among what collecting made: it all stays until the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


_HANDLERS: dict[tuple[bool, tuple[str, ...]], Any] = {}


class StrictClient(Client):
    """A client that refuses pages with an undefined variable, template syntax, inline script, style or handler.

    Clients share a handler for as long as the middleware is the same: to load it takes longer than many a request.
    """

    def __init__(self, enforce_csrf_checks: bool = False, **more: Any) -> None:
        super().__init__(enforce_csrf_checks, **more)
        self.handler = _HANDLERS.setdefault((enforce_csrf_checks, tuple(settings.MIDDLEWARE)), self.handler)

    def request(self, **request: Any) -> Any:
        response = super().request(**request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            text = response.text
            for bad in FORBIDDEN:
                assert bad not in text, f"{bad} in {request.get('PATH_INFO')}"
        return response


@pytest.fixture
def client() -> StrictClient:
    return StrictClient()


@pytest.fixture
def now() -> datetime.datetime:
    """The moment at which the clock of every test stands still."""
    return NOW


@pytest.fixture(autouse=True)
def frozen_clock(request: pytest.FixtureRequest) -> Iterator[None]:
    """Stop the clock, except for journeys in a real browser."""
    if "e2e" in request.keywords:
        yield
        return
    with time_machine.travel(NOW, tick=False):
        yield


def forget_all() -> None:
    """Forget what a worker keeps per revision: a rolled back test turns the revision back."""
    index.forget()
    heads.forget()
    names.forget()
    spelling.forget()


@pytest.fixture(autouse=True)
def no_memory() -> None:
    """Begin each test without a memory."""
    forget_all()


@pytest.fixture
def sends_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mails go out at once: no transaction of a test ever lands."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda send, **more: send())
