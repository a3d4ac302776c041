"""Mijn account: what it shows and what can be changed there; and that a public page never knows who reads it."""

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.urls import reverse

from portal.accounts.models import PortalRole
from portal.audit.models import AuditEvent
from portal.audit.revision import current_revision
from portal.core.page_cache import PageCache
from portal.organisations.models import Membership, OrganisationKind
from portal.organisations.roles import Role
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory, member, on_duty
from tests.support.addresses import EVERY, PUBLIC
from tests.support.html import soup, words
from tests.support.signing_in import sign_in
from tests.support.wsgi import Answer
from tests.test_consistency import ARGUMENTS, register_with_one_of_each

pytestmark = pytest.mark.django_db


def test_page_shows_roles_and_the_way_to_stop(client):
    user = member(OrganisationFactory(name="Ziekenhuis De Linde", slug="de-linde"), Role.EDITOR, Role.PUBLISHER)
    sign_in(client, user)

    row = soup(client.get(reverse("account"))).select_one("#voor-wie ~ ul li")

    assert words(row).startswith("Ziekenhuis De Linde Schrijver, Publiceerder Stoppen")
    assert row.select("a")[1]["href"] == reverse("leave-organisation", args=["de-linde"])


def test_page_shows_what_somebody_does_for_the_portal(client):
    sign_in(client, on_duty(PortalRole.EDITORIAL))

    assert "Redactie" in soup(client.get(reverse("account"))).select_one("#voor-wie ~ ul").text


def test_name_is_changed_and_cleaned(client):
    user = UserFactory()
    sign_in(client, user)

    client.post(reverse("account"), {"name": "  Anna   de Bruin "})

    user.refresh_from_db()
    assert user.name == "Anna de Bruin"
    assert AuditEvent.objects.filter(kind="account.renamed").count() == 1


@pytest.mark.parametrize("name", ["", "   ", "x" * 151, "An\u202ena", "An\x00na"])
def test_name_that_cannot_be_is_told(client, name):
    user = UserFactory(name="Anna")
    sign_in(client, user)

    answer = client.post(reverse("account"), {"name": name})

    user.refresh_from_db()
    assert (answer.status_code, user.name) == (422, "Anna")


def test_head_says_of_a_page_of_a_person_what_get_says(client):
    sign_in(client, UserFactory())

    page, head = client.get(reverse("account_email")), client.head(reverse("account_email"))

    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["Content-Length"]) == int(page.headers["Content-Length"]) > 1000


def test_name_is_shown_as_text(client):
    user = UserFactory()
    sign_in(client, user)
    client.post(reverse("account"), {"name": "<b>Anna</b> & co"})

    assert "<b>Anna" not in client.get("/werk/").text


def test_leaving_asks_first_and_then_takes_every_role(client):
    hospital = OrganisationFactory(slug="de-linde")
    user = member(hospital, Role.EDITOR, Role.PUBLISHER)
    sign_in(client, user)
    place = reverse("leave-organisation", args=["de-linde"])

    client.get(place)
    assert Membership.objects.filter(user=user).count() == 2
    client.post(place)

    assert not Membership.objects.filter(user=user).exists()
    assert client.get(reverse("organisation", args=["de-linde"])).status_code == 404


def test_bar_says_who_and_for_whom_and_where_one_is(client):
    user = member(OrganisationFactory(name="Ziekenhuis De Linde"), Role.EDITOR, name="Els Editor")
    sign_in(client, user)

    bar = soup(client.get(reverse("transparency:work-entries"))).select_one(".work-bar")

    assert words(bar.select_one(".work-bar__who")) == "Els Editor Ziekenhuis De Linde"
    assert [link.text for link in bar.select("a[aria-current]")] == ["Toepassingen"]
    assert bar.select_one("form[method=post] button").text == "Uitloggen"


BARS = [
    (None, ["Mijn deelname", "Mijn account"]),
    (OrganisationKind.HOSPITAL, ["Mijn werk", "Projecten", "Toepassingen", "Organisatie", "Mijn account"]),
    (OrganisationKind.PATIENT_ORGANISATION, ["Mijn deelname", "Mijn werk", "Projecten", "Organisatie", "Mijn account"]),
]


@pytest.mark.parametrize(("kind", "places"), BARS)
def test_bar_leads_to_what_concerns_the_reader(client, kind, places):
    user = UserFactory() if kind is None else member(OrganisationFactory(kind=kind), Role.EDITOR)
    sign_in(client, user)

    bar = soup(client.get(reverse("account"))).select_one(".work-bar")

    assert [link.text for link in bar.select("a")] == places


def test_bar_leads_to_the_portal_only_who_administers_it(client):
    sign_in(client, member(OrganisationFactory(), Role.ADMINISTRATOR))

    assert "Portaal" not in soup(client.get("/werk/")).select_one(".work-bar").text


# --- Public pages ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_public_page_is_the_same_with_a_real_session(client, prefix):
    register_with_one_of_each()
    sign_in(client, member(OrganisationFactory(), *Role, name="Herkenbare Naam"))
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    assert "__Host-sessionid=" in cookies

    for name in PUBLIC:
        address = prefix + reverse(name, kwargs=ARGUMENTS.get(name))
        hers = Answer(PageCache(WSGIHandler(), current_revision), address, Cookie=cookies)
        theirs = Answer(PageCache(WSGIHandler(), current_revision), address)

        assert (hers.status, hers.headers, hers.body) == (theirs.status, theirs.headers, theirs.body), address
        assert b"Herkenbare" not in hers.body
        assert "set-cookie" not in hers.headers
        assert "cookie" not in hers.headers.get("vary", "").lower()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_page_that_is_not_there_is_the_same_with_a_real_session(client, prefix):
    sign_in(client, UserFactory())
    hers, theirs = client.get(f"{prefix}/bestaat-niet/"), type(client)().get(f"{prefix}/bestaat-niet/")

    assert (hers.status_code, hers.content) == (theirs.status_code, theirs.content)
    assert not hers.cookies


# --- What a GET may write --------------------------------------------------------------------------------------------


def test_only_two_pages_write_when_they_are_read_and_say_why():
    marked = {name: pattern.callback.writes_on_get for name, pattern, _path in EVERY
              if hasattr(pattern.callback, "writes_on_get")}  # fmt: skip

    assert set(marked) == {"openid_connect_callback", "openid_connect_login"}
    assert all(len(reason) > 40 for reason in marked.values())
