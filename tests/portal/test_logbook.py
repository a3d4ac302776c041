"""The log of an organisation: every act about it, in words, with who and when; a page at a time."""

import datetime

import pytest
from django.urls import reverse

from portal.audit.models import AuditEvent
from portal.audit.record import record
from portal.organisations.actions import people
from portal.organisations.roles import Role
from tests.conftest import NOW
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import member
from tests.factories.transparency import COMPLETE
from tests.support.html import soup, words
from transparency.actions.drafts import start_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def hospital():
    return OrganisationFactory(name="Ziekenhuis De Linde", slug="de-linde")


@pytest.fixture
def boss(hospital):
    return member(hospital, Role.ADMINISTRATOR, name="Bea Beheer")


def place(**asked):
    query = "&".join(f"{key}={value}" for key, value in asked.items())
    return f"{reverse('organisation-log', args=['de-linde'])}?{query}"


def rows(client, address):
    return [words(row) for row in soup(client.get(address)).select("tbody tr")]


def filled(hospital, number):
    """So many acts, two at each moment."""
    for count in range(number):
        at = NOW + datetime.timedelta(minutes=count // 2)
        target = f"organisation:{hospital.uuid}"
        record("organisation.saved", by=None, target=target, now=at)


def test_act_about_people_says_who_did_what_to_whom(client, hospital, boss):
    colleague = member(hospital, Role.EDITOR, name="Kees Kees")
    people.change_roles(organisation=hospital, user=colleague, roles=["PUBLISHER"], by=boss, now=NOW)
    client.force_login(boss)

    assert rows(client, place()) == [
        "22 november 2026, 10:00 Bea Beheer Een collega kreeg andere rollen. Kees Kees (Publiceerder)"
    ]


def test_act_about_a_text_leads_to_the_entry(client, hospital, boss):
    editor = member(hospital, Role.EDITOR, name="Els Editor")
    start_entry(organisation=hospital, slug="breukkijker", content=COMPLETE, by=editor, now=NOW)
    client.force_login(boss)

    row = soup(client.get(place())).select_one("tbody tr")

    assert "Els Editor" in row.text
    assert row.select_one("a")["href"] == "/werk/toepassingen/breukkijker/"


def test_who_has_no_account_any_more_has_no_name(client, hospital, boss):
    other = member(hospital, Role.ADMINISTRATOR, name="Wil Weg")
    people.invite(organisation=hospital, email="a@b.example", roles=["EDITOR"], by=other, now=NOW)
    other.delete()
    client.force_login(boss)

    row = rows(client, place())[0]

    assert "Iemand die hier niet meer werkt" in row
    assert "Wil" not in row


def test_act_of_the_portal_itself_says_so(client, hospital, boss):
    filled(hospital, 1)
    client.force_login(boss)

    assert "Het portaal zelf" in rows(client, place())[0]


def test_log_of_another_organisation_is_another(client, hospital, boss):
    filled(OrganisationFactory(), 3)
    client.force_login(boss)

    assert rows(client, place()) == []


def test_events_that_concern_no_organisation_stand_in_no_log(hospital):
    record("account.signed_in", by=None, target="user:1", now=NOW)
    record("entry.published", by=None, target=f"entry:{hospital.uuid}", now=NOW)

    assert set(AuditEvent.objects.values_list("organisation_id", flat=True)) == {None}


def test_whoever_records_may_say_whose_log_it_is(hospital):
    record("account.signed_in", by=None, target="user:1", now=NOW, organisation=hospital.pk)

    assert AuditEvent.objects.get().organisation_id == hospital.pk


def test_pages_hold_every_act_once_and_in_order(client, hospital, boss):
    filled(hospital, 120)
    client.force_login(boss)

    pages, address = [], place()
    while address:
        page = soup(client.get(address))
        pages.append([words(row) for row in page.select("tbody tr")])
        older = page.select_one("a.utrecht-button[href*=voor]")
        address = f"{reverse('organisation-log', args=['de-linde'])}{older['href']}" if older else ""

    assert [len(page) for page in pages] == [50, 50, 20]
    moments = [row.split(" Het")[0] for page in pages for row in page]
    assert moments == sorted(moments, reverse=True)


def test_page_does_not_shift_when_something_happens_meanwhile(client, hospital, boss):
    filled(hospital, 60)
    client.force_login(boss)
    older = soup(client.get(place())).select_one("a.utrecht-button[href*=voor]")["href"]
    before = rows(client, f"{reverse('organisation-log', args=['de-linde'])}{older}")

    filled(hospital, 2)
    record("organisation.saved", by=None, target=f"organisation:{hospital.uuid}", now=NOW + datetime.timedelta(days=1))

    after = rows(client, f"{reverse('organisation-log', args=['de-linde'])}{older}")
    assert len(after) >= len(before) == 10


@pytest.mark.parametrize(("subject", "kinds"), [
    ("mensen", ["invitation.sent"]), ("organisatie", ["organisation.saved"]), ("teksten", ["draft.started"]),
    ("", ["draft.started", "invitation.sent", "organisation.saved"]), ("anders", None),
])  # fmt: skip
def test_log_is_asked_for_a_subject(client, hospital, boss, subject, kinds):
    filled(hospital, 1)
    people.invite(organisation=hospital, email="a@b.example", roles=["EDITOR"], by=boss, now=NOW)
    start_entry(organisation=hospital, slug="x", content={}, by=member(hospital, Role.EDITOR), now=NOW)
    client.force_login(boss)

    assert len(rows(client, place(over=subject))) == len(kinds or [1, 2, 3])


@pytest.mark.parametrize("before", ["x", "_", "2026-11-22_1", "2026-13-45T10:00:00+00:00_1", "1_2_3",
                                    "2026-11-22T10:00:00%2B00:00_" + "9" * 30, "2026-11-22T10:00:00_1"])  # fmt: skip
def test_place_that_is_none_is_not_there(client, hospital, boss, before):
    client.force_login(boss)

    assert client.get(place(voor=before)).status_code == 404


def test_page_asks_a_fixed_number_of_questions(client, hospital, boss, django_assert_max_num_queries):
    for number in range(12):
        editor = member(hospital, Role.EDITOR)
        start_entry(organisation=hospital, slug=f"x{number}", content=COMPLETE, by=editor, now=NOW)
    client.force_login(boss)

    with django_assert_max_num_queries(22):
        client.get(place())
