"""The glossary is sound, and a page explains each of its terms once, where it first stands."""

import re

import pytest
from bs4 import BeautifulSoup
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.core.text import hidden_characters, sort_key
from transparency.answers import sections
from transparency.fields import ENTRY_FIELDS
from transparency.glossary import TOO_COMMON, Explainer, glossary, in_order

TERMS = list(glossary().values())
# Terms in every dress that a text may give them.
DRESSES = {
    "as it is": str,
    "capitals": str.upper,
    "swapped": str.swapcase,
    "dotless": lambda word: word.replace("i", "ı"),
    "Turkish capitals": lambda word: word.upper().replace("I", "İ"),
    "tag": lambda word: f"<{word}>",
    "entity": lambda word: f"&{word};",
}
TRICKY = st.lists(
    st.builds(
        lambda word, dress: DRESSES[dress](word),
        st.sampled_from([form for term in TERMS for form in (term.term_nl, *term.forms)]),
        st.sampled_from(sorted(DRESSES)),
    ),
    max_size=6,
).map(" ".join)


def marked(text, language="nl"):
    return BeautifulSoup(Explainer(language=language).mark(text), "html5lib")


# --- The words themselves -----------------------------------------------------------------------------------------


def test_every_term_is_complete_in_both_languages():
    texts = ("term_nl", "short_nl", "text_nl", "term_en", "short_en", "text_en", "kind")

    assert [(t.slug, name) for t in TERMS for name in texts if not getattr(t, name).strip()] == []


def test_no_term_has_characters_that_nobody_sees():
    assert [t.slug for t in TERMS if hidden_characters(t.term_nl + t.text_nl + t.term_en + t.text_en)] == []


def test_slug_of_every_term_can_stand_in_an_address():
    assert [t.slug for t in TERMS if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", t.slug)] == []


def test_every_term_that_another_refers_to_is_there():
    assert [(t.slug, other) for t in TERMS for other in t.see if other not in glossary()] == []


def test_no_term_refers_to_itself():
    assert [t.slug for t in TERMS if t.slug in t.see] == []


def test_no_form_belongs_to_two_terms():
    forms = [(form.casefold(), t.slug) for t in TERMS for form in {t.term_nl.casefold(), *t.forms}]
    twice = {form for form, _slug in forms if len({slug for other, slug in forms if other == form}) > 1}

    assert twice == set()


def test_terms_too_common_to_explain_are_terms():
    assert set(glossary()) >= TOO_COMMON


@pytest.mark.parametrize("language", ["nl", "en"])
def test_terms_stand_in_the_order_of_the_alphabet_of_the_page(language):
    with override(language):
        found = [sort_key(term.term) for term in in_order()]

    assert found == sorted(found)
    assert len(found) == len(TERMS)


def test_term_speaks_the_language_of_the_page():
    term = glossary()["algoritme"]

    with override("en"):
        english = (term.term, term.short, term.text)

    assert (term.term, term.short, term.text) == (term.term_nl, term.short_nl, term.text_nl)
    assert english == (term.term_en, term.short_en, term.text_en)


# --- Marking them in a text ---------------------------------------------------------------------------------------


def test_term_becomes_a_link_to_its_explanation_on_the_page():
    found = Explainer(language="nl").mark("Een algoritme rekent.")

    assert found == 'Een <a class="term" id="bij-algoritme" href="#woord-algoritme">algoritme</a> rekent.'


@pytest.mark.parametrize("text", ["algoritme", "Algoritme", "ALGORITME", "algoritmes", "Algoritmen"])
def test_term_is_known_in_each_of_its_forms(text):
    assert marked(text).select_one('a.term[href="#woord-algoritme"]').text == text


def test_abbreviation_is_known_in_its_own_capitals_only():
    assert marked("Zorg uit de Wmo.").select_one("a.term") is not None
    assert marked("Onderzoek onder de WMO.").select_one("a.term") is None


def test_term_is_marked_once_in_a_text():
    assert len(marked("Een algoritme en nog een algoritme, veel algoritmes.").select("a.term")) == 1


def test_term_is_marked_once_over_all_texts_of_a_page():
    explainer = Explainer(language="nl")

    first, second = explainer.mark("Een algoritme."), explainer.mark("Nog een algoritme.")

    assert "<a" in first
    assert "<a" not in second
    assert list(explainer.used) == ["algoritme"]


def test_first_use_on_the_page_is_the_one_that_is_marked():
    content = {"purpose": "Hier rekent een algoritme.", "risks": "Dit algoritme kan het missen."}

    found = sections(content, ENTRY_FIELDS, Explainer(language="nl"))

    assert "#woord-algoritme" in found["purpose"].answers[0].html
    assert "#woord-algoritme" not in found["risks"].answers[0].html


@pytest.mark.parametrize("text", ["algoritmeregisters", "xalgoritme", "algoritme-achtig", "para-algoritme"])
def test_part_of_another_word_is_no_term(text):
    assert not marked(text).select('a[href="#woord-algoritme"]')


def test_longest_term_wins():
    found = marked("Een groot taalmodel schrijft.").select("a.term")

    longest = max((t for t in TERMS if "taalmodel" in (t.term_nl, *t.forms)), key=lambda t: len(t.term_nl))
    assert len(found) == 1
    assert found[0]["href"] == f"#woord-{longest.slug}"


@pytest.mark.parametrize("text", ["AI", "Kunstmatige intelligentie"])
def test_word_that_the_whole_site_is_about_is_not_marked_on_every_page(text):
    assert not marked(text).select("a")


def test_dutch_word_is_no_term_on_an_english_text():
    assert marked("an algorithm", "en").select('a[href="#woord-algoritme"]')
    assert not marked("het algoritme", "en").select("a")


@pytest.mark.parametrize(
    "text", ["<b>algoritme</b>", "algoritme & <script>", '"algoritme" onclick=', "&lt;algoritme&gt;", "<a href=x>"]
)
def test_text_around_a_term_is_escaped(text):
    explained = marked(text)

    assert {tag.name for tag in explained.body.find_all()} <= {"a"}
    assert explained.body.get_text() == text


@pytest.mark.parametrize("text", ["AI", "Aİ", "aı", "aİ-systeem", "aı-systeem", "ſmart", "K-means", "ALGORİTME"])
def test_letter_with_a_strange_other_case_never_breaks_a_page(text):
    assert marked(text).body.get_text() == text


@given(text=st.text(max_size=80) | TRICKY)
@settings(max_examples=300, deadline=None)
def test_marking_changes_no_letter_of_any_text(text):
    found = Explainer(language="nl").mark(text)

    without_links = re.sub(r'<a class="term" id="bij-[a-z0-9-]+" href="#woord-[a-z0-9-]+">|</a>', "", found)
    assert "<" not in without_links
    assert BeautifulSoup(f"<pre>\n{found}</pre>", "html.parser").get_text() == f"\n{text}"
