"""The files we give: to the letter of the national standard, safe in a spreadsheet, nothing cut in silence."""

import csv
import io
import json

import pytest

from portal.core.cells import escape, unescape
from tests.factories.transparency import published_entry
from tests.transparency.exchange.helpers import DATA, as_bytes, cells_of, national, take_in, written
from transparency.exchange import files
from transparency.exchange.detect import read_data
from transparency.exchange.exporting import national_record, public_entries
from transparency.exchange.markup import length
from transparency.exchange.national import BY_KEY, CSV_COLUMNS
from transparency.exchange.valid import faults
from transparency.models import Entry
from transparency.states import Origin

pytestmark = pytest.mark.django_db
TEXT_FORMATS = [files.national_json, files.national_csv, files.own_json, files.flat_csv]


def rows(text):
    """The lines of a CSV."""
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_the_national_csv_has_its_columns_in_its_order():
    published_entry()

    assert rows(written(files.national_csv))[0] == list(CSV_COLUMNS)


def test_the_national_csv_starts_with_a_mark_of_its_encoding():
    assert written(files.national_csv).startswith('\ufeff"name","organization"')


def test_the_national_csv_quotes_every_cell():
    published_entry()

    assert all(line.startswith('"') and line.endswith('"') for line in written(files.national_csv)[1:].splitlines())


def test_the_national_csv_has_no_tags_and_no_line_ends_in_a_cell():
    take_in(DATA / "national.json", publish=True)
    line = dict(zip(CSV_COLUMNS, rows(written(files.national_csv))[1], strict=True))

    assert line["goal"] == "U ziet hoe lang u wacht. Het personeel plant beter & rustiger."


def test_the_national_csv_calls_the_number_algorithm_id():
    take_in(DATA / "national.json", publish=True)

    assert dict(zip(CSV_COLUMNS, rows(written(files.national_csv))[1], strict=True))["algorithm_id"] == "90000001"


@pytest.mark.parametrize("cell", ["=1+1", "+31", "-5", "@x", "\tx", "\rx", "\nx", "＝1", "'", "'=1", "''"])
def test_a_cell_that_could_run_is_guarded(cell):
    assert escape(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["=1+1", "'=1", "''=1", "'tHart", "gewoon", "", "1-2", "'"])
def test_a_guard_comes_off_again(cell):
    assert unescape(escape(cell)) == cell


def test_no_cell_of_the_flat_csv_could_run():
    published_entry(content={"summary": "=cmd|'/c calc'!A1", "provider": "@SUM(A1)", "technical": "-2+3"})

    cells = [cell for line in rows(written(files.flat_csv)) for cell in line]

    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []


def test_no_cell_of_the_spreadsheet_is_a_formula():
    published_entry(content={"summary": "=1+1"})
    data = b"".join(files.xlsx(public_entries(), lambda entry, change: None))

    assert "=1+1" in cells_of(data)[1]


@pytest.mark.parametrize(
    "text", ["=1+1", "#N/A", "#REF!", "'#N/A", "a_x0041_b", "a\uffffb", "2024-03", "TRUE", "'=1", "een\n\ntwee"]
)
def test_a_text_comes_back_from_a_spreadsheet_as_it_was(text):
    published_entry(content={"summary": text}, origin=Origin.IMPORTED)
    data = b"".join(files.xlsx(public_entries(), lambda entry, change: None))

    assert next(read_data(data)[1]).own["content"]["summary"] == text


@pytest.mark.parametrize("text", ["#N/A", "'#N/A", "#WAARDE!"])
def test_a_text_that_looks_like_an_error_comes_back_from_a_csv(text):
    published_entry(content={"summary": text}, origin=Origin.IMPORTED)

    assert next(read_data(written(files.flat_csv).encode())[1]).own["content"]["summary"] == text


def test_a_cell_too_long_for_a_spreadsheet_is_told():
    published_entry(content={"sources": [{"title": "x" * 480}] * 90})
    told = []

    list(files.xlsx(public_entries(), lambda entry, change: told.append(change.field)))

    assert told == ["sources"]


@pytest.mark.parametrize("kind", TEXT_FORMATS)
def test_half_a_character_that_came_in_stops_no_file(kind):
    record = {"name": "Hulp\ud800", "organization": "Zorg", "lars": "1", "goal": "<p>\ud800</p>"}
    grouping = {"lawful_basis_grouping": [{"title": "Wet\ud800", "link": "https://wet.example"}]}
    take_in(as_bytes([{**record, **grouping}]), publish=True)

    assert "Hulp" in written(kind).encode().decode()


@pytest.mark.parametrize("kind", TEXT_FORMATS)
def test_examples_are_left_out(kind):
    published_entry(organisation__is_example=True, content={"name": "Verzonnen hulp"})

    assert "Verzonnen hulp" not in written(kind)


def test_examples_come_along_when_asked():
    published_entry(organisation__is_example=True)

    assert public_entries(with_examples=True).count() == 1


def test_a_draft_is_in_no_file():
    take_in(DATA / "national.json")

    assert national() == []


@pytest.mark.parametrize("kind", [files.national_csv, files.flat_csv])
def test_an_empty_register_gives_a_csv_with_only_its_columns(kind):
    assert len(rows(written(kind))) == 1


def test_an_empty_register_gives_an_empty_national_list():
    assert national() == []


def test_an_empty_register_gives_our_json_with_its_licence():
    empty = {"format": "toepassingen", "format_version": "1.0", "licence": "CC0-1.0", "entries": []}

    assert json.loads(written(files.own_json)) == empty


def test_our_json_can_hold_every_version():
    published_entry()

    document = json.loads(written(files.own_json, with_versions=True))["entries"][0]

    assert [old["version"] for old in document["versions"]] == [1]


def test_what_we_give_is_valid_but_for_what_we_do_not_know():
    published_entry()

    assert faults(national()[0]) == ["publication_category"]


def test_a_required_answer_that_is_missing_is_told():
    entry = published_entry()

    assert [made.field for made in national_record(entry).changes] == ["publication_category"]


LONG = "Dit is een zin van wat lengte. " * 19
FULL = {
    "who_decides": LONG, "can_override": {"answer": "YES", "text": LONG},
    "can_switch_off": {"answer": "NO", "text": LONG}, "fallback": LONG, "staff_training": LONG, "told_how": LONG,
}  # fmt: skip


def test_a_text_too_long_for_the_standard_is_cut_at_a_sentence_with_the_address():
    entry = published_entry(content={key: _stripped(value) for key, value in FULL.items()})

    text = national_record(entry).record["human_intervention"]

    assert text.endswith(f"lengte. … (lees verder op https://aimz.example/api/v1/toepassingen/{entry.uuid})</p>")


def test_a_text_too_long_for_the_standard_fits_after_all():
    entry = published_entry(content={key: _stripped(value) for key, value in FULL.items()})

    assert length(national_record(entry).record["human_intervention"]) <= BY_KEY["human_intervention"].max_length


def test_a_text_too_long_for_the_standard_is_told():
    entry = published_entry(content={key: _stripped(value) for key, value in FULL.items()})

    assert "human_intervention" in {made.field for made in national_record(entry).changes}


def _stripped(value):
    return {**value, "text": value["text"].strip()} if isinstance(value, dict) else value.strip()


def test_a_long_old_summary_is_shortened_for_the_standard():
    old = {"name": "Hulp", "organization": "Zorg", "lars": "1", "standard_version": "0.1", "description_short": LONG}
    take_in(as_bytes([old]), publish=True)

    assert len(national_record(Entry.objects.get()).record["description_short"]) <= 400


def test_a_file_is_made_piece_by_piece():
    for _ in range(3):
        published_entry()

    assert len(list(files.national_json(public_entries(), lambda entry, change: None))) > 3


def test_a_large_file_asks_the_database_little(django_assert_num_queries):
    for _ in range(5):
        published_entry()

    with django_assert_num_queries(1):
        list(files.national_json(public_entries(), lambda entry, change: None))
