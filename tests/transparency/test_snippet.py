"""The sentence that shows why something was found: the words marked, everything else as text."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from transparency.search.normalise import terms
from transparency.search.query import parse
from transparency.search.snippet import LONGEST, Hits, mark, places, sentences, snippet

PIECES = st.sampled_from(
    ["klaproos", "Klaprozen", "<b>", "</mark>", "&", "&amp;", "\"'", " ", "\n", ".", "é", "😀", "x" * 90]
)


def choose(texts, hits):
    lines = sentences(texts)
    return snippet(lines, places(lines), hits)


def read(html):
    return BeautifulSoup(f"<pre>\n{html}</pre>", "html.parser").pre.get_text()[1:]


def marked(html):
    return [tag.get_text() for tag in BeautifulSoup(html, "html.parser").select("mark")]


@pytest.mark.parametrize(
    ("query", "text", "words"),
    [
        ("klaproos", "Een klaproos.", ["klaproos"]),
        ("klaproos", "Een Klaproos, een KLAPROOS.", ["Klaproos", "KLAPROOS"]),
        ("papav", "Een papaverine.", ["papaverine"]),
        ("longfoto", "Een foto van longen.", ["foto", "longen"]),
        ("foto longen", "Een longfoto.", ["longfoto"]),
        ("foto’s", "Een foto.", ["foto"]),
        ("foto", "Veel foto’s.", ["foto’s"]),
        ("rontgen", "Een röntgen-foto.", ["röntgen-foto"]),
        ("hartaanval", "Een hartinfarct.", ["hartinfarct"]),
        ("klaproos", "Een roos.", []),
    ],
)
def test_words_that_were_searched_for_are_marked(query, text, words):
    assert marked(mark(text, Hits(parse(query)))) == words


@pytest.mark.parametrize(
    "text", ["<b>klaproos</b>", "<script>klaproos</script>", "a & klaproos &amp; b", '"klaproos" >']
)
def test_text_around_a_word_is_escaped(text):
    found = mark(text, Hits(parse("klaproos")))

    assert read(found) == text
    assert "<b>" not in found
    assert "<script>" not in found
    assert marked(found) == ["klaproos"]


@given(
    name=st.lists(PIECES | st.sampled_from(["longfoto", "foto’s", "röntgen-foto", "hartinfarct"]), max_size=6),
    query=st.sampled_from(["klaproos", "foto", "longfoto", "rontgen", "hartaanval", "foto klaproos", "long"]),
)
@settings(max_examples=150, deadline=None)
def test_name_in_which_a_word_is_marked_is_never_passed_over(name, query):
    text, hits = " ".join(name), Hits(parse(query))

    found = marked(mark(text, hits))

    assert not found or hits.may_stand_in(f" {' '.join(terms(text))} ")


def test_name_without_any_of_the_words_is_passed_over():
    assert not Hits(parse("klaproos")).may_stand_in(f" {' '.join(terms('Een foto van longen'))} ")


def test_sentence_with_the_most_words_is_shown():
    texts = ["Niets hier. Een klaproos.", "Een klaproos in het papaverveld. Nog een klaproos."]

    found = choose(texts, Hits(parse("klaproos papaverveld")))

    assert read(found) == "Een klaproos in het papaverveld."


def test_of_equal_sentences_the_first_is_shown():
    assert read(choose(["Eerste klaproos.", "Tweede klaproos."], Hits(parse("klaproos")))) == "Eerste klaproos."


def test_word_that_stands_twice_counts_once():
    texts = ["Klaproos, klaproos en klaproos.", "Klaproos en papaver."]

    assert read(choose(texts, Hits(parse("klaproos papaver")))) == "Klaproos en papaver."


@pytest.mark.parametrize("texts", [[], [""], ["Niets hier."]])
def test_without_a_hit_there_is_no_sentence(texts):
    assert choose(texts, Hits(parse("klaproos"))) is None


def test_long_sentence_is_cut_at_a_word():
    found = read(choose(["Een klaproos " + "bloeit " * 100], Hits(parse("klaproos"))))

    assert found.endswith("bloeit …")
    assert len(found) <= LONGEST + 2


def test_cut_sentence_still_shows_the_word_that_was_found():
    found = choose(["Eerst dit. " + "Heel veel woorden " * 20 + "en dan een klaproos."], Hits(parse("klaproos")))

    assert marked(found) == ["klaproos"]


@given(pieces=st.lists(PIECES | st.text(max_size=10), max_size=20))
@settings(max_examples=150, deadline=None)
def test_marking_changes_no_letter_of_any_text(pieces):
    text = "".join(pieces)

    found = mark(text, Hits(parse("klaproos")))

    assert read(found) == text
    assert {tag.name for tag in BeautifulSoup(found, "html.parser").find_all()} <= {"mark"}


@given(texts=st.lists(st.text(max_size=300), max_size=4))
@settings(max_examples=100, deadline=None)
def test_any_text_has_a_sentence_or_none(texts):
    found = choose([*texts, "Een klaproos."], Hits(parse("klaproos")))

    assert marked(found)
