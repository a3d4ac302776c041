"""Where words stand in names and summaries, in memory: enough to choose which of many records to rank.

Built once per revision, when somebody searches first (260,000 postings for 10,000 entries, under 1 MB).
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import and_

from gmpy2 import mpz

from transparency.index import NONE, Index, bits_at, index_at
from transparency.models import PublicRecord
from transparency.search.query import Concept, Term


@dataclass(frozen=True, kw_only=True)
class Heads:
    """One column: at which places of the index (`transparency.index`) each folded stem stands."""

    places: "dict[str, array[int] | mpz]"  # a list of places, or bits where those take less room
    terms: list[str]  # those of `places`, in order

    def of(self, concept: Concept) -> mpz:
        """The bits of the places where any alternative of `concept` stands whole."""
        found = NONE
        for terms in concept.alternatives:
            found |= reduce(and_, map(self._of, terms))
        return found

    def _of(self, term: Term) -> mpz:
        bits, few = NONE, array("I")
        for text in self._begun(term.text) if term.prefix else (term.text,):
            there = self.places.get(text, NONE)
            if isinstance(there, array):
                few += there
            else:
                bits |= there
        return bits | bits_at(few) if few else bits

    def _begun(self, text: str) -> Iterator[str]:
        """The terms that begin with `text`."""
        for at in range(bisect_left(self.terms, text), len(self.terms)):
            if not self.terms[at].startswith(text):
                break
            yield self.terms[at]


def _column(rows: Iterable[tuple[int, str]], size: int) -> Heads:
    found: dict[str, array[int]] = defaultdict(lambda: array("I"))
    for place, terms in rows:
        for term in terms.split():
            found[term].append(place)
    room = size // 8  # bytes that bits may take
    kept = {term: bits_at(there) if there.itemsize * len(there) > room else there for term, there in found.items()}
    return Heads(places=kept, terms=sorted(found))


@lru_cache(maxsize=1)
def _build(revision: int) -> tuple[Heads, Heads]:
    place = index_at(revision).place
    rows = PublicRecord.objects.values_list("pk", "name_terms", "key_terms")
    there = [(place[pk], name, key) for pk, name, key in rows.iterator() if pk in place]
    names, keys = ((at, name) for at, name, _key in there), ((at, key) for at, _name, key in there)
    return _column(names, len(place)), _column(keys, len(place))


def heads(index: Index) -> tuple[Heads, Heads]:
    """What stands in the names, and in the summaries, search words and labels, of the records in `index`."""
    return _build(index.revision)


def forget() -> None:
    """Drop them (tests go back in time; nothing else does)."""
    _build.cache_clear()
