"""A hospital writes a text: in steps, kept while typing, with two at once, offline, without a script, by keyboard."""

import os
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.support.browser_chromium import CONTEXT
from tests.support.browser_keys import stops
from tests.support.browser_looks import Ear, sticking_out, violations
from tests.support.browser_people import Workplace, workplace

HOSPITAL = "voorbeeldziekenhuis-de-linde"
HARD = "Indien u m.b.t. dit onderzoek vragen heeft, dient u zich te wenden tot de behandelend arts."
STEPS = ("short", "purpose", "data", "decision", "risks", "refuse", "participation", "law", "status", "sources")


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workplace]:
    """A server on which Anna and Bram write for one hospital."""
    folder = tmp_path_factory.mktemp("werk")
    with workplace(folder, os.environ.get("DATABASE_URL", ""), HOSPITAL, ("Anna", "Bram")) as found:
        yield found


@pytest.fixture
def desk(work: Workplace, browser: Browser) -> Iterator[Callable[..., Page]]:
    """A page of somebody who is signed in on that server."""
    contexts: list[BrowserContext] = []

    def sit_down(name: str, **more: Any) -> Page:
        size: ViewportSize = {"width": 1280, "height": 900}
        contexts.append(browser.new_context(**CONTEXT, viewport=size, base_url=work.address, **more))
        return work.sign_in(contexts[-1], name).new_page()

    yield sit_down
    for context in contexts:
        context.close()


@pytest.fixture
def anna(desk: Callable[..., Page]) -> Page:
    """Anna at her desk."""
    return desk("Anna")


@pytest.fixture
def bram(desk: Callable[..., Page]) -> Page:
    """Bram at his."""
    return desk("Bram")


def begin(page: Page, way: str = "Leeg", name: str = "Breukkijker", source: str = "") -> str:
    """Begin a text; returns the address of its overview."""
    page.goto("/werk/nieuw/")
    page.get_by_role("radio", name=re.compile(f"^{way}")).check()
    page.get_by_role("button", name="Verder").click()
    if source:
        page.get_by_role("radio", name=re.compile(f"^{source}")).check()
    page.get_by_label("Hoe heet de AI bij u?").fill(name)
    page.get_by_role("button", name="Begin met schrijven").click()
    expect(page.get_by_role("heading", name="Stap 1 van 15")).to_be_visible()
    return page.url.split("stap/")[0]


def purpose(page: Page) -> Any:
    return page.locator("#purpose")


def kept(page: Page) -> None:
    """Wait until what was typed is kept."""
    expect(page.locator("#bewaard")).to_contain_text("Bewaard om")
    expect(page.locator("#niet-bewaard")).to_be_empty()


def typed(page: Page, text: str) -> None:
    """Type in "Waarvoor is het?" and wait for the answer of the server."""
    with page.expect_response(lambda answer: answer.request.method == "POST" and "/stap/" in answer.url):
        purpose(page).fill(text)


def unsent(page: Page) -> list[str]:
    """What waits in the browser to be sent."""
    found: list[str] = page.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('onbewaard:'))")
    return found


def until_all_is_sent(page: Page) -> None:
    """Wait until nothing waits in the browser any more (a page with a policy cannot be asked to wait by itself)."""
    for _attempt in range(100):
        if not unsent(page):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"still waiting: {unsent(page)}")


def test_text_is_kept_while_typing_and_is_there_on_another_screen(anna: Page, bram: Page, work: Workplace):
    ear = Ear(anna, work.address)
    place = begin(anna)
    anna.goto(f"{place}stap/purpose/")

    typed(anna, "Zo missen wij minder breuken.")
    kept(anna)

    bram.goto(f"{place}stap/purpose/")
    expect(purpose(bram)).to_have_value("Zo missen wij minder breuken.")
    expect(bram.locator("#bewaard")).to_contain_text("door Anna")
    assert ear.complaints == []


def test_check_comes_while_typing_and_leads_to_the_place(anna: Page):
    place = begin(anna)
    anna.goto(f"{place}stap/purpose/")

    typed(anna, HARD)
    anna.locator("#punten-purpose summary").click()
    anna.locator("#punt-purpose-1").get_by_role("link", name="Naar deze plek").click()

    expect(purpose(anna)).to_be_focused()
    chosen = purpose(anna).evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)")
    assert chosen
    assert chosen in HARD
    expect(anna.locator("#fout-purpose")).to_be_empty()


def test_writer_stays_in_the_field_while_the_answer_comes(anna: Page):
    place = begin(anna)
    anna.goto(f"{place}stap/purpose/")

    purpose(anna).press_sequentially("Zo missen wij minder breuken.", delay=30)
    kept(anna)
    purpose(anna).press_sequentially(" Dat is beter.", delay=30)

    expect(purpose(anna)).to_be_focused()
    expect(purpose(anna)).to_have_value("Zo missen wij minder breuken. Dat is beter.")


def test_two_at_one_question_lose_nothing_and_choose(anna: Page, bram: Page):
    place = begin(anna)
    anna.goto(f"{place}stap/purpose/")
    bram.goto(f"{place}stap/purpose/")

    typed(anna, "Van Anna.")
    typed(bram, "Van Bram.")
    expect(bram.locator("#na-purpose .write-two")).to_contain_text("Van Anna.")
    typed(bram, "Van Bram, en meer.")
    expect(bram.locator("#na-purpose .write-two")).to_contain_text("Van Bram, en meer.")
    bram.get_by_role("button", name="Zet beide onder elkaar").click()

    expect(purpose(bram)).to_have_value("Van Anna.\n\nVan Bram, en meer.")
    anna.reload()
    expect(purpose(anna)).to_have_value("Van Anna.\n\nVan Bram, en meer.")


def test_two_at_different_questions_do_not_notice_each_other(anna: Page, bram: Page):
    place = begin(anna)
    anna.goto(f"{place}stap/purpose/")
    bram.goto(f"{place}stap/purpose/")

    typed(anna, "Van Anna.")
    bram.locator("#for_whom").fill("Van Bram.")
    expect(bram.locator("#nieuws")).to_contain_text("Anna veranderde net “Waarvoor is het?”")

    anna.reload()
    expect(purpose(anna)).to_have_value("Van Anna.")
    expect(anna.locator("#for_whom")).to_have_value("Van Bram.")


def test_text_typed_without_a_connection_is_kept_when_it_is_back(anna: Page):
    place = begin(anna)
    anna.goto(f"{place}stap/purpose/")

    anna.context.set_offline(True)
    purpose(anna).fill("Zonder verbinding.")
    expect(anna.locator("#niet-bewaard")).to_contain_text("er is geen verbinding")
    anna.context.set_offline(False)

    expect(anna.locator("#niet-bewaard")).to_be_empty()
    anna.reload()
    expect(purpose(anna)).to_have_value("Zonder verbinding.")
    assert unsent(anna) == []


def test_text_that_never_came_in_is_there_after_a_reload(anna: Page):
    place = begin(anna)
    anna.goto(f"{place}stap/purpose/")
    refuse = re.compile(r"/stap/purpose/$")
    anna.route(refuse, lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    purpose(anna).fill("Nog niet bewaard.")
    expect(anna.locator("#niet-bewaard")).not_to_be_empty()

    anna.on("dialog", lambda dialog: dialog.accept())
    anna.reload()  # still refused: what is sent meanwhile would not be missed

    expect(anna.locator("#nieuws")).to_contain_text("nog niet bewaard")
    expect(purpose(anna)).to_have_value("Nog niet bewaard.")
    anna.unroute(refuse)
    until_all_is_sent(anna)


def test_who_is_signed_out_is_told_and_goes_on_after_signing_in(anna: Page, work: Workplace):
    place = begin(anna)
    anna.goto(f"{place}stap/purpose/")
    anna.context.clear_cookies()

    purpose(anna).fill("Te laat.")
    expect(anna.locator("#niet-bewaard")).to_contain_text("niet meer ingelogd")
    expect(anna.locator("#niet-verstuurd")).to_be_empty()  # told once
    work.sign_in(anna.context, "Anna")
    anna.evaluate("window.dispatchEvent(new Event('focus'))")

    expect(anna.locator("#niet-bewaard")).to_be_empty(timeout=20_000)
    anna.reload()
    expect(purpose(anna)).to_have_value("Te laat.")


def test_signing_out_leaves_nothing_of_the_text_in_the_browser(anna: Page):
    place = begin(anna)
    anna.goto(f"{place}stap/purpose/")
    anna.evaluate("sessionStorage.setItem('onbewaard:9:/x', '[]')")
    anna.route(re.compile(r"/account/"), lambda route: route.fulfill(status=204))  # the session serves other tests too

    anna.locator(".work-bar form button").click()

    until_all_is_sent(anna)
    assert anna.evaluate("localStorage.length") == 0


def test_rows_come_and_go(anna: Page):
    place = begin(anna)
    anna.goto(f"{place}stap/sources/")

    anna.locator("#sources-0-title").fill("Een")
    anna.get_by_role("button", name="Voeg een rij toe").click()
    expect(anna.locator("#sources-1-title")).to_be_focused()
    anna.locator("#sources-1-title").fill("Twee")
    anna.get_by_role("button", name="Bewaar en controleer").click()
    anna.locator("#rij-sources-0").get_by_role("button", name="Haal deze rij weg").click()

    expect(anna.locator("#sources-0-title")).to_have_value("Twee")
    expect(anna.locator("#sources-1-title")).to_have_value("")


def test_text_begins_with_a_product_and_says_whose_words_it_has(anna: Page):
    place = begin(anna, "Met een AI-systeem", "Breukkijker", "BoneView")

    anna.goto(f"{place}zo-ziet-het-eruit/")

    expect(anna.locator("#sources")).to_contain_text("“BoneView” in dit register, geschreven door de redactie")
    expect(anna.locator("#sources")).to_contain_text("Van deze bron zijn de antwoorden")


def test_whole_road_without_a_script(desk: Callable[..., Page]):
    page = desk("Anna", java_script_enabled=False)
    place = begin(page)
    page.get_by_role("textbox", name="In het kort").fill("De computer kijkt mee. De arts beslist.")
    page.get_by_role("button", name="Bewaar en ga verder").click()
    page.get_by_role("textbox", name="Waarvoor is het?").fill(HARD)
    page.get_by_role("button", name="Bewaar en controleer").click()
    expect(page.locator("#na-purpose")).to_contain_text("Afkorting")
    page.goto(f"{place}ontbreekt/")
    page.get_by_role("link", name="Wat merkt u ervan?").click()
    page.get_by_role("textbox", name="Wat merkt u ervan?").fill("U merkt er weinig van.")
    page.get_by_role("button", name="Bewaar en ga verder").click()
    page.goto(f"{place}opmerkingen/?vraag=purpose")
    page.get_by_label("Uw opmerking").fill("Kan dit korter?")
    page.get_by_role("button", name="Plaats de opmerking").click()
    expect(page.get_by_text("Kan dit korter?")).to_be_visible()
    page.get_by_role("button", name="Dit is gedaan").click()
    expect(page.get_by_role("heading", name="Gedaan")).to_be_visible()
    page.goto(f"{place}zo-ziet-het-eruit/")
    expect(page.get_by_text("Dit is nog niet openbaar.")).to_be_visible()
    expect(page.locator("#effect")).to_contain_text("U merkt er weinig van.")


def pages(place: str) -> list[str]:
    forms = [f"{place}stap/{step}/" for step in STEPS]
    others = ["", "ontbreekt/", "taal/", "zo-ziet-het-eruit/", "opmerkingen/", "stap/purpose/engels/"]
    new = ["/werk/nieuw/", *(f"/werk/nieuw/?begin={way}" for way in ("systeem", "kopie", "voorbeeldtekst", "leeg"))]
    return [*forms, *(f"{place}{one}" for one in others), *new]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_writing_breaks_no_rule_and_does_not_scroll_sideways(anna: Page, bram: Page, scheme: Any):
    place = begin(anna, "Met een AI-systeem", "Breukkijker", "BoneView")
    bram.goto(f"{place}stap/purpose/")
    anna.goto(f"{place}stap/purpose/")
    typed(anna, HARD)
    typed(bram, f"{HARD} {'a' * 200}")
    anna.goto(f"{place}opmerkingen/?vraag=purpose")
    anna.get_by_label("Uw opmerking").fill("Kan dit korter?")
    anna.get_by_role("button", name="Plaats de opmerking").click()
    anna.emulate_media(color_scheme=scheme)

    found = []
    for address in pages(place):
        anna.goto(address)
        for width in (1280, 375, 320) if scheme == "light" else (1280,):
            anna.set_viewport_size({"width": width, "height": 900})
            found += [f"{address} {width}: {fault}" for fault in [*violations(anna), *sticking_out(anna)]]

    assert found == []


def test_every_stop_of_the_keyboard_on_a_step_is_seen_and_in_order(anna: Page):
    place = begin(anna)
    anna.goto(f"{place}stap/purpose/")

    found = stops(anna)

    assert [stop.label for stop in found if not stop.is_seen or not stop.in_order] == []
