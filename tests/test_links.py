"""Every link on every page of people who sign in, for everyone who sees that page: it leads somewhere."""

import copy
from contextlib import suppress
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import transaction
from django.urls import reverse
from zeal import zeal_ignore

from tests.access.table import DONE, OK
from tests.conftest import StrictClient, forget_all
from tests.support.html import soup
from tests.test_access import ROWS, Undo, of_each, people_and_things

__all__ = ["people_and_things"]  # a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PAGES = [row for row in ROWS if row.method == "GET" and OK in row.answers.values()]
FOLLOWED: set[tuple[str, str, str]] = set()  # (world, person, address) that led somewhere: a menu is on every page


@of_each(PAGES)
def test_every_link_leads_somewhere(people_and_things, row):
    world = copy.deepcopy(people_and_things)
    row.prepare(world)
    seen_by = [person for person, status in row.answers.items() if status == OK]

    assert {person: found for person in seen_by if (found := dead_ends(row, world, person))} == {}


@of_each([row for row in ROWS if row.method == "POST" and DONE in row.answers.values()])
def test_every_step_leads_to_a_page_that_its_taker_may_see(people_and_things, row):
    world = copy.deepcopy(people_and_things)
    row.prepare(world)
    done_by = [person for person, status in row.answers.items() if status == DONE]

    assert {person: found for person in done_by if (found := led_to(row, world, person)) != 200} == {}


def led_to(row, world, person):
    """The status of the page to which the step of `row` leads `person`."""
    client = StrictClient()
    with suppress(Undo), transaction.atomic(), zeal_ignore():
        forget_all()
        if user := world.people[person]:
            client.force_login(user)
        status = client.post(reverse(row.name, kwargs=row.kwargs(world)), row.data(world), follow=True).status_code
        raise Undo
    return status


def dead_ends(row, world, person):
    """{address: status} of the links on the page of `row` that `person` cannot follow."""
    client, dead = StrictClient(), {}
    with suppress(Undo), transaction.atomic():
        forget_all()
        if user := world.people[person]:
            client.force_login(user)
        page = reverse(row.name, kwargs=row.kwargs(world))
        answer = client.get(page)
        if answer.headers["Content-Type"].startswith("text/html"):
            for address in links(soup(answer), page):
                if (row.world.__qualname__, person, address) not in FOLLOWED:
                    status = client.get(address).status_code
                    if status in {200, 302}:
                        FOLLOWED.add((row.world.__qualname__, person, address))
                    else:
                        dead[address] = status
        raise Undo
    return dead


def links(page, place):
    """The addresses of ours that `page` links to, but the part after "#".

    Those in a preview work when the text is public: the page says so.
    """
    for shown in page.select(".write-preview, .write-card"):
        shown.decompose()
    for address in dict.fromkeys(urljoin(place, link["href"]).partition("#")[0] for link in page.select("a[href]")):
        if not urlsplit(address).scheme and address != place:
            yield address
