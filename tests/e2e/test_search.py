"""Searching: from the home page to a text, while typing and ticking, with slips, and when nothing is found."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser_looks import settled
from tests.support.browser_pages import ENTRY


def search(page: Page, words: str) -> None:
    """Type `words` and press the button, as most people do."""
    page.get_by_role("searchbox").fill(words)
    page.get_by_role("button", name="Zoeken").click()
    page.wait_for_url(re.compile(rf"[?&]q={words}(&|$)"))
    settled(page)


def titles(page: Page) -> list[str]:
    return page.locator(".utrecht-card__title").all_inner_texts()


def test_search_on_home_leads_to_results(visitor: Page):
    visitor.goto("/")

    search(visitor, "botbreuk")

    expect(visitor.get_by_role("link", name="BreukZoeker (voorbeeld)")).to_be_visible()


def test_result_leads_to_the_text(visitor: Page):
    visitor.goto("/register/?q=botbreuk")

    visitor.get_by_role("link", name="BreukZoeker (voorbeeld)").click()

    expect(visitor.get_by_role("heading", level=1)).to_have_text("BreukZoeker (voorbeeld)")


def test_search_in_the_register_puts_the_best_first(visitor: Page):
    visitor.goto("/register/?q=longen")
    best = titles(visitor)
    visitor.goto("/register/")

    search(visitor, "longen")

    assert titles(visitor) == best


def test_results_mark_the_words_that_were_found(visitor: Page):
    visitor.goto("/register/?q=breukzoeker")

    marked = visitor.locator(".utrecht-card mark")

    expect(marked.first).to_have_text("BreukZoeker")


# --- Live: only with JavaScript ------------------------------------------------------------------------------------


@pytest.fixture
def ticked(page: Page) -> Page:
    """The register after someone ticked “Huisarts”, without a new page."""
    page.goto("/register/")
    page.evaluate("window.aimzSamePage = true")
    page.locator("[name=plek][value=GP]").check()
    expect(page.locator(".chosen__one")).to_be_visible()
    return page


def test_tick_does_not_load_a_new_page(ticked: Page):
    assert ticked.evaluate("window.aimzSamePage") is True


def test_tick_changes_the_list(ticked: Page):
    live = titles(ticked)

    ticked.goto("/register/?plek=GP")

    assert live == titles(ticked)


def test_tick_changes_the_count(ticked: Page):
    cards = ticked.locator(".utrecht-card").count()

    expect(ticked.locator("#aantal")).to_have_text(f"{cards} toepassingen")


def test_tick_changes_the_address(ticked: Page):
    assert "plek=GP" in ticked.url


def test_count_is_told_to_who_cannot_see_it(ticked: Page):
    expect(ticked.get_by_role("status")).to_contain_text("toepassingen")


def test_back_button_brings_back_the_whole_list(ticked: Page):
    ticked.go_back()

    expect(ticked.locator(".chosen__one")).to_have_count(0)
    expect(ticked.locator("[name=plek][value=GP]")).not_to_be_checked()


def test_back_button_goes_back_one_search_at_a_time(page: Page):
    page.goto("/register/")
    search(page, "longen")

    page.go_back()

    expect(page).to_have_url(re.compile(r"/register/$"))


def test_live_search_gives_the_page_its_title(page: Page):
    page.goto("/register/")

    search(page, "longen")

    expect(page).to_have_title(re.compile("longen"))


# --- Slips and nothing found ---------------------------------------------------------------------------------------


def test_slip_shows_what_there_is_for_the_right_word(visitor: Page):
    visitor.goto("/")

    search(visitor, "botbruek")

    expect(visitor.locator("#aantal")).to_contain_text("U ziet wat er is voor “botbreuk”")


def test_did_you_mean_leads_to_the_better_word(visitor: Page):
    visitor.goto("/register/?q=borts")

    visitor.locator(".did-you-mean").get_by_role("link", name="borst").click()

    expect(visitor.get_by_role("searchbox")).to_have_value("borst")


def test_empty_result_offers_the_same_search_among_providers(visitor: Page):
    visitor.goto("/register/?q=qqqqqq")

    visitor.get_by_role("link", name="Zoek bij de zorgverleners.").click()

    expect(visitor.get_by_role("searchbox")).to_have_value("qqqqqq")


def test_empty_result_offers_to_leave_the_filter_out(visitor: Page):
    visitor.goto("/register/?q=botbreuk&plek=PHARMACY")

    visitor.locator(".empty").get_by_role("link", name="Apotheek").click()

    expect(visitor.get_by_role("link", name="BreukZoeker (voorbeeld)")).to_be_visible()


def test_empty_result_leads_to_questions_to_ask(visitor: Page):
    visitor.goto("/register/?q=qqqqqq")

    visitor.get_by_role("link", name="Zo vraagt u ernaar.").click()

    expect(visitor.get_by_role("listitem").filter(has_text="Mag ik nee zeggen?")).to_be_visible()


def test_address_that_does_not_exist_offers_a_search(visitor: Page):
    visitor.goto("/bestaat-niet/")

    search(visitor, "botbreuk")

    expect(visitor.locator(f".utrecht-card a[href='{ENTRY}']")).to_be_visible()
