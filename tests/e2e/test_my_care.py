"""AI in my care: from a provider and a reason to the AI one may meet, or to an honest nothing, and to a letter."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser_pages import BY_NAME

HOSPITAL = "Voorbeeldziekenhuis De Linde"
SILENT = "Academisch Medisch Centrum"


def choose_provider(page: Page, name: str) -> None:
    """Find a provider by its name and choose it."""
    page.goto("/mijn-zorg/")
    page.get_by_role("searchbox").fill(name)
    page.get_by_role("button", name="Zoek", exact=True).click()
    page.get_by_role("link", name=name, exact=True).click()


@pytest.fixture
def result(visitor: Page) -> Page:
    """What a visitor of the emergency room of the example hospital finds."""
    choose_provider(visitor, HOSPITAL)
    visitor.get_by_role("link", name="Spoed", exact=True).click()
    return visitor


def test_provider_and_reason_lead_to_its_ai(result: Page):
    expect(result.get_by_role("link", name="BreukZoeker (voorbeeld)")).to_be_visible()


def test_steps_say_what_was_chosen(result: Page):
    expect(result.get_by_role("list", name="Stappen")).to_contain_text(HOSPITAL)


def test_reason_can_be_skipped(visitor: Page):
    choose_provider(visitor, HOSPITAL)

    visitor.get_by_role("link", name="Sla deze vraag over").click()

    expect(visitor.locator(".utrecht-card").first).to_be_visible()


def test_step_can_be_taken_back(result: Page):
    result.get_by_role("link", name="Iets anders").click()

    expect(result.get_by_role("heading", name="Waarvoor gaat u?")).to_be_visible()


def test_result_leads_to_the_text(result: Page):
    result.get_by_role("link", name="BreukZoeker (voorbeeld)").click()

    expect(result.get_by_role("heading", level=1)).to_have_text("BreukZoeker (voorbeeld)")


def test_result_offers_questions_to_take_along(result: Page):
    expect(result.get_by_role("region", name="Neem deze vragen mee").get_by_role("listitem").first).to_be_visible()


def test_provider_without_reports_says_so(visitor: Page):
    choose_provider(visitor, SILENT)

    expect(visitor.get_by_role("heading", name=f"{SILENT} heeft nog niets gemeld")).to_be_visible()


def test_provider_without_reports_does_not_mean_without_ai(visitor: Page):
    visitor.goto(BY_NAME["my-care-nothing"].address)

    expect(visitor.get_by_role("main")).to_contain_text("Toch kan er AI zijn")


def test_unknown_provider_is_no_dead_end(visitor: Page):
    visitor.goto("/mijn-zorg/?q=qqqqqq")

    visitor.get_by_role("link", name="Ik weet het niet, of mijn zorgverlener staat er niet bij").click()

    expect(visitor.get_by_role("heading", name="Waarvoor gaat u?")).to_be_visible()


def test_example_is_never_offered_for_another_provider(visitor: Page):
    visitor.goto("/mijn-zorg/?zorgverlener=weet-ik-niet&lichaam=LUNGS")

    expect(visitor.locator(".utrecht-card", has_text="(voorbeeld)")).to_have_count(0)


@pytest.mark.parametrize("words", [f"Aan {HOSPITAL}", "Het gaat over: Spoed.", "Mag ik nee zeggen?"])
def test_letter_knows_what_was_chosen(result: Page, words: str):
    result.get_by_role("link", name="Maak een briefje aan uw zorgverlener").click()

    expect(result.locator("#brief")).to_contain_text(words)


@pytest.fixture
def copied(page: Page) -> Page:
    """The letter after a click on the button that copies it, with leave to look at what was copied."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(BY_NAME["letter"].address)
    page.get_by_role("button", name="Kopieer de tekst").click()
    expect(page.locator("[data-copy]")).to_have_text("Gekopieerd")
    return page


def test_copy_button_copies_the_letter(copied: Page):
    letter = copied.locator("#brief").inner_text()

    assert copied.evaluate("navigator.clipboard.readText()") == letter


def test_copy_button_tells_who_cannot_see_it(copied: Page):
    expect(copied.locator("[data-copy][aria-live=polite], [role=status]")).to_contain_text("Gekopieerd")
