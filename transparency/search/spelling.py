""" "Bedoelde u …": the nearest word of the register for a word that stands nowhere."""

import re
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import get_language
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from portal.audit.revision import current_revision
from transparency.models import SearchWord
from transparency.search.normalise import parts, stem, stop_words, words
from transparency.search.words import groups


@dataclass(frozen=True, kw_only=True)
class _Known:
    """What is no mistake, and what to suggest."""

    words: frozenset[str]
    stems: frozenset[str]
    suggested: dict[str, tuple[str, int]]  # word → how to show it, in how many records it stands
    by_sound: bool


@lru_cache(maxsize=2)
def _vocabulary(revision: int, language: str) -> _Known:
    """The words of one language; to a reader of English a Dutch word is no mistake, but it is never suggested."""
    listed = {word: (word, 0) for phrases, _ in groups() for phrase in phrases for word in phrase if len(word) > 3}
    counted: dict[str, dict[str, tuple[str, int]]] = {"nl": {}, "en": {}}
    for row in SearchWord.objects.all():
        counted[row.language][row.word] = (row.shown, row.records)
    dutch = listed | counted["nl"]
    known = frozenset(dutch | counted["en"] if language == "en" else dutch)
    return _Known(
        words=known,
        stems=frozenset(stem(word) for word in known),
        suggested=counted["en"] if language == "en" else dutch,
        by_sound=language == "nl",
    )


def suggest(text: str, revision: int | None = None) -> str | None:
    """`text` with its unknown words replaced by the nearest known ones, or None when nothing needs to change.

    Suggests words of the language of the page, from what is public (at the present `revision`).
    """
    known = _vocabulary(current_revision() if revision is None else revision, "en" if get_language() == "en" else "nl")
    typed = text.split()
    changed = False
    for place, piece in enumerate(typed):
        folded = words(piece)
        if len(folded) != 1 or _is_known(folded[0], known):
            continue
        if nearest := _nearest(folded[0], known):
            typed[place], changed = nearest, True
    return " ".join(typed) if changed else None


def _is_known(word: str, known: _Known) -> bool:
    if len(word) < 4 or word in stop_words() or word in known.words or stem(word) in known.stems or parts(word):
        return True
    return any(other.startswith(word) for other in known.words)


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


def _nearest(word: str, known: _Known) -> str | None:
    """One slip in a short word, two in a long one, or (in Dutch, whose sounds we know) a word that sounds the same.

    The nearest in sound wins, then in letters, then the commonest, then the alphabet.
    """
    limit = 1 if len(word) <= 5 else 2
    suggested = known.suggested
    found = process.extract(word, suggested.keys(), scorer=DamerauLevenshtein.distance, score_cutoff=limit, limit=30)
    distances = {hit[0]: int(hit[1]) for hit in found}
    spoken = sound(word) if known.by_sound else ""
    alike = {other for other in suggested if sound(other) == spoken} if spoken else set()
    distances |= dict.fromkeys(alike - distances.keys(), limit)
    if not distances:
        return None

    def nearness(other: str) -> tuple[bool, int, bool, int, str]:
        return (
            other not in alike,
            distances[other],
            other[:1] != word[:1],
            -suggested[other][1],
            other,
        )

    return suggested[min(distances, key=nearness)][0]


def forget() -> None:
    """Drop the words in memory (tests go back in time; nothing else does)."""
    _vocabulary.cache_clear()
