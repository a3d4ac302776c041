"""What is told of a row: under the names that the person wrote, in words, and only what somebody can see."""

import csv
import io

import pytest
from django.utils import timezone

from tests.factories.transparency import COMPLETE, published_entry
from tests.transparency.uploads.helpers import as_csv, as_json, lines, outcomes, place, read, row
from transparency.actions.drafts import save_answers, start_correction
from transparency.exchange.exporting import own_document
from transparency.uploads.telling import report, told
from transparency.uploads.words import label_of, looks_same, words_of

pytestmark = pytest.mark.django_db


def remarks(upload):
    """(label, value, what it became) of everything that is told of the rows."""
    return [(one.label, one.value, one.cleaned) for line in lines(upload) for one in told(line).remarks]


def written(upload):
    """The cells of the report, without its head."""
    return list(csv.reader(io.StringIO("".join(report(upload)).lstrip("\ufeff"))))[1:]


def test_value_that_stays_what_it_is_is_not_told():
    upload = read(place(), b"Naam,Leverancier,Afdeling\nHulp,Vier,Radiologie\n", "lijst.csv")

    assert [one for one in remarks(upload) if "Radiologie" in one] == []
    assert [cells for cells in written(upload) if "Radiologie" in cells] == []
    assert lines(upload)[0].values["tags"] == "Radiologie"


@pytest.mark.parametrize(
    ("header", "label"),
    [("MONITORING ", "MONITORING"), ("monitoring", "Wie controleert of het goed blijft gaan, en hoe?")],
)
def test_column_has_the_name_that_the_person_gave_it_and_where_it_went_is_dutch(header, label):
    upload = read(place(), f"Naam,Leverancier,{header}\nHulp,Vier,Elke week\n".encode(), "lijst.csv")

    (one,) = [one for one in told(lines(upload)[0]).remarks if one.value == "Elke week"]
    assert (one.label, one.cleaned) == (label, "Risicobeheer: Monitoring")
    assert one.reason == "De tekst staat nu onder een kopje."
    assert [label, "Elke week", "Risicobeheer: Monitoring"] in [cells[4:7] for cells in written(upload)]


def test_question_keeps_the_name_above_its_column():
    data = b"naam;zorgverlener;Kan de AI uit?;Kleur\nHulp;de-linde;misschien;rood\n"

    said = remarks(read(place(), data, "lijst.csv"))

    assert ("Kan de AI uit?", "misschien", "") in said
    assert ("Kleur", "rood", "") in said


@pytest.mark.parametrize("header", ["Organisatienaam", "ZIEKENHUIS"])
def test_organisation_too_is_told_under_the_name_above_its_column(header):
    upload = read(place(), f"Naam,{header},Doel en impact\nHulp,Elders,Goed\n".encode(), "lijst.csv")

    assert (header, "Elders", "") in remarks(upload)


def test_record_without_columns_is_told_in_dutch():
    record = b'[{"name": "Hulp", "organization": "de-linde", "monitoring": "Elke week", "objection_procedure": "Bel."}]'

    labels = [label for label, _value, _cleaned in remarks(read(place(), record))]

    assert "Wie controleert of het goed blijft gaan, en hoe?" in labels
    assert "Bezwaarprocedure" in labels


def test_list_that_became_text_is_told_though_its_words_are_the_same():
    data = b"Naam,Organisatie,Doel en impact,Verwijzingen wettelijke basis\nHulp,de-linde,Goed,Artikel vijf\n"

    said = remarks(read(place(), data, "lijst.csv"))

    assert ("Verwijzingen wettelijke basis", "Artikel vijf", "Artikel vijf") in said


def test_lists_and_objects_are_told_in_words():
    data = b"Naam,Organisatie,Thema,Doel en impact\nHulp,de-linde,gezondheid en zorg; Zorg en gezondheid,Goed\n"

    said = " ".join(" ".join(one) for one in remarks(read(place(), data, "lijst.csv")))

    assert [sign for sign in "[]{}" if sign in said] == []


def test_answer_with_an_empty_explanation_is_the_same_as_one_without():
    at = place()
    entry = published_entry(organisation=at.hospital, content={"can_switch_off": {"answer": "YES"}})

    assert outcomes(read(at, as_csv(own_document(entry)), "lijst.csv")) == ["UNCHANGED"]
    assert outcomes(read(at, as_json(row(id=str(entry.uuid), risks=COMPLETE["risks"].replace(" ", "  "))))) == [
        "UNCHANGED"
    ]


def test_answers_that_differ_are_told_in_words_and_not_in_codes():
    at = place()
    entry = published_entry(organisation=at.hospital)

    upload = read(
        at, as_json(row(id=str(entry.uuid), can_refuse={"answer": "NO", "text": "Dat kan niet."}, status="PILOT"))
    )

    found = {cells[4]: cells[5:7] for cells in written(upload)}
    assert found["Kunt u nee zeggen?"] == ["Ja. Zeg het voor de foto. U krijgt dezelfde zorg.", "Nee. Dat kan niet."]
    assert found["Status"] == ["In gebruik", "Proef"]


def test_answer_that_somebody_else_is_changing_is_told_in_words():
    at = place()
    entry = published_entry(organisation=at.hospital)
    draft = start_correction(entry=entry, by=at.editor, now=timezone.now())
    mine = {"status": "PAUSED", "works_less_well_for": [{"group": "Ouderen"}]}
    save_answers(draft=draft, answers=mine, seen=1, by=at.editor, now=timezone.now())

    said = remarks(read(at, as_json(row(id=str(entry.uuid), status="PILOT", unknown=["fallback"]))))

    assert ("Status", "Proef", "Gepauzeerd") in said
    assert "{" not in str(said).replace("{}", "")


@pytest.mark.parametrize(
    ("field", "label"),
    [("sources.link", "Bronnen"), ("translations.en.risks", "Engelse teksten"), ("department", "Afdeling"),
     ("Nr. van ons", "Nr. van ons"), ("regel 3", "regel 3"), ("", "hele regel")],
)  # fmt: skip
def test_what_is_told_is_about_something_with_a_dutch_name(field, label):
    assert label_of(field) == label


def test_words_of_open_questions_and_translations():
    assert words_of("unknown", ["fallback"]) == "Wat als de AI niet werkt?"
    assert words_of("translations", {"en": {"summary": "Short."}}) == "In het kort: Short."
    assert words_of("risks", None) == ""


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("Een  zin. ", "Een zin.", True), ("Een zin.", "een zin.", False), ("Een.\n\nTwee.", "Een. Twee.", False),
     (None, "", True), ("Een.", None, False)],
)  # fmt: skip
def test_two_texts_look_the_same_when_nobody_can_see_the_difference(one, other, same):
    assert looks_same("risks", one, other) is same
