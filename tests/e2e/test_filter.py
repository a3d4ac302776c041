"""Filters: they combine, go away one by one, keep with sorting and pages, and live in the address."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser_looks import has_script, settled


def titles(page: Page) -> list[str]:
    return page.locator(".utrecht-card__title").all_inner_texts()


def choose(page: Page, param: str, code: str) -> None:
    """Tick a filter; without JavaScript also press the button."""
    page.locator(f"[name={param}][value={code}]").check()
    if not has_script(page):
        page.get_by_role("button", name="Toon resultaten").click()
    page.wait_for_url(f"**{param}={code}**")
    settled(page)


def sort(page: Page, order: str) -> None:
    """Choose an order; without JavaScript also press the button."""
    page.get_by_label("Volgorde").select_option(order)
    if not has_script(page):
        page.get_by_role("button", name="Sorteer").click()
    page.wait_for_url(f"**volgorde={order}**")
    settled(page)


@pytest.fixture
def two_filters(visitor: Page) -> Page:
    """The register with “Huisarts” and “U kunt nee zeggen”, ticked one after the other."""
    visitor.goto("/register/")
    choose(visitor, "plek", "GP")
    choose(visitor, "nee", "YES")
    return visitor


def test_two_filters_show_what_fits_both(two_filters: Page):
    both = titles(two_filters)
    each = []
    for query in ("plek=GP", "nee=YES"):
        two_filters.goto(f"/register/?{query}")
        each.append(set(titles(two_filters)))

    assert set(both) == each[0] & each[1]


def test_two_filters_are_named_above_the_list(two_filters: Page):
    expect(two_filters.locator(".chosen__one")).to_have_count(2)


def test_one_filter_goes_away_and_the_other_stays(two_filters: Page):
    two_filters.locator(".chosen").get_by_role("link", name="Kunt u nee zeggen?").click()

    expect(two_filters.locator(".chosen__one")).to_have_text(re.compile("Huisarts"))


def test_all_filters_go_away_at_once(two_filters: Page):
    two_filters.get_by_role("link", name="Haal alle filters weg").click()

    expect(two_filters.locator(".chosen__one")).to_have_count(0)


def test_unticking_takes_the_filter_away(page: Page):
    page.goto("/register/?plek=GP&nee=YES")

    page.locator("[name=nee][value=YES]").uncheck()
    settled(page)

    expect(page.locator(".chosen__one")).to_have_count(1)


def test_sorting_by_name_sorts_by_name(visitor: Page):
    visitor.goto("/register/?plek=GP")

    sort(visitor, "naam")

    names = [title.casefold() for title in titles(visitor)]
    assert names == sorted(names)


def test_sorting_keeps_the_filters(visitor: Page):
    visitor.goto("/register/?plek=GP")

    sort(visitor, "naam")

    expect(visitor.locator(".chosen__one")).to_have_text(re.compile("Huisarts"))


def test_second_page_shows_others_than_the_first(visitor: Page):
    visitor.goto("/register/?volgorde=naam")
    first = titles(visitor)

    visitor.get_by_role("navigation", name="Pagina’s").get_by_role("link", name="Pagina 2").click()
    visitor.wait_for_url("**pagina=2**")

    assert set(first).isdisjoint(titles(visitor))


def test_second_page_keeps_the_order(visitor: Page):
    visitor.goto("/register/?volgorde=naam")

    visitor.get_by_role("navigation", name="Pagina’s").get_by_role("link", name="Pagina 2").click()
    visitor.wait_for_url("**pagina=2**")

    expect(visitor.get_by_label("Volgorde")).to_have_value("naam")


def test_new_filter_on_a_later_page_starts_at_the_first(visitor: Page):
    visitor.goto("/register/?pagina=2")

    choose(visitor, "plek", "GP")

    assert "pagina=" not in visitor.url


def test_reload_of_the_address_gives_the_same_page(two_filters: Page):
    sort(two_filters, "naam")
    live = two_filters.locator("main").inner_text()

    two_filters.reload()

    assert two_filters.locator("main").inner_text() == live


def test_province_narrows_the_care_providers(visitor: Page):
    visitor.goto("/zorgverleners/")

    visitor.get_by_label("Provincie").select_option("ZEELAND")
    if not has_script(visitor):
        visitor.get_by_role("button", name="Zoeken").click()
    visitor.wait_for_url("**provincie=ZEELAND**")
    settled(visitor)

    expect(visitor.get_by_role("link", name="Admiraal De Ruyter Ziekenhuis")).to_be_visible()
    expect(visitor.get_by_role("link", name="Academisch Medisch Centrum")).to_have_count(0)
