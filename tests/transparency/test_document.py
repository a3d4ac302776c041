"""What a content document may hold: every kind of answer right and wrong, and which answers are missing."""

import pytest

from tests.factories.transparency import COMPLETE
from transparency.document import has_value, is_unknown, missing, texts
from transparency.fields import BY_KEY, ENTRY_FIELDS, SYSTEM_FIELDS
from transparency.shape import Problem, problems

RIGHT = [
    ("name", "Breukkijker"),
    ("name", "x" * 100),
    ("summary", "Eerste alinea.\n\n- een\n- twee"),
    ("use_kind", "DIAGNOSIS_SUPPORT"),
    ("care_setting", []),
    ("care_setting", ["RADIOLOGY", "EMERGENCY"]),
    ("people_per_year", 0),
    ("people_per_year", 999_999_999),
    ("data_rights_url", "https://ziekenhuis.example/mijn-gegevens?a=1&b=2"),
    ("data_rights_url", "http://ziekenhuis.example"),
    ("contact_public", "vragen@ziekenhuis.example"),
    ("contact_public", "https://ziekenhuis.example/contact"),
    ("contact_public", "Https://ziekenhuis.example/contact"),
    ("data_rights_url", "https://ziekenhuis.example/d'hondt|a"),
    ("start_month", "2025-03"),
    ("last_checked_on", "2026-02-28"),
    ("can_refuse", {"answer": "YES"}),
    ("can_refuse", {"answer": "PARTLY", "text": "Alleen vooraf."}),
    ("sources", []),
    ("sources", [{"title": "Jaarverslag", "link": "https://bron.example/1", "checked_on": "2026-01-02"}]),
    ("participation_steps", [{"phase": "IDEA", "number": 0, "via": ""}]),
]
WRONG = [
    ("name", 5, "tekst"),
    ("name", None, "tekst"),
    ("name", "x" * 101, "101 tekens. Er passen er 100"),
    ("name", "twee\nregels", "één regel"),
    ("summary", ["a"], "tekst"),
    ("summary", "x" * 401, "401 tekens"),
    ("use_kind", "BESTAAT_NIET", "uit de lijst"),
    ("use_kind", ["DIAGNOSIS_SUPPORT"], "uit de lijst"),
    ("use_kind", "", "uit de lijst"),
    ("care_setting", "RADIOLOGY", "lijst van keuzes"),
    ("care_setting", ["RADIOLOGY", "MAAN"], "uit de lijst"),
    ("care_setting", [["RADIOLOGY"]], "uit de lijst"),
    ("people_per_year", -1, "heel getal"),
    ("people_per_year", 1.5, "heel getal"),
    ("people_per_year", True, "heel getal"),
    ("people_per_year", "12", "heel getal"),
    ("people_per_year", 10**9, "heel getal"),
    ("data_rights_url", "ziekenhuis.example", "https://"),
    ("data_rights_url", "javascript:alert(1)//x.nl", "https://"),
    ("data_rights_url", "data:text/html,x.nl", "https://"),
    ("data_rights_url", "https://x.nl/ javascript:alert(1)", "https://"),
    ("data_rights_url", 'https://x.nl/"onmouseover="alert(1)', "https://"),
    ("data_rights_url", "https://localhost", "https://"),
    ("contact_public", "bel ons maar", "e-mailadres of een webadres"),
    ("contact_public", "a@b", "e-mailadres of een webadres"),
    ("contact_public", "a b@c.nl", "e-mailadres of een webadres"),
    ("contact_public", "<a@b.nl>", "e-mailadres of een webadres"),
    ("contact_public", "javascript:alert(1)", "e-mailadres of een webadres"),
    ("start_month", "2025-13", "maand"),
    ("start_month", "maart 2025", "maand"),
    ("start_month", "2025-03-01", "maand"),
    ("start_month", 202503, "tekst"),
    ("last_checked_on", "2026-02-30", "datum"),
    ("last_checked_on", "30-01-2026", "datum"),
    ("last_checked_on", "20260102", "datum"),
    ("last_checked_on", "2026-W01-5", "datum"),
    ("last_checked_on", "2026-01-02T10:00", "datum"),
    ("last_checked_on", "٢٠٢٦-٠١-٠٢", "datum"),
    ("can_refuse", "YES", "keuze en uitleg"),
    ("can_refuse", {"text": "Ja hoor."}, "uit de lijst"),
    ("can_refuse", {"answer": "MISSCHIEN"}, "uit de lijst"),
    ("can_refuse", {"answer": "YES", "extra": 1}, "keuze en uitleg"),
    ("can_refuse", {"answer": "YES", "text": "x" * 901}, "901 tekens"),
    ("can_refuse", {"answer": "YES", "text": None}, "tekst"),
    ("sources", {"title": "Jaarverslag"}, "lijst van regels"),
    ("sources", ["Jaarverslag"], "lijst van regels"),
    ("sources", [{"titel": "Jaarverslag"}], "kennen we niet: titel"),
    ("sources", [{"title": "x" * 501}], "Bron: De tekst is 501 tekens"),
    ("sources", [{"link": "geen adres"}], "Link: Geef een webadres"),
    ("sources", [{"checked_on": "gisteren"}], "Bekeken op: Geef een datum"),
    ("participation_steps", [{"phase": "NOOIT"}], "Fase: Kies"),
    ("participation_steps", [{"number": -1}], "Aantal mensen: Geef een heel getal"),
]


def said(found):
    return [problem.message for problem in found]


@pytest.mark.parametrize(("key", "value"), RIGHT)
def test_right_answer_gives_no_problem(key, value):
    assert problems({key: value}, ENTRY_FIELDS) == []


@pytest.mark.parametrize(("key", "value", "message"), WRONG)
def test_wrong_answer_gives_one_problem_that_says_what_to_do(key, value, message):
    found = problems({key: value}, ENTRY_FIELDS)

    assert [problem.key for problem in found] == [key]
    assert message in found[0].message


def test_problem_names_its_question():
    found = problems({"can_refuse": "YES"}, ENTRY_FIELDS)

    assert found == [Problem(key="can_refuse", label=BY_KEY["can_refuse"].label, message="Geef een keuze en uitleg.")]


def test_unknown_question_is_a_problem():
    assert [problem.key for problem in problems({"geheim": "x"}, ENTRY_FIELDS)] == ["geheim"]


def test_unknown_question_among_the_unknown_answers_is_a_problem():
    assert [problem.key for problem in problems({"unknown": ["risks", "geheim"]}, ENTRY_FIELDS)] == ["geheim"]


def test_question_of_entries_is_a_problem_on_a_system():
    assert [problem.key for problem in problems({"complain_how": "Bel."}, SYSTEM_FIELDS)] == ["complain_how"]


def test_every_wrong_answer_is_reported_not_only_the_first():
    found = problems({"name": 5, "use_kind": "X", "geheim": 1}, ENTRY_FIELDS)

    assert {problem.key for problem in found} == {"name", "use_kind", "geheim"}


# --- What is missing ----------------------------------------------------------------------------------------------


def keys(found):
    return {f.key for f in found}


def test_empty_document_misses_every_question_that_is_always_needed():
    found = keys(missing({}, ENTRY_FIELDS))

    assert {"name", "summary", "risks", "can_refuse", "provider", "status"} <= found
    assert not found & {"start_month", "end_month", "ce_class", "object_how"}


@pytest.mark.parametrize("empty", [None, "", [], {}])
def test_empty_value_is_no_answer(empty):
    assert keys(missing({**COMPLETE, "risks": empty}, ENTRY_FIELDS)) == {"risks"}


@pytest.mark.parametrize("blank", [" ", "\n\n", "\t", "\u00a0"])
def test_blank_text_is_no_answer(blank):
    assert keys(missing({**COMPLETE, "risks": blank}, ENTRY_FIELDS)) == {"risks"}


@pytest.mark.parametrize("rows", [[{}], [{"group": "", "text": ""}]])
def test_rows_that_say_nothing_are_no_answer(rows):
    assert keys(missing({**COMPLETE, "works_less_well_for": rows}, ENTRY_FIELDS)) == {"works_less_well_for"}


@pytest.mark.parametrize("answer", [0, False])
def test_nought_is_an_answer(answer):
    assert has_value({"people_per_year": answer}, "people_per_year")


def test_we_do_not_know_yet_is_an_answer():
    content = {**COMPLETE, "risks": "", "unknown": ["risks"]}

    assert missing(content, ENTRY_FIELDS) == []
    assert is_unknown(content, "risks")


def test_we_do_not_know_yet_counts_only_for_its_own_question():
    content = {**COMPLETE, "risks": "", "monitoring": "", "unknown": ["risks"]}

    assert keys(missing(content, ENTRY_FIELDS)) == {"monitoring"}


@pytest.mark.parametrize(
    ("changes", "needed"),
    [
        ({"status": "PLANNED", "start_month": ""}, set()),
        ({"status": "IN_USE", "start_month": ""}, {"start_month"}),
        ({"status": "STOPPED"}, {"end_month", "stop_reason"}),
        ({"status": "STOPPED", "unknown": ["stop_reason"], "end_month": "2026-01"}, set()),
        ({"medical_device": "MDR", "ce_class": ""}, {"ce_class"}),
        ({"medical_device": "NO", "ce_class": ""}, set()),
    ],
)
def test_some_questions_are_needed_only_when_another_answer_asks_for_them(changes, needed):
    assert keys(missing({**COMPLETE, **changes}, ENTRY_FIELDS)) == needed


def test_missing_questions_come_in_the_order_of_the_page():
    found = [f.key for f in missing({}, ENTRY_FIELDS)]

    assert found == [f.key for f in ENTRY_FIELDS if f.key in found]


# --- What a reader reads ------------------------------------------------------------------------------------------


def test_texts_are_the_words_and_the_codes_written_out():
    content = {
        "name": "Kijker",
        "use_kind": "SUMMARY",
        "care_setting": ["RADIOLOGY"],
        "can_refuse": {"answer": "YES", "text": "Zeg het."},
        "sources": [{"title": "Bron één", "link": "https://bron.example"}],
        "people_per_year": 5,
    }

    assert list(texts(content, ENTRY_FIELDS)) == [
        ("name", "Kijker"),
        ("use_kind", "Gegevens samenvatten"),
        ("care_setting", "Röntgen en scans (radiologie)"),
        ("can_refuse", "Zeg het."),
        ("sources", "Bron één"),
    ]
