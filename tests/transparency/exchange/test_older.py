"""A record of any version becomes one of 1.0; a valid one comes back as it is."""

import pytest
from hypothesis import given

from tests.transparency.exchange.helpers import data_json
from tests.transparency.exchange.strategies import DIRTY, VALID, patient
from transparency.exchange.inward import to_content
from transparency.exchange.older import upgrade
from transparency.exchange.valid import faults


def upgraded(number):
    """(record of 1.0, changes) of a record of the invented file of 2023."""
    raw = {key: value for key, value in data_json("full-2023.json")[number].items() if value is not None}
    return upgrade(raw)


@patient
@given(VALID)
def test_a_valid_record_comes_back_value_for_value(record):
    assert upgrade(record)[0] == record


@patient
@given(VALID)
def test_a_valid_record_needs_no_explanation(record):
    assert upgrade(record)[1] == []


@patient
@given(DIRTY)
def test_what_was_upgraded_once_stays_as_it_is(raw):
    once = upgrade(raw)[0]

    assert upgrade(once)[0] == once


@patient
@given(DIRTY)
def test_every_value_that_came_out_otherwise_is_explained(raw):
    record, changes = upgrade(raw)
    explained = {made.field for made in changes}

    for key, value in raw.items():
        added_to = key in {"tags", "goal", "human_intervention", "risks", "source_data", "methods_and_models",
                           "impacttoetsen", "lawful_basis", "website", "source_id",
                           "lawful_basis_grouping", "source_data_grouping"}  # fmt: skip
        empty = value in (None, "", [], {}) or (isinstance(value, str) and not value.strip())
        assert (
            key in explained or empty or added_to or record.get(key) == value or str(value).strip() == record.get(key)
        ), key


def test_impact_stands_under_a_heading_in_the_goal():
    assert upgraded(0)[0]["goal"] == "De planning wordt beter.\n\nImpact\n\nU wacht korter."


def test_impact_becomes_what_a_patient_notices():
    assert to_content(upgraded(0)[0])[0]["effect_on_you"] == "U wacht korter."


def test_a_self_learning_type_becomes_a_kind_of_ai():
    assert to_content(upgraded(0)[0])[0]["ai_kind"] == "LEARNING"


def test_the_type_of_0_4_says_whether_it_learns():
    assert to_content(upgraded(2)[0])[0]["ai_kind"] == "RULES"


def test_words_that_are_no_theme_become_search_words():
    record = upgraded(0)[0]

    assert (record["category"], record["tags"]) == (["Wonen"], "Zorg, Team Plannen, Voorbeeldstad")


def test_links_in_one_text_become_a_list():
    assert upgraded(1)[0]["source_data_grouping"] == [
        {"title": "BRP", "link": "https://brp.example/a"},
        {"title": "BAG", "link": "https://bag.example/b"},
    ]


def test_a_status_that_says_two_things_is_left_open():
    assert upgraded(1)[0]["status"] is None


def test_an_upgraded_record_says_version_1():
    assert upgraded(1)[0]["standard_version"] == "1.0"


@pytest.mark.parametrize("version", [1, 1.0, "1", "1.0.0"])
def test_version_1_written_otherwise_is_version_1(version):
    record, changes = upgrade({"name": "A", "standard_version": version, "create_dt": "2026-01-01"})

    assert (record["standard_version"], record["create_dt"]) == ("1.0", "2026-01-01")
    assert [made.reason for made in changes] == ["De versie schrijven wij als 1.0."]


def test_a_link_in_one_text_keeps_its_comma():
    text = "Wet https://wet.example/1,2, besluit HTTPS://wet.example/3."

    assert [row["link"] for row in upgrade({"lawful_basis_link": text})[0]["lawful_basis_grouping"]] == [
        "https://wet.example/1,2",
        "HTTPS://wet.example/3",
    ]


def test_a_word_for_no_number_is_no_source_id():
    assert "source_id" not in upgraded(0)[0]


def test_a_column_nobody_knows_is_told():
    _record, changes = upgrade({"name": "A", "kleur": "rood"})

    assert [(made.field, made.raw) for made in changes] == [("kleur", "rood")]


def test_an_empty_required_value_is_a_fault():
    assert set(faults({"name": "A"})) >= {"description_short", "organization", "status", "contact_email", "lang"}


def test_a_value_of_the_wrong_type_is_a_fault():
    assert "category" in faults({"category": ["Werk", {"a": 1}]})
