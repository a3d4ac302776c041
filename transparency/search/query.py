"""From what somebody typed to a tree that both databases understand.

A query is a list of concepts. A concept is one word or a known phrase with everything that means the same:
alternatives, each a tuple of terms that must all be there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from transparency.search.normalise import parts, stem, stop_words, words
from transparency.search.words import synonyms

MAX_WORDS = 40  # of what somebody typed
MAX_CONCEPTS = 12  # more make a search slower, not better
LONGEST_PHRASE = 6


@dataclass(frozen=True, kw_only=True)
class Term:
    """One stem; with `prefix` also every word that starts with it."""

    text: str
    prefix: bool = False


@dataclass(frozen=True, kw_only=True)
class Concept:
    """What one part of the query may be called. The first alternative is what was typed."""

    typed: tuple[str, ...]  # folded words, as typed
    alternatives: tuple[tuple[Term, ...], ...]


def _typed_term(word: str) -> Term:
    root = stem(word)
    return Term(text=root, prefix=len(root) >= 4)


def _concept(phrase: tuple[str, ...]) -> Concept:
    alternatives = [tuple(_typed_term(word) for word in phrase if word not in stop_words())]
    if len(phrase) == 1 and (pieces := parts(phrase[0])):
        alternatives.append(tuple(Term(text=stem(piece)) for piece in pieces))
    alternatives += [
        tuple(Term(text=stem(word)) for word in other if word not in stop_words())
        for other in synonyms().get(phrase, ())
    ]
    unique = dict.fromkeys(alternative for alternative in alternatives if alternative)
    return Concept(typed=phrase, alternatives=tuple(unique))


def _stems(phrase: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(stem(word) for word in phrase)


@cache
def _known_by_stem() -> dict[tuple[str, ...], tuple[str, ...]]:
    return {_stems(phrase): phrase for phrase in synonyms()}


def parse(text: str) -> list[Concept]:
    """The concepts of `text`, known phrases taken whole; stop words only count inside a phrase."""
    typed = words(text)[:MAX_WORDS]
    known, by_stem = synonyms(), _known_by_stem()
    found, at = [], 0
    while at < len(typed):
        for length in range(min(LONGEST_PHRASE, len(typed) - at), 0, -1):
            phrase = tuple(typed[at : at + length])
            phrase = phrase if phrase in known else by_stem.get(_stems(phrase), phrase)
            if phrase in known or length == 1:
                break
        if length > 1 or typed[at] not in stop_words():
            found.append(_concept(phrase))
        at += length
    in_phrases = {(word,) for concept in found if len(concept.typed) > 1 for word in concept.typed}
    said_once = (c for c in dict.fromkeys(found) if c.alternatives and c.typed not in in_phrases)
    return list(said_once)[:MAX_CONCEPTS]


def as_fts5(concepts: list[Concept]) -> str:
    """An FTS5 expression for what has all concepts."""
    return _expression(concepts, " AND ", " OR ", lambda term: f'"{term.text}"{"*" if term.prefix else ""}')


def as_tsquery(concepts: list[Concept]) -> str:
    """The same as PostgreSQL's tsquery."""
    return _expression(concepts, " & ", " | ", lambda term: f"'{term.text}'{':*' if term.prefix else ''}")


def _expression(concepts: list[Concept], both: str, either: str, shown: Callable[[Term], str]) -> str:
    return both.join(
        "(" + either.join("(" + both.join(map(shown, terms)) + ")" for terms in concept.alternatives) + ")"
        for concept in concepts
    )
