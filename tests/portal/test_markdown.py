"""Help pages: every Dutch page has an English twin, and only files of ours are read."""

from pathlib import Path

import pytest
from django.conf import settings

from portal.core.markdown import help_page
from portal.home.views import ABOUT, HELP

FOLDER = Path(settings.BASE_DIR) / "templates" / "uitleg"
SLUGS = sorted(path.stem for path in FOLDER.glob("*.md"))
EXAMPLE = """# Een *titel*

Eén zin
op twee regels.

Tekst met <b>html</b> en {{contact}}.

## Wat is AI?

| kop | nog een | derde | vierde |
| --- | --- | --- | --- |
| a | b | c | d |

## Mag ik `nee` zeggen?

[Verder](/register/)
"""


@pytest.fixture
def pages(tmp_path, settings):
    """A folder of help pages of its own; gives a function that writes one and reads it back."""
    help_page.cache_clear()
    settings.BASE_DIR = tmp_path
    settings.CONTACT_EMAIL = "vragen@aimz.example"

    def write(text, *, slug="voorbeeld", language="nl"):
        folder = tmp_path / "templates" / "uitleg" / ("" if language == "nl" else language)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{slug}.md").write_text(text, encoding="utf-8")
        return help_page(slug, language)

    yield write
    help_page.cache_clear()


def test_every_file_is_a_page_of_the_website():
    assert set(SLUGS) == {*HELP, *ABOUT, "verantwoording"}  # that one stands on a page with the log


def test_every_english_page_has_a_dutch_one():
    assert {path.stem for path in (FOLDER / "en").glob("*.md")} <= set(SLUGS)


@pytest.mark.parametrize("slug", SLUGS)
def test_page_has_an_english_twin_with_as_many_headings(slug):
    dutch, english = help_page(slug, "nl"), help_page(slug, "en")

    assert english is not None
    assert len(english.headings) == len(dutch.headings)


@pytest.mark.parametrize("slug", SLUGS)
def test_english_twin_has_as_many_links_and_tables(slug):
    dutch, english = help_page(slug, "nl"), help_page(slug, "en")

    assert [english.html.count(tag) for tag in ("<a ", "<table", "<h3")] == [
        dutch.html.count(tag) for tag in ("<a ", "<table", "<h3")
    ]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("slug", SLUGS)
def test_anchors_are_unique(slug, language):
    anchors = [anchor for anchor, _text in help_page(slug, language).headings]

    assert len(anchors) == len(set(anchors))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("slug", SLUGS)
def test_page_has_a_title_a_description_and_text(slug, language):
    page = help_page(slug, language)

    assert page.title
    assert page.description
    assert page.html


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("slug", SLUGS)
def test_page_leaves_no_markup_behind(slug, language):
    page = help_page(slug, language)
    text = page.title + page.description + page.html

    assert not [mark for mark in ("{{", "}}", "**", "](", "&lt;") if mark in text]


@pytest.mark.parametrize(
    "slug", ["../settings", "..", ".", "", "en/privacy", "/etc/passwd", "Privacy", "privacy\n", "bestaat-niet"]
)
def test_slug_that_is_no_page_gives_nothing(slug):
    assert help_page(slug, "nl") is None


def test_page_that_is_not_translated_gives_nothing_in_english(pages):
    pages(EXAMPLE)

    assert help_page("voorbeeld", "en") is None


def test_description_is_one_line(pages):
    assert pages(EXAMPLE).description == "Eén zin op twee regels."


def test_headings_get_anchors(pages):
    page = pages(EXAMPLE)

    assert [anchor for anchor, _text in page.headings] == ["wat-is-ai", "mag-ik-nee-zeggen"]
    assert '<h2 id="wat-is-ai">Wat is AI?</h2>' in page.html


def test_heading_text_is_plain(pages):
    assert pages(EXAMPLE).headings[1][1] == "Mag ik nee zeggen?"


def test_heading_without_letters_still_gets_an_anchor(pages):
    assert pages("# T\n\nEén zin.\n\n## ???\n\nTekst.").headings == (("deel-1", "???"),)


def test_two_headings_of_the_same_words_get_two_anchors(pages):
    page = pages("# T\n\nEén zin.\n\n## Meer\n\nTekst.\n\n## Meer\n\nTekst.")

    assert len({anchor for anchor, _text in page.headings}) == 2


def test_html_is_shown_and_not_run(pages):
    assert "&lt;b&gt;html&lt;/b&gt;" in pages(EXAMPLE).html


def test_mail_address_is_filled_in(pages):
    assert "vragen@aimz.example" in pages(EXAMPLE).html


def table(columns):
    rows = [[f"{row}{number}" for number in range(columns)] for row in ("kop", "a", "b")]
    lines = [rows[0], ["---"] * columns, *rows[1:]]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def test_tables_are_made(pages):
    assert "<table>" in pages(EXAMPLE).html


@pytest.mark.parametrize(("language", "label"), [("nl", "Tabel"), ("en", "Table")])
def test_table_scrolls_in_a_box_of_its_own_that_the_keyboard_reaches(pages, language, label):
    html = pages(f"{EXAMPLE}\n\n{table(4)}\n", language=language).html

    for number in (1, 2):
        assert f'<div class="wide" role="group" aria-label="{label} {number}" tabindex="0"><table>' in html
    assert html.count("</table></div>") == html.count("<table>") == 2


def test_table_of_few_columns_has_the_label_of_each_cell_for_a_narrow_screen(pages):
    html = pages(f"# T\n\nEén zin.\n\n{table(3)}\n\nSlot.").html

    assert '<table class="stacked">' in html
    for cell in ('"kop0">a0', '"kop2">a2', '"kop0">b0', '"kop2">b2'):
        assert f"<td data-label={cell}</td>" in html
    assert "<p>Slot.</p>" in html
    assert 'class="wide"' not in html


def test_label_is_plain_text(pages):
    text = '# T\n\nEén zin.\n\n| `a` "b" & c |\n| --- |\n| d |'

    assert '<td data-label="a &quot;b&quot; &amp; c">d</td>' in pages(text).html
