"""Files of the whole register: what is in them, what is not, and that a spreadsheet runs nothing of theirs."""

import csv
import io
import json

import pytest
from django.urls import reverse

from tests.factories.organisations import OrganisationFactory
from tests.factories.transparency import COMPLETE, EntryFactory, published_entry, published_system
from transparency.actions.publishing import end_entry, publish_entry
from transparency.api.downloads import headers
from transparency.api.files import FILES
from transparency.fields import ENTRY_FIELDS

pytestmark = pytest.mark.django_db


def download(client, name):
    return b"".join(client.get(reverse("api:download", args=[name])))


def items(client, name):
    return json.loads(download(client, name))["entries"]


def rows(client):
    text = download(client, "toepassingen.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("name", FILES)
def test_file_is_sent_as_it_is_made_under_its_own_name(client, name):
    response = client.get(reverse("api:download", args=[name]))

    assert response.streaming
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".json")])
def test_file_of_an_empty_register_is_a_file(client, name):
    document = json.loads(download(client, name))

    assert (document["entries"], document["licence"]) == ([], "CC0-1.0")


@pytest.mark.parametrize("name", FILES)
def test_file_that_did_not_change_is_not_sent_again(client, name):
    address = reverse("api:download", args=[name])
    tag = client.get(address).headers["ETag"]

    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    published_entry()
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("name", ["toepassingen", "toepassingen.xml", "../settings.py", "toepassingen.json.csv"])
def test_other_file_is_not_there(client, name):
    assert client.get(f"/downloads/{name}").status_code == 404


def test_head_makes_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(1):  # the revision, for the ETag
        assert client.head(reverse("api:download", args=["toepassingen.json"])).status_code == 200


@pytest.mark.parametrize("name", FILES)
def test_invented_things_and_drafts_are_in_no_file(client, name):
    published_entry(organisation__example=True, organisation__name="Verzonnenhuis", content={"name": "Verzonnenkijker"})
    EntryFactory(slug="verzonnen", organisation=OrganisationFactory(is_example=True, name="Verzonnen"))

    assert b"erzonnen" not in download(client, name)


def test_entries_are_those_of_the_api(client, now):
    for slug in ("a", "b"):
        published_entry(slug=slug)
    end_entry(entry=published_entry(slug="c"), reason="Gestopt.", by=None, now=now)

    found = items(client, "toepassingen.json")

    assert sorted(item["slug"] for item in found) == ["a", "b"]
    assert {item["id"]: item for item in found} == {
        item["id"]: item for item in client.get(reverse("api:entries")).json()["items"]
    }


def test_versions_hold_the_whole_history_of_ended_entries_too(client, now):
    entry = published_entry(slug="a")
    content = {**COMPLETE, "name": "Nieuw"}
    publish_entry(entry=entry, content=content, reason="Beter.", responsible="x", by=None, now=now)
    end_entry(entry=entry, reason="Gestopt.", by=None, now=now)

    found = items(client, "versies.json")

    assert [(item["version"], item["content"]["name"]) for item in found] == [(1, "Breukkijker"), (2, "Nieuw")]


def test_systems_and_organisations_have_files(client):
    published_system(slug="a")
    OrganisationFactory(slug="linde")

    assert [item["slug"] for item in items(client, "ai-systemen.json")] == ["a"]
    assert [item["slug"] for item in items(client, "organisaties.json")] == ["linde"]


@pytest.mark.parametrize("name", FILES)
def test_file_asks_the_database_no_more_when_more_is_in_it(client, django_assert_max_num_queries, name):
    for _ in range(15):
        published_entry(system=published_system())

    with django_assert_max_num_queries(4):
        download(client, name)


def test_csv_has_a_column_for_every_field(client):
    published_entry()

    (row,) = rows(client)

    assert list(row) == list(headers())
    assert {field.key for field in ENTRY_FIELDS} <= set(row)
    assert (row["name"], row["care_setting"]) == ("Breukkijker", "RADIOLOGY, EMERGENCY")
    assert (row["can_refuse"], row["can_refuse_text"]) == ("YES", "Zeg het voor de foto. U krijgt dezelfde zorg.")
    assert json.loads(row["works_less_well_for"]) == COMPLETE["works_less_well_for"]


def test_csv_begins_so_that_a_spreadsheet_reads_its_letters(client):
    assert download(client, "toepassingen.csv").startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("text", ["=1+1", "+31", "-1", "@SUM(A1)", "＝1", "'=1", "\t=1"])
def test_no_cell_is_a_formula(client, text):
    published_entry(content={"purpose": text})

    (row,) = rows(client)

    assert row["purpose"] == f"'{text}"


def test_text_of_more_lines_stays_one_cell(client):
    text = 'Een alinea.\n\n- een\n- twee, "drie"'
    published_entry(content={"purpose": text})

    (row,) = rows(client)

    assert row["purpose"] == text
