"""What comes in goes out the same: the national standard through us, and our entries through the standard."""

import json
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from portal.organisations.models import Organisation
from tests.factories.transparency import COMPLETE, published_entry
from tests.transparency.exchange.helpers import DATA, NOW, as_bytes, data_json, national, outcomes, take_in, written
from tests.transparency.exchange.strategies import VALID, patient
from transparency.actions.publishing import publish_entry
from transparency.exchange import files
from transparency.exchange.detect import read_data
from transparency.exchange.exporting import public_entries
from transparency.models import Entry

pytestmark = pytest.mark.django_db


def edit(entry, **answers):
    """Publish a next version with these answers."""
    content = {**entry.current_version.content, **answers}
    publish_entry(entry=entry, content=content, reason="Bewerkt.", responsible="Redactie", by=None, now=NOW)


def start_elsewhere():
    """What stands here becomes unknown and is left out: as if the file goes to another installation."""
    for entry in Entry.objects.select_related("organisation"):
        Entry.objects.filter(pk=entry.pk).update(uuid=uuid.uuid4(), slug=f"oud-{entry.pk}")
        Organisation.objects.filter(pk=entry.organisation_id).update(is_example=True)


def test_valid_records_come_back_value_for_value():
    take_in(DATA / "national.json", publish=True)

    assert national() == data_json("national.json")


def test_the_name_of_an_organisation_comes_back_as_it_came():
    record = {**data_json("national.json")[0], "organization": "Zorggroep <Noord> B"}
    take_in(as_bytes([record]), publish=True)

    assert national() == [record]


def test_valid_records_come_back_with_their_keys_in_order():
    take_in(DATA / "national.json", publish=True)

    assert [list(record) for record in national()] == [list(record) for record in data_json("national.json")]


class GeneratedRecords(TestCase):
    """The same for generated records."""

    @patient
    @given(st.lists(VALID, min_size=1, max_size=3))
    def test_generated_records_come_back_value_for_value(self, records):
        records = [{**record, "lars": str(number)} for number, record in enumerate(records)]

        take_in(as_bytes(records), publish=True)

        assert national() == records


def test_an_edited_record_comes_back_with_only_that_answer_changed():
    take_in(DATA / "national.json", publish=True)

    edit(Entry.objects.get(national__lars="90000001"), summary="Een andere tekst.")

    changed = {**data_json("national.json")[0], "description_short": "Een andere tekst."}
    assert national()[0] == changed


def test_a_record_born_elsewhere_keeps_its_own_address_and_code():
    record = {**data_json("national.json")[0], "url": "https://lindezoom.example/register/7"}

    take_in(as_bytes([record]), publish=True)

    assert (national()[0]["url"], national()[0]["source_id"]) == ("https://lindezoom.example/register/7", "LZ-7")


def test_our_own_entry_goes_out_with_our_address_and_code():
    entry = published_entry()

    record = national()[0]

    assert (record["source_id"], record["url"]) == (
        str(entry.uuid), f"https://aimz.example/api/v1/toepassingen/{entry.uuid}")  # fmt: skip


def test_our_own_entry_that_comes_back_is_the_same_entry():
    published_entry()

    made = take_in(as_bytes(national()), publish=True)

    assert outcomes(made) == ["unchanged"]


def test_our_own_entry_loses_nothing_through_the_national_register():
    entry = published_entry()
    record = {**national()[0], "lars": "55500001", "publication_dt": "2026-11-22"}

    take_in(as_bytes([record]), publish=True)

    entry.refresh_from_db()
    assert entry.current_version.content == COMPLETE


def test_our_own_entry_learns_its_national_number():
    published_entry()
    take_in(as_bytes([{**national()[0], "lars": "55500001"}]))

    assert national()[0]["lars"] == "55500001"


def test_what_others_changed_in_our_entry_is_told_and_not_taken_over():
    published_entry()

    made = take_in(as_bytes([{**national()[0], "description_short": "Heel iets anders."}]), publish=True)

    assert [(change.field, change.raw) for change in made.items[0].changes] == [
        ("description_short", "Heel iets anders.")
    ]


def test_our_own_json_comes_back_with_the_same_answers():
    published_entry(content={"translations": {"en": {"name": "Fracture finder", "can_refuse": {"text": "Say so."}}}})
    published_entry(content={"unknown": ["people_per_year"], "participation_steps": [{"phase": "IDEA", "number": 4}]})
    before = json.loads(written(files.own_json))["entries"]
    text = written(files.own_json)
    start_elsewhere()

    take_in(text.encode(), publish=True)

    after = json.loads(written(files.own_json))["entries"]
    assert [(d["id"], d["slug"], d["content"]) for d in after] == [(d["id"], d["slug"], d["content"]) for d in before]


@pytest.mark.parametrize("kind", [files.flat_csv, files.xlsx])
def test_a_file_for_a_spreadsheet_comes_back_with_the_same_answers(kind):
    content = {"summary": "=1+1", "tags": "'al, een", "technical": "- een\n- twee", "unknown": ["people_per_year"],
               "people_per_year": 1200, "translations": {"en": {"summary": "Same"}},
               "evidence": [{"title": "Studie", "independent": "YES"}]}  # fmt: skip
    published_entry(content=content)
    pieces = list(kind(public_entries(), lambda entry, change: None))
    data = b"".join(piece if isinstance(piece, bytes) else piece.encode() for piece in pieces)
    start_elsewhere()

    take_in(data, publish=True)

    assert Entry.objects.get(origin="IMPORTED").current_version.content == {**COMPLETE, **content}


@pytest.mark.parametrize("kind", [files.national_json, files.own_json, files.flat_csv, files.xlsx])
@pytest.mark.parametrize("name", ["national.json", "full-2023.json"])
def test_what_we_gave_of_the_records_of_others_changes_nothing_when_it_comes_back(kind, name):
    take_in(DATA / name, publish=True)
    pieces = list(kind(public_entries(), lambda entry, change: None))
    data = b"".join(piece if isinstance(piece, bytes) else piece.encode() for piece in pieces)

    made = take_in(data, publish=True)

    assert set(outcomes(made)) == {"unchanged"}


def test_an_answer_edited_in_our_own_file_waits_when_the_record_is_of_another_register():
    take_in(DATA / "national.json", publish=True)
    document = json.loads(written(files.own_json))
    document["entries"][0]["content"]["summary"] = "Anders."

    made = take_in(as_bytes(document), publish=True)

    assert (outcomes(made), national()) == (["waiting", "unchanged", "unchanged"], data_json("national.json"))


def test_records_of_2023_keep_their_raw_form():
    take_in(DATA / "full-2023.json")

    assert [entry.national.raw for entry in Entry.objects.order_by("pk").select_related("national")] == data_json(
        "full-2023.json"
    )


def test_the_national_csv_comes_back_cell_for_cell():
    take_in(DATA / "national.csv", publish=True)
    first = written(files.national_csv)
    raw = next(read_data((DATA / "national.csv").read_bytes())[1]).raw
    again = next(read_data(first.encode())[1]).raw

    skipped = {"org_id", "source_data", "source_data_grouping"}  # a list that could not be read stands in the text
    assert {k: v for k, v in again.items() if k not in skipped} == {k: v for k, v in raw.items() if k not in skipped}
