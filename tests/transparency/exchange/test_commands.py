"""The two commands: what they say, what they leave, and how they end."""

import csv
import json

import pytest
from django.core.management import CommandError, call_command

from tests.factories.organisations import OrganisationFactory
from tests.factories.transparency import published_entry
from tests.transparency.exchange.helpers import DATA, as_bytes
from transparency.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def bad(tmp_path):
    """A file with a good and a bad record."""
    path = tmp_path / "invoer.json"
    path.write_bytes(as_bytes([{"name": "Hulp", "organization": "Zorg", "lang": "NLD"}, {"name": "Zonder"}]))
    return path


def test_import_says_how_many_records_are_new(capsys):
    call_command("import_register", DATA / "national.json")

    assert "3 nieuw" in capsys.readouterr().out


def test_import_shows_on_standard_error_which_format_it_reads(capsys):
    call_command("import_register", DATA / "national.csv")

    assert "national.csv: csv" in capsys.readouterr().err


def test_a_dry_run_writes_nothing():
    call_command("import_register", DATA / "national.json", "--dry-run")

    assert Entry.objects.count() == 0


def test_import_of_a_bad_record_ends_with_an_error_and_nothing_written(bad):
    with pytest.raises(CommandError):
        call_command("import_register", bad)

    assert Entry.objects.count() == 0


def test_import_that_skips_a_bad_record_still_ends_with_an_error(bad):
    with pytest.raises(CommandError, match="1 regel is geweigerd"):
        call_command("import_register", bad, "--skip-bad")

    assert Entry.objects.count() == 1


def test_import_names_the_row_and_the_reason(bad, capsys):
    with pytest.raises(CommandError):
        call_command("import_register", bad)

    said = "invoer.json, registratie 2 (Zonder), veld organization, waarde “”: De organisatie ontbreekt."
    assert said in capsys.readouterr().err


def test_import_names_the_row_as_a_spreadsheet_does(tmp_path, capsys):
    (tmp_path / "lijst.csv").write_text("naam;organisatie\nHulp;Zorg\n;Zorg\n")

    with pytest.raises(CommandError):
        call_command("import_register", tmp_path / "lijst.csv")

    assert "lijst.csv, regel 3 (zonder naam), veld name" in capsys.readouterr().err


def test_the_report_names_row_field_value_and_reason(bad, tmp_path):
    with pytest.raises(CommandError):
        call_command("import_register", bad, "--report", tmp_path / "verslag.jsonl")

    lines = [json.loads(line) for line in (tmp_path / "verslag.jsonl").read_text().splitlines()]
    assert {
        "file": "invoer.json", "row": 1, "outcome": "new", "record": "", "name": "Hulp", "organisation": "Zorg",
        "lars": "", "field": "lang",
        "raw": "NLD", "cleaned": "nld", "reason": "De taal schrijven wij als nld.",
    } in lines  # fmt: skip


def test_what_is_about_no_record_stands_on_the_screen_and_in_the_report(tmp_path, capsys):
    (tmp_path / "lijst.csv").write_text("name,organization\nHulp,Zorg\nname,organization\n")

    call_command("import_register", tmp_path / "lijst.csv", "--report", tmp_path / "verslag.jsonl")

    line = json.loads((tmp_path / "verslag.jsonl").read_text().splitlines()[0])
    assert (line["file"], line["field"], line["raw"]) == ("lijst.csv", "regel 3", "name, organization")
    assert f"lijst.csv, regel 3: {line['reason']}" in capsys.readouterr().err


def test_the_report_can_be_a_csv(bad, tmp_path):
    with pytest.raises(CommandError):
        call_command("import_register", bad, "--report", tmp_path / "verslag.csv")

    with (tmp_path / "verslag.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = [line for line in csv.DictReader(file) if line["field"] == "organization"]
    assert [(line["outcome"], line["reason"]) for line in lines] == [("refused", "De organisatie ontbreekt.")]


def test_the_report_holds_the_whole_of_a_refused_record(bad, tmp_path):
    with pytest.raises(CommandError):
        call_command("import_register", bad, "--skip-bad", "--report", tmp_path / "verslag.jsonl")

    lines = [json.loads(line) for line in (tmp_path / "verslag.jsonl").read_text().splitlines()]
    assert [json.loads(line["record"]) for line in lines if line["record"]] == [{"name": "Zonder"}]


@pytest.mark.parametrize("name", ["verslag.csv", "verslag.jsonl"])
def test_the_report_can_name_a_field_that_no_encoding_can_write(name, tmp_path):
    (tmp_path / "in.json").write_bytes(as_bytes([{"name": "Hulp", "organization": "Zorg", "a\ud800\x1b": "b\ud800"}]))

    call_command("import_register", tmp_path / "in.json", "--report", tmp_path / name)

    assert "Dit veld kennen wij niet." in (tmp_path / name).read_text(encoding="utf-8")


def test_the_report_never_takes_the_place_of_the_file(bad):
    before = bad.read_bytes()

    with pytest.raises(CommandError, match="andere naam"):
        call_command("import_register", bad, "--report", bad)

    assert bad.read_bytes() == before


def test_a_report_that_cannot_be_written_stops_the_import(tmp_path):
    with pytest.raises(CommandError, match="verslag"):
        call_command("import_register", DATA / "national.json", "--report", tmp_path / "geen" / "map.csv")

    assert Entry.objects.count() == 0


def test_import_shows_how_far_it_is(tmp_path, capsys):
    record = {"organization": "Zorg", "lars": ""}
    many = [{**record, "name": f"Hulp {number}", "lars": str(number)} for number in range(200)]
    (tmp_path / "veel.json").write_bytes(as_bytes(many))

    call_command("import_register", tmp_path / "veel.json")

    said = capsys.readouterr().err.splitlines()
    assert said == ["veel.json: national-json", "100 gelezen", "200 gelezen", "100 bewaard", "200 bewaard"]


def test_more_refused_records_than_fit_the_screen_are_counted(tmp_path, capsys):
    (tmp_path / "fout.json").write_bytes(as_bytes([{"name": f"Hulp {number}"} for number in range(25)]))

    with pytest.raises(CommandError):
        call_command("import_register", tmp_path / "fout.json")

    assert "en nog 5 geweigerd" in capsys.readouterr().err


def test_import_takes_only_the_organisations_asked_for(capsys):
    OrganisationFactory(name="Gemeente Voorbeeldstad", slug="voorbeeldstad")
    asked = ["--organisation", "voorbeeldstad", "--organisation", "Zorggroep Lindezoom"]

    call_command("import_register", DATA / "national.json", *asked)

    assert "3 nieuw" in capsys.readouterr().out


def test_import_says_when_an_organisation_is_not_in_the_file(capsys):
    call_command("import_register", DATA / "national.json", "--organisation", "Geen Huis")

    said = capsys.readouterr()
    assert ("vonden wij niets: Geen Huis" in said.err, "3 van andere organisaties" in said.out) == (True, True)


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "stuk.json").write_text("[")

    with pytest.raises(CommandError, match=r"^stuk\.json: Dit is geen goede JSON"):
        call_command("import_register", tmp_path / "stuk.json")


def test_a_record_in_two_files_of_a_folder_comes_in_once(tmp_path, capsys):
    for name in ("national.json", "national.csv"):
        (tmp_path / name).write_bytes((DATA / name).read_bytes())

    call_command("import_register", tmp_path)

    assert "3 nieuw, 1 dubbel" in capsys.readouterr().out


def test_a_folder_is_read_file_by_file(tmp_path, capsys):
    for name in ("national.json", "snapshot.json"):
        (tmp_path / name).write_bytes((DATA / name).read_bytes())

    call_command("import_register", tmp_path)

    assert "5 nieuw" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["", "weg.json"])
def test_nothing_to_read_is_an_error_in_dutch(tmp_path, name):
    with pytest.raises(CommandError, match=r"map staat geen|kan niet worden geopend"):
        call_command("import_register", tmp_path / name)


@pytest.mark.parametrize("kind", ["national-json", "national-csv", "json", "csv", "xlsx"])
def test_export_writes_a_file_that_can_be_read_in(kind, tmp_path, capsys):
    published_entry(organisation__national_export=True)
    call_command("export_register", "--format", kind, "--output", tmp_path / "uit")

    call_command("import_register", tmp_path / "uit")

    assert "1 gelijk gebleven" in capsys.readouterr().out


def test_export_tells_what_did_not_fit(tmp_path, capsys):
    published_entry(slug="breukkijker", organisation__national_export=True)

    call_command("export_register", "--format", "national-json", "--output", tmp_path / "uit.json")

    assert "breukkijker: publication_category: Dit veld is verplicht" in capsys.readouterr().err


def test_export_without_a_file_writes_to_standard_output(capfdbinary):
    call_command("export_register", "--format", "national-json")

    assert capfdbinary.readouterr().out == b"[]\n"


def test_export_of_an_organisation_nobody_knows_is_an_error():
    with pytest.raises(CommandError, match="kennen wij niet: geen-huis"):
        call_command("export_register", "--format", "json", "--organisation", "geen-huis")


def test_export_finds_an_organisation_by_its_name(tmp_path):
    published_entry(organisation__name="Zorggroep Lindezoom")

    call_command("export_register", "--format", "json", "--output", tmp_path / "uit",
                 "--organisation", "zorggroep lindezoom")  # fmt: skip

    assert len(json.loads((tmp_path / "uit").read_text())["entries"]) == 1


def test_export_of_one_organisation_has_only_its_entries(tmp_path):
    published_entry(organisation__slug="lindezoom")
    published_entry()

    call_command("export_register", "--format", "json", "--output", tmp_path / "uit", "--organisation", "lindezoom")

    assert len(json.loads((tmp_path / "uit").read_text())["entries"]) == 1


def test_export_to_a_place_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(CommandError, match="kan niet worden geschreven"):
        call_command("export_register", "--format", "json", "--output", tmp_path / "geen" / "map")
