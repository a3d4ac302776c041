"""Without JavaScript nothing is missing: no button that does nothing, no part that stays shut, every journey ends."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser_looks import visit
from tests.support.browser_pages import BY_NAME, ENTRY, State

BUTTONS = [BY_NAME[name] for name in ("entry", "system", "my-care-result", "letter")]
ONLY_WITH_SCRIPT = "[data-read-aloud], [data-print], [data-copy], [data-letter-fields]"
ASKS_BY_SCRIPT = "[data-hx-get], [data-hx-post]"
# What htmx would ask for, the browser must be able to ask for by itself.
NO_WAY = "all => all.filter(e => !e.getAttribute('action') && !e.getAttribute('href')).map(e => e.outerHTML)"


def by_name(state: State) -> str:
    return state.name


@pytest.mark.parametrize("state", BUTTONS, ids=by_name)
def test_no_button_that_does_nothing(plain: Page, base_url: str, state: State):
    visit(plain, base_url, state)

    buttons = plain.locator(ONLY_WITH_SCRIPT)

    assert [button.is_visible() for button in buttons.all()] == [False] * buttons.count() != []


@pytest.mark.parametrize("name", ["list", "providers", "language-check", "projects", "vacancies"])
def test_live_form_is_a_form(plain: Page, base_url: str, name: str):
    visit(plain, base_url, BY_NAME[name])

    assert plain.locator(ASKS_BY_SCRIPT).evaluate_all(NO_WAY) == []


@pytest.mark.parametrize("width", [1280, 320])
def test_filters_can_be_seen(plain: Page, width: int):
    plain.set_viewport_size({"width": width, "height": 800})
    plain.goto("/register/")

    expect(plain.locator("[name=plek][value=GP]")).to_be_visible()


def test_search_filter_sort_and_read(plain: Page):
    plain.goto("/")

    plain.get_by_role("searchbox").fill("botbreuk")
    plain.get_by_role("button", name="Zoeken").click()
    plain.locator("[name=plek][value=EMERGENCY]").check()
    plain.get_by_role("button", name="Toon resultaten").click()
    plain.get_by_label("Volgorde").select_option("naam")
    plain.get_by_role("button", name="Sorteer").click()
    plain.get_by_role("link", name="BreukZoeker (voorbeeld)").click()

    expect(plain.locator("#refuse")).to_be_visible()


def test_choices_of_a_folded_filter_work(plain: Page):
    plain.goto("/register/")

    plain.locator("#filter-lichaam > summary").click()
    plain.locator("[name=lichaam][value=EYES]").check()
    plain.get_by_role("button", name="Toon resultaten").click()

    expect(plain.locator(".chosen__one")).to_have_text(re.compile("Ogen"))


def test_two_words_and_a_filter_stay_after_the_next_search(plain: Page):
    plain.goto("/register/?q=foto&plek=RADIOLOGY")

    plain.get_by_role("searchbox").fill("scan")
    plain.get_by_role("button", name="Zoeken").click()

    expect(plain.locator(".chosen__one")).to_have_text(re.compile("radiologie"))


def test_provider_reason_and_letter(plain: Page):
    plain.goto("/")

    plain.get_by_role("link", name="Bij mijn zorgverlener").click()
    plain.get_by_role("searchbox").fill("linde")
    plain.get_by_role("button", name="Zoek", exact=True).click()
    plain.get_by_role("link", name="Voorbeeldziekenhuis De Linde").click()
    plain.get_by_text("Het deel van uw lichaam").click()
    plain.get_by_role("link", name="Longen", exact=True).click()
    plain.get_by_role("link", name="Maak een briefje aan uw zorgverlener").click()

    expect(plain.locator("#brief")).to_contain_text("Het gaat over: Longen.")


def test_versions_and_back(plain: Page):
    plain.goto(ENTRY)

    plain.get_by_role("link", name="Alle versies").click()
    plain.get_by_role("link", name="Versie 2").click()
    plain.get_by_role("navigation", name="Waar bent u").get_by_role("link", name="BreukZoeker (voorbeeld)").click()

    expect(plain).to_have_url(ENTRY)


def test_help_from_first_page_to_last(plain: Page):
    plain.goto("/uitleg/wat-is-ai/")

    onward = plain.get_by_role("link", name=re.compile("^Hierna"))
    while onward.count():
        onward.click()

    expect(plain).to_have_url("/uitleg/taalcheck/")


def test_english_and_back(plain: Page):
    plain.goto(ENTRY)

    plain.get_by_role("link", name="English").click()
    plain.get_by_role("link", name="Nederlands").click()

    expect(plain.get_by_role("heading", level=1)).to_have_text("BreukZoeker (voorbeeld)")
