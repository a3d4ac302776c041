"""The page of what is new and what changed."""

import pytest
from django.urls import reverse

from portal.home.views import CHANGES_A_PAGE
from tests.factories.transparency import EntryFactory, NoticeFactory, published_entry
from tests.support.html import links, soup, words

pytestmark = pytest.mark.django_db
URL = "/nieuw/"


def test_new_text_stands_on_the_page_with_its_day(client):
    entry = published_entry()

    found = soup(client.get(URL)).select_one("main")

    assert reverse("transparency:version", args=[entry.slug, 1]) in links(found)
    assert entry.organisation.name in words(found)


def test_examples_and_drafts_stay_out(client):
    published_entry(organisation__example=True)
    EntryFactory()

    assert "Er staat nog niets in het register." in words(soup(client.get(URL)).select_one("main"))


def test_notice_of_now_stands_on_top_of_the_first_page(client):
    for _ in range(CHANGES_A_PAGE + 1):
        entry = published_entry()
    warned, closed = NoticeFactory(entry=entry, text="Kijk zelf goed."), NoticeFactory(entry=published_entry())
    type(closed).objects.filter(pk=closed.pk).update(
        state="CLOSED", closed_at=closed.published_at, closing_reason="Klaar."
    )
    NoticeFactory(entry=published_entry(organisation__example=True), text="Verzonnen.")

    first, second = (soup(client.get(URL + query)).select_one("main") for query in ("", "?pagina=2"))

    shown = first.select_one("section[aria-labelledby=meldingen]")
    assert f"{entry.get_absolute_url()}#melding-{warned.uuid}" in links(shown)
    assert "Kijk zelf goed." in words(shown)
    assert len(shown.select("li")) == 1
    assert second.select_one("section[aria-labelledby=meldingen]") is None


def test_long_list_comes_in_pages(client):
    for _ in range(CHANGES_A_PAGE + 1):
        published_entry()

    first, second = (soup(client.get(URL + query)).select(".timeline > li") for query in ("", "?pagina=2"))

    assert (len(first), len(second)) == (CHANGES_A_PAGE, 1)


@pytest.mark.parametrize("page", ["0", "-1", "9999", "x", "%00", "²", "1e9"])
def test_any_page_number_gives_a_page(client, page):
    published_entry()

    assert client.get(f"{URL}?pagina={page}").status_code == 200


@pytest.mark.parametrize("number", [1, 25])
def test_page_asks_the_database_no_more_when_more_is_in_it(client, django_assert_max_num_queries, number):
    for _ in range(number):
        published_entry()

    with django_assert_max_num_queries(4):
        client.get(URL)


def test_footer_leads_to_it(client):
    assert URL in links(soup(client.get("/")).select_one("footer"))
