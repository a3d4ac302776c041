"""The gate: green passes, orange needs a reason, red does not pass; each text on its own and all together."""

import pytest

from tests.transparency.readability.test_check import EASY, HARD
from transparency.readability.check import check
from transparency.readability.gate import TOGETHER, Verdict, Why, decide
from transparency.readability.score import MODEL, Colour

ORANGE = (
    "De computer berekent op basis van uw medische gegevens de kans op complicaties na de operatie. "
    "De chirurg bespreekt deze voorspelling met u tijdens het spreekuur. Samen maakt u daarna een keuze. "
    "De afdeling bewaart de resultaten van het onderzoek in het dossier. Dat gebeurt volgens de wettelijke regels. "
    "Een onafhankelijke commissie controleert de kwaliteit van het programma."
)


def test_an_easy_text_passes_with_its_score_and_model():
    gate = decide({"doel": EASY})

    assert (gate.verdict, gate.why, gate.model) == (Verdict.OPEN, {}, MODEL)
    assert gate.score.colour is Colour.GREEN


def test_an_orange_text_needs_a_reason():
    assert check(ORANGE).score.colour is Colour.ORANGE

    gate = decide({"doel": ORANGE})

    assert (gate.verdict, gate.why) == (Verdict.NEEDS_REASON, {"doel": Why.ORANGE, TOGETHER: Why.ORANGE})


def test_one_red_text_closes_the_gate_for_an_easy_page():
    gate = decide({"doel": HARD, "uitleg": " ".join([EASY] * 8)})

    assert gate.verdict is Verdict.CLOSED
    assert gate.why == {"doel": Why.RED}
    assert gate.score.colour is Colour.GREEN


def test_short_texts_that_pass_alone_count_together():
    pieces = HARD.split(". ")
    texts = {str(number): piece for number, piece in enumerate(pieces)}

    gate = decide(texts)

    assert len(pieces) == 5
    assert gate.why[TOGETHER] is Why.RED


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("De arts kijkt altijd mee.", Verdict.OPEN),
        ("Bel ons indien u vragen heeft.", Verdict.OPEN),
        ("U vindt de foto in het QXR.", Verdict.CLOSED),
        ("De man en de vrouw en de dokter " * 4 + "lopen.", Verdict.CLOSED),
    ],
)
def test_a_short_text_is_stopped_by_an_error_only(text, verdict):
    assert decide({"naam": text}).verdict is verdict


def test_a_text_in_another_language_needs_a_reason():
    gate = decide({"doel": "The computer looks at the picture and tells the doctor what it has found in your hand."})

    assert (gate.verdict, gate.why) == (Verdict.NEEDS_REASON, {"doel": Why.NOT_DUTCH})


def test_a_page_without_texts_is_open():
    assert decide({}).verdict is Verdict.OPEN
