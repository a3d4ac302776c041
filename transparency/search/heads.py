"""Where words stand in names and summaries, in memory: enough to choose which of many records to rank.

Built once per revision, when somebody searches first (260,000 postings for 10,000 entries, 1 MB).
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from transparency.index import Index, index_at
from transparency.models import PublicRecord
from transparency.search.query import Concept, Term


@dataclass(frozen=True, kw_only=True)
class Heads:
    """One column: at which places of the index (`transparency.index`) each folded stem stands."""

    places: dict[str, "array[int]"]
    terms: list[str]  # those of `places`, in order

    def of(self, concept: Concept) -> set[int]:
        """The places where any alternative of `concept` stands whole."""
        found: set[int] = set()
        for terms in concept.alternatives:
            found |= set.intersection(*(self._of(term) for term in terms))
        return found

    def _of(self, term: Term) -> set[int]:
        if not term.prefix:
            return set(self.places.get(term.text, ()))
        found: set[int] = set()
        for at in range(bisect_left(self.terms, term.text), len(self.terms)):
            if not self.terms[at].startswith(term.text):
                break
            found.update(self.places[self.terms[at]])
        return found


def _column(rows: Iterable[tuple[int, str]]) -> Heads:
    found: dict[str, array[int]] = defaultdict(lambda: array("I"))
    for place, terms in rows:
        for term in terms.split():
            found[term].append(place)
    return Heads(places=dict(found), terms=sorted(found))


@lru_cache(maxsize=1)
def _build(revision: int) -> tuple[Heads, Heads]:
    place = index_at(revision).place
    rows = PublicRecord.objects.values_list("pk", "name_terms", "key_terms")
    there = [(place[pk], name, key) for pk, name, key in rows.iterator() if pk in place]
    return _column((at, name) for at, name, _key in there), _column((at, key) for at, _name, key in there)


def heads(index: Index) -> tuple[Heads, Heads]:
    """What stands in the names, and in the summaries, search words and labels, of the records in `index`."""
    return _build(index.revision)


def forget() -> None:
    """Drop them (tests go back in time; nothing else does)."""
    _build.cache_clear()
