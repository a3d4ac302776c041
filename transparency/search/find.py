"""Searching the register: candidates from the database, an integer rank of our own, the same on both databases."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import chain, islice
from operator import and_, mul, or_
from typing import NamedTuple

from gmpy2 import mpz

from portal.core.replica import one_of, read_rows, reading_connection
from transparency.index import NONE, Index, bits_at, current_index, only
from transparency.models import Tier
from transparency.search.heads import heads
from transparency.search.normalise import words
from transparency.search.query import Concept, as_fts5, as_tsquery, parse
from transparency.search.worth import IN_NAME, WEIGHTS, Sought

CANDIDATES = 2000  # found at most; the page says so when there are more (speed.md)
RANKED = 40  # of them ranked by all they say: the first two pages
ENOUGH = 10  # with fewer hits on all words, hits on some of them are added
FALL_OFF = 0.4  # a hit on some words must reach this part of the best score

ROUGH = {"name": 30, "key": 11, "text": 3}  # the same, as far as it is known before a record is read
FIRST = 10_000  # more than all words of a question together
WHOLE_NAME = 400
ALL_IN_NAME = 120
ALL_CONCEPTS = 60


@dataclass(frozen=True, kw_only=True)
class Found:
    """The records found, as places and bits of `index`."""

    index: Index
    concepts: list[Concept]  # what was sought
    best: list[int]  # places, ranked by all that the records say
    rest: list[mpz]  # bits of what comes after, in groups that deserve it less and less
    bits: mpz  # of all of them
    names: dict[int, str]  # record id → the terms of its name, each between spaces, of those that were ranked
    complete: int  # how many have every word
    more: bool  # the candidates were cut off

    @property
    def ids(self) -> list[int]:
        """The record ids of all of them, best first."""
        return [self.index.ids[place] for place in self.places(self.bits)]

    def places(self, within: mpz) -> Iterator[int]:
        """The places of those of the bits `within`, best first."""
        yield from only(within, self.best)
        yield from chain.from_iterable(self.index.fitted(bits & within) for bits in self.rest)


class _Row(NamedTuple):
    """What is ranked; terms stand between spaces."""

    pk: int
    sort_key: str
    tier: int
    name: str
    key: str
    text: str
    inherited: str


# Those that came last into the register. To sort by their dates the database would read every hit: for a common word
# on 10,000 entries 43 ms instead of 12.
# One row, because Python lets go of its lock for every row that SQLite steps to.
_SQLITE = """
SELECT group_concat(rowid) FROM (
    SELECT rowid FROM transparency_search WHERE transparency_search MATCH %s ORDER BY rowid DESC LIMIT %s
)
"""
_POSTGRES = "SELECT transparency_newest(%s::tsquery, %s)"  # the same (migration 0019)
_TERMS = ", ".join(f"' ' || r.{name}_terms || ' '" for name in WEIGHTS)
_ROWS = f"SELECT r.id, r.sort_key, r.tier, {_TERMS} FROM transparency_publicrecord r WHERE r.id"  # noqa: S608


def _matching(index: Index, concepts: list[Concept]) -> mpz:
    """The bits of the records that have every one of `concepts`; the newest when there are more than CANDIDATES."""
    if reading_connection().vendor == "postgresql":
        rows = read_rows(_POSTGRES, [as_tsquery(concepts), CANDIDATES])
    else:
        rows = read_rows(_SQLITE, [as_fts5(concepts), CANDIDATES])
    ids = rows[0][0]
    return index.bits_of(map(int, ids.split(","))) if ids else NONE


def _rows(ids: list[int]) -> list[_Row]:
    if not ids:
        return []
    is_one, parameters = one_of(ids)
    return [_Row._make(row) for row in read_rows(f"{_ROWS} {is_one}", parameters)]


def rank(text: str, concepts: list[Concept], rarity: list[int], rows: list[_Row]) -> list[tuple[int, int, _Row]]:
    """(score, concepts hit, row) for each row, best first; `rarity` is how much each concept counts.

    What lives goes before what ended, then what has every word before what has some. Ties: care before office, then
    by name, then by id.
    """
    ranked = []
    whole, sought = " ".join(words(text)), [Sought(concept) for concept in concepts]
    as_first_words = f"{whole} "
    for row in rows:
        worth = [one.worth(row[3:]) for one in sought]
        score = sum(map(mul, worth, rarity))
        found = len(worth) - worth.count(0)
        if found == len(concepts):
            score += ALL_CONCEPTS
        if min(worth) >= IN_NAME:
            score += ALL_IN_NAME
        if row.sort_key == whole or row.sort_key.startswith(as_first_words):
            score += WHOLE_NAME
        ranked.append((score, found, row))
    return sorted(ranked, key=lambda item: _place(item, len(concepts)))


def _place(item: tuple[int, int, _Row], concepts: int) -> tuple[bool, bool, int, bool, str, int]:
    score, found, row = item
    return (row.tier == Tier.ENDED, found < concepts, -score, row.tier == Tier.OFFICE, row.sort_key, row.pk)


def _rarity(hits: list[int], total: int) -> list[int]:
    """A word that few candidates have says more than one that all have: 4 for the rarest, 1 for the commonest."""
    return [1 + (3 * (total - number)) // max(total, 1) for number in hits]


def _groups(index: Index, concepts: list[Concept], rarity: list[int], having: list[mpz], every: mpz) -> list[mpz]:
    """Bits in groups, those that deserve most to be ranked first: by what names and summaries say.

    `having`: the records that have each concept anywhere; `every`: those that have all, which come first.
    """
    in_name, in_key = heads(index)
    scored = {FIRST: every, 0: reduce(or_, having) & ~every}
    for concept, weight, there in zip(concepts, rarity, having, strict=True):
        named = in_name.of(concept) & there
        keyed = in_key.of(concept) & there & ~named
        parts = {ROUGH["name"]: named, ROUGH["key"]: keyed, ROUGH["text"]: there & ~named & ~keyed, 0: ~there}
        split: dict[int, mpz] = defaultdict(mpz)
        for score, bits in scored.items():
            for worth, part in parts.items():
                if both := bits & part:
                    split[score + worth * weight] |= both
        scored = split
    groups = [scored[score] for score in sorted(scored, reverse=True)]
    return [*(bits & index.living for bits in groups), *(bits & ~index.living for bits in groups)]


def find(text: str, index: Index | None = None) -> Found | None:
    """Search for `text` in what `index` (the present one) tells of; None when it holds no word to search for.

    The database says which records have the words, names and summaries in memory which of them may be the best, and
    those RANKED are ranked by all that they say; the others follow as they were chosen.
    """
    concepts = parse(text)
    if not concepts:
        return None
    index = index or current_index()
    every = _matching(index, concepts)
    more = every.bit_count() >= CANDIDATES
    if more:  # name hits must not fall off the end
        every |= reduce(and_, (heads(index)[0].of(concept) for concept in concepts))
    having = [every] * len(concepts)
    if every.bit_count() < ENOUGH and len(concepts) > 1:
        having = [_matching(index, [concept]) | every for concept in concepts]
    whole = reduce(or_, having)
    rarity = _rarity([there.bit_count() for there in having], whole.bit_count())
    if whole.bit_count() <= RANKED:
        groups = [whole]  # all are ranked: nothing to choose
    else:
        groups = _groups(index, concepts, rarity, having, every)
    chosen = list(islice(chain.from_iterable(map(index.fitted, groups)), RANKED))
    rows = _rows([index.ids[place] for place in chosen])
    best = [index.place[pk] for pk in _best(text, concepts, rarity, rows)]
    others = every & ~bits_at(chosen)
    rest = [bits & others for bits in groups]
    return Found(
        index=index, concepts=concepts, best=best, rest=rest, bits=bits_at(best) | others,
        names={row.pk: row.name for row in rows}, complete=every.bit_count(), more=more,
    )  # fmt: skip


def _best(text: str, concepts: list[Concept], rarity: list[int], rows: list[_Row]) -> list[int]:
    """The ids of `rows` that are good enough, best first."""
    ranked = rank(text, concepts, rarity, rows)
    living = [score for score, _, row in ranked if row.tier != Tier.ENDED]  # what ended never hides what lives
    floor = max(living or (score for score, _, _ in ranked), default=0) * FALL_OFF
    return [row.pk for score, number, row in ranked if number == len(concepts) or score >= floor]
