"""Two negatives in one thought: "niet onmogelijk", "niet zonder". Only a hint: some are meant."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from transparency.readability.document import Document, Finding, Severity, Tagged

CODE = "double_negation"
WINDOW = 6  # tokens
NEGATIVES = frozenset("niet geen nooit niemand nergens niets zonder tenzij".split())
UN_WORDS = frozenset(
    """onmogelijk onjuist onterecht onvoldoende ongewoon onduidelijk onbekend onbelangrijk onveilig onverstandig
    onredelijk
    ongebruikelijk onaannemelijk onwenselijk onbegrijpelijk onnodig onbevoegd onvolledig ongewenst ongelijk oneens
    onwaarschijnlijk ongegrond ontoelaatbaar onverschillig onopgemerkt onbelast ongeschikt""".split()
)
# Between these two negatives stand beside each other: "geen naam en geen adres".
_BESIDE = frozenset({"en", "of", "maar", "noch", ",", ";", ":", "(", "–", "dus", "want"})


def find(document: Document) -> Iterator[Finding]:
    """A finding for every pair of negatives that belong together."""
    for part in document.parts:
        for first, second in _pairs(part):
            start, end = part.tokens[first].start, part.tokens[second].end
            yield document.finding(
                CODE, Severity.HINT, start, end, _("Hier staan twee ontkenningen bij elkaar."),
                _("Zeg wat er wél is of wat er wél mag."),
            )  # fmt: skip


def _pairs(part: Tagged) -> Iterator[tuple[int, int]]:
    last: int | None = None  # of the negative before, while nothing stands between that keeps the two apart
    for at, low in enumerate(part.lows):
        if last is not None and (low in NEGATIVES or low.removesuffix("e") in UN_WORDS) and at - last <= WINDOW:
            yield last, at
            last = None
        elif low in NEGATIVES:
            last = at
        elif low in _BESIDE and part.low(at + 1) != "tenzij":
            last = None
