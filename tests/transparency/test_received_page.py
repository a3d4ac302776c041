"""The page that says how a text came to us: from which register, when, what we changed and why."""

import pytest
from django.urls import reverse

from tests.factories.transparency import published_entry, with_received
from tests.support.html import links, soup, words
from tests.transparency.exchange.helpers import one, take_in
from transparency.actions.publishing import end_entry
from transparency.models import Entry
from transparency.states import Origin

pytestmark = pytest.mark.django_db


def imported(*records, **fields):
    """A public entry that came as these records, one after the other."""
    entry = published_entry(origin=Origin.IMPORTED, **fields)
    for record in records:
        with_received(entry, {"name": "Hulp", "organization": "Zorg", "lang": "nld", **record})
    return entry


def page(client, entry, prefix=""):
    return soup(client.get(prefix + reverse("transparency:received", args=[entry.slug])))


def rows(found):
    return [[words(cell) for cell in row.select("th, td")] for row in found.select("tbody tr")]


# --- On the page of the entry -------------------------------------------------------------------------------------


def test_page_of_an_entry_says_from_where_and_when_its_text_came(client):
    entry = imported({"lars": "1", "status": "Sinds mei in gebruik"})

    box = soup(client.get(entry.get_absolute_url())).find(class_="utrecht-alert")

    assert "Bron: Het Algoritmeregister van de overheid, 22 november 2026. Wij veranderden 1 antwoord." in words(box)
    assert links(box) == [reverse("transparency:received", args=[entry.slug])]


def test_page_of_an_entry_says_when_nothing_was_changed(client):
    box = soup(client.get(imported({}).get_absolute_url())).find(class_="utrecht-alert")

    assert "Wij veranderden niets." in words(box)


def test_page_of_an_entry_speaks_of_what_came_last(client):
    entry = imported({"status": "Sinds mei in gebruik"})
    client.get(entry.get_absolute_url())

    with_received(entry, {"name": "Hulp", "organization": "Zorg", "lang": "nld", "lars": "2"})

    box = words(soup(client.get(entry.get_absolute_url())).find(class_="utrecht-alert"))
    assert "Het Algoritmeregister van de overheid" in box
    assert "Wij veranderden niets." in box


@pytest.mark.parametrize("fields", [{"origin": Origin.PROVIDER}, {"origin": Origin.IMPORTED}])
def test_page_of_an_entry_that_nobody_sent_does_not_speak_of_it(client, fields):
    text = client.get(published_entry(**fields).get_absolute_url()).text

    assert "Zo kregen wij deze tekst" not in text


def test_page_of_an_entry_leads_to_its_national_form(client):
    entry = published_entry()

    assert f"https://aimz.example{reverse('api:national', args=[entry.uuid])}" in links(
        soup(client.get(entry.get_absolute_url()))
    )


def test_page_of_an_example_or_of_what_ended_does_not_lead_to_a_national_form(client, now):
    ended = published_entry()
    end_entry(entry=ended, reason="Weg.", by=None, now=now)

    for entry in (ended, published_entry(organisation__example=True)):
        assert "landelijke-registratie" not in client.get(entry.get_absolute_url()).text


# --- What came ----------------------------------------------------------------------------------------------------


def test_page_says_which_register_which_number_and_when(client):
    facts = words(page(client, imported({"lars": "81234567", "standard_version": "0.4"})).find("dl"))

    for part in ("Het Algoritmeregister van de overheid", "81234567", "22 november 2026", "0.4"):
        assert part in facts


def test_every_value_that_we_changed_stands_in_the_table(client):
    entry = imported(
        {"status": "Sinds mei in gebruik", "category": "Zorg en gezondheid, Wonen", "end_date": "volgend jaar"}
    )

    assert rows(page(client, entry)) == [
        ["Status", "Sinds mei in gebruik", "In gebruik",
         "Er stond een ander woord of een zin. Wij kozen de status die erbij past."],
        ["Thema", "Zorg en gezondheid, Wonen", "Zorg en gezondheid; Wonen",
         "De thema’s zijn geschreven zoals de standaard dat doet."],
        ["Einddatum", "volgend jaar", "niets", "Dit is geen maand."],
        ["Thema", "Zorg en gezondheid; Wonen", "Zorg en gezondheid", "Wij tonen van de thema’s er één."],
    ]  # fmt: skip


def test_answer_of_an_older_version_says_where_it_stands_now_in_words(client):
    found = rows(page(client, imported({"impact": "U wacht korter.", "standard_version": "0.3.1"})))

    assert ["Impact", "U wacht korter.", "Doel en impact: Impact"] in [row[:3] for row in found]


def test_answer_that_has_the_name_of_a_question_of_ours_has_the_words_of_the_register(client):
    found = rows(page(client, imported({"monitoring": "Elke maand.", "standard_version": "0.3.1"})))

    assert "Monitoring" in [row[0] for row in found]


def test_answer_that_did_not_fit_a_question_of_ours_has_our_words(client):
    found = rows(page(client, imported({"goal": "Heel lang. " * 200})))

    assert [row[0] for row in found] == ["Waarvoor is het?"]


def test_list_of_links_is_written_as_people_would(client):
    found = rows(page(client, imported({"source_data_grouping": [{"title": "Planning", "link": "a.nl", "nummer": 1}]})))

    assert found[0][1:3] == ["Planning: a.nl: 1", "Planning: https://a.nl"]


def test_text_that_only_looks_like_a_list_stays_as_it_is(client):
    found = rows(page(client, imported({"status": "[actief], zie [1]"})))

    assert found[0][1] == "[actief], zie [1]"


def test_page_says_when_nothing_was_changed(client):
    found = page(client, imported({}))

    assert not found.select("table")
    assert "Wij veranderden niets." in words(found.main)


def test_page_leads_to_everything_as_it_came_and_to_the_versions(client):
    entry = imported({})

    found = links(page(client, entry).main)

    assert f"https://aimz.example{reverse('api:received', args=[entry.uuid])}" in found
    assert reverse("transparency:versions", args=[entry.slug]) in found


def test_column_that_no_register_knows_is_named_and_its_value_is_not_shown(client):
    found = words(page(client, imported({"Contract": "C-12 van Jansen"})).main)

    assert "Contract" in found
    assert "Dit laten wij niet zien." in found
    assert "Jansen" not in found


def test_what_came_before_is_named_with_its_day(client):
    found = words(page(client, imported({"status": "ooit actief"}, {})).main)

    assert "Wat wij eerder kregen" in found
    assert "22 november 2026: wij veranderden 1 antwoord." in found


def test_html_in_what_came_stays_text(client):
    hostile = "<img src=x onerror=alert(1)>"
    found = page(client, imported({"status": hostile, hostile: hostile, "standard_version": hostile, "lars": hostile}))

    assert not found.select("main img")
    assert hostile in words(found.main)


@pytest.mark.parametrize("value", ["\ud800", "\0", "a\ud800b"])
def test_strange_characters_do_not_break_the_page(client, value):
    entry = imported({"status": f"actief {value}", f"kolom{value}": "x", "standard_version": f"0.4{value}"})

    assert client.get(reverse("transparency:received", args=[entry.slug])).status_code == 200


def test_example_is_said_to_be_invented(client):
    assert "Alles op deze pagina is verzonnen." in words(page(client, imported({}, organisation__example=True)).main)


# --- Who has no such page -----------------------------------------------------------------------------------------


def test_entry_of_our_own_has_no_such_page(client):
    entry = published_entry()
    with_received(entry, {"name": "Hulp", "organization": "Zorg"})

    assert client.get(reverse("transparency:received", args=[entry.slug])).status_code == 404


def test_draft_has_no_such_page(client):
    take_in(one())

    assert client.get(reverse("transparency:received", args=[Entry.objects.get().slug])).status_code == 404


def test_entry_that_ended_has_no_such_page_and_does_not_speak_of_it(client, now):
    entry = imported({})
    end_entry(entry=entry, reason="Weg.", by=None, now=now)

    assert client.get(reverse("transparency:received", args=[entry.slug])).status_code == 404
    assert "Zo kregen wij deze tekst" not in client.get(entry.get_absolute_url()).text


# --- English ------------------------------------------------------------------------------------------------------


def test_values_and_reasons_are_marked_as_dutch_on_an_english_page(client):
    found = page(client, imported({"status": "Sinds mei in gebruik"}), "/en")

    cells = found.select("tbody td span")
    assert [cell["lang"] for cell in cells] == ["nl"] * 3
    assert found.select_one("tbody th")["lang"] == "nl"
