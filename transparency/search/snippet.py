"""The sentence in which a search word was found, with the word marked."""

import re
from collections.abc import Iterable
from functools import lru_cache

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from transparency.search.normalise import parts, stem, words
from transparency.search.query import Concept

LONGEST = 220  # characters
BEFORE = 80  # of them before the word that was found
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_TOKEN = re.compile(r"(\w[\w’'-]*)")


@lru_cache(maxsize=100_000)
def _terms(token: str) -> tuple[str, ...]:
    """The stems of a word as written, its own first, then those of its parts."""
    return tuple(term for word in words(token) for term in (stem(word), *(stem(part) for part in parts(word))))


class Hits(dict[str, bool]):
    """Whether a word, as written, was searched for. Keep one for a page: most words of its texts are the same."""

    def __init__(self, concepts: list[Concept]) -> None:
        sought = [term for c in concepts for alternative in c.alternatives for term in alternative]
        self._exact = frozenset(term.text for term in sought)
        self._starts = tuple({term.text for term in sought if term.prefix})

    def __missing__(self, token: str) -> bool:
        found = _terms(token)
        self[token] = not self._exact.isdisjoint(found) or any(term.startswith(self._starts) for term in found)
        return self[token]


def mark(text: str, hits: Hits) -> SafeString:
    """`text`, escaped, with every word that was searched for in <mark>."""
    pieces = [
        format_html("<mark>{}</mark>", piece) if _TOKEN.fullmatch(piece) and hits[piece] else conditional_escape(piece)
        for piece in _TOKEN.split(text)
    ]
    return mark_safe("".join(pieces))  # noqa: S308 (every piece is escaped)


def snippet(texts: Iterable[str], hits: Hits) -> SafeString | None:
    """The sentence of `texts` with the most hits, marked and cut to LONGEST; None when none has one."""
    best, most = "", 0
    for text in texts:
        if not any(map(hits.__getitem__, _TOKEN.findall(text))):
            continue
        for sentence in _SENTENCE.split(text):
            number = len({_terms(token)[0] for token in filter(hits.__getitem__, _TOKEN.findall(sentence))})
            if number > most:
                best, most = sentence, number
    return mark(_cut(best, hits), hits) if most else None


def _cut(sentence: str, hits: Hits) -> str:
    """`sentence` cut to LONGEST around its first hit, at the ends of words."""
    if len(sentence) <= LONGEST:
        return sentence
    hit = next(match for match in _TOKEN.finditer(sentence) if hits[match[0]])
    start = max(0, hit.start() - BEFORE)
    start = 0 if start == 0 else sentence.find(" ", start, hit.start()) + 1 or hit.start()
    piece = sentence[start : start + LONGEST]
    if start + LONGEST < len(sentence):
        piece = piece[: max(piece.rfind(" "), hit.end() - start)] + " …"
    return ("… " if start else "") + piece
