"""The sentence in which a search word was found, with the word marked."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from html import escape
from itertools import chain, compress

from django.utils.safestring import SafeString

from transparency.search.normalise import parts, stem, words
from transparency.search.query import Concept, Term

LONGEST = 220  # characters
BEFORE = 80  # of them before the word that was found
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_TOKEN = re.compile(r"(\w[\w’'-]*)")
_SPECIAL = re.compile(r"[&<>\"']")


@lru_cache(maxsize=100_000)
def _terms(token: str) -> tuple[str, ...]:
    """The stems of a word as written, its own first, then those of its parts."""
    return tuple(term for word in words(token) for term in (stem(word), *(stem(part) for part in parts(word))))


class Hits(dict[str, bool]):
    """Whether a word, as written, was searched for. Keep one for a page: most words of its texts are the same."""

    def __init__(self, concepts: list[Concept]) -> None:
        # What was sought, concept by concept: a sentence with more of them says more.
        self.sought = [_needed(term for terms in concept.alternatives for term in terms) for concept in concepts]
        terms = [term for concept in self.sought for term in concept]
        self._exact = frozenset(term.text for term in terms)
        self._starts = tuple({term.text for term in terms if term.prefix})
        self._begun = [f" {term.text}" for term in terms]

    def may_stand_in(self, terms: str) -> bool:
        """Whether a word of which `terms` are the stems, each after a space, may have been searched for."""
        return any([begun in terms for begun in self._begun])

    def __missing__(self, token: str) -> bool:
        self[token] = found = self._is_hit(_terms(token))
        return found

    def _is_hit(self, terms: tuple[str, ...]) -> bool:
        for term in terms:
            if term in self._exact or term.startswith(self._starts):
                return True
        return False


def _needed(terms: Iterable[Term]) -> list[Term]:
    """Each of `terms` once, without those that begin with another of which every beginning counts."""
    each = list(dict.fromkeys(terms))
    begun = tuple(term.text for term in each if term.prefix)
    return [term for term in each if term.prefix or not term.text.startswith(begun)]


def mark(text: str, hits: Hits) -> SafeString:
    """`text`, escaped, with every word that was searched for in <mark>."""
    pieces = _TOKEN.split(text)  # every other piece is a word
    found = list(compress(range(1, len(pieces), 2), map(hits.__getitem__, pieces[1::2])))
    if _SPECIAL.search(text):  # most texts hold nothing to escape
        pieces = [escape(piece) for piece in pieces]
    for at in found:
        pieces[at] = f"<mark>{pieces[at]}</mark>"
    return SafeString("".join(pieces))  # escaped, or nothing to escape in it


def sentences(texts: Iterable[str]) -> str:
    """The sentences of `texts`, one per line: what `snippet` chooses from."""
    return "\n".join(sentence for text in texts for sentence in _SENTENCE.split(text) if sentence.strip())


def places(lines: str) -> str:
    """On which of `lines` each folded stem stands, to be kept with them: " foto:0.3 long:0 "."""
    found: dict[str, dict[str, None]] = {}
    for number, line in enumerate(lines.split("\n")):
        for token in _TOKEN.findall(line):
            for term in _terms(token):
                found.setdefault(term, {})[str(number)] = None
    return "".join(f" {term}:{'.'.join(numbers)}" for term, numbers in found.items()) + " "


def snippet(lines: str, where: str, hits: Hits) -> SafeString | None:
    """The first of the sentences `lines` with the most of what was sought, marked and cut to LONGEST, or None.

    `where` is what `places` says of them: to look there is some fifty times quicker than to read them.
    """
    found = [there for terms in hits.sought if (there := _lines(where, terms))]
    if not found:
        return None
    best = min(map(int, found[0] if len(found) == 1 else _most(found)))
    return mark(_cut(lines.split("\n", best + 1)[best], hits), hits)


def _most(found: list[set[str]]) -> list[str]:
    """What stands in most of the sets."""
    if every := set.intersection(*found):
        return list(every)
    number = Counter(chain.from_iterable(found))
    most = max(number.values())
    return [line for line, words in number.items() if words == most]


def _lines(where: str, terms: list[Term]) -> set[str]:
    """The numbers of the lines on which any of `terms` stands."""
    found: set[str] = set()
    for term in terms:
        sought = f" {term.text}" if term.prefix else f" {term.text}:"
        at = where.find(sought)
        while at >= 0:
            begin = where.index(":", at) + 1
            at = where.index(" ", begin)
            found.update(where[begin:at].split("."))
            at = where.find(sought, at) if term.prefix else -1  # a whole stem stands there once
    return found


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
