"""A tangconstructie: words that belong together stand far apart, so that the reader must remember the first.

Three kinds: helper … verb, conjunction … finite verb, article … noun ("de door de arts gekozen behandeling").
"""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from transparency.readability import tagger
from transparency.readability.closed_classes import FUNCTION_WORDS, MAYBE_HELPERS, PREPOSITIONS, SUBORDINATORS
from transparency.readability.document import Document, Finding, Severity, Tagged
from transparency.readability.lexicon import Is
from transparency.readability.words import is_noun, is_participle, verb_forms

CODE = "split"
LEAST_GAP, LEAST_ARTICLE_GAP = 6, 4  # words between; decisions.md asks for 6
WINDOW = 40  # tokens; a longer gap is cut there
_MARKS = frozenset(',;:.()–"')
_ARTICLES = frozenset("de het een deze dit uw alle".split())
_STOPS = frozenset(
    """dat om als die omdat wat wie of toen terwijl indien wanneer waar waarbij waarin waarmee waarvoor waarop waardoor
    waaraan hoe doordat zodat zonder maar""".split()
)


class Gap(NamedTuple):
    """How many words stand between the tokens `left` and `right`."""

    words: int
    left: int
    right: int


def find(document: Document) -> Iterator[Finding]:
    """A finding for the widest gap of every sentence that has one."""
    for part in document.parts:
        widest = max(_gaps(part), default=None)
        if widest is None:
            continue
        left, right = part.tokens[widest.left], part.tokens[widest.right]
        yield document.finding(
            CODE, Severity.HINT, left.start, right.end,
            _("“%(left)s” en “%(right)s” horen bij elkaar. Er staan %(number)s woorden tussen.")
            % {"left": left.text, "right": right.text, "number": widest.words},
            _("Zet deze woorden dichter bij elkaar."),
        )  # fmt: skip


def _gaps(part: Tagged) -> Iterator[Gap]:
    for at, tag in enumerate(part.tags):
        low = part.low(at)
        ends = []
        if tag == tagger.HELPER:
            ends.append((_verb_of_helper(part, at), LEAST_GAP))
        if _opens_clause(part, at):
            ends.append((_verb_of_clause(part, at), LEAST_GAP))
        if low in _ARTICLES and part.low(at + 1) in PREPOSITIONS:
            ends.append((_noun_of_article(part, at), LEAST_ARTICLE_GAP))
        for end, least in ends:
            if end is not None and (words := part.words_between(at, end)) >= least:
                yield Gap(words, at, end)


def _opens_clause(part: Tagged, at: int) -> bool:
    """Whether the finite verb of a clause comes after the word at `at`; not in "als bedoeld in" and "man of vrouw"."""
    low = part.low(at)
    if low == "of":
        return (
            at > 0
            and part.low(at + 1) != "te"
            and (part.low(at - 1) == "niet" or part.tags[at - 1] in {tagger.FINITE, tagger.NONFINITE})
        )
    return (
        low in SUBORDINATORS
        and not _points_at_noun(part, at)
        and not (low == "als" and is_participle(part.low(at + 1)))
    )


def _points_at_noun(part: Tagged, at: int) -> bool:
    """Whether "die" or "dat" is no conjunction: "moet die persoon een kopie geven"."""
    before_noun = part.low(at) in {"die", "dat"} and part.tags[at + 1 : at + 2] == [tagger.NOUN]
    return before_noun and (at == 0 or part.tags[at - 1] in tagger.IS_FINITE)


def _window(part: Tagged, at: int) -> range:
    return range(at + 1, min(len(part.tokens), at + WINDOW))


def _verb_of_helper(part: Tagged, at: int) -> int | None:
    for place in _window(part, at):
        tag = part.tags[place]
        if tag in tagger.IS_FINITE and _closes(part, place):
            return place
        stops = part.low(place) in _MARKS | _STOPS and not _points_at_noun(part, place)
        if stops or tag in tagger.IS_FINITE:
            return None
        if tag in {tagger.NONFINITE, tagger.HELPER_NONFINITE} and not _belongs_to_noun(part, place):
            return place
    return None


def _closes(part: Tagged, place: int) -> bool:
    """Whether it is no finite verb after all: the last word ("en uw familie een plek zoeken"), or "laten zitten"."""
    low, after = part.low(place), part.tags[place + 1 : place + 2]
    if low in MAYBE_HELPERS and after == [tagger.NONFINITE]:
        return True
    is_other_form = bool(verb_forms(low) & Is.INFINITIVE) or is_participle(low)
    return is_other_form and after in ([], [tagger.MARK])


def _belongs_to_noun(part: Tagged, place: int) -> bool:
    """Whether the verb belongs to a noun beside it: "opgenomen patiënten", "het moment van testen"."""
    before_noun = is_participle(part.low(place)) and part.tags[place + 1 : place + 2] == [tagger.NOUN]
    return before_noun or part.low(place - 1) == "van"


def _verb_of_clause(part: Tagged, at: int) -> int | None:
    for place in _window(part, at):
        if part.low(place) in {";", ".", "maar", "want"}:
            return None
        if part.tags[place] in tagger.IS_FINITE:
            return place
    return None


def _noun_of_article(part: Tagged, at: int) -> int | None:
    """The noun after the participle that ends what stands between: "de door de arts gekozen behandeling"."""
    for place in _window(part, at):
        before, low = part.low(place - 1), part.low(place)
        if low in _MARKS or (part.tags[place] in tagger.IS_FINITE and not is_participle(low.removesuffix("e"))):
            return None
        if (
            (part.tags[place] == tagger.NOUN or (is_noun(low) and low not in FUNCTION_WORDS))
            and place > at + 2
            and (is_participle(before) or is_participle(before.removesuffix("e")))
        ):
            return place
    return None
