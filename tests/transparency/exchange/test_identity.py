"""Which entry a record is about: by its numbers and our address, never by its name; each comes in once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.factories.transparency import published_entry
from tests.transparency.exchange.helpers import RECORD, as_bytes, one, outcomes, take_in
from tests.transparency.exchange.strategies import patient
from transparency.models import Entry, NationalRecord

pytestmark = pytest.mark.django_db


def test_two_records_of_one_name_are_two_entries():
    take_in(as_bytes([RECORD, {**RECORD, "lars": "2"}]))

    assert Entry.objects.count() == 2


def test_a_record_is_found_by_its_source_id_within_its_organisation():
    take_in(one(lars=None, source_id="A-1"))

    assert outcomes(take_in(one(lars=None, source_id="A-1", name="Andere naam"))) == ["changed"]


def test_the_same_source_id_of_another_organisation_is_another_record():
    take_in(one(lars=None, source_id="A-1"))

    assert outcomes(take_in(one(lars=None, source_id="A-1", organization="Andere groep"))) == ["new"]


def test_another_number_is_another_record_even_with_the_same_source_id():
    take_in(one(source_id="A-1"))

    assert outcomes(take_in(one(source_id="A-1", lars="2"))) == ["new"]


def test_a_record_is_found_by_our_own_address():
    entry = published_entry()

    made = take_in(one(lars=None, url=f"https://aimz.example/api/v1/toepassingen/{entry.uuid}"))

    assert made.items[0].entry_id == entry.pk


def test_the_address_of_another_site_is_not_ours():
    entry = published_entry()

    made = take_in(one(lars=None, url=f"https://elders.example/api/v1/toepassingen/{entry.uuid}"))

    assert outcomes(made) == ["new"]


def test_a_record_without_any_number_is_known_by_being_the_same():
    take_in(one(lars=None))

    assert outcomes(take_in(one(lars=None))) == ["unchanged"]


def test_a_record_that_stands_twice_comes_in_once_and_both_are_kept():
    made = take_in(as_bytes([RECORD, {**RECORD, "goal": "Anders."}]))

    assert (outcomes(made), NationalRecord.objects.get().others[0]["goal"]) == (["new", "double"], "Anders.")


@pytest.mark.parametrize("publish", [False, True])
def test_a_file_with_a_record_that_stands_twice_changes_nothing_the_second_time(publish):
    file = as_bytes([RECORD, {**RECORD, "goal": "Anders."}])
    take_in(file, publish=publish)

    assert outcomes(take_in(file, publish=publish)) == ["unchanged", "double"]


@pytest.mark.parametrize("key", ["lars", "source_id"])
def test_a_word_that_is_no_number_does_not_make_two_records_one(key):
    records = [{"name": name, "organization": "Zorggroep", key: "n.v.t."} for name in ("Een", "Twee")]

    assert outcomes(take_in(as_bytes(records))) == ["new", "new"]


@pytest.mark.parametrize("key", ["lars", "source_id", "url"])
@pytest.mark.parametrize("value", ["1\ud800", "1\0", "https://a.example/\ud800", "x" * 400])
def test_a_strange_number_or_address_can_be_saved_and_found_again(key, value):
    file = as_bytes([{"name": "Hulp", "organization": "Zorggroep", key: value}])
    take_in(file)

    assert outcomes(take_in(file)) == ["unchanged"]


def test_our_own_json_with_one_code_twice_comes_in_once():
    document = {"content": {"name": "Hulp"}}
    codes = ["6a1d58a0-0000-4000-8000-000000000001", "{6A1D58A0-0000-4000-8000-000000000001}"]
    entries = [{**document, "id": code, "organisation": {"name": f"Huis {code}"}} for code in codes]

    made = take_in(as_bytes({"format": "toepassingen", "entries": entries}))

    assert outcomes(made) == ["new", "double"]


NUMBERED = st.fixed_dictionaries({
    "name": st.just("Hulp"),
    "organization": st.sampled_from(["Zorggroep", "Huis"]),
    "lars": st.sampled_from([None, "1", "2"]),
    "source_id": st.sampled_from([None, "A", "B"]),
    "goal": st.sampled_from(["Een.", "Twee."]),
})  # fmt: skip


class GeneratedNumbers(TestCase):
    """Records of which numbers are the same in any way."""

    @patient
    @given(st.lists(NUMBERED, max_size=6), st.booleans())
    def test_a_second_time_changes_nothing_whichever_numbers_are_the_same(self, records, publish):
        take_in(as_bytes(records), publish=publish)

        again = outcomes(take_in(as_bytes(records), publish=publish, now=None))

        assert set(again) <= {"unchanged", "double"}
