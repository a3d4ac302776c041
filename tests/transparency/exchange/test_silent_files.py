"""A file that says less than the one before takes nothing away, and what it does take away is told."""

import json

import pytest

from tests.transparency.exchange.helpers import NOW, as_bytes, national, one, outcomes, take_in, written
from transparency.actions.publishing import publish_entry
from transparency.exchange import files
from transparency.models import Entry, NationalRecord

pytestmark = pytest.mark.django_db
FULL = {"lars": "123", "status": "In gebruik", "goal": "<p>Doel.</p>", "risks": "<p>Risico.</p>"}
KEPT = "Hierover zegt het bestand niets. Wat wij al wisten, blijft staan."
EMPTY = "In het bestand is dit antwoord nu leeg."


def public():
    """The public text of the only entry."""
    return Entry.objects.get().current_version.content


def told(made, reason):
    """(field, value before) of every line of a plan with this reason."""
    return [(line.field, line.raw) for item in made.items for line in item.told() if line.reason == reason]


def own(**content):
    """A file of our own JSON with one entry."""
    entry = {"id": "4b0a7f3e-64b5-4fd5-9d4c-9f5b1e3f5a01", "organisation": {"name": "Zorggroep"}, "content": content}
    return as_bytes({"format": "toepassingen", "entries": [entry]})


def test_a_list_with_fewer_columns_takes_nothing_away_and_says_so():
    take_in(one(**FULL), publish=True)

    made = take_in(b"name,organization,algorithm_id,status\nHulp,Zorggroep,123,In gebruik\n", publish=True)

    assert (public()["purpose"], public()["risks"], public()["summary"]) == ("Doel.", "Risico.", "Kort.")
    assert national()[0]["goal"] == "<p>Doel.</p>"
    assert told(made, KEPT) == [("", "description_short, goal, risks")]


def test_json_with_fewer_keys_takes_nothing_away():
    take_in(one(**FULL), publish=True)

    take_in(as_bytes([{"name": "Hulpje", "organization": "Zorggroep", "lars": "123"}]), publish=True)

    assert (public()["name"], public()["purpose"]) == ("Hulpje", "Doel.")


@pytest.mark.parametrize(
    "file",
    [as_bytes([{"name": "Hulp", "organization": "Zorggroep", "lars": "123", "goal": None, "risks": "<p>Risico.</p>"}]),
     b"name,organization,algorithm_id,goal,risks\nHulp,Zorggroep,123,,Risico.\n"],
    ids=["null", "an empty cell"],
)  # fmt: skip
def test_an_answer_that_the_file_empties_goes_and_is_told(file):
    take_in(one(**FULL), publish=True)

    made = take_in(file, publish=True)

    assert ("purpose" in public(), public()["risks"]) == (False, "Risico.")
    assert told(made, EMPTY) == [("purpose", "Doel.")]


def test_an_answer_that_was_emptied_is_told_for_a_draft_too():
    take_in(one(**FULL))

    assert told(take_in(one(**{**FULL, "goal": None})), EMPTY) == [("purpose", "Doel.")]


def test_a_column_that_an_older_version_does_not_have_says_nothing():
    take_in(one(**FULL, process_index_url="https://zorggroep.example/verwerkingen"), publish=True)

    take_in(one(**{**FULL, "standard_version": "0.4", "goal": "Nieuw."}), publish=True)

    assert public()["processing_register_url"] == "https://zorggroep.example/verwerkingen"


def test_a_file_that_says_less_a_second_time_changes_nothing():
    take_in(one(**FULL), publish=True)
    less = b"name,organization,algorithm_id\nHulp,Zorggroep,123\n"
    take_in(less, publish=True)

    assert outcomes(take_in(less, publish=True)) == ["unchanged"]


def test_the_numbers_of_before_stay_when_a_file_has_fewer():
    take_in(one(**FULL, source_id="A-1"))

    take_in(b"name,organization,algorithm_id\nHulpje,Zorggroep,123\n")

    kept = NationalRecord.objects.get()
    assert (kept.lars, kept.source_id, kept.content["name"]) == ("123", "A-1", "Hulpje")


def test_our_own_json_with_fewer_answers_takes_nothing_away():
    english = {"en": {"name": "Help", "purpose": "Goal."}}
    take_in(own(name="Hulp", purpose="Doel.", risks="Risico.", translations=english, unknown=["summary"]), publish=True)

    made = take_in(own(name="Hulpje", purpose=None, translations={"en": {"name": "Aid"}}), publish=True)

    assert public() == {
        "name": "Hulpje", "risks": "Risico.", "unknown": ["summary"],
        "translations": {"en": {"name": "Aid", "purpose": "Goal."}},
    }  # fmt: skip
    assert (told(made, KEPT), told(made, EMPTY)) == ([("", "risks")], [("purpose", "Doel.")])


def test_our_own_csv_with_fewer_columns_takes_nothing_away():
    code = "4b0a7f3e-64b5-4fd5-9d4c-9f5b1e3f5a01"
    take_in(own(name="Hulp", purpose="Doel.", status="IN_USE"), publish=True)

    take_in(f"id,name,organisation,status\n{code},Hulp,Zorggroep,PILOT\n".encode(), publish=True)

    assert public() == {"name": "Hulp", "purpose": "Doel.", "status": "PILOT"}


def test_what_our_own_file_does_not_say_is_no_difference_with_our_own_entry():
    take_in(own(name="Hulp", purpose="Doel."), publish=True)
    entry = Entry.objects.get()
    Entry.objects.update(origin="PROVIDER")

    made = take_in(own(name="Anders"))

    assert [line.field for line in made.items[0].told()] == ["name"]
    assert made.items[0].entry_id == entry.pk


def test_a_list_of_points_survives_a_trip_through_cells():
    take_in(one(goal="Doel is:\n\n• een\n• twee\n\nTweede alinea"), publish=True)
    before, cells = public(), written(files.national_csv)

    take_in(cells.encode(), publish=True)

    assert public() == before


def test_an_edited_answer_stays_when_the_file_is_silent_about_it():
    take_in(one(**FULL), publish=True)
    content = {**public(), "purpose": "Onze tekst."}
    publish_entry(entry=Entry.objects.get(), content=content, reason="r", responsible="r", by=None, now=NOW)

    take_in(b"name,organization,algorithm_id\nHulpje,Zorggroep,123\n", publish=True)

    assert (public()["purpose"], public()["name"]) == ("Onze tekst.", "Hulpje")


def test_the_line_about_what_stays_is_kept_with_the_record_once():
    take_in(one(**FULL))

    take_in(as_bytes([{"name": "Hulpje", "organization": "Zorggroep", "lars": "123", "status": number}
                      for number in ("In gebruik", "In ontwikkeling")]))  # fmt: skip

    report = json.dumps(NationalRecord.objects.get().report)
    assert report.count(KEPT) == 1
