"""A writer checks a text: live, by keyboard, without JavaScript; the text stays in the field and nowhere else."""

import re

from playwright.sync_api import Page, expect

from tests.support.browser_keys import stops, tab_to
from tests.support.browser_looks import Ear, has_script, settled, sticking_out, violations

ADDRESS = "/taalcheck/"
FORMAL = "Bel ons indien u vragen heeft."
LONGER = (
    "U komt voor een foto van uw hand. Een computer kijkt ook naar de foto. Hij zoekt een breuk in het bot. "
    "Daarna kijkt de dokter zelf. De dokter kiest wat er gebeurt. U mag ook nee zeggen. Dan kijkt alleen de dokter."
)


def check(page: Page, text: str) -> None:
    """Type `text` and ask for the answer with the button."""
    page.get_by_role("textbox", name="Uw tekst").fill(text)
    page.get_by_role("button", name="Controleer de tekst").click()


def test_writer_gets_an_answer_and_keeps_the_text(visitor: Page):
    visitor.goto(ADDRESS)

    check(visitor, FORMAL)

    expect(visitor.locator(".check-point")).to_contain_text("Schrijf liever: als.")
    expect(visitor.locator("#stand")).to_contain_text("1 punt om te verbeteren")
    expect(visitor.get_by_role("textbox", name="Uw tekst")).to_have_value(FORMAL)


def test_address_of_the_answer_holds_nothing_of_the_text(visitor: Page):
    visitor.goto(ADDRESS)

    check(visitor, FORMAL)

    expect(visitor.locator(".check-point")).to_be_visible()
    assert re.search(rf"{ADDRESS}(#uitslag)?$", visitor.url)


def test_empty_field_is_told_what_to_do(plain: Page):
    plain.goto(ADDRESS)

    plain.get_by_role("button", name="Controleer de tekst").click()

    expect(plain.locator("#tekst-fout")).to_have_text("Typ of plak eerst een tekst.")
    expect(plain.get_by_role("textbox", name="Uw tekst")).to_have_attribute("aria-invalid", "true")
    plain.get_by_role("link", name="Naar uw tekst").click()
    assert plain.url.endswith("#tekst")


def test_text_that_is_too_long_is_told_so_and_stays(visitor: Page):
    visitor.goto(ADDRESS)

    check(visitor, "Dit is een zin. " * 1500)

    expect(visitor.locator("#tekst-fout")).to_contain_text("Er passen er 20.000.")
    assert len(visitor.get_by_role("textbox", name="Uw tekst").input_value()) == 24_000


def test_example_can_be_changed(visitor: Page):
    visitor.goto(ADDRESS)

    visitor.get_by_role("link", name="Een lastige tekst").click()
    expect(visitor.locator(".check-score__verdict")).to_have_text("Te moeilijk (schatting)")
    check(visitor, LONGER)

    expect(visitor.locator(".check-score__verdict")).to_have_text("Goed te lezen (schatting)")


def test_answer_comes_while_typing_and_the_writer_stays_where_he_is(page: Page, base_url: str):
    ear = Ear(page, base_url)
    page.goto(ADDRESS)
    field = page.get_by_role("textbox", name="Uw tekst")

    field.press_sequentially(FORMAL, delay=5)
    expect(page.locator(".check-point")).to_contain_text("Schrijf liever: als.")
    field.press_sequentially(" De arts belt u terug.")
    settled(page)

    expect(field).to_be_focused()
    expect(field).to_have_value(f"{FORMAL} De arts belt u terug.")
    expect(page.locator("#stand")).to_contain_text("1 punt om te verbeteren")
    assert has_script(page)
    assert ear.complaints == []


def test_last_text_wins(page: Page):
    page.goto(ADDRESS)
    field = page.get_by_role("textbox", name="Uw tekst")

    field.fill("Dit is een zin. " * 1200)
    page.get_by_role("button", name="Controleer de tekst").click()
    field.fill(FORMAL)

    expect(page.locator("#stand")).to_contain_text("1 punt om te verbeteren")
    settled(page)
    expect(page.locator(".check-point")).to_have_count(1)


def test_choice_of_reader_asks_anew(page: Page):
    page.goto(ADDRESS)
    check(page, "De arts kijkt naar de foto. De computer kijkt ook. De arts beslist altijd zelf.")
    expect(page.get_by_text("Deze tekst spreekt de lezer niet aan.")).to_be_visible()

    page.get_by_label("De tekst spreekt de lezer aan").uncheck()

    expect(page.get_by_text("Deze tekst spreekt de lezer niet aan.")).to_have_count(0)


def test_emptied_field_is_no_mistake(page: Page):
    page.goto(ADDRESS)
    check(page, FORMAL)
    expect(page.locator(".check-point")).to_be_visible()

    page.get_by_role("textbox", name="Uw tekst").fill("")

    expect(page.get_by_role("heading", name="Zo werkt het")).to_be_visible()
    expect(page.locator("#tekst-fout")).to_be_empty()


def test_from_the_text_to_a_point_and_back_by_keyboard(visitor: Page):
    visitor.goto(f"{ADDRESS}?voorbeeld=lastig")

    tab_to(visitor, visitor.locator("#plek-3"))
    visitor.keyboard.press("Enter")
    expect(visitor.locator("#vondst-3")).to_be_focused()
    visitor.keyboard.press("Tab")
    visitor.keyboard.press("Enter")

    expect(visitor.locator("#plek-3")).to_be_focused()


def test_every_stop_of_the_keyboard_is_seen_and_in_order(page: Page):
    page.goto(f"{ADDRESS}?voorbeeld=lastig")

    found = stops(page)

    assert [stop.label for stop in found if not stop.is_seen or not stop.in_order] == []


def test_live_answer_breaks_no_rule(page: Page):
    page.goto(ADDRESS)
    check(page, f"{FORMAL} {'a' * 300} {LONGER}")
    expect(page.locator(".check-point").first).to_be_visible()

    found = []
    for width in (1280, 375, 320):
        page.set_viewport_size({"width": width, "height": 800})
        found += [*violations(page), *sticking_out(page)]

    assert found == []


def test_form_of_another_website_is_refused(page: Page, base_url: str):
    page.goto("about:blank")
    page.set_content(f"<form method=post action='{base_url}{ADDRESS}'><input name=tekst value='Ja.'><button>Ga")

    page.get_by_role("button").click()

    expect(page.get_by_text("Dit formulier komt van een andere website.")).to_be_visible()


def test_nothing_of_the_text_stays_in_the_browser(page: Page):
    page.goto(ADDRESS)
    check(page, FORMAL)
    expect(page.locator(".check-point")).to_be_visible()

    kept = page.evaluate("JSON.stringify([localStorage, sessionStorage, history.state])")

    assert ("indien" in kept, page.context.cookies()) == (False, [])


def test_answer_goes_on_paper_without_the_form(page: Page):
    page.goto(f"{ADDRESS}?voorbeeld=lastig")

    page.emulate_media(media="print")

    expect(page.get_by_role("textbox", name="Uw tekst")).to_be_hidden()
    expect(page.locator(".check-point").first).to_be_visible()
