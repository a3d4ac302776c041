"""From text to search terms: folded words, Dutch stems, and the parts of compounds."""

import re
import threading
from functools import lru_cache

import Stemmer
from django.utils.translation import get_language

from transparency.search.words import folded_words, known_words


class _Stemmer(threading.local):
    """One for each thread: a stemmer keeps the word under its hands in itself, and two threads would mix theirs."""

    def __init__(self) -> None:
        self.of_word = Stemmer.Stemmer("dutch").stemWord


_STEMMER = _Stemmer()

# Words that say nothing about what somebody looks for.
STOP_WORDS = frozenset(
    """de het een en of maar want dus dan dat die dit deze daar hier er waar wat wie welk welke hoe waarom wanneer als
    ik je jij jou jouw u uw hij hem zijn haar zij ze hen hun wij we ons onze jullie men mij me mijn zich iemand iets
    in op aan van voor met door bij naar uit over onder tussen tegen tot om rond via per te ter ten af toe
    niet wel ook nog al heel erg zo toch even eens is ben bent was waren wordt word worden werd heb hebt heeft hebben
    had kan kun kunt kunnen moet moeten mag mogen wil wilt willen zal zou gaat gaan ga doet doen doe krijg krijgt
    krijgen graag misschien soms vaak altijd nooit alle alles elk elke iedere mijzelf zelf the of and to for
    omdat doordat zodat terwijl voordat nadat a b c d e f g h i j k l m n o p q r s t u v w x y z""".split()
)  # fmt: skip
ENGLISH_STOP_WORDS = frozenset(
    """a an the this that these those here there where what which who whom whose how why when whether if as than i me
    my mine you your yours he him his she her hers it its we us our ours they them their myself someone something any
    some each every all both in on at of off by for with without from to into onto out up down about over under between
    against around via per and or but so then because while before after not nor only also too very just even still
    yet is are was were be been being am do does did doing done have has had having can could may might must shall
    should will would get gets getting got go goes going let lets want wants use uses used using please ever never
    always often sometimes long thing things anything dont doesnt isnt cant wont im ive""".split()
)  # fmt: skip
ENGLISH_MEANING = frozenset({"men", "toe", "die"})  # say nothing in Dutch and something in English
_VOWELS = "aeiouy"
_BOTH = (STOP_WORDS | ENGLISH_STOP_WORDS) - ENGLISH_MEANING
_DOUBLE_VOWEL = re.compile(r"(a|e|o|u)\1")
_PLURAL = {
    "algoritmes": "algoritme",
    "algoritmen": "algoritme",
    "risicos": "risico",
    "apps": "app",
    "scans": "scan",
    "screenings": "screening",
    "screeningen": "screening",
}
_KEPT = frozenset({"screening"})  # its stem would be that of the English "screen"


def stop_words() -> frozenset[str]:
    """The words that say nothing to a reader of this page; who reads English may still search in Dutch."""
    return _BOTH if get_language() == "en" else STOP_WORDS


def words(text: str) -> list[str]:
    """The folded words of `text` (see `folded_words`)."""
    return list(folded_words(text))


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The Dutch stem of a folded word, with the forms of one verb or noun brought together.

    Snowball (Kraaij-Pohlmann) leaves foreign plurals on -s ("foto's", "chatbots") and the -t of "luistert", takes
    "beelden" for a past tense, and doubles a vowel in some forms of a verb but not in others.
    """
    word = _PLURAL.get(word, word)
    if word in _KEPT:
        return word
    if len(word) >= 6 and word.endswith(("lden", "nden", "rden")):
        word = word[:-2]
    if len(word) >= 5 and word.endswith(("os", "as")) and word[-3] not in _VOWELS:
        word = word[:-1]
    root = _DOUBLE_VOWEL.sub(r"\1", str(_STEMMER.of_word(word)))
    if len(root) >= 5 and root.endswith("s") and root[-2] not in f"{_VOWELS}s":
        root = root[:-1]
    return root[:-1] if len(root) >= 5 and root.endswith(("t", "d")) and root[-2] not in _VOWELS else root


@lru_cache(maxsize=100_000)
def parts(word: str) -> tuple[str, ...]:
    """The words a compound is made of ("longfoto" → long, foto), or nothing when we do not know them both."""
    known = known_words()
    if len(word) < 7:
        return ()
    for cut in range(len(word) - 3, 2, -1):
        left, right = word[:cut], word[cut:]
        if not {right, right.removesuffix("s"), right.removesuffix("en")} & known:
            continue
        for link in ("", "s", "en", "n", "e"):
            bare = left.removesuffix(link) if link else left
            if bare != left or not link:
                if bare in known and len(bare) >= 3:
                    return (bare, right)
                if deeper := parts(bare):
                    return (*deeper, right)
    return ()


def terms(text: str) -> list[str]:
    """The stems of `text` in order, each compound followed by the stems of its parts; stop words left out."""
    found: list[str] = []
    said_nothing = stop_words()
    for word in words(text):
        if word not in said_nothing:
            found += _stems(word)
    return found


@lru_cache(maxsize=200_000)
def _stems(word: str) -> tuple[str, ...]:
    return (stem(word), *(stem(part) for part in parts(word)))
