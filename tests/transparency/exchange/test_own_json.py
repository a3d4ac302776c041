"""Our own JSON: what is good of an answer stays, and every part that is not is told."""

import pytest

from tests.factories.transparency import published_entry
from tests.transparency.exchange.helpers import as_bytes, outcomes, take_in
from transparency.api.documents import entry_document
from transparency.exchange.detect import read_data
from transparency.exchange.own import KNOWN
from transparency.exchange.understanding import understand
from transparency.models import Entry

CODE = "4b0a7f3e-64b5-4fd5-9d4c-9f5b1e3f5a01"


def file(content, **more):
    """A file with one entry."""
    entry = {"id": CODE, "organisation": {"name": "Zorggroep"}, "content": {"name": "Hulp", **content}, **more}
    return as_bytes({"format": "toepassingen", "entries": [entry]})


def understood(content, **more):
    """That entry, understood."""
    form, rows = read_data(file(content, **more))
    (found,) = rows
    return understand(found, form)


def told(item):
    """(field, value) of every line about it."""
    return [(made.field, made.raw) for made in item.changes]


SOURCES = [
    (["https://a.example/x", "tekst"], None, [("sources", "https://a.example/x"), ("sources", "tekst")]),
    ([{"title": "A"}, "los", {"title": "B"}], [{"title": "A"}, {"title": "B"}], [("sources", "los")]),
    ([{"titel": "A"}], None, [("sources.titel", "A")]),
    ([{"title": "A", "titel": "B"}], [{"title": "A"}], [("sources.titel", "B")]),
    ([{"title": "A", "checked_on": "2024"}, {"title": "B"}], [{"title": "A"}, {"title": "B"}],
     [("sources.checked_on", "2024")]),
    ([{"title": 5, "link": "https://a.example"}], [{"link": "https://a.example"}], [("sources.title", "5")]),
    ([{"title": "A", "link": None, "states": ""}, {}, None], [{"title": "A"}], []),
]  # fmt: skip


@pytest.mark.parametrize(("given", "kept", "lines"), SOURCES)
def test_good_rows_and_parts_stay_and_the_others_are_told(given, kept, lines):
    item = understood({"sources": given})

    assert (item.content.get("sources"), told(item)) == (kept, lines)


def test_code_that_we_do_not_know_is_told_and_the_others_stay():
    item = understood({"care_setting": ["RADIOLOGY", "NOPE", 3, "EMERGENCY"]})

    assert item.content["care_setting"] == ["RADIOLOGY", "EMERGENCY"]
    assert told(item) == [("care_setting", '["NOPE", 3]')]


def test_explanation_that_is_no_text_is_told_and_the_answer_stays():
    item = understood({"can_refuse": {"answer": "YES", "text": ["x"], "tekst": "y"}})

    assert item.content["can_refuse"] == {"answer": "YES", "text": ""}
    assert told(item) == [("can_refuse.tekst", "y"), ("can_refuse.text", '["x"]')]


def test_other_languages_and_strange_questions_among_translations_are_told():
    english = {"name": "Help", "status": "In use", "naam": "x", "sources": [{"title": "A", "checked_on": "x"}]}
    item = understood({"translations": {"en": english, "de": {"name": "Hilfe"}}})

    assert item.content["translations"] == {"en": {"name": "Help", "sources": [{"title": "A"}]}}
    assert sorted(told(item)) == [
        ("translations.de", '{"name": "Hilfe"}'), ("translations.en.naam", "x"),
        ("translations.en.sources.checked_on", "x"), ("translations.en.status", "In use"),
    ]  # fmt: skip


@pytest.mark.parametrize(("given", "field"), [(["x"], "translations"), ({"en": "x"}, "translations.en")])
def test_translations_that_are_no_texts_per_question_are_told(given, field):
    assert [made.field for made in understood({"translations": given}).changes] == [field]


def test_english_rows_stay_beside_their_dutch_rows():
    dutch = [{"title": "A"}, "los", {"title": "C"}]
    english = [{}, {"title": "Loose"}, {"title": "C in English"}]

    item = understood({"sources": dutch, "translations": {"en": {"sources": english}}})

    assert item.content["translations"]["en"]["sources"] == [{}, {"title": "C in English"}]
    assert told(item) == [("sources", "los"), ("translations.en.sources", '{"title": "Loose"}')]


@pytest.mark.parametrize(
    ("given", "kept", "raw"),
    [(["risks", "foo", 3], ["risks"], '["foo", 3]'), ("foo", None, '["foo"]'), ({"a": 1}, None, '[{"a": 1}]')],
)
def test_questions_that_we_do_not_know_among_the_unknown_are_told(given, kept, raw):
    item = understood({"unknown": given})

    assert (item.content.get("unknown"), told(item)) == (kept, [("unknown", raw)])


def test_strange_keys_beside_the_content_are_told():
    assert told(understood({}, afdeling="Röntgen")) == [("afdeling", "Röntgen")]


@pytest.mark.django_db
def test_every_key_of_the_document_that_we_give_is_known():
    entry = published_entry()

    assert set(entry_document(entry, [])) <= KNOWN


@pytest.mark.django_db
def test_answer_that_cannot_be_read_takes_nothing_away():
    take_in(file({"people_per_year": 40, "sources": [{"title": "A"}]}), publish=True)

    take_in(file({"people_per_year": "veel", "sources": ["los"], "risks": "Nieuw."}), publish=True)

    assert Entry.objects.get().current_version.content == {
        "name": "Hulp", "people_per_year": 40, "sources": [{"title": "A"}], "risks": "Nieuw.",
    }  # fmt: skip


ANSWER = {"answer": "YES", "text": "Zeg het vooraf."}
STAYS = "Het antwoord is nu anders. De uitleg van eerder blijft staan. Kijk of die nog klopt."


@pytest.mark.django_db
@pytest.mark.parametrize(("said", "lines"), [("YES", []), ("NO", [STAYS])])
@pytest.mark.parametrize("form", ["json", "csv"])
def test_answer_without_a_word_about_its_explanation_keeps_it(said, lines, form):
    take_in(file({"can_refuse": ANSWER}), publish=True)
    csv = f"id,name,organisation,can_refuse\n{CODE},Hulp,Zorggroep,{said}\n".encode()

    made = take_in(file({"can_refuse": {"answer": said}}) if form == "json" else csv, publish=True)

    assert Entry.objects.get().current_version.content["can_refuse"] == {**ANSWER, "answer": said}
    assert [line.reason for line in made.items[0].told()] == lines


@pytest.mark.django_db
def test_answer_without_a_word_about_its_explanation_is_no_difference_with_our_own():
    take_in(file({"can_refuse": ANSWER}), publish=True)
    Entry.objects.update(origin="PROVIDER")

    assert outcomes(take_in(file({"can_refuse": {"answer": "YES"}}))) == ["unchanged"]
