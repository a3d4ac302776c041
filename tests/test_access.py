"""Every private address as every person: the answer stands in a table, and an address without a row is an error."""

import copy
import importlib
import pkgutil
from contextlib import suppress

import pytest
from django.db import transaction
from django.urls import reverse
from zeal import zeal_ignore

import tests.access
from tests.access.table import DONE, OK, SIGN_IN
from tests.conftest import StrictClient, forget_all
from tests.support.addresses import PRIVATE
from tests.support.standing import standing

TABLES = [name for _finder, name, _is_package in pkgutil.iter_modules(tests.access.__path__)]
ROWS = [row for name in TABLES for row in getattr(importlib.import_module(f"tests.access.{name}"), "ROWS", [])]


class Undo(Exception):
    """Raised to take back what one person did, so that the next finds the same world."""


def test_every_private_address_has_a_row():
    assert sorted(set(PRIVATE) - {row.name for row in ROWS}) == []


def test_every_row_is_about_a_private_address():
    assert sorted({row.name for row in ROWS} - set(PRIVATE)) == []


@pytest.fixture(scope="module")
def people_and_things(request, django_db_setup, django_db_blocker):
    """The world of many rows."""
    with standing(django_db_blocker, request.param) as made:
        yield made


def of_each(rows):
    """A test of each of `rows`, in its world."""
    return pytest.mark.parametrize(
        ("people_and_things", "row"),
        [
            pytest.param(row.world, row, id=f"{row.method} {row.name}", marks=pytest.mark.near(row.world.__qualname__))
            for row in rows
        ],
        indirect=["people_and_things"], scope="module",
    )  # fmt: skip


@pytest.mark.django_db
@of_each(ROWS)
def test_each_person_is_answered_as_the_table_says(people_and_things, row, pytestconfig):
    world = copy.deepcopy(people_and_things)
    row.prepare(world)
    asked = let_in(row.answers) if pytestconfig.getoption("only_database") else row.answers

    assert {person: answer(row, world, person) for person in asked} == asked


@pytest.mark.django_db
@pytest.mark.once
@of_each([row for row in ROWS if row.method == "GET"])
def test_head_is_answered_as_get_is(people_and_things, row):
    world = copy.deepcopy(people_and_things)
    row.prepare(world)
    asked = let_in(row.answers)

    assert {person: answer(row, world, person, method="HEAD") for person in asked} == asked


def let_in(answers):
    """One person who sees the page or does the step: the rules about others are the same on every database."""
    found = [(person, status) for person, status in answers.items() if status in {OK, DONE}]
    return dict(found[:1]) or answers


def answer(row, world, person, *, method=""):
    """What `person` is answered, in a world that is the same afterwards."""
    client = StrictClient()
    forget_all()
    with suppress(Undo), transaction.atomic():
        if user := world.people[person]:
            client.force_login(user)
        address = reverse(row.name, kwargs=row.kwargs(world))
        if row.method == "GET":
            response = client.generic(method or "GET", address)
        else:
            with zeal_ignore():  # a step may write several things, each on its own
                response = client.post(address, row.data(world))
        raise Undo
    return SIGN_IN if is_sent_away(response) else response.status_code


def is_sent_away(response):
    """Whether somebody is told to sign in: led to that page, or for a form shown what was typed with a link to it."""
    there = reverse("account_login")
    if response.status_code == 403:
        return f'href="{there}?next=' in response.text and "U bent niet meer ingelogd" in response.text
    return response.status_code == 302 and response.headers["Location"].startswith(there)
