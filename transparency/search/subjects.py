"""What a question is about, and whether anything that was found is about that.

Words also hit where they say little: "borstkanker" finds an AI for lungs that names both cancer and the chest. Who
asked must not read that as the answer. A question is about parts of the body and reasons for a visit (subjects.toml).
A record is so by its codes, or by what its name and summary say. All of it is in memory already.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from portal.core.paging import query_string
from transparency.facets import BY_KEY
from transparency.search.find import Found
from transparency.search.heads import heads
from transparency.search.normalise import parts, stem
from transparency.search.query import Concept
from transparency.search.words import folded_words, synonyms

FILE = Path(__file__).parent.parent / "subjects.toml"
COMPLAINT = ("", "")

Subject = tuple[str, str]  # facet, code


@dataclass(frozen=True, kw_only=True)
class Untold:
    """What somebody asked for and nothing is told about."""

    words: str  # as they were typed
    query: str  # for the address of the letter that asks a care provider


@cache
def _subjects() -> dict[str, Subject]:
    """Stem → what it names."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    rows = [(word, (row["facet"], row["code"])) for row in data["subject"] for word in row["words"]]
    rows += [(word, COMPLAINT) for word in data["complaints"]]
    return {stem(folded): subject for word, subject in rows for folded in folded_words(word)}


def _of_word(word: str) -> set[Subject]:
    """What `word` or its first or last part names; "vooroordelen" is not about the ear in its middle."""
    pieces = parts(word)
    named = map(stem, (word, *pieces[:1], *pieces[-1:]))
    return {_subjects()[root] for root in named if root in _subjects()}


@lru_cache(maxsize=10_000)
def subjects_of(typed: tuple[str, ...]) -> frozenset[Subject]:
    """What a concept names: by itself, by its parts, or by single words that mean the same.

    A known phrase may mean another thing than its words: "pijn op de borst" is about the heart.
    """
    alike = [phrase[0] for phrase in (typed, *synonyms().get(typed, ())) if len(phrase) == 1]
    return frozenset(subject for word in alike for subject in _of_word(word))


def untold(text: str, found: Found) -> Untold | None:
    """What `text` asks for when nothing in `found`, its answer, is about that."""
    named = {concept: subjects for concept in found.concepts if (subjects := subjects_of(concept.typed))}
    if any(COMPLAINT in subjects for subjects in named.values()):
        return None
    facets = {facet for subjects in named.values() for facet, _code in subjects}
    missing = {facet for facet in facets if not _is_told(facet, named, found)}
    about = {concept: sorted(s for s in subjects if s[0] in missing) for concept, subjects in named.items()}
    concepts = [concept for concept in about if about[concept]]
    if not concepts:
        return None
    facet, code = about[concepts[0]][0]
    return Untold(words=_as_typed(text, concepts), query=query_string([(BY_KEY[facet].param, code)]))


def _is_told(facet: str, named: Mapping[Concept, Iterable[Subject]], found: Found) -> bool:
    """Whether any record found has a code that was named, or says the word itself in its name or summary."""
    index = found.index
    codes = {code for subjects in named.values() for kind, code in subjects if kind == facet}
    if found.bits & index.having(facet, codes):
        return True
    in_name, in_key = heads(index)
    silent = index.everything & ~index.having(facet, index.values.get(facet, ()))
    for concept, subjects in named.items():
        if any(kind == facet for kind, _code in subjects):
            whole = _whole(concept)
            keyed = in_key.of(whole) & (silent if _is_bare(concept) else index.everything)
            if found.bits & (in_name.of(whole) | keyed):
                return True
    return False


def _whole(concept: Concept) -> Concept:
    """What `concept` is called in one word, or as it was typed: words apart may have to do with other things."""
    first, *others = concept.alternatives
    return replace(concept, alternatives=(first, *(terms for terms in others if len(terms) == 1)))


def _is_bare(concept: Concept) -> bool:
    """Whether it is no more than a name of the part of the body: many summaries mention one that they are not about."""
    return len(concept.typed) == 1 and stem(concept.typed[0]) in _subjects()


def _as_typed(text: str, concepts: Iterable[Concept]) -> str:
    """The words of `concepts` as they stand in `text`."""
    written = {folded: word for word in text.split() for folded in folded_words(word)}
    return " ".join(dict.fromkeys(written.get(word, word) for concept in concepts for word in concept.typed))
