"""Reading an entry: the questions in order, warnings first, what changed, what took its place, on paper and aloud."""

import io

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.support.browser_pages import ENTRY

QUESTIONS = [
    "In het kort",
    "Waarvoor is het?",
    "Wat merkt u ervan?",
    "Welke gegevens gebruikt het?",
    "Wie beslist?",
    "Wat kan er misgaan?",
    "Kunt u nee zeggen?",
    "Vragen of klachten?",
    "Hebben patiënten meegedacht?",
    "Meer weten",
]
ENDED = "/register/voorbeeld-oude-afsprakenhulp/"
# Keeps every label that the button had, also one that stood there for a moment only.
LABELS = """button => { window.aimzLabels = []
  new MutationObserver(() => window.aimzLabels.push(button.textContent)).observe(button, {childList: true}) }"""


@pytest.mark.parametrize("address", [ENTRY, "/register/boneview-cwz/", ENDED])
def test_text_answers_the_questions_in_order(visitor: Page, address: str):
    visitor.goto(address)

    headings = visitor.locator(".with-side__main h2").all_inner_texts()

    assert [heading for heading in headings if heading in QUESTIONS] == QUESTIONS


def test_product_answers_what_is_known_in_the_same_order(visitor: Page):
    visitor.goto("/systemen/boneview/")

    headings = visitor.locator(".with-side__main h2").all_inner_texts()

    known = [heading for heading in headings if heading in QUESTIONS]
    assert known == [question for question in QUESTIONS if question in known]


def test_contents_lead_to_the_question(visitor: Page):
    visitor.goto(ENTRY)

    visitor.get_by_role("navigation", name="Uw vragen").get_by_role("link", name="Kunt u nee zeggen?").click()

    expect(visitor.get_by_role("heading", name="Kunt u nee zeggen?", exact=True)).to_be_in_viewport()


def test_expert_part_unfolds(visitor: Page):
    visitor.goto(ENTRY)
    fold = visitor.locator("details#technique")

    fold.locator("summary").click()

    expect(fold.locator(".utrecht-accordion__panel")).to_be_visible()


def test_difficult_word_leads_to_its_meaning_and_back(plain: Page):
    plain.goto(ENTRY)
    term = plain.locator("a.term").first
    meaning = plain.locator(term.get_attribute("href") or "")

    term.click()
    expect(meaning).to_be_in_viewport()
    meaning.get_by_role("link", name="terug naar de tekst").click()

    expect(term).to_be_in_viewport()


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_difficult_word_is_explained_where_it_stands(page: Page, key: str):
    page.goto(ENTRY)
    term = page.locator("a.term").first

    term.focus()
    page.keyboard.press(key)

    expect(term).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".term__meaning").first).to_be_visible()
    page.keyboard.press(key)
    expect(page.locator(".term__meaning").first).to_be_hidden()


def test_phone_has_the_questions_above_the_text(visitor: Page):
    visitor.set_viewport_size({"width": 375, "height": 800})
    visitor.goto(ENTRY)

    visitor.get_by_text("Kies uw vraag").click()
    visitor.get_by_role("navigation", name="Kies uw vraag").get_by_role("link", name="Kunt u nee zeggen?").click()

    expect(visitor.get_by_role("heading", name="Kunt u nee zeggen?", exact=True)).to_be_in_viewport()


def test_warning_stands_before_the_text(visitor: Page):
    visitor.goto("/register/voorbeeld-longplekjes/")

    read = visitor.locator("main").inner_text()

    assert read.index("Er zat een fout in een nieuwe versie") < read.index("In het kort")


def test_text_by_the_editors_says_so_and_leads_to_its_sources(visitor: Page):
    visitor.goto("/register/boneview-cwz/")

    visitor.get_by_role("link", name="Bekijk de bronnen").click()

    expect(visitor.get_by_role("heading", name="Bronnen")).to_be_in_viewport()


def test_version_shows_what_was_changed(visitor: Page):
    visitor.goto(ENTRY)

    visitor.get_by_role("link", name="Versie 2").click()

    expect(visitor.locator(".change ins").first).to_be_visible()


def test_old_version_leads_to_the_newest(visitor: Page):
    visitor.goto(f"{ENTRY}versies/1/")

    visitor.get_by_role("link", name="Lees de nieuwste versie").click()

    expect(visitor).to_have_url(f"{ENTRY}")


def test_ended_entry_leads_to_what_took_its_place(visitor: Page):
    visitor.goto(ENDED)

    visitor.get_by_role("link", name="Lees verder bij: AfspraakMaatje (voorbeeld)").click()

    expect(visitor.get_by_role("heading", level=1)).to_have_text("AfspraakMaatje (voorbeeld)")


def test_leaflet_is_a_pdf_with_the_text(visitor: Page):
    visitor.goto(ENTRY)
    link = visitor.get_by_role("link", name="Folder met grote letters (PDF)").get_attribute("href")

    answer = visitor.request.get(link or "")

    assert "BreukZoeker" in PdfReader(io.BytesIO(answer.body())).pages[0].extract_text()


def test_leaflet_link_opens_the_leaflet(page: Page):
    page.goto(ENTRY)

    with page.expect_response("**/folder.pdf") as answered:
        page.get_by_role("link", name="Folder met grote letters (PDF)").click()

    assert answered.value.headers["content-type"] == "application/pdf"


# --- Aloud: the browser of the tests can speak but has no voice, as on many a computer at work -----------------------


def test_button_to_read_aloud_is_there(page: Page):
    page.goto(ENTRY)

    expect(page.get_by_role("button", name="Lees voor")).to_be_visible()


def test_button_to_read_aloud_becomes_a_button_to_stop(page: Page):
    page.goto(ENTRY)
    button = page.get_by_role("button", name="Lees voor")
    button.evaluate(LABELS)

    button.click()

    page.wait_for_function("window.aimzLabels.length > 0")
    assert page.evaluate("window.aimzLabels[0]") == "Stop met voorlezen"


def test_button_to_stop_becomes_a_button_to_read_aloud(page: Page):
    page.goto(ENTRY)
    button = page.locator("[data-read-aloud]")

    button.click()
    if button.inner_text() != "Lees voor":
        button.click()

    expect(button).to_have_text("Lees voor")


def test_without_a_voice_the_button_does_not_pretend_to_read(page: Page):
    page.goto(ENTRY)
    button = page.locator("[data-read-aloud]")

    button.click()

    expect(button).to_have_text("Lees voor")
    expect(page.get_by_text("Deze computer heeft geen stem")).to_be_visible()
