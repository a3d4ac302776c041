"""National HTML becomes plain text and back, and no tag of others survives."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portal.core.text import hidden_characters
from tests.transparency.exchange.strategies import HTML
from transparency.exchange.markup import has_tags, length, shorten, strange_tags, to_html, to_line, to_text

TEXTS = {
    "paragraphs": ("<p>Een.</p><p>Twee.</p>", "Een.\n\nTwee."),
    "empty paragraph": ("<p>Een.</p><p><br></p><p>Twee.</p>", "Een.\n\nTwee."),
    "line break": ("<p>Een<br>twee</p>", "Een\ntwee"),
    "list": ("<p>Kop</p><ul><li>a</li><li>b</li></ul><p>Na</p>", "Kop\n\n- a\n- b\n\nNa"),
    "list with paragraphs": ("<ol><li><p>a</p></li><li><p>b</p></li></ol>", "- a\n- b"),
    "entities": ("<p>R&amp;D &lt;p&gt;</p>", "R&D <p>"),
    "no tags": ("Regel\nregel twee\n\nalinea", "Regel\nregel twee\n\nalinea"),
    "bullets": ("• een\n• twee", "- een\n- twee"),
    "smaller than": ("als a < b en c > d", "als a < b en c > d"),
    "script": ("<p>Goed</p><script>alert(1)</script>", "Goed"),
    "style": ("<style>p{}</style><p>Goed</p>", "Goed"),
    "comment": ("<p>Goed<!-- geheim --></p>", "Goed"),
    "marked section": ("<![if IE]><p>Goed</p>", "Goed"),
    "address in brackets": ("Zie <https://wet.example/1>.", "Zie https://wet.example/1."),
    "handler": ("<p onclick='x()'>Goed</p>", "Goed"),
    "zero width": ("Go\u200bed", "Goed"),
    "a tag without an end": ("als a <b en c", "als a <b en c"),
    "a script without an end": ("<script>alert(1)", "alert(1)"),
    "a comment without an end": ("<!-- geheim", "<!-- geheim"),
    "a letter that grows in lower case": ("İ<P>Goed</P>", "İ\n\nGoed"),
    "empty item": ("<ul><li></li><li>a</li></ul><p>Na</p>", "- a\n\nNa"),
    "words in brackets": ("Leeftijd <vul in> jaar", "Leeftijd <vul in> jaar"),
    "words in brackets over lines": ("Leeftijd\n<vul in>", "Leeftijd\n<vul in>"),
    "words in brackets in HTML": ("<p>Leeftijd <vul in> jaar</p>", "Leeftijd <vul in> jaar"),
    "words that begin as a tag": ("als a <b en c> d", "als a <b en c> d"),
    "a tag in words in brackets": ("<vul <b>in</b>>", "<vul in>"),
    "a mailbox in brackets": ("Jan <jan@zorg.example>", "Jan <jan@zorg.example>"),
    "title": ("<title>Kop</title>tekst", "Kop\n\ntekst"),
    "textarea": ("<textarea>woord</textarea> x", "woord\n\nx"),
    "svg": ("<svg><text>woord</text></svg>", "woord"),
    "a switch": ("<ol reversed><li>a</li></ol>", "- a"),
    "a word processor's": ("<o:p>Goed</o:p>", "Goed"),
    "cells": ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
    "nul and surrogate": ("a\0b\ud800", "ab\ufffd"),
}


@pytest.mark.parametrize("case", list(TEXTS))
def test_html_becomes_plain_text(case):
    raw, text = TEXTS[case]

    assert to_text(raw) == text


@given(st.text() | HTML)
def test_what_became_text_has_no_hidden_characters(value):
    assert hidden_characters(to_text(value).replace("\n", "")) == []


@given(st.text() | HTML)
@example("0\u16800")
@example("een  twee\n drie")
@example("- een\n  - twee")
def test_text_made_html_and_read_again_is_the_same_html(value):
    made = to_html(to_text(value))

    assert to_html(to_text(made)) == made


@given(st.text())
def test_what_we_write_holds_only_tags_of_the_standard(value):
    assert strange_tags(to_html(value)) == set()


@pytest.mark.parametrize(
    "value",
    ["<p onclick=x>a</p>", "<a href=x>a</a>", "<script>", "<!-- x -->", "<svg/onload=x>", "<x onload=y>", "</x>"],
)
def test_a_tag_or_attribute_of_others_is_strange(value):
    assert strange_tags(value)


def test_length_counts_without_tags_and_entities():
    assert length("<p>a&amp;b</p><ul><li>c</li></ul>") == 4


def test_a_line_has_no_line_ends():
    assert to_line("<p>Een</p><p>Twee</p>") == "Een Twee"


def test_a_text_that_fits_stays_as_it_is():
    assert shorten("Kort.", 5, "https://x.example") == "Kort."


def test_a_long_text_is_cut_after_a_sentence_and_says_where_to_read_on():
    text = "Dit is de eerste zin. Dit is de tweede zin. Dit is de derde zin die te lang is."

    assert shorten(text, 75, "https://x.example") == "Dit is de eerste zin. … (lees verder op https://x.example)"


@given(st.text(max_size=200), st.integers(min_value=5, max_value=80), st.sampled_from(["", "https://x.example/een"]))
def test_a_shortened_text_always_fits(text, limit, address):
    assert len(shorten(text, limit, address)) <= limit


def test_text_with_an_address_in_brackets_has_no_tags():
    assert not has_tags("<https://x.example>")
