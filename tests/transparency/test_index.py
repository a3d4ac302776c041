"""The bit sets count and list exactly as counting and listing by hand."""

import datetime
import random
from array import array
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.organisations import OrganisationFactory
from tests.factories.transparency import EntryFactory, published_entry
from transparency.index import SORTS, Index, _page, bits_at, current_index
from transparency.models import Entry, PublicRecord, Tier

SIZE = 300
SETTINGS = ("RADIOLOGY", "EMERGENCY", "GP", "PHARMACY", "WARD")
STATUSES = ("IN_USE", "PILOT", "STOPPED", "")
PLACES = ("Utrecht", "Goes", "’s-Hertogenbosch", "Ĳmuiden")


def random_record(entry: Entry, dice: random.Random, now: datetime.datetime) -> PublicRecord:
    """An unsaved record with random values; names, providers and dates collide on purpose."""
    facets = {
        "care_setting": dice.sample(SETTINGS, dice.randint(0, 3)),
        "status": [code for code in [dice.choice(STATUSES)] if code],
        "place": [dice.choice(PLACES)],
        "what": [dice.choice(["ENTRY", "ENTRY", "SYSTEM"])],
    }
    return PublicRecord(
        entry=entry, sort_key=dice.choice("abcde"), provider_key=dice.choice(["", "p", "q"]),
        updated_at=now.replace(day=dice.randint(1, 9)), facets=facets, card={},
        tier=dice.choice(Tier.values),
    )  # fmt: skip


@pytest.fixture
def rows(db, now):
    """300 random records in the database, newest first."""
    dice = random.Random(20261122)
    organisation = OrganisationFactory()
    entries = Entry.objects.bulk_create(EntryFactory.build_batch(SIZE, organisation=organisation))
    PublicRecord.objects.bulk_create(random_record(entry, dice, now) for entry in entries)
    return sorted(PublicRecord.objects.all(), key=lambda row: (row.updated_at, row.pk), reverse=True)


def having(row, facet, codes):
    return bool(set(codes) & set(row.facets[facet]))


def passes(row, filters):
    """AND between the filters, OR within one."""
    return all(having(row, facet, codes) for facet, codes in filters.items() if codes)


def random_filters(dice):
    choices = {"care_setting": SETTINGS, "status": STATUSES[:3], "place": PLACES, "what": ("ENTRY", "SYSTEM")}
    facets = dice.sample(sorted(choices), dice.randint(0, 3))
    return {facet: dice.sample(choices[facet], dice.randint(0, 2)) for facet in facets}


def test_counts_equal_counting_by_hand_under_any_filters(rows):
    dice, found = random.Random(1), current_index()

    for _round in range(60):
        filters = random_filters(dice)
        within = found.chosen(filters, found.everything)
        remaining = [row for row in rows if passes(row, filters)]
        for facet in ("care_setting", "status", "place", "what"):
            by_hand = {code: sum(having(row, facet, [code]) for row in remaining)
                       for code in {code for row in rows for code in row.facets[facet]}}  # fmt: skip
            assert found.counts(facet, within) == {code: number for code, number in by_hand.items() if number}


def test_counts_of_a_few_records_equal_counting_by_hand_in_the_order_of_the_filter(rows):
    found = current_index()

    for few in (rows[:1], rows[100:103], [rows[5], rows[299]]):
        counts = found.counts("place", found.bits_of([row.pk for row in few]))
        by_hand = Counter(place for row in few for place in row.facets["place"])
        assert counts == by_hand
        assert list(counts) == [place for place in found.values["place"] if place in by_hand]


@pytest.mark.parametrize("number", [1, 3, 40, SIZE])
def test_what_fits_as_well_is_in_order_of_care_before_office_and_name(rows, number):
    found = current_index()
    chosen = random.Random(3).sample(rows, number)

    places = list(found.fitted(found.bits_of([row.pk for row in chosen])))

    by_hand = sorted(chosen, key=lambda row: (row.tier == Tier.OFFICE, row.sort_key, row.pk))
    assert [found.ids[place] for place in places] == [row.pk for row in by_hand]


def test_what_ended_does_not_live(rows):
    found = current_index()

    living = found.listed(found.living, "name", 0, SIZE)

    assert set(living) == {row.pk for row in rows if row.tier != Tier.ENDED}


def test_chosen_can_leave_one_filter_out(rows):
    found = current_index()
    filters = {"status": ["PILOT"], "place": ["Goes"]}

    chosen = found.chosen(filters, found.everything, leave_out="status")

    assert chosen.bit_count() == sum(having(row, "place", ["Goes"]) for row in rows)


ORDERS = {
    "relevance": lambda row: (row.tier, -row.updated_at.timestamp(), -row.pk),
    "newest": lambda row: (-row.updated_at.timestamp(), -row.pk),
    "name": lambda row: (row.sort_key, row.pk),
    "provider": lambda row: (row.provider_key or "~", row.sort_key, row.pk),
}


@pytest.mark.parametrize("sort", SORTS)
def test_listing_equals_paging_by_hand_for_any_start_and_size(rows, sort):
    dice, found = random.Random(2), current_index()

    for _round in range(80):
        filters = random_filters(dice)
        start, size = dice.randint(0, SIZE + 10), dice.randint(0, 40)
        by_hand = [row.pk for row in sorted((r for r in rows if passes(r, filters)), key=ORDERS[sort])]
        bits = found.chosen(filters, found.everything)
        assert found.listed(bits, sort, start, size) == by_hand[start : start + size]


def test_every_sort_of_the_index_is_known_here():
    assert set(SORTS) == set(ORDERS)


def test_bits_of_ids_are_their_places_and_unknown_ids_are_passed_over(rows):
    found = current_index()
    chosen = [rows[0].pk, rows[7].pk, rows[299].pk]

    bits = found.bits_of([*chosen, 10**12])

    assert sorted(found.listed(bits, "relevance", 0, SIZE)) == sorted(chosen)


def test_unknown_facet_or_code_has_nothing(rows):
    found = current_index()

    assert found.having("kleur", ["ROOD"]) == 0
    assert found.having("status", ["ROOD"]) == 0
    assert found.counts("kleur", found.everything) == {}


@pytest.mark.django_db
def test_empty_register_has_an_empty_index():
    found = current_index()

    assert (found.ids, found.everything, found.listed(found.everything, "name", 0, 20)) == ((), 0, [])


@pytest.mark.django_db
def test_index_follows_each_publication():
    before = len(current_index().ids)

    published_entry()

    assert len(current_index().ids) == before + 1


# --- Skipping whole blocks ----------------------------------------------------------------------------------------


def naive(bits, start, size):
    places = [place for place in range(bits.bit_length()) if bits >> place & 1]
    return places[start : start + size]


@pytest.mark.parametrize("start", [0, 1, 4095, 4096, 4097, 8191, 8192, 9_999, 10_000, 20_000])
def test_places_of_more_records_than_a_block_holds(start):
    bits = bits_at(range(10_000))

    assert list(_page(bits, start, 20)) == list(range(start, min(start + 20, 10_000)))


@pytest.mark.parametrize("start", [0, 1, 2, 3, 4, 5])
def test_places_far_apart_are_found_over_empty_blocks(start):
    bits = bits_at([0, 4095, 4096, 30_000, 90_000])

    assert list(_page(bits, start, 2)) == naive(bits, start, 2)


@given(
    places=st.sets(st.integers(0, 20_000), max_size=60),
    start=st.integers(0, 80),
    size=st.integers(0, 80),
)
@settings(max_examples=100, deadline=None)
def test_places_equal_paging_by_hand(places, start, size):
    bits = bits_at(places)

    assert list(_page(bits, start, size)) == sorted(places)[start : start + size]


def test_listing_pages_over_more_records_than_a_block_holds():
    count = 9_000
    backwards = tuple(range(count))[::-1]
    found = Index(
        revision=1,
        ids=tuple(range(100, 100 + count)),
        place={pk: pk - 100 for pk in range(100, 100 + count)},
        values={},
        codes={},
        orders={"newest": backwards, "name": backwards, "provider": backwards},
        updated=array("q", range(count, 0, -1)),
        fitting=backwards,
        fitting_rank=array("I", backwards),
        living=bits_at(range(count)),
        entries=bits_at([]),
        counted={},
    )

    assert found.listed(found.everything, "relevance", 8_990, 20) == list(range(9_090, 9_100))
    assert found.listed(found.everything, "name", 8_990, 20) == list(range(109, 99, -1))


@given(st.lists(st.integers(0, 400), unique=True, max_size=120))
def test_bits_are_those_of_the_places_whether_few_or_many(places):
    assert bits_at(places) == sum(1 << place for place in places)
