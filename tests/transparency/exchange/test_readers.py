"""Every format is known by what is in it, and read whole."""

import json

import pytest

from tests.transparency.exchange.helpers import DATA, as_bytes, data_json, workbook
from transparency.exchange.detect import read, read_data
from transparency.exchange.national import BY_KEY, CSV_COLUMNS
from transparency.exchange.report import ExchangeError
from transparency.exchange.understanding import understand

FORMS = {
    "national.json": "national-json",
    "national.csv": "csv",
    "full-2023.json": "full-json-2023",
    "snapshot.json": "snapshot",
    "site-data.json": "site-data",
    "Leverancier_Drie.json": "templates",
    "inventory.csv": "csv",
}


def understood(source):
    """Every record of a file."""
    form, rows = read(source) if not isinstance(source, bytes) else read_data(source)
    return [understand(row, form) for row in rows]


@pytest.mark.parametrize("name", list(FORMS))
def test_a_format_is_known_by_its_content(name):
    assert read_data((DATA / name).read_bytes(), "misleidend.xlsx")[0] == FORMS[name]


@pytest.mark.parametrize("name", list(FORMS))
def test_what_was_received_is_kept_as_it_was(name):
    if name.endswith(".csv"):
        text = (DATA / name).read_text(encoding="utf-8-sig")
        assert all(
            cell in text.replace('""', '"') for item in understood(DATA / name) for cell in item.row.raw.values()
        )
    else:
        text = json.dumps(data_json(name))
        assert all(json.dumps(item.row.raw) in text for item in understood(DATA / name))


@pytest.mark.parametrize("wrap", ["results", "items", "data", "records"])
def test_an_answer_of_the_api_is_read(wrap):
    assert len(understood(as_bytes({wrap: data_json("national.json")}))) == 3


def test_one_record_alone_is_read():
    assert understood(as_bytes(data_json("national.json")[0]))[0].name == "Wachttijdvoorspeller"


def test_csv_columns_are_found_by_their_names():
    item = understood(DATA / "national.csv")[0]

    assert (item.lars, item.national["begin_date"], item.national["status"]) == ("90000001", "2024-03", "In gebruik")


def test_csv_themes_are_a_list_again():
    assert understood(DATA / "national.csv")[0].national["category"] == [
        "Zorg en gezondheid",
        "Organisatie en bedrijfsvoering",
    ]


def test_csv_lists_are_lists_again():
    rows = understood(DATA / "national.csv")[0].national["lawful_basis_grouping"]

    assert rows[0] == {"title": "Wet een, artikel 2", "link": "https://wetten.example/1"}


def test_a_csv_list_that_cannot_be_read_stays_as_text():
    assert "zie de bijlage" in understood(DATA / "national.csv")[0].national["source_data"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_character_between_columns_is_found(delimiter):
    text = (
        delimiter.join(["name", "organization", "status"]) + "\n" + delimiter.join(["Hulp", "Zorggroep", "In gebruik"])
    )

    assert understood(text.encode())[0].content == {"name": "Hulp", "status": "IN_USE"}


def test_dutch_labels_are_columns_too():
    assert understood(b"Organisatie,Naam,Beleidsterrein\nZorggroep,Hulp,Werk")[0].content == {
        "name": "Hulp",
        "theme": "WORK",
    }


def test_a_line_with_too_many_cells_is_refused_with_a_reason():
    assert "kolommen" in understood(b"name,organization\nHulp,Zorggroep,te veel")[0].refused.reason


@pytest.mark.parametrize("count", [31, 32])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_columns_of_the_register_may_stand_in_any_order(count, mark):
    columns = [*CSV_COLUMNS, "org_id"][:count]
    cells = {**dict.fromkeys(columns, ""), "name": "Hulp", "organization": "Zorg", "algorithm_id": "7"}
    for turn in range(0, count, 5):
        order = [*columns[turn:], *columns[:turn]][::-1]
        text = f"{mark}{','.join(order)}\r\n{','.join(cells[column] for column in order)}\r\n"
        item = understood(text.encode())[0]
        assert (item.name, item.organisation, item.lars, item.refused) == ("Hulp", "Zorg", "7", None)


def test_a_line_has_the_number_that_a_spreadsheet_gives_it():
    lines = understood(b"\nname,organization\n\nHulp,Zorggroep\n")

    assert [item.row.number for item in lines] == [4]


def test_a_name_of_a_column_may_have_more_lines():
    text = '"Naam";"Organisatie";"Contract\n(nummer)"\nHulp;Zorggroep;7'

    assert understood(text.encode())[0].row.raw == {
        "Naam": "Hulp",
        "Organisatie": "Zorggroep",
        "Contract\n(nummer)": "7",
    }


TITLE = ["AI in ons huis, versie 3", "", ""]
LIST = [TITLE, [], ["Naam", "Organisatie", "Status"], ["Hulp", "Zorggroep", "In gebruik"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_list_may_have_a_title_above_its_columns(delimiter):
    text = "\n".join(delimiter.join(cells) for cells in [["Ons huis"], *LIST[1:]])

    assert [(item.row.number, item.name) for item in understood(text.encode())] == [(4, "Hulp")]


def test_a_sheet_may_have_a_title_above_its_columns():
    assert [(item.row.number, item.name) for item in understood(workbook(LIST))] == [(4, "Hulp")]


def test_a_row_of_a_spreadsheet_has_its_own_number():
    data = workbook([[], ["name", "organization"], [], ["Hulp", "Zorggroep"]])

    assert [item.row.number for item in understood(data)] == [4]


def test_a_cell_under_no_name_is_kept():
    assert understood(b"name,organization,\nHulp,Zorggroep,los")[0].row.raw["(kolom 3)"] == "los"


def test_a_second_column_for_one_field_is_told():
    item = understood(b"name,organization,Risicobeheer,Risico's\nHulp,Zorg,Klein,Groot")[0]

    assert (item.national["risks"], [made.raw for made in item.changes]) == ("Klein", ["Groot"])


def test_a_quote_that_is_never_closed_is_an_error_and_swallows_no_lines():
    with pytest.raises(ExchangeError, match="aanhalingsteken"):
        understood(b'name,organization\nHulp,"Zorg\nTweede,Zorg\n')


def test_two_columns_of_one_name_are_both_kept():
    assert understood(b"name,organization,name\nHulp,Zorggroep,Ander")[0].row.raw["name (3)"] == "Ander"


def test_the_newest_published_dutch_version_of_site_data_is_the_record():
    item = understood(DATA / "site-data.json")[0]

    assert (item.name, len(item.row.others)) == ("Druktemeter", 2)


@pytest.mark.parametrize("lars", [["1"], {"a": 1}, None, 5])
def test_site_data_with_a_strange_number_is_read(lars):
    versions = [{"name": "Hulp", "organization": "Zorg", "lars": lars}, {"name": "Tweede", "organization": "Zorg"}]

    assert [item.name for item in understood(as_bytes({"algoritme_versions": versions}))] == ["Hulp", "Tweede"]


def test_the_english_version_of_site_data_is_our_english_text():
    assert understood(DATA / "site-data.json")[0].content["translations"]["en"]["name"] == "Crowd meter"


def test_a_template_belongs_to_its_supplier():
    assert [item.organisation for item in understood(DATA / "Leverancier_Drie.json")] == [
        "Bedrijf Een BV",
        "Leverancier Drie",
    ]


def test_a_snapshot_row_is_known_by_its_number():
    assert [item.lars for item in understood(DATA / "snapshot.json")] == ["70000001", "70000002"]


def test_a_list_of_a_hospital_is_read_by_its_questions():
    assert understood(DATA / "inventory.csv")[0].content == {
        "name": "Breukkijker", "summary": "Kijkt mee naar foto’s van botten.", "status": "IN_USE",
        "care_setting": ["EMERGENCY", "RADIOLOGY"], "can_refuse": {"answer": "YES", "text": "Zeg het vooraf."},
        "start_month": "2025-03", "departments": [{"title": "Röntgen"}, {"title": "Spoed"}],
    }  # fmt: skip


def test_a_column_of_a_hospital_that_we_do_not_know_is_told():
    assert "Contract" in {made.field for made in understood(DATA / "inventory.csv")[0].changes}


def test_a_guarded_cell_loses_its_guard():
    assert understood(DATA / "inventory.csv")[1].content["name"] == "@hulp"


def test_a_line_without_an_owner_is_refused():
    refused = [item.refused and item.refused.reason for item in understood(DATA / "inventory.csv")]

    assert refused == [None, None, "De organisatie ontbreekt."]


def test_a_spreadsheet_with_a_record_a_row_is_read():
    data = workbook([["Naam", "Organisatie", "Begindatum"], ["Hulp", "Zorggroep", "2024-03"]])

    assert understood(data)[0].content == {"name": "Hulp", "start_month": "2024-03"}


def test_the_registers_own_sheet_with_a_record_a_column_is_read():
    record = data_json("national.json")[0]
    rows = [[BY_KEY[key].label, record[key], "Tweede"] for key in ("name", "organization", "status", "goal", "lang")]

    assert [item.name for item in understood(workbook([["Uitleg"]], rows))] == ["Wachttijdvoorspeller", "Tweede"]


def test_numbers_in_a_spreadsheet_are_codes():
    data = workbook([["name", "organization", "algorithm_id"], ["Hulp", "Zorggroep", 12345678]])

    assert understood(data)[0].lars == "12345678"
