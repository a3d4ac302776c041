"""What is different between two versions, question by question."""

import pytest
from bs4 import BeautifulSoup
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.transparency import COMPLETE
from transparency.changes import changes
from transparency.fields import ENTRY_FIELDS, FIELDS

TEXT = st.text(alphabet="ab <>&;\"'\n-", min_size=1, max_size=40).filter(str.strip)


def found(before, after, language="nl"):
    """The changes from `before` to `after`, both laid over a complete document."""
    with override(language):
        return changes({**COMPLETE, **before}, {**COMPLETE, **after}, ENTRY_FIELDS, language)


def one(before, after):
    """The only change from `before` to `after`."""
    rows = found(before, after)
    assert len(rows) == 1
    return rows[0]


def test_identical_texts_have_no_changes():
    assert found({}, {}) == []


def test_new_answer_is_new():
    change = one({}, {"object_how": "Zeg het."})

    assert (str(change.label), change.kind) == ("Zo zegt u nee", "new")
    assert (change.before, change.after) == ("", "<ins>Zeg het.</ins>")


def test_answer_that_went_is_gone():
    change = one({"object_how": "Zeg het."}, {})

    assert change.kind == "gone"
    assert (change.before, change.after) == ("<del>Zeg het.</del>", "")


def test_changed_answer_shows_the_sentences_that_went_and_came():
    change = one(
        {"object_how": "Het mag. Zeg het voor de foto. Bel ons."},
        {"object_how": "Het mag. Zeg het na de foto. Bel ons."},
    )

    assert change.kind == "changed"
    assert change.before == "Het mag. <del>Zeg het voor de foto.</del> Bel ons."
    assert change.after == "Het mag. <ins>Zeg het na de foto.</ins> Bel ons."


def test_list_stays_a_list():
    change = one({"object_how": "Zo:\n\n- bel ons\n- mail ons"}, {"object_how": "Zo:\n\n- bel ons\n- schrijf ons"})

    assert change.before == "Zo:\n• bel ons\n<del>• mail ons</del>"
    assert change.after == "Zo:\n• bel ons\n<ins>• schrijf ons</ins>"


def test_answer_after_we_do_not_know_yet_is_a_change():
    change = one({"risks": "", "unknown": ["risks"]}, {"risks": "Soms fout."})

    assert change.kind == "changed"
    assert change.before == "<del>Dat weten we nog niet.</del>"
    assert change.after == "<ins>Soms fout.</ins>"


def test_answer_that_becomes_unknown_is_a_change():
    change = one({}, {"monitoring": "", "unknown": ["monitoring"]})

    assert change.kind == "changed"
    assert change.after == "<ins>Dat weten we nog niet.</ins>"


CHANGED = [
    ("name", "Breukkijker", "Breukzoeker"),
    ("use_kind", "SUMMARY", "ADMINISTRATION"),
    ("care_setting", ["RADIOLOGY"], ["RADIOLOGY", "EMERGENCY"]),
    ("data_rights_url", "https://a.example", "https://b.example"),
    ("contact_public", "a@z.example", "b@z.example"),
    ("start_month", "2025-03", "2025-04"),
    ("last_checked_on", "2025-03-01", "2025-03-02"),
    ("people_per_year", 0, 10),
    ("can_refuse", {"answer": "YES", "text": "Zeg het."}, {"answer": "NO", "text": "Zeg het."}),
    ("can_refuse", {"answer": "YES", "text": "Zeg het."}, {"answer": "YES", "text": "Bel ons."}),
    ("departments", [{"title": "Kamer 1"}], [{"title": "Kamer 1"}, {"title": "Kamer 2"}]),
    ("sources", [{"title": "Bron", "states": "Ja."}], [{"title": "Bron", "states": "Nee."}]),
    ("sources", [{"title": "Bron", "link": "https://a.example"}], [{"title": "Bron", "link": "https://b.example"}]),
    ("participation_steps", [{"phase": "IDEA"}], [{"phase": "EXPLORE"}]),
]


@pytest.mark.parametrize(("key", "before", "after"), CHANGED)
def test_every_kind_of_answer_that_changed_is_shown(key, before, after):
    label = next(f.label for f in FIELDS if f.key == key)

    assert [row.label for row in found({key: before}, {key: after})] == [label]


def test_changes_stand_in_the_order_of_the_page():
    rows = found({}, {"risks": "Nieuw.", "name": "Nieuw", "purpose": "Nieuw."})

    assert [str(row.label) for row in rows] == ["Naam", "Waarvoor is het?", "Wat kan er misgaan?"]


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&lt;b&gt;", "a < b & c"]
)
def test_html_in_a_text_stays_text(hostile):
    change = one({"object_how": f"Eerst {hostile}"}, {"object_how": f"Nu {hostile} en meer"})

    for side, text in ((change.before, f"Eerst {hostile}"), (change.after, f"Nu {hostile} en meer")):
        page = BeautifulSoup(side, "html5lib")
        assert {tag.name for tag in page.body.find_all()} <= {"ins", "del"}
        assert page.body.get_text() == text


def test_english_page_compares_the_english():
    before = {"object_how": "Zeg het.", "translations": {"en": {"object_how": "Say so first."}}}
    after = {"object_how": "Zeg het.", "translations": {"en": {"object_how": "Say so later."}}}

    assert [row.after for row in found(before, after, "en")] == ["<ins>Say so later.</ins>"]


@given(before=TEXT, after=TEXT)
@settings(max_examples=100, deadline=None)
def test_both_sides_hold_all_words_of_their_text(before, after):
    rows = found({"contact_phone": before}, {"contact_phone": after})

    assert bool(rows) == (before.split() != after.split())
    for row in rows:
        sides = [BeautifulSoup(side, "html5lib").body.get_text().split() for side in (row.before, row.after)]
        assert sides == [before.split(), after.split()]
