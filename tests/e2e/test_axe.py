"""Every page template in every state holds the rules of WCAG 2.2 AA, wide and narrow, and complains of nothing."""

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.support.browser_looks import Ear, sticking_out, violations, visit
from tests.support.browser_pages import BY_NAME, ON_THE_WAY, STATES, State, page_templates

WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 640}
DARK = [
    BY_NAME[name]
    for name in (
        "home",
        "list-filtered",
        "entry",
        "entry-notice",
        "version-changed",
        "language-check-hard",
        "projects",
        "project",
        "advice-late",
        "figures",
    )
]


def by_name(state: State) -> str:
    return state.name


def test_every_page_template_is_looked_at():
    listed = {state.template for state in STATES} | set(ON_THE_WAY)

    missing = page_templates() - listed

    assert missing == set(), "add a state to tests/support/browser_pages.py"


def faults(page: Page, base: str, state: State) -> list[str]:
    """What is wrong with a page, at both widths; first what the browser says of it (errors, its content policy)."""
    ear = Ear(page, base)
    visit(page, base, state)
    found = [*ear.complaints]
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        found += [f"{size['width']} px: {fault}" for fault in [*violations(page), *sticking_out(page)]]
    return found


@pytest.mark.parametrize("state", STATES, ids=by_name)
def test_page_breaks_no_rule_and_does_not_scroll_sideways(page: Page, base_url: str, state: State):
    found = faults(page, base_url, state)

    assert found == []


@pytest.mark.parametrize("state", DARK, ids=by_name)
def test_dark_page_breaks_no_rule(page: Page, base_url: str, state: State):
    page.emulate_media(color_scheme="dark")

    found = faults(page, base_url, state)

    assert found == []
