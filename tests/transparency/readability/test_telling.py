"""A report in words: numbers that stand in the text and in the list, and what to change first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transparency.readability.test_check import EASY, HARD
from transparency.readability.check import RULES, check
from transparency.readability.document import Severity
from transparency.readability.report import MOST_SHOWN
from transparency.readability.score import RED_FROM, Colour
from transparency.readability.telling import KINDS, MOST_FIRST, SEVERITIES, VERDICTS, tell
from transparency.views.language_check import examples

LONG = " ".join(["De arts en de zuster en de dokter"] * 6) + " lopen."


def told(text):
    return tell(text, check(text))


def test_every_kind_severity_and_colour_has_its_words():
    import sys

    assert set(KINDS) == {sys.modules[rule.__module__].CODE for rule in RULES}
    assert set(SEVERITIES) == set(Severity)
    assert set(VERDICTS) == set(Colour)


@given(st.lists(st.sampled_from([*HARD.split(". "), *EASY.split(". "), "o.a. EPD", "\n\n", "\n- ", LONG]), max_size=30))
def test_pieces_together_are_the_text_and_each_point_begins_once(parts):
    text = ". ".join(parts)

    found = told(text)

    assert "".join(piece.text for piece in found.pieces) == text
    assert [point.number for piece in found.pieces for point in piece.points] == [
        *range(1, len(found.points) + 1)
    ] == [point.number for point in found.points]  # fmt: skip
    assert len(found.points) <= MOST_SHOWN


def test_point_stands_before_what_it_is_about():
    found = told(HARD)
    at = 0
    for piece in found.pieces:
        assert {point.finding.start for point in piece.points} <= {at}
        at += len(piece.text)


def test_word_is_marked_and_a_long_sentence_only_has_its_number():
    found = told(f"{LONG} Bel indien nodig.")

    assert [piece.text for piece in found.pieces if piece.is_marked] == ["indien nodig"]
    assert found.pieces[0].points[0].kind == "Lange zin"


def test_points_that_overlap_lose_nothing():
    found = told("Dit dient u dit voorafgaand aan het onderzoek kenbaar te maken.")

    assert "".join(piece.text for piece in found.pieces if piece.is_marked).endswith("kenbaar te")
    assert len(found.points) == 2


def test_first_is_what_weighs_most_and_leads_to_its_first_place():
    found = told(HARD)

    assert len(found.first) == MOST_FIRST
    assert found.first[0].count == dict(found.report.top())["formal_word"]
    assert found.points[found.first[0].number - 1].finding.code == "formal_word"


def test_kind_that_is_not_shown_leads_nowhere():
    found = told("\n\n".join([HARD] * 12))
    shown = {point.finding.code for point in found.points}

    for one, (code, _count) in zip(found.first, found.report.top(), strict=False):
        assert bool(one.number) == (code in shown)


@pytest.mark.parametrize("text", [EASY, HARD])
def test_picture_has_whole_numbers_within_its_width(text):
    scale = told(text).scale

    assert all(isinstance(number, int) for number in scale.values())
    assert 0 <= scale["low_x"] < scale["value_x"] <= scale["low_x"] + scale["width_x"] <= 400
    assert scale["low"] <= scale["value"] <= scale["high"]


def test_long_quote_is_cut_at_a_word():
    (point,) = [point for point in told(LONG).points if point.finding.code == "long_sentence"]

    assert point.quote.endswith("…")
    assert len(point.quote) <= 80
    assert LONG.startswith(point.quote.removesuffix("…"))


def test_what_is_said_is_escaped_and_its_dutch_is_marked():
    found = told("Stuur het z.s.m. naar <b> indien u dat wilt.")

    assert 'Schrijf liever: <span lang="nl">als.</span>' in "".join(point.said for point in found.points)
    assert all("<b>" not in point.said for point in found.points)


def test_examples_show_what_the_check_does():
    hard, easy = (told(one.text) for one in examples())

    assert hard.score.value >= RED_FROM
    assert (easy.score.colour, [one for one in easy.points if one.finding.severity is Severity.ERROR]) == ("green", [])
