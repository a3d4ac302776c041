"""Which entry a record is about: by its numbers and our address, never by its name; each comes in once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from portal.organisations.models import Organisation
from tests.factories.transparency import published_entry
from tests.transparency.exchange.helpers import DATA, RECORD, as_bytes, one, outcomes, planned, take_in, written
from tests.transparency.exchange.strategies import patient
from transparency.exchange import files
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


# --- Whose it is ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("publish", [False, True])
def test_a_number_that_another_organisation_uses_changes_nothing_and_is_told(publish):
    take_in(one(), publish=publish)

    made = take_in(one(organization="Gemeente B", goal="Anders."), publish=publish)

    assert (outcomes(made), made.items[0].told()[-1].cleaned) == (["waiting"], "Zorggroep")
    assert "Is het dezelfde organisatie?" in made.items[0].told()[-1].reason
    assert NationalRecord.objects.get().content["purpose"] == "Doel."


@pytest.mark.parametrize("name", ["Zorggroep (ZG)", "Stichting Zorggroep", "ZORGGROEP", "Lindezoom"])
def test_an_organisation_may_be_called_otherwise(name):
    take_in(one())
    Organisation.objects.update(also_known_as=["Lindezoom"])

    assert outcomes(take_in(one(organization=name, goal="Anders."))) == ["changed"]


def test_an_own_entry_of_an_organisation_that_was_not_asked_for_stays():
    code = "4b0a7f3e-64b5-4fd5-9d4c-9f5b1e3f5a01"
    for owner, wanted in (("Zorggroep", frozenset()), ("Ander", frozenset({"ander"}))):
        entry = {"id": code, "organisation": {"name": owner}, "content": {"name": f"Van {owner}"}}
        made = take_in(
            as_bytes({"format": "toepassingen", "entries": [entry]}), publish=True, organisations=wanted
        )  # fmt: skip

    assert outcomes(made) == ["waiting"]
    assert Entry.objects.get().current_version.content["name"] == "Van Zorggroep"


# --- Without a number -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way_out", [files.national_json, files.national_csv])
def test_a_record_without_a_number_is_found_when_it_comes_back_from_us(way_out):
    take_in(b'name,organization,status,goal,category\nHulp,Zorggroep,in gebruik,"a, b",Zorg\n', publish=True)

    take_in(written(way_out).encode(), publish=True)

    assert Entry.objects.count() == 1


def test_a_template_is_found_when_it_comes_back_from_us():
    take_in(DATA / "Leverancier_Drie.json", publish=True)
    there = Entry.objects.count()

    made = take_in(written(files.national_json).encode(), publish=True)

    assert (set(outcomes(made)), Entry.objects.count()) == ({"unchanged"}, there)


def test_a_record_without_a_number_that_says_something_else_is_new():
    take_in(one(lars=None), publish=True)

    assert outcomes(take_in(one(lars=None, goal="Anders."))) == ["new"]


def test_many_lines_with_one_number_are_looked_up_once(django_assert_max_num_queries):
    take_in(one())
    many = as_bytes([{**RECORD, "goal": f"Doel {number}."} for number in range(60)])

    with django_assert_max_num_queries(12):
        made = planned(many)

    assert (outcomes(made).count("double"), len(made.items[0].understood.row.others)) == (59, 59)
