"""The pages of a list together hold everything once."""

import pytest

from tests.factories.organisations import OrganisationFactory
from tests.factories.transparency import published_entry
from tests.support.standing import standing
from transparency.filters import PAGE_SIZE, Ask
from transparency.listing import answer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_many")]


def many():
    organisation = OrganisationFactory()
    for number in range(PAGE_SIZE + 5):
        published_entry(slug=f"kijker-{number:02}", organisation=organisation, content={"name": f"Kijker {number:02}"})


@pytest.fixture(scope="module")
def _many(django_db_setup, django_db_blocker):
    with standing(django_db_blocker, many):
        yield


@pytest.mark.parametrize("asked", [{}, {"q": "kijker"}, {"sort": "name"}, {"q": "kijker", "sort": "newest"}])
def test_pages_together_hold_everything_once(asked):
    first, second = answer(Ask(**asked)), answer(Ask(**asked, page=2))

    seen = [pk for found in (first, second) for pk in found.ids]
    assert (first.total, first.pages, len(first.cards)) == (PAGE_SIZE + 5, 2, PAGE_SIZE)
    assert len(set(seen)) == len(seen) == PAGE_SIZE + 5


@pytest.mark.parametrize("page", [3, 10**6, 10**4000])
def test_page_after_the_last_is_the_last(page):
    found = answer(Ask(page=page))

    assert (found.ask.page, len(found.cards)) == (2, 5)
