"""Everything an organisation has, drafts too: whole, streamed, safe to open, and read in again without a change."""

import csv
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from tests.factories.organisations import OrganisationFactory
from tests.factories.transparency import COMPLETE, published_entry
from tests.transparency.uploads.helpers import outcomes, place, read
from transparency.actions.drafts import save_answers, start_correction, start_entry
from transparency.exchange.valid import faults
from transparency.views.exports import FILES

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(client):
    """A hospital with a public entry, one with a new text and one that was never public; and another hospital."""
    here = place()
    client.force_login(here.editor)
    published_entry(organisation=here.hospital, slug="openbaar", content={"name": "Openbaar"})
    changing = published_entry(organisation=here.hospital, slug="bezig", content={"name": "Bezig"})
    draft = start_correction(entry=changing, by=here.editor, now=timezone.now())
    save_answers(draft=draft, answers={"risks": "=1+1"}, seen=1, by=here.editor, now=timezone.now())
    start_entry(organisation=here.hospital, slug="nieuw", content={**COMPLETE, "name": "Nieuw"}, by=here.editor,
                now=timezone.now())  # fmt: skip
    published_entry(slug="elders")
    return here


def got(client, name):
    response = client.get(reverse("transparency:export", args=["de-linde", name]))
    assert response.streaming
    return b"".join(response.streaming_content)


def test_json_has_everything_with_its_newest_text(client, at):
    entries = json.loads(got(client, "toepassingen.json"))["entries"]

    told = {one["slug"]: one for one in entries}
    assert set(told) == {"openbaar", "bezig", "nieuw"}
    assert (told["bezig"]["content"]["risks"], told["bezig"]["published_content"]["risks"]) == (
        "=1+1", COMPLETE["risks"],
    )  # fmt: skip
    assert (told["bezig"]["draft"]["state"], told["nieuw"]["state"], "draft" in told["openbaar"]) == (
        "WRITING", "DRAFT", False,
    )  # fmt: skip


def test_cells_are_never_formulas(client, at):
    rows = list(csv.DictReader(io.StringIO(got(client, "toepassingen.csv").decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(got(client, "toepassingen.xlsx"))).active

    assert {row["name"]: row["risks"] for row in rows}["Bezig"] == "'=1+1"
    assert {cell.data_type for cells in sheet.iter_rows() for cell in cells} <= {"s", "n", "inlineStr"}


def test_national_form_holds_the_standard(client, at):
    records = json.loads(got(client, "algoritmeregister.json"))

    assert {record["name"] for record in records} == {"Openbaar", "Bezig", "Nieuw"}
    assert [faults({**record, "publication_category": "Overige algoritmes"}) for record in records] == [[], [], []]


@pytest.mark.parametrize("name", list(FILES))
def test_what_is_exported_is_read_in_again_without_a_change(client, at, name):
    assert outcomes(read(at, got(client, name), name)) == ["UNCHANGED"] * 3


def test_export_has_what_is_below(client, at):
    below = OrganisationFactory(parent=at.hospital)
    published_entry(organisation=below, slug="praktijk")

    assert b"praktijk" in got(client, "toepassingen.json")


def test_head_makes_no_file(client, at):
    response = client.head(reverse("transparency:export", args=["de-linde", "toepassingen.xlsx"]))

    assert (response.status_code, response.getvalue()) == (200, b"")


def test_no_export_is_kept_by_a_cache(client, at):
    response = client.get(reverse("transparency:export", args=["de-linde", "toepassingen.json"]))

    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Content-Disposition"] == 'attachment; filename="de-linde-toepassingen.json"'


@pytest.mark.parametrize("name", ["toepassingen.pdf", "..", "toepassingen.json.bak"])
def test_other_files_are_not_there(client, at, name):
    assert client.get(f"/werk/uitvoer/de-linde/{name}").status_code == 404


def test_page_names_every_file_of_every_own_organisation(client, at):
    text = client.get(reverse("transparency:exports")).text

    assert [name for name in FILES if f"/werk/uitvoer/de-linde/{name}" not in text] == []
    assert "/werk/uitvoer/ziekenhuis" not in text


def test_many_entries_are_few_questions(client, at, django_assert_max_num_queries):
    for number in range(20):
        published_entry(organisation=at.hospital, slug=f"meer-{number}")

    with django_assert_max_num_queries(20):
        got(client, "toepassingen.json")


def test_exported_file_can_be_sent_as_it_is(client, at):
    data = got(client, "toepassingen.xlsx")

    response = client.post(
        reverse("transparency:uploads"),
        {"organisation": "de-linde", "file": SimpleUploadedFile("toepassingen.xlsx", data)},
    )

    assert response.status_code == 302
