"""The page of an entry: its text, its marks and warnings, what follows from its origin, and its tombstone."""

import pytest
from django.urls import reverse

from tests.factories.organisations import OrganisationFactory
from tests.factories.transparency import COMPLETE, EntryFactory, published_entry, published_system, with_notice
from tests.support.html import links, soup, words
from transparency.actions.publishing import end_entry, publish_entry, publish_notice
from transparency.states import NoticeKind, Origin

pytestmark = pytest.mark.django_db


def page(client, entry, prefix=""):
    return soup(client.get(prefix + entry.get_absolute_url()))


def marks(found):
    return words(found.select_one(".entry__header .marks"))


# --- Whether there is a page --------------------------------------------------------------------------------------


def test_entry_has_a_page_with_its_name_and_provider(client):
    entry = published_entry(organisation=OrganisationFactory(name="De Linde", place="Goes"))

    found = page(client, entry)

    assert words(found.h1) == "Breukkijker"
    assert words(found.select_one(".entry__by")) == "De Linde, Goes"
    assert "Breukkijker – De Linde" in words(found.title)


def test_unknown_entry_is_not_found(client):
    assert client.get("/register/bestaat-niet/").status_code == 404


@pytest.mark.parametrize("page_of", ["entry", "leaflet", "versions", "version"])
def test_draft_has_no_pages(client, page_of):
    slug = EntryFactory().slug

    args = [slug, 1] if page_of == "version" else [slug]
    assert client.get(reverse(f"transparency:{page_of}", args=args)).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_entry_can_only_be_read(client, method):
    assert getattr(client, method)(published_entry().get_absolute_url()).status_code == 405


@pytest.mark.parametrize("slug", ["%00", "a%00b", "../../etc/passwd", "é", "a" * 5_000, "%F0%9F%98%80"])
def test_hostile_address_is_not_found(client, slug):
    assert client.get(f"/register/{slug}/").status_code == 404


# --- What it says -------------------------------------------------------------------------------------------------


def test_every_public_answer_stands_on_the_page(client):
    found = words(page(client, published_entry()).select_one("main"))

    texts = [COMPLETE[key] for key in ("summary", "purpose", "risks", "complain_how", "data_used")]
    assert [text for text in texts if text not in found] == []


def test_choice_stands_above_its_explanation(client):
    section = page(client, published_entry()).select_one("#refuse")

    assert words(section).endswith("✓ Ja Zeg het voor de foto. U krijgt dezelfde zorg.")


def test_question_without_an_answer_is_said_to_be_open(client):
    entry = published_entry(content={"risks": "", "unknown": ["risks"]})

    assert words(page(client, entry).select_one("#risks .open")) == "Dit weten we nog niet: Wat kan er misgaan?"


def test_every_part_of_the_page_can_be_reached_from_its_list(client):
    entry = published_entry(system=published_system(), content={"sources": [{"title": "Bron"}]})

    found = page(client, entry)

    ids = {tag["id"] for tag in found.select("[id]")}
    assert [href for href in links(found) if href.startswith("#") and href[1:] not in ids] == []


def test_no_id_stands_twice(client):
    entry = published_entry(system=published_system(), content={"sources": [{"title": "Bron"}]})

    ids = [tag["id"] for tag in page(client, entry).select("[id]")]

    assert sorted(set(ids)) == sorted(ids)


def test_term_is_explained_once_on_the_page(client):
    entry = published_entry(content={"purpose": "Een algoritme rekent.", "risks": "Een algoritme mist soms iets."})

    found = page(client, entry)

    assert len(found.select('main a.term[href="#woord-algoritme"]')) == 1
    assert found.select_one("#woord-algoritme dt")
    assert "meer uitleg · terug naar de tekst" in words(found.select_one("#woord-algoritme"))  # two links, not one


def test_html_in_any_answer_stays_text(client):
    hostile = "<img src=x onerror=alert(1)>"
    rows = [{"group": hostile, "text": hostile, "figure": hostile}]
    content = {key: hostile for key in ("name", "summary", "purpose", "who_decides", "contact_phone", "technical")}
    content |= {"works_less_well_for": rows, "can_refuse": {"answer": "YES", "text": hostile}}

    found = page(client, published_entry(content=content, organisation=OrganisationFactory(name=hostile)))

    assert not found.select("main img")
    assert found.h1.get_text() == hostile


def test_entry_that_says_only_its_name_has_a_page(client, now):
    entry = EntryFactory(origin=Origin.EDITORIAL)
    publish_entry(entry=entry, content={"name": "Stille kijker"}, reason="x", responsible="x", by=None, now=now)

    found = page(client, entry)

    assert words(found.h1) == "Stille kijker"
    assert found.select("#purpose .open")


# --- Marks --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "is_late"), [("2026-11-21", True), ("2026-11-22", False)])
def test_text_that_should_have_been_checked_says_so(client, day, is_late):
    entry = published_entry(content={"next_review_date": day})

    assert ("Controle van deze tekst is te laat" in marks(page(client, entry))) is is_late


def test_example_says_that_it_was_made_up(client):
    entry = published_entry(organisation=OrganisationFactory(example=True))

    assert "Voorbeeld: dit is verzonnen" in marks(page(client, entry))


def test_editorial_text_says_who_wrote_it_and_what_the_source_does_not_say(client):
    entry = published_entry(origin=Origin.EDITORIAL, content={"risks": ""})

    found = page(client, entry)

    assert "nog niet bevestigd door de zorgverlener" in marks(found)
    assert "De redactie van deze website schreef deze tekst." in words(found.select_one(".utrecht-alert"))
    assert words(found.select_one("#risks .open")).startswith("De bron zegt hier niets over:")


def test_imported_text_says_so(client):
    assert "Overgenomen uit een ander register" in marks(page(client, published_entry(origin=Origin.IMPORTED)))


def test_text_of_the_provider_itself_has_no_such_mark(client):
    found = page(client, published_entry())

    assert marks(found) == "● In gebruik"
    assert not found.select(".utrecht-alert")


def test_answer_about_the_product_says_that_it_is_about_the_product(client):
    system = published_system(content={"not_for_whom": "Niet voor kinderen."})

    section = words(page(client, published_entry(system=system)).select_one("#purpose"))

    assert "Niet voor kinderen. Dit geldt voor het product in het algemeen." in section


def test_others_who_use_the_same_product_are_named(client):
    system = published_system()
    entry, other = published_entry(system=system), published_entry(system=system)

    section = page(client, entry).select_one(".elsewhere")

    assert links(section) == [system.get_absolute_url(), other.get_absolute_url()]


# --- Warnings -----------------------------------------------------------------------------------------------------


def test_warnings_stand_above_the_text_newest_first(client, now):
    entry = published_entry()
    for day, kind in ((1, NoticeKind.INCIDENT), (3, NoticeKind.RECALL), (2, NoticeKind.PAUSE)):
        publish_notice(
            entry=entry, kind=kind, text="Let op.", link="https://bron.example/", by=None, now=now.replace(day=day)
        )

    found = page(client, entry)

    titles = [words(title) for title in found.select(".utrecht-alert__title")]
    assert titles == ["Teruggeroepen door de maker", "Tijdelijk gestopt", "Er ging iets mis"]
    assert found.select_one("article").find_all(class_=["utrecht-alert", "summary"])[-1]["class"] == ["summary"]


def test_html_in_a_warning_stays_text(client):
    entry = published_entry()
    with_notice(entry, text="<script>alert(1)</script>")

    assert "<script>alert(1)</script>" in words(page(client, entry).select_one(".utrecht-alert"))


# --- Entries that ended -------------------------------------------------------------------------------------------


def test_withdrawn_entry_keeps_its_page_with_reason_and_date(client, now):
    entry = published_entry(content={"next_review_date": "2026-01-01"})
    end_entry(entry=entry, reason="Het werkte niet goed.", by=None, now=now)

    response = client.get(entry.get_absolute_url())

    found = soup(response)
    box = words(found.select_one(".utrecht-alert--warning"))
    assert response.status_code == 200
    assert "Deze toepassing is ingetrokken" in box
    assert "Sinds 22 november 2026" in box
    assert "Het werkte niet goed." in box
    assert marks(found) == ""


def test_replaced_entry_leads_to_its_successor(client, now):
    entry, successor = published_entry(), published_entry(content={"name": "Opvolger"})
    end_entry(entry=entry, reason="Er is een betere.", by=None, now=now, successor=successor)

    box = page(client, entry).select_one(".utrecht-alert--warning")

    assert "Deze toepassing is vervangen" in words(box)
    assert links(box) == [successor.get_absolute_url()]
    assert "Lees verder bij: Opvolger" in words(box)
