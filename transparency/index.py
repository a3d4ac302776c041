"""Which records have which value, as bit sets in memory: built once per revision, so that counting is cheap.

A record's bit is its place in the order of the register: care before office, then the newest first (speed.md: counts
per filter 0.03 to 0.4 ms for 1,500 to 100,000 entries, against 2.3 to 114 ms for GROUP BY). A set is one number of GMP,
which counts the bits of two sets together in a third of the time of Python's own (portal/docs/adr/0015).
"""

import datetime
from array import array
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, islice

from gmpy2 import mpz, xmpz

from portal.audit.revision import current_revision
from transparency.facets import BY_KEY, FACETS
from transparency.models import PublicRecord, Tier

SORTS = ("relevance", "newest", "name", "provider")  # "relevance" without words is the order of the register
FEW = 64  # one in so many records: they are looked at one by one sooner than all in one list
WALK = 8_000  # looking at one hit costs as much as so many bits of an "and"
_MICROSECOND = datetime.timedelta(microseconds=1)
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
NONE = mpz()


@dataclass(frozen=True, kw_only=True)
class Index:
    """Bit sets over the records, with the orders in which they can be listed."""

    revision: int  # of the register that it tells of
    ids: tuple[int, ...]  # record id at each place
    place: dict[int, int]  # record id → place
    values: dict[str, dict[str, mpz]]  # facet → code, in the order in which people see them → bits
    codes: dict[str, tuple[tuple[str, ...], ...]]  # facet with many codes → those of each place, to count a few records
    orders: dict[str, tuple[int, ...]]  # sort → places in that order
    fitting: tuple[int, ...]  # places in the order of those that fit a search as well: care before office, by name
    fitting_rank: "array[int]"  # of each place, its number in that order
    living: mpz  # the bits of what has not ended
    entries: mpz  # the bits of what the register lists when nothing is asked
    counted: dict[str, dict[str, int]]  # facet → code → how many of those
    updated: "array[int]"  # when the record at each place was made: microseconds since 1970

    @cached_property
    def seen(self) -> dict[str, dict[str, int]]:
        """Facet with many codes → code → its number in the order in which people see them."""
        return {facet: {code: n for n, code in enumerate(self.values.get(facet, {}))} for facet in self.codes}

    @property
    def everything(self) -> mpz:
        """All records."""
        return (mpz(1) << len(self.ids)) - 1

    def having(self, facet: str, codes: Iterable[str]) -> mpz:
        """The records with one of `codes` in `facet`."""
        bits = NONE
        for code in codes:
            bits |= self.values.get(facet, {}).get(code, NONE)
        return bits

    def chosen(self, filters: Mapping[str, list[str]], within: mpz, leave_out: str = "") -> mpz:
        """The records of `within` that pass every filter but `leave_out`."""
        for facet, codes in filters.items():
            if codes and facet != leave_out:
                within &= self.having(facet, codes)
        return within

    def bits_of(self, ids: Iterable[int]) -> mpz:
        """The bits of record ids; an id that is not here (it came or went this moment) is passed over."""
        return bits_at([place for place in map(self.place.get, ids) if place is not None])

    def fitted(self, bits: mpz) -> Iterator[int]:
        """The places of `bits` as they are shown when they fit a search as well."""
        if bits.bit_count() * FEW < len(self.ids):
            yield from sorted(_places(bits), key=self.fitting_rank.__getitem__)
        else:
            yield from only(bits, self.fitting)

    def counts(self, facet: str, within: mpz) -> dict[str, int]:
        """How many records of `within` have each code of `facet`; codes nobody has are left out."""
        if within == self.entries:
            return self.counted.get(facet, {})
        values = self.values.get(facet, {})
        if facet in self.codes and within.bit_count() * WALK < len(values) * len(self.ids):
            codes, seen = self.codes[facet], self.seen[facet]
            found = Counter(chain.from_iterable(codes[place] for place in _places(within)))
            return {code: found[code] for code in sorted(found, key=seen.__getitem__)}
        return _count(values, within)

    def listed(self, bits: mpz, sort: str, start: int, size: int) -> list[int]:
        """The ids of `size` records of `bits` from number `start`, in the order `sort`."""
        if sort == "relevance":
            return [self.ids[place] for place in _page(bits, start, size)]
        return [self.ids[place] for place in islice(only(bits, self.orders[sort]), start, start + size)]

    def listed_after(self, bits: mpz, moment: int, pk: int, size: int) -> list[int]:
        """The ids of `size` records of `bits`, newest first, after one of `moment` (see `updated`) and `pk`.

        That one may be gone by now.
        """
        order = self.orders["newest"]
        first = bisect_right(order, (-moment, -pk), key=lambda place: (-self.updated[place], -self.ids[place]))
        return [self.ids[place] for place in islice(only(bits, islice(order, first, None)), size)]


def _count(values: Mapping[str, mpz], within: mpz) -> dict[str, int]:
    return {code: number for code, bits in values.items() if (number := (bits & within).bit_count())}


def only(bits: mpz, places: Iterable[int]) -> Iterator[int]:
    """Those of `places` whose bit is set; bytes are quicker to look into than one large number."""
    flags = bits.to_bytes(bits.bit_length() // 8 + 1, "little")
    return (place for place in places if place >> 3 < len(flags) and flags[place >> 3] >> (place & 7) & 1)


@lru_cache(maxsize=16)  # a page asks for those of one set a few times
def _places(bits: mpz) -> tuple[int, ...]:
    """The places of the set bits, the first first."""
    return tuple(xmpz(bits).iter_set())


def _page(bits: mpz, start: int, size: int) -> Iterator[int]:
    """The places of the set bits `start` to `start + size`, skipping whole blocks by their count."""
    base = 0
    for block in (4096, 64):  # large ones first: each step copies what is left
        mask = (mpz(1) << block) - 1
        while bits and start >= (count := (bits & mask).bit_count()):
            start -= count
            bits >>= block
            base += block
    place = bits.bit_scan1(0)
    while place is not None and size:
        if start:
            start -= 1
        else:
            yield base + place
            size -= 1
        place = bits.bit_scan1(place + 1)


def bits_at(places: Iterable[int]) -> mpz:
    """The set of these places."""
    bits = xmpz()  # a number that can be changed: an "or" per place would copy it each time
    for place in places:
        bits[place] = 1
    return mpz(bits)


def _seen(facet: str, codes: Iterable[str]) -> list[str]:
    """`codes` in the order in which people see them."""
    return BY_KEY[facet].sorted(codes) if facet in BY_KEY else list(codes)


@lru_cache(maxsize=1)
def index_at(revision: int) -> Index:
    """The index of what is public at `revision`, which is the present one."""
    columns = ("pk", "facets", "sort_key", "provider_key", "updated_at", "tier")
    rows = list(PublicRecord.objects.order_by("tier", "-updated_at", "-pk").values_list(*columns))
    found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for place, (_pk, facets, *_rest) in enumerate(rows):
        for facet, codes in facets.items():
            for code in codes:
                found[facet][code].append(place)
    places = range(len(rows))
    values = {facet: {code: bits_at(codes[code]) for code in _seen(facet, codes)} for facet, codes in found.items()}
    entries = values.get("what", {}).get("ENTRY", NONE)
    by_name = tuple(sorted(places, key=lambda p: (rows[p][2], rows[p][0])))
    fitting = tuple(sorted(by_name, key=lambda p: rows[p][5] == Tier.OFFICE))
    fitting_rank = array("I", bytes(4 * len(rows)))
    for number, place in enumerate(fitting):
        fitting_rank[place] = number
    many = [facet.key for facet in FACETS if facet.many]
    return Index(
        revision=revision,
        ids=tuple(row[0] for row in rows),
        place={row[0]: place for place, row in enumerate(rows)},
        updated=array("q", ((row[4] - _EPOCH) // _MICROSECOND for row in rows)),
        values=values,
        codes={facet: tuple(tuple(row[1].get(facet, ())) for row in rows) for facet in many},
        entries=entries,
        fitting=fitting,
        fitting_rank=fitting_rank,
        living=bits_at([place for place in places if rows[place][5] != Tier.ENDED]),
        counted={facet: _count(codes, entries) for facet, codes in values.items()},
        orders={
            "newest": tuple(sorted(places, key=lambda p: (rows[p][4], rows[p][0]), reverse=True)),
            "name": by_name,
            "provider": tuple(sorted(places, key=lambda p: (rows[p][3] or "~", rows[p][2], rows[p][0]))),
        },
    )


def current_index() -> Index:
    """The index of what is public now."""
    return index_at(current_revision())


def forget() -> None:
    """Drop the index (tests go back in time; nothing else does)."""
    index_at.cache_clear()
