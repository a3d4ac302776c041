"""English: from every kind of page to the same page in English and back, with no Dutch around the text."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser_pages import BY_NAME, ENTRY, State

KINDS = [
    BY_NAME[name]
    for name in ("home", "help", "help-page", "help-page-with-law", "help-page-about", "glossary", "list", "entry",
                 "entry-ended", "versions", "version-changed", "systems", "system", "providers", "provider", "my-care",
                 "projects", "project", "advice", "vacancies", "vacancy", "programmes", "programme", "figures-empty")
]  # fmt: skip
# What someone chose stands in the address: it must not be lost with the language.
CHOSEN = [BY_NAME[name] for name in ("list-search", "list-filtered", "my-care-about", "my-care-result", "letter",
                                        "projects-found", "figures-one")]  # fmt: skip
# Words of the frame in Dutch whose English is another word for sure.
DUTCH = ("Ga naar de inhoud", "Zorgverleners", "Uitleg", "Woordenlijst", "Toegankelijkheid", "Over deze website",
         "Ziet u een fout")  # fmt: skip


def by_name(state: State) -> str:
    return state.name


@pytest.mark.parametrize("state", KINDS, ids=by_name)
def test_switch_leads_to_the_same_page_in_english_and_back(page: Page, state: State):
    page.goto(state.address)
    dutch = page.get_by_role("heading", level=1).inner_text()

    page.get_by_role("link", name="English").click()

    expect(page).to_have_url(f"/en{state.address}")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    frame = " ".join(page.locator("body > a, body > header, body > footer").all_inner_texts())
    assert [word for word in DUTCH if word in frame] == []
    if state.name != "system":  # the name of a product is the same in every language
        assert page.get_by_role("heading", level=1).inner_text() != dutch

    page.get_by_role("link", name="Nederlands").click()

    expect(page).to_have_url(state.address)


@pytest.mark.parametrize("state", CHOSEN, ids=by_name)
def test_switch_keeps_what_someone_chose(page: Page, state: State):
    page.goto(state.address)

    page.get_by_role("link", name="English").click()

    expect(page).to_have_url(f"/en{state.address}", timeout=5000)


@pytest.mark.parametrize("address", ["/en/", "/en/register/", "/en/zorgverleners/", "/en/mijn-zorg/"])
def test_english_search_box_says_search(page: Page, address: str):
    page.goto(address)

    expect(page.get_by_role("search").get_by_role("button", name="Search")).to_be_visible()


def test_english_links_stay_english(visitor: Page):
    visitor.goto("/en/")

    links = visitor.locator("a[href^='/']").evaluate_all("all => all.map(a => [a.getAttribute('href'), a.lang])")

    assert [href for href, lang in links if not href.startswith("/en/") and lang != "nl"] == []


def test_english_search_leads_to_the_english_text(visitor: Page):
    visitor.goto("/en/")

    visitor.get_by_role("searchbox").fill("breukzoeker")
    visitor.get_by_role("button", name="Search").click()
    visitor.locator(f".utrecht-card a[href='/en{ENTRY}']").click()

    expect(visitor.get_by_role("heading", level=1)).to_have_text("BreukZoeker (example)")


def test_english_live_filter_stays_english(page: Page):
    page.goto("/en/register/")

    page.locator("[name=plek][value=GP]").check()
    expect(page.locator(".chosen__one")).to_be_visible()

    expect(page).to_have_url(re.compile(r"/en/register/\?"))


def test_english_entry_asks_english_questions(page: Page):
    page.goto(ENTRY)
    dutch = set(page.locator(".with-side__main h2").all_inner_texts())

    page.goto(f"/en{ENTRY}")

    assert dutch.isdisjoint(page.locator(".with-side__main h2").all_inner_texts())
