"""Every answer of ours and every field of the standard has one place in the mapping."""

import pytest
from hypothesis import given

from tests.factories.transparency import COMPLETE
from tests.transparency.exchange.helpers import data_json
from tests.transparency.exchange.strategies import DIRTY, VALID, patient
from transparency.exchange.inward import to_content
from transparency.exchange.mapping import IDENTITY, NOT_IN_STANDARD, RULES
from transparency.exchange.markup import strange_tags
from transparency.exchange.national import BY_KEY as NATIONAL
from transparency.exchange.national import Shape
from transparency.exchange.older import upgrade
from transparency.exchange.outward import recompose, to_national
from transparency.fields import BY_KEY, ENTRY_FIELDS
from transparency.shape import problems

MAPPED = {key for rule in RULES for key in rule.ours}


def test_every_answer_is_mapped_or_on_the_list_of_what_the_standard_has_not():
    assert MAPPED | NOT_IN_STANDARD == set(BY_KEY)


def test_no_answer_is_both_mapped_and_said_to_have_no_place():
    assert MAPPED & NOT_IN_STANDARD == set()


def test_every_national_field_has_a_rule_or_belongs_to_the_identity():
    assert {rule.key for rule in RULES} | IDENTITY == set(NATIONAL)


@patient
@given(VALID)
def test_a_valid_record_gives_answers_of_the_right_shape(record):
    assert problems(to_content(record)[0], ENTRY_FIELDS) == []


@patient
@given(DIRTY)
def test_a_dirty_record_gives_answers_of_the_right_shape(raw):
    assert problems(to_content(upgrade(raw)[0])[0], ENTRY_FIELDS) == []


@patient
@given(VALID)
def test_a_record_whose_answers_nobody_changed_is_the_record_as_it_came(record):
    content = to_content(record)[0]

    assert recompose(record, content, content) == record


@patient
@given(VALID)
def test_an_edited_answer_changes_only_its_own_field(record):
    before = to_content(record)[0]
    made = recompose(record, before, {**before, "summary": "Een heel andere tekst."})

    assert {key for key in made if made[key] != record.get(key)} == {"description_short"}


def test_an_answer_added_under_a_text_leaves_the_markup_of_the_text():
    record = data_json("national.json")[0]
    before = to_content(record)[0]

    made = recompose(record, before, {**before, "for_whom": "Voor iedereen die wacht."})

    assert made["goal"] == f"{record['goal']}<p>Voor wie is het?</p><p>Voor iedereen die wacht.</p>"


def test_a_composed_text_is_taken_apart_again():
    content = {key: value for key, value in COMPLETE.items() if key in MAPPED}
    rows = {"works_less_well_for", "care_setting", "body_parts", "visit_reasons"}  # read as text or as search words
    back = to_content({key: value for key, value in to_national(content).items() if value is not None})[0]

    assert {k: v for k, v in content.items() if k not in rows and back.get(k) != v} == {
        "risks": COMPLETE["risks"],  # the groups stand under it
    }


def test_a_group_for_which_it_works_less_well_is_told_in_the_risks():
    assert "<li>Kinderen: Hun botten groeien nog. Cijfer: Van de 100: 8 fout</li>" in to_national(COMPLETE)["risks"]


@pytest.mark.parametrize("key", [k for k, f in NATIONAL.items() if f.shape == Shape.HTML])
def test_what_we_compose_has_only_tags_of_the_standard(key):
    content = {**COMPLETE, "purpose": "<script>alert(1)</script> & <b>"}

    assert strange_tags(to_national(content)[key] or "") == set()


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("PLANNED", "In ontwikkeling"), ("DEVELOPMENT", "In ontwikkeling"), ("PILOT", "In gebruik"),
     ("IN_USE", "In gebruik"), ("PAUSED", "In gebruik"), ("STOPPED", "Buiten gebruik"),
     ("WITHDRAWN", "Buiten gebruik")],
)  # fmt: skip
def test_seven_statuses_become_three(ours, theirs):
    assert to_national({"status": ours})["status"] == theirs


def test_a_source_without_a_link_stands_in_the_text():
    made = to_national({"data_sources": [{"title": "Uw dossier"}, {"title": "Meting", "link": "https://m.example"}]})

    assert (made["source_data"], made["source_data_grouping"]) == (
        "<p>Waar komen de gegevens vandaan?</p><ul><li>Uw dossier</li></ul>",
        [{"title": "Meting", "link": "https://m.example"}],
    )


def test_own_make_is_said_in_the_words_of_the_standard():
    assert to_national({"developed_in_house": "YES"})["provider"] == "Intern ontwikkeld"


def test_the_words_for_own_make_are_an_answer():
    assert to_content({"provider": "Intern ontwikkeld"})[0] == {"developed_in_house": "YES"}


def test_care_is_the_theme_where_others_stand_beside_it():
    assert to_content({"category": ["Werk", "Zorg en gezondheid"]})[0] == {"theme": "CARE"}


def test_that_one_theme_of_more_is_shown_is_told():
    changes = to_content({"category": ["Werk", "Zorg en gezondheid"]})[1]

    assert [(made.field, made.cleaned) for made in changes] == [("category", "Zorg en gezondheid")]


def test_a_text_too_long_for_us_says_where_it_goes_on():
    purpose = to_content({"goal": "Dit is een zin. " * 120}, "https://bron.example/7")[0]["purpose"]

    assert purpose.endswith("… (lees verder op https://bron.example/7)")


@pytest.mark.parametrize("raw", ["<p>Go\u200bed</p>", "Go&shy;ed", "Go\0ed", "Goed\ud800", "👨\u200d👩\u200d👧"])
def test_characters_that_do_not_come_through_are_told(raw):
    _content, changes = to_content({"goal": raw})

    assert [(made.field, made.reason) for made in changes] == [("goal", "Onzichtbare tekens zijn weggehaald.")]
