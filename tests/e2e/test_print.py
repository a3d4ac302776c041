"""On paper: the text without what only works on a screen."""

import io

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.support.browser_looks import visit
from tests.support.browser_pages import BY_NAME, ENTRY, State

PRINTED = [
    BY_NAME[name]
    for name in ("help-page", "list", "entry", "version-changed", "system", "my-care-result", "letter", "project",
                 "advice", "vacancies", "vacancy", "figures")
]  # fmt: skip
SCREEN_ONLY = ".utrecht-skip-link, .language, nav, .tools, .filters, .sort, .search-box, button"


def by_name(state: State) -> str:
    return state.name


@pytest.mark.parametrize("state", PRINTED, ids=by_name)
def test_paper_leaves_out_what_only_works_on_a_screen(page: Page, base_url: str, state: State):
    visit(page, base_url, state)

    page.emulate_media(media="print")

    seen = page.locator(SCREEN_ONLY).filter(visible=True)
    assert seen.evaluate_all("all => all.map(e => e.className || e.tagName)") == []


@pytest.mark.parametrize("state", [state for state in PRINTED if state.name != "letter"], ids=by_name)
def test_paper_keeps_the_heading(page: Page, base_url: str, state: State):
    visit(page, base_url, state)

    page.emulate_media(media="print")

    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_paper_keeps_every_answer_of_an_entry(page: Page):
    page.goto(ENTRY)
    answers = page.locator(".question p, .question li")
    on_screen = answers.filter(visible=True).count()

    page.emulate_media(media="print")

    assert answers.filter(visible=True).count() == on_screen


def test_paper_keeps_every_meeting_and_decision_of_a_project(page: Page, base_url: str):
    visit(page, base_url, BY_NAME["project"])
    folded = page.locator(".project-more p")
    assert folded.filter(visible=True).count() == 0 < folded.count()

    page.emulate_media(media="print")

    assert folded.filter(visible=True).count() == folded.count()


def test_paper_is_one_column_of_the_whole_width(page: Page):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(ENTRY)

    page.emulate_media(media="print")

    assert page.locator(".with-side").evaluate("e => getComputedStyle(e).display") == "block"


def test_printed_entry_can_be_read_to_its_last_question(page: Page):
    page.goto(ENTRY)

    paper = PdfReader(io.BytesIO(page.pdf(format="A4")))

    assert "Hebben patiënten meegedacht?" in " ".join(sheet.extract_text() for sheet in paper.pages)


def test_printed_letter_fits_one_sheet(page: Page, base_url: str):
    visit(page, base_url, BY_NAME["letter"])

    paper = PdfReader(io.BytesIO(page.pdf(format="A4")))

    assert len(paper.pages) == 1


def test_of_the_letter_page_only_the_letter_goes_on_paper(page: Page, base_url: str):
    visit(page, base_url, BY_NAME["letter"])
    page.get_by_label("Uw naam").fill("Jan Voorbeeld")

    paper = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages[0].extract_text()

    assert "Jan Voorbeeld" in paper
    assert "Wat u hier typt" not in paper
    assert "Ziet u een fout" not in paper


def test_print_button_prints(page: Page):
    page.goto(ENTRY)
    page.evaluate("addEventListener('beforeprint', () => { window.aimzPrinted = true })")

    page.get_by_role("button", name="Print deze pagina").click()

    page.wait_for_function("window.aimzPrinted === true")
