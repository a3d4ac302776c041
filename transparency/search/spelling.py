""" "Bedoelde u …": the nearest word of the register for a word that stands nowhere."""

import re
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from portal.audit.revision import current_revision
from transparency.models import SearchWord
from transparency.search.normalise import STOP_WORDS, parts, stem, words
from transparency.search.words import groups


@lru_cache(maxsize=1)
def _vocabulary(revision: int) -> tuple[dict[str, tuple[str, int]], frozenset[str]]:
    """Every word we know with how to show it and in how many records it stands; and the stems of all of them."""
    known = {word: (word, 0) for phrases, _ in groups() for phrase in phrases for word in phrase if len(word) > 3}
    known |= {w.word: (w.shown, w.records) for w in SearchWord.objects.all()}
    return known, frozenset(stem(word) for word in known)


def suggest(text: str) -> str | None:
    """`text` with its unknown words replaced by the nearest known ones, or None when nothing needs to change."""
    known, stems = _vocabulary(current_revision())
    typed = text.split()
    changed = False
    for place, piece in enumerate(typed):
        folded = words(piece)
        if len(folded) != 1 or _is_known(folded[0], known, stems):
            continue
        if nearest := _nearest(folded[0], known):
            typed[place], changed = nearest, True
    return " ".join(typed) if changed else None


def _is_known(word: str, known: dict[str, tuple[str, int]], stems: frozenset[str]) -> bool:
    if len(word) < 4 or word in STOP_WORDS or word in known or stem(word) in stems or parts(word):
        return True
    return any(other.startswith(word) for other in known)


# How Dutch people write what they hear: the same sound, another letter.
_SOUNDS = (
    (r"(.)\1+", r"\1"), (r"ij|y", "ei"), (r"ou", "au"), (r"ch", "g"), (r"dt\b|d\b", "t"), (r"ks", "x"), (r"ph", "f"),
    (r"th", "t"), (r"z", "s"), (r"v", "f"), (r"c(?=[eiy])", "s"), (r"c|q", "k"), (r"ie", "i"), (r"h", ""),
)  # fmt: skip


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """Roughly how a folded Dutch word sounds: "egte" and "echte", "verzeten" and "verzetten" become the same."""
    word = word.removesuffix("e")
    for pattern, letters in _SOUNDS:
        word = re.sub(pattern, letters, word)
    return word


def _nearest(word: str, known: dict[str, tuple[str, int]]) -> str | None:
    """One slip in a short word, two in a long one, or a word that sounds the same.

    The nearest in sound wins, then in letters, then the commonest, then the alphabet.
    """
    limit = 1 if len(word) <= 5 else 2
    found = process.extract(word, known.keys(), scorer=DamerauLevenshtein.distance, score_cutoff=limit, limit=30)
    distances = {hit[0]: int(hit[1]) for hit in found}
    spoken = sound(word)
    distances |= {other: limit for other in known if other not in distances and sound(other) == spoken}
    if not distances:
        return None

    def nearness(other: str) -> tuple[bool, int, bool, int, str]:
        return (
            sound(other) != spoken,
            distances[other],
            other[:1] != word[:1],
            -known[other][1],
            other,
        )

    return known[min(distances, key=nearness)][0]


def forget() -> None:
    """Drop the words in memory (tests go back in time; nothing else does)."""
    _vocabulary.cache_clear()
