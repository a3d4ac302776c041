"""Rows in our own form that a hospital sends in: what they leave unsaid stays, what cannot come along is told."""

import pytest

from tests.factories.transparency import COMPLETE, published_entry, published_system
from tests.transparency.uploads.helpers import HOSPITAL, as_json, lines, outcomes, place, read, row
from transparency.uploads.telling import told

pytestmark = pytest.mark.django_db


def csv(*rows):
    """A list of the hospital."""
    return "\n".join(";".join(cells) for cells in rows).encode()


def test_answer_without_a_column_for_its_explanation_keeps_it():
    at = place()
    entry = published_entry(organisation=at.hospital)

    upload = read(at, csv(("id", "name", "organisation", "can_override"),
                          (str(entry.uuid), "Breukkijker", HOSPITAL, "YES")), "lijst.csv")  # fmt: skip

    assert outcomes(upload) == ["UNCHANGED"]


def test_another_answer_keeps_the_explanation_that_was_there_and_says_so():
    at = place()
    entry = published_entry(organisation=at.hospital)

    (line,) = lines(read(at, csv(("id", "name", "organisation", "can_override", "can_override_text"),
                                 (str(entry.uuid), "Breukkijker", HOSPITAL, "Nee", "")), "lijst.csv"))  # fmt: skip

    assert line.values == {"can_override": {**COMPLETE["can_override"], "answer": "NO"}}
    assert [(one["field"], one["cleaned"]) for one in line.told] == [
        ("can_override.text", COMPLETE["can_override"]["text"])
    ]


def test_json_answer_without_text_keeps_its_explanation():
    at = place()
    entry = published_entry(organisation=at.hospital)

    assert outcomes(read(at, as_json(row(id=str(entry.uuid), can_override={"answer": "YES"})))) == ["UNCHANGED"]


def test_text_in_the_cell_of_an_answer_is_taken_over():
    data = csv(("naam", "organisatie", "kunt u nee zeggen?", "wie beslist?"),
               ("Kijker", HOSPITAL, "Ja, zeg het de arts", "De arts."))  # fmt: skip

    (line,) = lines(read(place(), data, "lijst.csv"))

    assert line.values["can_refuse"] == {"answer": "YES", "text": "zeg het de arts"}


def test_what_could_not_be_read_stands_on_the_page_under_its_question():
    data = csv(("naam", "organisatie", "people_per_year", "can_refuse_text"), ("Kijker", HOSPITAL, "12.5", "Bel 123"))

    (line,) = lines(read(place(), data, "lijst.csv"))

    assert {("Kunt u nee zeggen?", "Bel 123"), ("Hoeveel mensen per jaar?", "12.5")} <= {
        (one.label, one.value) for one in told(line).remarks
    }


def test_system_that_is_not_here_and_notices_are_told():
    (line,) = lines(read(place(), as_json({**row(id="7"), "system": {"slug": "x"}, "notices": [{"text": "Pas op."}]})))

    assert [(one.label, one.value) for one in told(line).remarks] == [
        ("AI-systeem", '{"slug": "x"}'),
        ("Meldingen", '[{"text": "Pas op."}]'),
    ]


def test_another_system_than_the_entry_has_is_told():
    at = place()
    entry = published_entry(organisation=at.hospital)
    published_system(slug="bonefinder")

    (line,) = lines(read(at, as_json({**row(id=str(entry.uuid)), "system": {"slug": "bonefinder"}})))

    assert (line.outcome, [one["field"] for one in line.told]) == ("UNCHANGED", ["system"])


def test_row_that_says_that_it_is_over_is_told_so():
    (line,) = lines(read(place(), as_json({**row(id="7"), "state": "WITHDRAWN"})))

    assert (line.outcome, [(one["field"], one["value"]) for one in line.told]) == ("NEW", [("state", "WITHDRAWN")])
