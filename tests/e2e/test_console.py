"""No page that somebody uses complains, and none keeps anything; what each complains of when it opens: test_axe."""

from playwright.sync_api import Page, expect

from tests.support.browser_looks import Ear, visit
from tests.support.browser_pages import BY_NAME


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
