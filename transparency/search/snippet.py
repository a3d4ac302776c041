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


def _stems(concepts: list[Concept]) -> tuple[frozenset[str], tuple[str, ...]]:
    exact = {term.text for c in concepts for alternative in c.alternatives for term in alternative}
    starts = {term.text for c in concepts for alternative in c.alternatives for term in alternative if term.prefix}
    return frozenset(exact), tuple(starts)


@lru_cache(maxsize=100_000)
def _terms(token: str) -> tuple[str, ...]:
    """The stems of a word as written, its own first, then those of its parts."""
    return tuple(term for word in words(token) for term in (stem(word), *(stem(part) for part in parts(word))))


def _is_hit(token: str, exact: frozenset[str], starts: tuple[str, ...]) -> bool:
    found = _terms(token)
    return not exact.isdisjoint(found) or any(term.startswith(starts) for term in found)


def mark(text: str, concepts: list[Concept]) -> SafeString:
    """`text`, escaped, with every word that was searched for in <mark>."""
    exact, starts = _stems(concepts)
    pieces = [
        format_html("<mark>{}</mark>", piece) if _TOKEN.fullmatch(piece) and _is_hit(piece, exact, starts)
        else conditional_escape(piece)
        for piece in _TOKEN.split(text)
    ]  # fmt: skip
    return mark_safe("".join(pieces))  # noqa: S308 (every piece is escaped)


def snippet(texts: Iterable[str], concepts: list[Concept], seen: dict[str, bool] | None = None) -> SafeString | None:
    """The sentence of `texts` with the most hits, marked and cut to LONGEST; None when none has one.

    `seen` keeps which words are hits: give one to all snippets of a page, most of their words are the same.
    """
    exact, starts = _stems(concepts)
    seen = {} if seen is None else seen
    best, most = "", 0
    for text in texts:
        hit = {token for token in set(_TOKEN.findall(text)) if _seen(token, seen, exact, starts)}
        for sentence in _SENTENCE.split(text) if hit else ():
            hits = len({_terms(token)[0] for token in _TOKEN.findall(sentence) if token in hit})
            if hits > most:
                best, most = sentence, hits
    if not most:
        return None
    return mark(_cut(best, exact, starts), concepts)


def _seen(token: str, seen: dict[str, bool], exact: frozenset[str], starts: tuple[str, ...]) -> bool:
    if token not in seen:
        seen[token] = _is_hit(token, exact, starts)
    return seen[token]


def _cut(sentence: str, exact: frozenset[str], starts: tuple[str, ...]) -> str:
    """`sentence` cut to LONGEST around its first hit, at the ends of words."""
    if len(sentence) <= LONGEST:
        return sentence
    hit = next(match for match in _TOKEN.finditer(sentence) if _is_hit(match[0], exact, starts))
    start = max(0, hit.start() - BEFORE)
    start = 0 if start == 0 else sentence.find(" ", start, hit.start()) + 1 or hit.start()
    piece = sentence[start : start + LONGEST]
    if start + LONGEST < len(sentence):
        piece = piece[: max(piece.rfind(" "), hit.end() - start)] + " …"
    return ("… " if start else "") + piece
