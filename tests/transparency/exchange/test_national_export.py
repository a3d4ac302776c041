"""Only who chose for it goes to the national register, unless somebody says otherwise; our own files have everybody."""

import json

import pytest
from django.core.management import CommandError, call_command

from portal.audit.models import AuditEvent
from portal.organisations.models import Organisation
from tests.factories.organisations import OrganisationFactory
from tests.factories.transparency import published_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    """An organisation that chose for the national register, with one entry, and one that did not, with two."""
    published_entry(content={"name": "Wel"}, organisation__name="Kiezer", organisation__national_export=True)
    other = OrganisationFactory(name="Zwijger", slug="zwijger")
    for _ in range(2):
        published_entry(content={"name": "Niet"}, organisation=other)


@pytest.fixture
def names(tmp_path):
    """The names in a national export with these options."""

    def exported(*options):
        path = tmp_path / "uit.json"
        call_command("export_register", "--format", "national-json", "--output", path, *options)
        return [record["name"] for record in json.loads(path.read_text(encoding="utf-8"))]

    return exported


def test_an_organisation_does_not_take_part_until_it_says_so():
    assert Organisation(name="Nieuw").national_export is False


@pytest.mark.usefixtures("two")
def test_a_national_export_has_only_who_chose_for_it(names):
    assert names() == ["Wel"]


@pytest.mark.usefixtures("two")
def test_a_national_csv_has_only_who_chose_for_it(tmp_path):
    call_command("export_register", "--format", "national-csv", "--output", tmp_path / "uit.csv")

    lines = (tmp_path / "uit.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines] == ['"name"', '"Wel"']


@pytest.mark.usefixtures("two")
def test_an_organisation_that_is_named_comes_along(names):
    assert names("--organisation", "zwijger") == ["Niet", "Niet"]


@pytest.mark.usefixtures("two")
def test_everybody_comes_along_when_asked(names):
    assert names("--all") == ["Wel", "Niet", "Niet"]


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize("options", [("--all",), ("--organisation", "zwijger")])
def test_nobody_is_said_to_stay_behind_when_all_that_was_asked_comes(names, capsys, options):
    names(*options)

    assert "niet mee" not in capsys.readouterr().err


@pytest.mark.usefixtures("two")
def test_who_stays_behind_is_told_with_how_many_and_why(names, capsys):
    names()

    told = capsys.readouterr().err
    assert (
        "2 toepassingen gaan niet mee, want de organisatie koos niet voor het landelijke register: Zwijger (2)" in told
    )
    assert "Kiezer" not in told


def test_a_long_list_of_who_stays_behind_is_cut_off(names, capsys):
    for _ in range(22):
        published_entry()

    names()

    assert "22 toepassingen gaan niet mee" in (told := capsys.readouterr().err)
    assert told.count(" (1)") == 20
    assert "en nog 2 organisaties" in told


def test_an_example_stays_out_also_when_it_chose(names):
    published_entry(organisation__example=True, organisation__national_export=True)

    assert names() == []


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize("kind", ["json", "csv", "xlsx"])
def test_our_own_files_have_everybody(kind, tmp_path, capsys):
    call_command("export_register", "--format", kind, "--output", tmp_path / "uit")

    call_command("import_register", tmp_path / "uit", "--dry-run")
    assert "3 gelijk gebleven" in capsys.readouterr().out


# --- Choosing -----------------------------------------------------------------------------------------------------


def test_a_choice_is_kept_and_logged(capsys):
    chosen = OrganisationFactory(name="De Linde")

    call_command("national_export", "de linde")

    assert list(Organisation.objects.filter(national_export=True)) == [chosen]
    event = AuditEvent.objects.get()
    assert (event.kind, event.data) == ("organisation.national_export_chosen", {"wanted": True})
    assert capsys.readouterr().out == "De Linde doet mee aan de landelijke export.\n"


def test_a_choice_can_be_taken_back():
    OrganisationFactory(slug="de-linde", national_export=True)

    call_command("national_export", "de-linde", "--stop")

    assert Organisation.objects.get().national_export is False


def test_the_same_choice_again_writes_nothing(capsys):
    OrganisationFactory(slug="de-linde", national_export=True)

    call_command("national_export", "de-linde")

    assert AuditEvent.objects.count() == 0
    assert "Dat was al zo" in capsys.readouterr().out


def test_an_organisation_nobody_knows_cannot_choose():
    with pytest.raises(CommandError, match="kennen wij niet: geen-huis"):
        call_command("national_export", "geen-huis")


def test_a_name_of_two_organisations_must_be_told_apart():
    for slug in ("noord", "zuid"):
        OrganisationFactory(name="De Linde", slug=slug)

    with pytest.raises(CommandError, match="noord, zuid"):
        call_command("national_export", "De Linde")

    assert not Organisation.objects.filter(national_export=True).exists()
