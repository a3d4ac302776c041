"""No page complains: no error, no breach of the content policy, no question to another server, nothing kept."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser_looks import Ear, visit
from tests.support.browser_pages import BY_NAME, STATES, State


def by_name(state: State) -> str:
    return state.name


@pytest.mark.parametrize("state", STATES, ids=by_name)
def test_page_complains_of_nothing(page: Page, base_url: str, state: State):
    ear = Ear(page, base_url)

    visit(page, base_url, state)

    assert ear.complaints == []


def test_live_filter_complains_of_nothing(page: Page, base_url: str):
    ear = Ear(page, base_url)
    visit(page, base_url, BY_NAME["list"])

    page.locator("[name=plek][value=GP]").check()
    expect(page.locator(".chosen__one")).to_be_visible()

    assert ear.complaints == []


def test_buttons_of_an_entry_complain_of_nothing(page: Page, base_url: str):
    ear = Ear(page, base_url)
    visit(page, base_url, BY_NAME["entry"])

    for button in page.locator(".tools button").all():
        button.click()

    assert ear.complaints == []


def test_search_leaves_nothing_in_the_browser(page: Page, base_url: str):
    visit(page, base_url, BY_NAME["list"])
    page.get_by_role("searchbox").fill("prostaat")
    page.get_by_role("button", name="Zoeken").click()
    page.wait_for_url("**q=prostaat**")

    kept = page.evaluate("JSON.stringify({...localStorage})"), page.context.cookies()

    assert kept == ("{}", [])
