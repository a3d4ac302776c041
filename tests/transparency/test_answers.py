"""A content document as questions with answers: each kind shown, nothing of a text taken for HTML."""

import pytest
from django.utils.translation import override

from tests.factories.transparency import COMPLETE
from transparency.answers import sections
from transparency.fields import BY_KEY, ENTRY_FIELDS, SECTIONS
from transparency.glossary import Explainer
from transparency.vocabularies import vocabulary

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>&amp;\"'"


def answer(key, value, *, language="nl", **content):
    """The one answer to `key`."""
    with override(language):
        found = sections({key: value, **content}, ENTRY_FIELDS, Explainer(language=language))
        return next(a for a in found[BY_KEY[key].section].answers if a.field.key == key)


SHOWN = [
    ("name", "Breukkijker", "Breukkijker"),
    ("purpose", "Eén.\n\nTwee.", "<p>Eén.</p><p>Twee.</p>"),
    ("purpose", "Wij doen:\n- een\n- twee", "<p>Wij doen:</p><ul><li>een</li><li>twee</li></ul>"),
    ("use_kind", "SUMMARY", "Gegevens samenvatten"),
    ("care_setting", ["RADIOLOGY", "EMERGENCY"], "Röntgen en scans (radiologie), Spoedeisende hulp"),
    (
        "data_rights_url",
        "https://z.example/a?b=1&c=2",
        '<a href="https://z.example/a?b=1&amp;c=2" rel="nofollow noopener">z.example/a?b=1&amp;c=2</a>',
    ),
    (
        "contact_phone",
        "+31 (0)20 123 45 67, op werkdagen",
        '<a href="tel:+31201234567">+31\u00a0(0)20\u00a0123\u00a045\u00a067</a>, op werkdagen',
    ),
    ("contact_phone", "Bel de balie", "Bel de balie"),
    ("contact_public", "HTTPS://z.example", '<a href="HTTPS://z.example" rel="nofollow noopener">z.example</a>'),
    ("contact_public", "vragen@z.example", '<a href="mailto:vragen@z.example">vragen@z.example</a>'),
    (
        "contact_public",
        "https://z.example/@wij",
        '<a href="https://z.example/@wij" rel="nofollow noopener">z.example/@wij</a>',
    ),
    ("start_month", "2025-03", "maart 2025"),
    ("last_checked_on", "2026-11-02", "2 november 2026"),
    ("people_per_year", 1431, "1.431"),
    ("people_per_year", 0, "0"),
    ("can_refuse", {"answer": "PARTLY", "text": "Alleen vooraf."}, "<p>Alleen vooraf.</p>"),
    ("can_refuse", {"answer": "YES"}, ""),
    (
        "departments",
        [{"title": "Kamer 1"}, {"title": "Kamer 2"}],
        "<ul><li><strong>Kamer 1</strong></li><li><strong>Kamer 2</strong></li></ul>",
    ),
    (
        "data_sources",
        [{"title": "Uw map", "link": "https://z.example/map"}],
        '<ul><li><strong><a href="https://z.example/map" rel="nofollow noopener">Uw map</a></strong></li></ul>',
    ),
    (
        "data_sources",
        [{"link": "https://z.example/map"}],
        '<ul><li><a href="https://z.example/map" rel="nofollow noopener">z.example/map</a></li></ul>',
    ),
    (
        "works_less_well_for",
        [{"group": "Kinderen", "text": "Zij groeien.", "figure": "8 van de 100"}],
        "<ul><li><strong>Kinderen</strong><p>Zij groeien.</p><p>Cijfer: 8 van de 100</p></li></ul>",
    ),
    (
        "assessments",
        [{"kind": "DPIA", "date": "2026-01-02"}],
        "<ul><li><p>Soort: {DPIA}</p><p>Datum: 2 januari 2026</p></li></ul>",
    ),
    (
        "participation_steps",
        [{"via": "X", "link": "https://z.be"}],
        '<ul><li><p>Via: X</p><p><a href="https://z.be" rel="nofollow noopener">Lees meer op z.be</a></p></li></ul>',
    ),
    ("participation_steps", [{"number": 12}], "<ul><li><p>Aantal mensen: 12</p></li></ul>"),
]


@pytest.mark.parametrize(("key", "value", "html"), SHOWN)
def test_answer_of_each_kind_is_shown(key, value, html):
    expected = html.replace("{DPIA}", vocabulary("assessment").label("DPIA"))

    assert answer(key, value).html == expected


def test_choice_of_an_answer_stands_apart_from_its_text():
    found = answer("can_refuse", {"answer": "PARTLY", "text": "Alleen vooraf."})

    assert (found.choice, found.code) == ("Deels", "PARTLY")


def test_text_does_not_say_the_choice_once_more():
    found = answer("can_refuse", {"answer": "YES", "text": "Ja. Zeg het vooraf."})

    assert found.html == "<p>Zeg het vooraf.</p>"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("name", HOSTILE),
        ("purpose", HOSTILE),
        ("purpose", f"- {HOSTILE}"),
        ("can_refuse", {"answer": "YES", "text": HOSTILE}),
        ("works_less_well_for", [{"group": HOSTILE, "text": HOSTILE, "figure": HOSTILE}]),
        ("sources", [{"title": HOSTILE, "states": HOSTILE}]),
        ("sources", [{"title": HOSTILE, "link": f"https://a.nl/{HOSTILE}"}]),
        ("sources", [{"link": f"https://a.nl/{HOSTILE}"}]),
        ("data_rights_url", f"https://a.nl/{HOSTILE}"),
        ("contact_public", f"a@b.nl{HOSTILE}"),
        ("contact_public", f"https://a.nl/{HOSTILE}"),
        ("contact_phone", HOSTILE),
        ("use_kind", HOSTILE),
        ("care_setting", [HOSTILE]),
        ("participation_steps", [{"phase": HOSTILE, "via": HOSTILE, "advice": HOSTILE}]),
    ],
)
def test_html_in_a_value_stays_text(key, value):
    html = answer(key, value).html

    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html
    assert "&amp;amp;" in html


def test_quote_in_an_address_does_not_end_the_attribute():
    assert 'href="https://a.nl/&quot; onclick=&quot;x"' in answer("data_rights_url", 'https://a.nl/" onclick="x').html


# --- Where answers stand, and what stands open --------------------------------------------------------------------


def found_in(content, **options):
    return sections(content, ENTRY_FIELDS, Explainer(language="nl"), **options)


def keys(rows):
    return [row.field.key for row in rows]


def test_every_section_is_there_in_the_order_of_the_page():
    assert list(found_in({})) == [s.key for s in SECTIONS]


def test_answers_for_experts_stand_apart():
    data = found_in({**COMPLETE, "processing_register_url": "https://z.example"})["data"]

    assert "processing_register_url" in keys(data.expert)
    assert "processing_register_url" not in keys(data.public)
    assert "data_used" in keys(data.public)


def test_needed_question_without_an_answer_stands_open():
    section = found_in({})["refuse"]

    assert [f.key for f in section.open] == ["can_refuse"]
    assert section.answers == []


def test_question_said_to_be_unknown_stands_open():
    section = found_in({"unknown": ["object_how"]})["refuse"]

    assert "object_how" in [f.key for f in section.open]


def test_question_that_is_not_needed_and_not_answered_is_left_out():
    section = found_in(COMPLETE)["refuse"]

    assert section.open == []
    assert keys(section.answers) == ["can_refuse"]


# --- What is known of the product ---------------------------------------------------------------------------------


def test_where_the_entry_is_silent_the_product_answers_and_says_so():
    section = found_in({}, product={"purpose": "Zo missen artsen minder."})["purpose"]

    assert [(a.field.key, a.from_system) for a in section.answers] == [("purpose", True)]
    assert "purpose" not in [f.key for f in section.open]


def test_where_the_entry_answers_the_product_keeps_silent():
    section = found_in({"purpose": "Bij ons."}, product={"purpose": "In het algemeen."})["purpose"]

    assert [(a.html, a.from_system) for a in section.answers] == [("<p>Bij ons.</p>", False)]


def test_product_never_answers_a_question_about_this_use():
    section = found_in({}, product={"complain_how": "Bel de maker."})["questions"]

    assert "complain_how" in [f.key for f in section.open]


# --- Languages ----------------------------------------------------------------------------------------------------


def test_english_page_shows_numbers_dates_and_codes_in_english():
    assert answer("people_per_year", 1431, language="en").html == "1,431"
    assert answer("last_checked_on", "2026-11-02", language="en").html == "2 November 2026"
    assert answer("use_kind", "SUMMARY", language="en").html == "Summarising information"


def test_answer_says_which_language_it_is_in():
    english = {"translations": {"en": {"purpose": "To miss fewer fractures."}}}

    assert answer("purpose", "Zo missen we minder.", language="en").language == "nl"
    assert answer("purpose", "Zo missen we minder.", language="en", **english).language == "en"


def test_code_or_date_on_an_english_page_is_english():
    assert answer("use_kind", "SUMMARY", language="en").language == "en"
    assert answer("last_checked_on", "2026-11-02", language="en").language == "en"
