"""The running text of a page: its sentences, without what only looks like them."""

import pytest

from transparency.readability.running_text import running_text


def text(body, **options):
    return running_text(f"<html><head><title>Titel.</title></head><body><header>Boven.</header>{body}</body></html>",
                        **options)  # fmt: skip


def test_headings_paragraphs_and_items_are_units_of_their_own():
    page = "<main><h1>Wat is\n AI?</h1><div><p>Een <b>computer</b>.</p><ul><li>Hij telt &amp; leest.</li></ul></div>"

    assert text(f"{page}</main>") == "## Wat is AI?\n\nEen computer.\n\n- Hij telt & leest."


@pytest.mark.parametrize(
    "element",
    [
        "<nav><p>Kies een letter.</p></nav>",
        "<pre>curl dit.</pre>",
        "<button>Zoek nu.</button>",
        "<p hidden>Weg.</p>",
        '<p aria-hidden="true">Weg.</p>',
        '<p lang="en">This is English.</p>',
        "<p>Ziekenhuis De Linde, Almelo</p>",
        "<ul><li><a href='/x/'>Lees de uitleg over uw rechten.</a></li></ul>",
        "<table><tr><td>3,5</td><td>12 maart</td></tr></table>",
        "<p>… 12. 13.</p>",
        "<p>… <a href='/x/'>Lees meer</a></p>",
        "<script>Dit is code.</script>",
        "<p><del>Dit is weg.</del></p>",
    ],
)
def test_what_is_no_sentence_of_the_page_is_left_out(element):
    assert text(f"<main>{element}<p>Dit blijft.</p></main><footer>Onder.</footer>") == "Dit blijft."


def test_what_comes_after_a_part_that_is_left_out_counts_again():
    page = "<main><div class='x'><p>Weg.<br>Ook <b>weg</b>.</p></div><p>Dit blijft.<img src='y'></p></main>"

    assert text(page, leave_out=lambda tag, attributes: attributes.get("class") == "x") == "Dit blijft."


def test_a_label_behind_a_sentence_is_cut_off():
    assert text("<main><p>De tekst is nieuw. Gemaakt in mei</p></main>") == "De tekst is nieuw."


def test_links_behind_a_sentence_are_cut_off_and_a_link_in_a_sentence_stays():
    behind = "<p>De tekst is nieuw. <a href='/x/'>meer uitleg</a> <a href='/y/'>terug</a></p>"

    assert text(f"<main>{behind}</main>") == "De tekst is nieuw."
    assert text("<main><p>Lees <a href='/x/'>de bronnen</a>.</p></main>") == "Lees de bronnen."
    assert text("<main><p>Mail naar: <a href='/x/'>Jan</a> (ook ’s avonds).</p></main>").startswith(
        "Mail naar: Jan (ook"
    )


def test_the_stop_of_an_abbreviation_makes_no_sentence_of_an_address():
    assert text("<main><ul><li>Locatie Oost, Dr. G.H. Amshoffweg 1, Hoogeveen</li></ul></main>") == ""


def test_many_words_without_a_stop_are_a_sentence_all_the_same():
    long = "dit is een zin waar iemand de punt aan het einde van vergat"

    assert text(f"<main><p>{long}</p></main>") == long
