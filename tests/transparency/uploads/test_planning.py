"""What the rows of a file would do: new, changed per question, the same, in conflict, twice, or bad with a reason."""

import json

import pytest
from django.utils import timezone

from tests.factories.organisations import OrganisationFactory
from tests.factories.transparency import COMPLETE, EntryFactory, published_entry, published_system, with_received
from tests.transparency.exchange.helpers import workbook
from tests.transparency.uploads.helpers import (
    HOSPITAL,
    as_csv,
    as_json,
    lines,
    outcomes,
    place,
    read,
    reasons,
    row,
    taken,
)
from transparency.actions.drafts import save_answers, start_correction, start_entry, submit
from transparency.actions.publishing import end_entry
from transparency.exchange.exporting import national_record, own_document
from transparency.models import Draft, Entry
from transparency.states import Origin

pytestmark = pytest.mark.django_db


def public(at, **more):
    """A public entry of the hospital."""
    return published_entry(organisation=at.hospital, **more)


def test_row_of_nothing_that_is_here_is_new_and_nothing_is_written():
    upload = read(place(), as_json(row()))

    assert (upload.state, outcomes(upload)) == ("PLANNED", ["NEW"])
    assert (Entry.objects.count(), Draft.objects.count()) == (0, 0)


def test_entry_that_was_exported_is_the_same():
    at = place()
    entry = public(at)

    upload = read(at, as_json(own_document(entry)))

    assert outcomes(upload) == ["UNCHANGED"]


def test_flat_file_of_what_is_here_is_the_same():
    at = place()
    entry = public(
        at, content={"sources": [{"title": "Jaarverslag", "link": "https://a.example/b"}], "unknown": ["tags"]}
    )

    upload = read(at, as_csv(own_document(entry)), "lijst.csv")

    assert outcomes(upload) == ["UNCHANGED"]


def test_national_record_of_an_entry_is_the_same_and_what_differs_is_a_change():
    at = place()
    entry = public(at)
    record = national_record(entry).record

    same = read(at, json.dumps([record]).encode())
    other = read(at, json.dumps([{**record, "risks": "De computer kan zich vergissen."}]).encode())

    assert outcomes(same) == ["UNCHANGED"]
    (line,) = lines(other)
    assert (line.outcome, list(line.values)) == ("CHANGED", ["risks"])


def test_change_is_told_per_question_with_what_stood_there():
    at = place()
    entry = public(at)

    upload = read(at, as_json(row(id=str(entry.uuid), risks="De computer kan zich vergissen.")))

    (line,) = lines(upload)
    assert line.outcome == "CHANGED"
    assert line.values == {"risks": "De computer kan zich vergissen."}
    assert line.before == {"risks": COMPLETE["risks"]}


def test_what_a_file_does_not_say_stays():
    at = place()
    entry = public(at)
    document = {"id": str(entry.uuid), "organisation": {"name": HOSPITAL}, "content": {"name": "Breukkijker"}}

    assert outcomes(read(at, as_json(document))) == ["UNCHANGED"]


def test_answer_to_a_question_that_nobody_could_answer_ends_that():
    at = place()
    entry = public(at, content={"unknown": ["fallback"]})

    (line,) = lines(read(at, as_json(row(id=str(entry.uuid), fallback="Dan kijkt de arts alleen."))))

    assert line.values == {"fallback": "Dan kijkt de arts alleen.", "unknown": None}


@pytest.mark.parametrize(
    ("bad", "field", "words"),
    [
        ({"name": ""}, "name", "naam ontbreekt"),
        ({"owner": "Ziekenhuis De Wilg"}, "organisation", "van een andere organisatie"),
        ({"technical": "x" * 100_001}, "technical", "tekens lang"),
    ],
)
def test_bad_row_says_which_field_and_why(bad, field, words):
    upload = read(place(), as_json(row("Goed"), row(**bad)))

    good, line = lines(upload)
    assert (good.outcome, line.outcome) == ("NEW", "BAD")
    assert line.told[0]["field"] == field
    assert words in line.told[0]["reason"]


def test_row_that_is_no_entry_is_bad():
    assert outcomes(read(place(), as_json("tekst", {"content": 1}))) == ["BAD", "BAD"]


def test_entry_of_another_organisation_is_not_found_by_its_id():
    at = place()
    others = published_entry()

    upload = read(at, as_json(row(id=str(others.uuid)), row("Tweede", owner=others.organisation.name)))

    first, second = lines(upload)
    assert (first.outcome, first.entry) == ("NEW", None)
    assert second.outcome == "BAD"


def test_group_reads_in_for_its_practices():
    at = place()
    below = OrganisationFactory(name="Praktijk De Es", parent=at.hospital)
    entry = published_entry(organisation=below)

    upload = read(at, as_json(row(owner="Praktijk De Es"), row(id=str(entry.uuid), owner=HOSPITAL, risks="Anders.")))

    first, second = lines(upload)
    assert (first.outcome, first.organisation) == ("NEW", below)
    assert (second.outcome, second.told[0]["reason"]) == ("BAD", "Deze toepassing hoort bij Praktijk De Es.")


def test_entry_that_ended_changes_no_more():
    at = place()
    entry = public(at)
    end_entry(entry=entry, reason="Gestopt.", by=None, now=timezone.now())

    same, other = (read(at, as_json(row(id=str(entry.uuid), risks=text))) for text in (COMPLETE["risks"], "Anders."))

    assert (outcomes(same), outcomes(other)) == (["UNCHANGED"], ["BAD"])


def test_text_of_our_editors_is_not_changed_by_a_file():
    at = place()
    entry = public(at, origin=Origin.EDITORIAL)

    assert outcomes(read(at, as_json(row(id=str(entry.uuid), risks="Anders.")))) == ["BAD"]


def test_entry_of_another_register_can_be_changed():
    at = place()
    entry = EntryFactory(organisation=at.hospital, origin=Origin.IMPORTED)
    with_received(entry, {"name": "Hulp", "organization": HOSPITAL, "lars": "77"})

    (line,) = lines(read(at, json.dumps([{"name": "Hulp 2", "organization": HOSPITAL, "lars": "77"}]).encode()))

    assert (line.outcome, line.entry, line.values) == ("CHANGED", entry, {"name": "Hulp 2"})


def test_same_row_twice_is_told_and_two_different_ones_are_bad():
    upload = read(place(), as_json(row(id="7"), row(id="7"), row(id="7", risks="Anders.")))

    assert outcomes(upload) == ["NEW", "DOUBLE", "BAD"]


def test_row_without_number_is_told_so_and_that_the_name_is_there_already():
    at = place()
    public(at)

    upload = read(at, as_json(row()))

    assert "geen nummer" in reasons(upload)
    assert "al een toepassing met deze naam" in reasons(upload)


def test_system_that_a_row_names_is_found():
    at = place()
    system = published_system(slug="bonefinder")

    (line,) = lines(read(at, as_json({**row(), "system": {"slug": "bonefinder"}})))

    assert line.system_id == system.pk


def test_template_of_a_supplier_names_no_organisation():
    template = [{"id": 4, "name": "Leverancier Vier", "provider": "Vier BV", "description_short": "Kort."}]

    (line,) = lines(read(place(), json.dumps(template).encode(), "Vier.json"))

    assert (line.outcome, line.organisation.name) == ("NEW", HOSPITAL)


# --- With an open draft ----------------------------------------------------------------------------------------------


def test_question_that_somebody_is_changing_is_a_conflict_and_the_others_are_not():
    at = place()
    entry = public(at)
    draft = start_correction(entry=entry, by=at.editor, now=timezone.now())
    save_answers(draft=draft, answers={"risks": "Van mij."}, seen=1, by=at.editor, now=timezone.now())

    (line,) = lines(read(at, as_json(row(id=str(entry.uuid), risks="Uit het bestand.", monitoring="Elke week."))))

    assert (line.outcome, line.values) == ("CONFLICT", {"monitoring": "Elke week."})
    assert line.told[0] == {
        "field": "risks", "value": "Uit het bestand.", "cleaned": "Van mij.",
        "reason": "Iemand schreef hier al iets anders in de nieuwe tekst. Dat blijft staan.",
    }  # fmt: skip


def test_first_text_of_a_person_is_theirs():
    at = place()
    draft = start_entry(organisation=at.hospital, slug="kijker", content=COMPLETE, by=at.editor, now=timezone.now())

    (line,) = lines(read(at, as_json(row(id=str(draft.entry.uuid), risks="Uit het bestand."))))

    assert (line.outcome, line.values) == ("CONFLICT", {})


def test_text_that_waits_for_approval_is_left_alone():
    at = place()
    entry = public(at)
    draft = start_correction(entry=entry, by=at.editor, now=timezone.now())
    submit(draft=draft, reason="Beter.", by=at.editor, now=timezone.now())

    (line,) = lines(read(at, as_json(row(id=str(entry.uuid), risks="Uit het bestand."))))

    assert (line.outcome, line.values) == ("CONFLICT", {})
    assert "wacht op goedkeuring" in line.told[0]["reason"]


def test_corrected_file_changes_what_the_file_before_it_wrote():
    at = place()
    taken(at, as_json(row(id="7")))

    (line,) = lines(read(at, as_json(row(id="7", risks="Verbeterd."))))

    assert (line.outcome, line.values) == ("CHANGED", {"risks": "Verbeterd."})


def test_what_is_about_no_row_is_told_once_with_the_first():
    text = f"name,organisation\nHulp,{HOSPITAL}\nname,organisation\nMeter,{HOSPITAL}\n"

    upload = read(place(), text.encode(), "lijst.csv")

    assert [[one["field"] for one in line.told if one["field"].startswith("regel")] for line in lines(upload)] == [
        ["regel 3"],
        [],
    ]


def test_place_of_a_row_names_its_sheet_when_there_are_more():
    names = ["name", "organisation"]
    data = workbook([names, ["Hulp", HOSPITAL]], [names, ["Meter", HOSPITAL]])

    found = lines(read(place(), data, "lijst.xlsx"))

    assert [line.place for line in found] == ["blad Blad 0, regel 2", "blad Blad 1, regel 2"]
