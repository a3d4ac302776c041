"""An invitation: one link, one person, fourteen days; what it says when it does not work any more."""

import datetime
import re

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from portal.accounts.actions.duties import ask_first_administrator
from portal.accounts.models import PortalDuty, User
from portal.audit.models import AuditEvent
from portal.core import links
from portal.organisations.actions.people import invite, invite_again, withdraw_invitation
from portal.organisations.models import Invitation, Membership
from portal.organisations.roles import Role
from tests.conftest import NOW, StrictClient
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import PASSWORD, UserFactory, member
from tests.support.html import soup
from tests.support.signing_in import first_step, is_signed_in, link_in_mail, sign_in

pytestmark = pytest.mark.django_db

EMAIL = "nieuw@linde.example"
ANSWER = {"name": "Nieuwe Collega", "way": "password", "password1": "vier losse woorden samen"}


@pytest.fixture
def hospital():
    return OrganisationFactory(name="Ziekenhuis De Linde", slug="de-linde")


@pytest.fixture
def administrator(hospital):
    return member(hospital, Role.ADMINISTRATOR, name="Bea Beheer")


@pytest.fixture
def ask(hospital, administrator, django_capture_on_commit_callbacks):
    """Ask somebody; the path of the link in the mail."""

    def asked(email=EMAIL, roles=(Role.EDITOR,)):
        with django_capture_on_commit_callbacks(execute=True):
            invite(organisation=hospital, email=email, roles=roles, by=administrator, now=NOW)
        return link_in_mail()

    return asked


def roles_of(user):
    return sorted(Membership.objects.filter(user=user).values_list("role", flat=True))


# --- The mail --------------------------------------------------------------------------------------------------------


def test_mail_says_who_asks_for_whom_and_until_when(ask):
    ask(roles=(Role.EDITOR, Role.PUBLISHER))

    sent = mail.outbox[0]
    assert (sent.to, sent.subject) == ([EMAIL], "Werkt u mee voor Ziekenhuis De Linde?")
    assert "Bea Beheer" in sent.body
    assert "Schrijver, Publiceerder" in sent.body
    assert "6 december" in sent.body


def test_database_has_no_link_that_works(ask):
    token = ask().rstrip("/").rpartition("/")[2]

    kept = Invitation.objects.get()
    assert kept.token_hash == links.hash_of(token)
    assert token not in str(Invitation.objects.values())
    assert len(token) >= 43


# --- A new person ----------------------------------------------------------------------------------------------------


def test_link_leads_to_a_page_that_changes_nothing(client, ask):
    link = ask()

    page = soup(client.get(link))

    assert "Ziekenhuis De Linde" in page.text
    assert EMAIL in page.text
    assert Invitation.objects.exists()
    assert not User.objects.filter(email=EMAIL).exists()


def test_new_person_makes_an_account_and_works(client, ask):
    answer = client.post(ask(), ANSWER)

    user = User.objects.get(email=EMAIL)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/werk/")
    assert (user.name, roles_of(user)) == ("Nieuwe Collega", ["EDITOR"])
    assert is_signed_in(client)
    assert not Invitation.objects.exists()


def test_new_person_with_a_heavy_role_lands_at_the_second_step(client, ask):
    answer = client.post(ask(roles=[Role.PUBLISHER]), ANSWER)

    assert answer.headers["Location"] == reverse("mfa_index")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    assert client.get("/werk/").headers["Location"] == reverse("mfa_index")


def test_new_person_may_choose_a_passkey_instead(client, ask):
    answer = client.post(ask(), {"name": "Nieuwe Collega", "way": "passkey"})

    assert answer.headers["Location"] == reverse("mfa_add_webauthn")
    assert client.get(answer.headers["Location"]).status_code == 200
    assert not User.objects.get(email=EMAIL).has_usable_password()


@pytest.mark.parametrize("wrong", [
    {"name": ""}, {"name": "x" * 151}, {"name": "Nie\u202euw"}, {"password1": ""}, {"password1": "kort"},
    {"password1": EMAIL}, {"way": "anders"}, {"way": ""},
])  # fmt: skip
def test_mistake_is_told_and_nothing_is_lost(client, ask, wrong):
    answer = client.post(ask(), {**ANSWER, **wrong})

    assert answer.status_code == 422
    assert soup(answer).select_one("[role=alert] a[href^='#id_']")
    if "name" not in wrong:
        assert soup(answer).select_one("[name=name]")["value"] == "Nieuwe Collega"
    assert Invitation.objects.exists()


def test_form_cannot_give_more_than_was_asked(client, ask):
    client.post(ask(), {**ANSWER, "roles": ["ADMINISTRATOR"], "email": "anders@linde.example", "is_superuser": "on"})

    user = User.objects.get(email=EMAIL)
    assert (roles_of(user), user.is_superuser) == (["EDITOR"], False)


def test_form_needs_its_token(ask):
    assert Client(enforce_csrf_checks=True).post(ask(), ANSWER).status_code == 403


# --- Somebody who is here already ------------------------------------------------------------------------------------


def test_who_has_an_account_signs_in_and_accepts(client, ask):
    user = UserFactory(email=EMAIL)
    link = ask()
    sign_in_link = soup(client.get(link)).select_one("main .utrecht-button--primary")["href"]

    signed_in = client.post(sign_in_link, {"login": EMAIL, "password": PASSWORD})
    assert signed_in.headers["Location"] == link
    client.post(link)

    assert roles_of(user) == ["EDITOR"]


def test_link_alone_signs_nobody_in(client, ask):
    UserFactory(email=EMAIL)

    client.post(ask(), ANSWER)

    assert not is_signed_in(client)
    assert not Membership.objects.filter(user__email=EMAIL).exists()


def test_somebody_else_cannot_accept_it(client, ask):
    other = UserFactory()
    sign_in(client, other)
    link = ask()

    page, answer = client.get(link), client.post(link)

    assert "Log eerst uit" in page.text
    assert answer.status_code == 403
    assert roles_of(other) == []


def test_role_that_was_there_already_stays_one(client, hospital, ask):
    user = UserFactory(email=EMAIL)
    link = ask(roles=[Role.EDITOR, Role.PUBLISHER])
    Membership.objects.create(user=user, organisation=hospital, role=Role.EDITOR, since=NOW)
    sign_in(client, user)

    client.post(link)

    assert roles_of(user) == ["EDITOR", "PUBLISHER"]


def test_nobody_learns_who_has_an_account(client, hospital, administrator):
    UserFactory(email="bestaat@linde.example")
    sign_in(client, administrator)
    people = reverse("organisation-people", args=[hospital.slug])

    answers = []
    for email in ("bestaat@linde.example", "bestaat-niet@linde.example"):
        answer = client.post(people, {"email": email, "roles": ["EDITOR"]}, follow=True)
        shown = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|uitnodigingen/\d+', "", answer.text.replace(email, "…"))
        answers.append(shown)
        Invitation.objects.all().delete()

    assert answers[0] == answers[1]


# --- When it does not work -------------------------------------------------------------------------------------------


def test_link_works_once(client, ask):
    link = ask()
    client.post(link, ANSWER)

    again = StrictClient().get(link)

    assert again.status_code == 410
    assert "al aangenomen" in again.text
    assert StrictClient().post(link, ANSWER).status_code == 410


@pytest.mark.parametrize(("days", "status"), [(13, 200), (14, 410), (15, 410)])
def test_link_works_fourteen_days(client, ask, days, status):
    link = ask()
    with time_machine.travel(NOW + datetime.timedelta(days=days), tick=False):
        answer = client.get(link)

    assert answer.status_code == status
    assert ("te oud" in answer.text) == (status == 410)


def test_old_link_cannot_be_sent_either(client, ask):
    link = ask()
    with time_machine.travel(NOW + datetime.timedelta(days=15), tick=False):
        assert client.post(link, ANSWER).status_code == 410
    assert not User.objects.filter(email=EMAIL).exists()


def test_link_stops_when_the_invitation_is_withdrawn(client, ask, administrator):
    link = ask()
    withdraw_invitation(invitation=Invitation.objects.get(), by=administrator, now=NOW)

    assert client.get(link).status_code == 410


def test_link_stops_when_another_is_sent(client, ask, administrator, django_capture_on_commit_callbacks):
    old = ask()
    with django_capture_on_commit_callbacks(execute=True):
        invite_again(invitation=Invitation.objects.get(), by=administrator, now=NOW)

    assert client.get(old).status_code == 410
    assert client.get(link_in_mail()).status_code == 200


# --- The first administrator of the portal ---------------------------------------------------------------------------


def test_first_administrator_of_the_portal_comes_by_a_link_of_the_command(client):
    link = ask_first_administrator(email="Baas@portaal.example", now=NOW)

    answer = client.post(link.removeprefix("https://aimz.example"), ANSWER)

    assert answer.headers["Location"] == reverse("mfa_index")
    assert PortalDuty.objects.filter(user__email="baas@portaal.example", role="ADMINISTRATOR").exists()


def test_joining_is_logged_without_an_address(client, ask, hospital):
    client.post(ask(), ANSWER)

    user = User.objects.get(email=EMAIL)
    event = AuditEvent.objects.get(kind="membership.begun")
    assert (event.actor_id, event.organisation_id) == (user.pk, hospital.pk)
    assert "@" not in str(list(AuditEvent.objects.values()))
    first_step(client, user)
