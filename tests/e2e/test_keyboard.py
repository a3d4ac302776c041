"""Everything by keyboard: skip link, order, a ring one can see, no trap, and a whole journey without a mouse."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser_keys import Stop, never_reached, stops, tab_to
from tests.support.browser_looks import settled, visit
from tests.support.browser_pages import BY_NAME, State

WALKED = [
    BY_NAME[name]
    for name in ("home", "help-page", "glossary", "list-filtered", "entry-notice", "version-changed", "system",
                 "providers-found", "provider", "my-care-found", "my-care-result", "letter", "not-found")
]  # fmt: skip
DARK = [BY_NAME[name] for name in ("home", "list-filtered", "entry-notice", "letter")]
FOCUS = "document.activeElement.id || document.activeElement.tagName"


Walk = Callable[..., tuple[list[Stop], list[str]]]


def by_name(state: State) -> str:
    return state.name


@pytest.fixture(scope="module")
def walk(browser: Browser, browser_context_args: dict[str, Any], base_url: str) -> Walk:
    """Walks a page with the Tab key, once: every stop, and what was never reached."""

    @cache
    def walked(name: str, scheme: Literal["light", "dark"] = "light") -> tuple[list[Stop], list[str]]:
        page = browser.new_page(**{**browser_context_args, "color_scheme": scheme})
        visit(page, base_url, BY_NAME[name])
        found = stops(page)
        missed = never_reached(page)
        page.close()
        return found, missed

    return walked


@pytest.mark.parametrize("name", ["home", "list", "entry", "letter"])
def test_skip_link_is_the_first_stop_and_leads_to_the_text(page: Page, base_url: str, name: str):
    visit(page, base_url, BY_NAME[name])

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate(FOCUS) == "inhoud"


def test_after_the_skip_link_the_next_stop_is_in_the_text(page: Page):
    page.goto("/register/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.keyboard.press("Tab")

    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("state", WALKED, ids=by_name)
def test_tab_key_stops_in_order_at_everything_one_can_use_and_is_seen(walk: Walk, state: State):
    found, missed = walk(state.name)

    assert [stop.label for stop in found if not stop.in_order] == []
    assert missed == []
    assert [stop.label for stop in found if not stop.is_seen] == []


@pytest.mark.parametrize("state", DARK, ids=by_name)
def test_every_stop_is_seen_in_the_dark(walk: Walk, state: State):
    found, _missed = walk(state.name, "dark")

    assert [stop.label for stop in found if not stop.is_seen] == []


def test_space_ticks_a_filter_and_focus_stays(page: Page):
    page.goto("/register/")
    box = page.locator("[name=plek][value=GP]")

    box.focus()
    page.keyboard.press("Space")
    page.wait_for_url("**plek=GP**")
    settled(page)

    expect(box).to_be_focused()


def test_space_unticks_a_filter_and_focus_stays(page: Page):
    page.goto("/register/?lichaam=EYES")
    box = page.locator("[name=lichaam][value=EYES]")

    box.focus()
    page.keyboard.press("Space")
    page.wait_for_url(lambda url: "lichaam" not in url)
    settled(page)

    expect(box).to_be_focused()


def test_arrow_changes_the_order_and_focus_stays(page: Page):
    page.goto("/register/")
    order = page.get_by_label("Volgorde")

    order.focus()
    page.keyboard.press("ArrowDown")
    page.wait_for_url("**volgorde=naam**")
    settled(page)

    expect(order).to_be_focused()


def test_enter_unfolds_the_expert_part(page: Page):
    page.goto(BY_NAME["entry"].address)
    summary = page.locator("details#technique summary")

    tab_to(page, summary)
    page.keyboard.press("Enter")

    expect(page.locator("details#technique .utrecht-accordion__panel")).to_be_visible()


def test_search_filter_and_reading_by_keyboard_only(page: Page):
    page.goto("/")

    tab_to(page, page.get_by_role("searchbox"))
    page.keyboard.type("botbreuk")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=botbreuk**")
    tab_to(page, page.locator("[name=plek][value=EMERGENCY]"))
    page.keyboard.press("Space")
    page.wait_for_url("**plek=EMERGENCY**")
    settled(page)
    tab_to(page, page.get_by_role("link", name="BreukZoeker (voorbeeld)"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/register/voorbeeld-botbreuken/")
    tab_to(page, page.get_by_role("navigation", name="Uw vragen").get_by_role("link", name="Kunt u nee zeggen?"))
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name=re.compile("^Kunt u nee zeggen"))).to_be_in_viewport()


def test_letter_by_keyboard_only(page: Page):
    page.goto("/mijn-zorg/")

    tab_to(page, page.get_by_role("searchbox"))
    page.keyboard.type("voorbeeldziekenhuis")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=voorbeeldziekenhuis**")
    for name in ("Voorbeeldziekenhuis De Linde", "Spoed", "Maak een briefje aan uw zorgverlener"):
        tab_to(page, page.get_by_role("main").get_by_role("link", name=name, exact=True))
        page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Briefje aan uw zorgverlener")
