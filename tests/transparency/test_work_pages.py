"""The workspace: what waits for whom, the list of entries, the page of one; quick with many."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.organisations.roles import Role
from tests.conftest import NOW
from tests.factories.life import (
    asked_to_end,
    closing,
    make_hospital,
    new_draft,
    public_entry,
    scheduled,
    submitted,
    told,
)
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import member
from tests.support.html import soup, words
from transparency.actions import drafts, rechecks
from transparency.models import Notice

pytestmark = pytest.mark.django_db
WORK, ENTRIES = reverse("work"), reverse("transparency:work-entries")


@pytest.fixture
def hospital():
    return make_hospital()


def tasks(client, user):
    """{title of a group: [what has to be done]}, as the page shows it."""
    client.force_login(user)
    page = soup(client.get(WORK))
    groups = page.select("main section")
    return {words(group.h2): [words(item.select_one("a")) for item in group.select("li")] for group in groups}


def names(client, **query):
    return [words(name) for name in soup(client.get(ENTRIES, query)).select(".work-row__name")]


# --- What waits for whom ---------------------------------------------------------------------------------------------


def test_text_that_waits_is_work_for_those_who_may_approve_it(client, hospital):
    submitted(hospital)

    assert tasks(client, hospital.publisher) == {"Kijk mee met een collega": ["Keur goed of stuur terug: Breukkijker"]}
    assert tasks(client, hospital.writer) == {}
    assert tasks(client, hospital.editor) == {}


def test_text_that_came_back_is_work_for_those_who_write(client, hospital):
    drafts.return_draft(draft=submitted(hospital), remarks="Korter.", by=hospital.publisher, now=NOW)

    assert tasks(client, hospital.writer) == {"Schrijf verder": ["Verwerk de opmerkingen: Breukkijker"]}


def test_our_editors_see_what_nobody_else_may_approve(client):
    hospital = make_hospital()
    alone = OrganisationFactory(verified_at=NOW)
    writer = member(alone, Role.EDITOR, Role.PUBLISHER)
    drafts.submit(
        draft=drafts.start_entry(organisation=alone, slug="praktijk", content=new_draft(hospital).content, by=writer,
                                 now=NOW),
        reason="Dit is nieuw.", by=writer, now=NOW,
    )  # fmt: skip

    assert tasks(client, hospital.editor) == {"Kijk mee met een collega": ["Keur goed of stuur terug: Breukkijker"]}
    assert tasks(client, writer) == {}
    member(alone, Role.PUBLISHER)
    assert tasks(client, hospital.editor) == {}


def test_notice_is_first_of_all_until_a_second_person_confirms_it(client, hospital):
    told(hospital)

    assert tasks(client, hospital.other) == {"Eerst dit": ["Bevestig een melding: Breukkijker"]}
    assert tasks(client, hospital.publisher) == {}


@pytest.mark.parametrize(("published", "is_seen"), [
    (datetime.datetime(2026, 11, 19, 9, tzinfo=datetime.UTC), False),  # Thursday: Monday is the second working day
    (datetime.datetime(2026, 11, 18, 9, tzinfo=datetime.UTC), True),  # Wednesday: Friday was
])  # fmt: skip
def test_our_editors_see_a_notice_that_waits_for_two_working_days(client, hospital, published, is_seen):
    Notice.objects.filter(pk=told(hospital).pk).update(published_at=published)

    found = tasks(client, hospital.editor)

    assert found == ({"Eerst dit": ["Bevestig een melding: Breukkijker"]} if is_seen else {})


def test_what_may_go_is_work_for_the_second_person(client, hospital):
    entry = public_entry(hospital)
    closing(hospital, entry)
    asked_to_end(hospital, entry)

    assert tasks(client, hospital.other)["Kijk mee met een collega"] == [
        "Kijk of een melding weg kan: Breukkijker", "Kijk of dit uit het register kan: Breukkijker",
    ]  # fmt: skip
    assert tasks(client, hospital.writer) == {}


def test_texts_to_check_stand_there_late_ones_first_and_the_rest_behind_one_line(client, hospital):
    for number, days in enumerate([-3, 50, 10, 20, 30, 40, 45]):
        day = (NOW + datetime.timedelta(days=days)).date().isoformat()
        public_entry(hospital, content={"name": f"Kijker {number}", "next_review_date": day})

    assert tasks(client, hospital.writer)["Kijk of het nog klopt"] == [
        "Kijk of de tekst nog klopt: Kijker 0",
        "Kijk of de tekst nog klopt: Kijker 2",
        "Kijk of de tekst nog klopt: Kijker 3",
        "Kijk of de tekst nog klopt: Kijker 4",
        "Kijk of de tekst nog klopt: Kijker 5",
        "Controleer samen: nog 2 teksten",
    ]
    assert "Te laat" in words(soup(client.get(WORK)).select_one("main section li"))


def test_texts_that_a_colleague_checked_are_one_line(client, hospital):
    for _number in range(3):
        rechecks.ask(entry=public_entry(hospital), by=hospital.writer, now=NOW)

    assert tasks(client, hospital.publisher) == {
        "Kijk mee met een collega": ["Bevestig dat een tekst nog klopt: 3 keer"]
    }


# --- The list --------------------------------------------------------------------------------------------------------


def test_list_has_everything_of_the_organisation_and_nothing_of_others(client, hospital):
    public_entry(hospital, content={"name": "Zandloper"})
    new_draft(hospital, slug="nieuw", name="Adempeiler")
    public_entry(make_hospital(), content={"name": "Geheim"})
    client.force_login(hospital.writer)

    assert names(client) == ["Adempeiler", "Zandloper"]
    assert names(client, sorteer="onzin", stand="onzin", nodig="onzin", pagina="onzin") == ["Adempeiler", "Zandloper"]


def test_list_is_narrowed_and_sorted(client, hospital):
    late = {"name": "Laat", "next_review_date": "2026-11-01"}
    soon = {"name": "Binnenkort", "next_review_date": "2026-12-24"}
    public_entry(hospital, content=late)
    told(hospital, public_entry(hospital, content=soon))
    scheduled(hospital, NOW + datetime.timedelta(days=2))
    client.force_login(hospital.publisher)

    assert names(client, nodig="te-laat") == ["Laat"]
    assert names(client, nodig="binnenkort") == ["Binnenkort"]
    assert names(client, nodig="melding") == ["Binnenkort"]
    assert names(client, nodig="nieuwe-tekst") == ["Breukkijker"]
    assert names(client, stand="nieuw") == ["Breukkijker"]
    assert names(client, stand="openbaar", sorteer="controle") == ["Laat", "Binnenkort"]
    assert names(client, stand="weg") == []
    assert names(client, q="binnen") == ["Binnenkort"]
    assert names(client, q="bínnen\x00") == ["Binnenkort"]
    assert names(client, organisatie="elders") == []


def test_row_says_how_an_entry_stands(client, hospital):
    public_entry(hospital, content={"next_review_date": "2026-11-01"})
    client.force_login(hospital.writer)

    row = words(soup(client.get(ENTRIES)).select_one(".work-row"))

    assert "● Openbaar" in row
    assert "● Goed te lezen (schatting)" in row
    assert "Antwoorden 31 van 31" in row or "Antwoorden" in row
    assert "1 november 2026 ▲ Te laat" in row


def queries(client, address, **query):
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(address, query).status_code == 200
    return len(found)


@pytest.mark.parametrize("address", [WORK, ENTRIES, reverse("transparency:rechecks")])
def test_many_entries_ask_no_more_of_the_database_than_a_few(client, hospital, address):
    client.force_login(hospital.publisher)
    fill(hospital, 2)
    queries(client, address)  # what is asked once
    few = queries(client, address)
    fill(hospital, 5)

    assert queries(client, address) <= few + 1  # the links to other pages


def fill(hospital, number):
    """Entries in every state that makes work."""
    for at in range(number):
        organisation = OrganisationFactory(parent=hospital.organisation, verified_at=NOW)
        practice = type(hospital)(organisation, *(hospital.writer, hospital.publisher, hospital.other, hospital.editor))
        told(practice, public_entry(practice), text=f"Let op {at}.")
        closing(practice, public_entry(practice))
        asked_to_end(practice, public_entry(practice))
        submitted(practice, slug=f"tekst-{organisation.pk}")
        public_entry(practice, content={"next_review_date": "2026-12-01"})
        rechecks.ask(entry=public_entry(practice), by=hospital.writer, now=NOW)


# --- One entry -------------------------------------------------------------------------------------------------------


def page_of(client, user, entry):
    client.force_login(user)
    return soup(client.get(reverse("transparency:work-entry", args=[entry.slug])))


def offered(page):
    return [words(one) for one in page.select(".now button, .now a")]


def test_page_offers_what_somebody_may_do(client, hospital):
    entry = public_entry(hospital)

    assert offered(page_of(client, hospital.publisher, entry)) == [
        "Maak een nieuwe versie", "De tekst klopt nog", "Plaats een melding", "Haal uit het register",
    ]  # fmt: skip
    assert offered(page_of(client, hospital.writer, entry)) == [
        "Maak een nieuwe versie", "De tekst klopt nog", "Haal uit het register",
    ]  # fmt: skip
    assert offered(page_of(client, member(hospital.organisation, Role.COORDINATOR), entry)) == []


def test_page_says_what_happened_and_who_did_it(client, hospital):
    draft = submitted(hospital)
    drafts.approve(draft=draft, revision=draft.revision, by=hospital.publisher, now=NOW)

    log = [
        words(event) for event in page_of(client, hospital.writer, draft.entry).select("[aria-labelledby=gebeurd] li")
    ]

    assert log[0] == "Een nieuwe versie van de toepassing is gepubliceerd. 22 november 2026, Puck de Lezer"
    assert log[-1].endswith("Wil de Schrijver")


def test_text_that_was_thrown_away_is_found_again(client, hospital):
    entry = public_entry(hospital)
    draft = drafts.start_correction(entry=entry, by=hospital.writer, now=NOW)
    drafts.discard(draft=draft, by=hospital.writer, now=NOW)

    link = page_of(client, hospital.writer, entry).select_one(".now a[href*='/werk/teksten/']")

    assert link["href"] == reverse("transparency:draft", args=[draft.uuid])
