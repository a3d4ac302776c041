"""Signing in: two steps, no way round the second, and nothing that tells who has an account."""

import datetime

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core import mail
from django.test import Client
from django.urls import reverse

from portal.audit.models import AuditEvent
from portal.organisations.roles import Role
from tests.conftest import NOW, StrictClient
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import PASSWORD, UserFactory, member
from tests.support.html import soup, words
from tests.support.signing_in import code_of, first_step, is_signed_in, link_in_mail, second_step, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    """Somebody without a role."""
    return UserFactory(email="anna@linde.example")


@pytest.fixture
def bram():
    """A publisher, with an app for codes."""
    return member(OrganisationFactory(), Role.PUBLISHER, email="bram@linde.example")


# --- The steps -------------------------------------------------------------------------------------------------------


def test_password_is_enough_without_a_second_factor(client, anna):
    answer = first_step(client, anna)

    assert (answer.status_code, answer.headers["Location"]) == (302, "/deelname/")
    assert is_signed_in(client)


def test_address_may_be_typed_in_capitals(client, anna):
    client.post(reverse("account_login"), {"login": " ANNA@Linde.Example", "password": PASSWORD})

    assert is_signed_in(client)


def test_password_alone_does_not_sign_in_who_has_a_second_factor(client, bram):
    answer = first_step(client, bram)

    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)


def test_code_of_the_app_completes_it(client, bram):
    first_step(client, bram)

    answer = second_step(client, code_of(bram))

    assert (answer.status_code, answer.headers["Location"]) == (302, "/werk/")
    assert is_signed_in(client)


def test_code_may_have_a_space_in_it(client, bram):
    first_step(client, bram)
    code = code_of(bram)

    second_step(client, f" {code[:3]} {code[3:]} ")

    assert is_signed_in(client)


@pytest.mark.parametrize("code", ["", "000000", "abcdef", "1", "123456789012345678901234567890"])
def test_wrong_code_does_not_sign_in(client, bram, code):
    first_step(client, bram)

    answer = second_step(client, code)

    assert answer.status_code == 422
    assert soup(answer).select_one("[role=alert] a[href='#id_code']")
    assert not is_signed_in(client)


def test_code_works_once(client, bram):
    code = code_of(bram)
    first_step(client, bram)
    second_step(client, code)
    other = StrictClient()
    first_step(other, bram)

    assert second_step(other, code).status_code == 422
    assert not is_signed_in(other)


def test_code_that_was_used_does_not_work_a_period_later_either(client, bram):
    code = code_of(bram)
    first_step(client, bram)
    second_step(client, code)
    with time_machine.travel(NOW + datetime.timedelta(seconds=31), tick=False):
        other = StrictClient()
        first_step(other, bram)

        assert second_step(other, code).status_code == 422


@pytest.mark.parametrize(("periods", "works"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_clock_of_a_phone_may_differ_by_half_a_minute(client, bram, periods, works):
    first_step(client, bram)

    second_step(client, code_of(bram, periods))

    assert is_signed_in(client) == works


def test_emergency_code_works_once(client, bram):
    code = RecoveryCodes.activate(bram).get_unused_codes()[0]
    first_step(client, bram)
    second_step(client, code)
    other = StrictClient()
    first_step(other, bram)

    assert is_signed_in(client)
    assert second_step(other, code).status_code == 422


def test_second_step_cannot_be_asked_for_without_the_first(client):
    answer = client.get(reverse("mfa_authenticate"))

    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("account_login"))


def test_account_that_was_ended_does_not_sign_in(client, anna):
    anna.is_active = False
    anna.save()

    first_step(client, anna)

    assert not is_signed_in(client)


def test_account_that_is_ended_is_signed_out_at_once(client, anna):
    sign_in(client, anna)
    anna.is_active = False
    anna.save()

    assert client.get("/werk/").headers["Location"].startswith(reverse("account_login"))


def test_signing_in_is_logged_without_an_address(client, bram):
    sign_in(client, bram)

    event = AuditEvent.objects.get(kind="account.signed_in")
    assert (event.actor_id, event.target, event.data) == (bram.pk, f"user:{bram.pk}", {"ways": ["password", "mfa"]})


def test_signing_out_takes_a_post(client, anna):
    sign_in(client, anna)
    client.get(reverse("account_logout"))
    assert is_signed_in(client)

    client.post(reverse("account_logout"))

    assert not is_signed_in(client)


# --- Nothing tells who has an account --------------------------------------------------------------------------------


def page_of(answer):
    """What a reader sees: no token, no address that was typed."""
    page = soup(answer)
    for field in page.select("input"):
        field.decompose()
    return words(page.select_one("main"))


def test_wrong_password_and_unknown_address_are_told_the_same(client, anna):
    known = client.post(reverse("account_login"), {"login": anna.email, "password": "een ander geheim"})
    unknown = client.post(reverse("account_login"), {"login": "niemand@linde.example", "password": PASSWORD})

    assert known.status_code == unknown.status_code == 422
    assert page_of(known) == page_of(unknown)


def reset(client, email):
    return client.post(reverse("account_reset_password"), {"email": email}, follow=True)


def test_new_password_is_asked_in_the_same_way_whether_there_is_an_account_or_not(client, anna):
    ended = UserFactory(is_active=False)

    answers = [reset(StrictClient(), email) for email in (anna.email, "niemand@linde.example", ended.email)]

    assert len({page_of(answer) for answer in answers}) == 1
    assert {answer.status_code for answer in answers} == {200}
    assert len({tuple(answer.redirect_chain) for answer in answers}) == 1
    assert [one.to for one in mail.outbox] == [[anna.email], ["niemand@linde.example"], [ended.email]]


def test_who_has_no_account_gets_a_mail_that_says_so_and_no_link_to_choose(client):
    reset(client, "niemand@linde.example")

    assert "geen account" in mail.outbox[0].body
    assert "/wachtwoord/nieuw/" not in mail.outbox[0].body


def test_another_address_is_asked_in_the_same_way_whether_somebody_has_it_or_not(client, anna):
    taken = UserFactory()
    sign_in(client, anna)

    answers = []
    for email in (taken.email, "vrij@linde.example"):
        EmailAddress.objects.filter(user=anna, primary=False).delete()
        answers.append(client.post(reverse("account_email"), {"email": email, "action_add": ""}))

    assert {(answer.status_code, answer.headers["Location"]) for answer in answers} == {(302, reverse("account_email"))}
    assert [one.to for one in mail.outbox] == [[taken.email], ["vrij@linde.example"]]


# --- A new password --------------------------------------------------------------------------------------------------


NEW = "drie groene paarden slapen"


def choose_anew(client, user):
    reset(client, user.email)
    form = client.get(link_in_mail(), follow=True)
    return client.post(form.redirect_chain[-1][0], {"password1": NEW}, follow=True)


def test_link_of_the_mail_leads_to_a_new_password(client, anna):
    choose_anew(client, anna)

    client.post(reverse("account_login"), {"login": anna.email, "password": NEW})

    assert is_signed_in(client)
    assert "nieuw wachtwoord" in mail.outbox[-1].body


def test_new_password_does_not_sign_in_by_itself(client, anna):
    choose_anew(client, anna)

    assert not is_signed_in(client)


def test_new_password_is_no_way_round_the_second_step(client, bram):
    choose_anew(client, bram)

    answer = client.post(reverse("account_login"), {"login": bram.email, "password": NEW})

    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)


def test_new_password_ends_every_session(client, anna):
    elsewhere = StrictClient()
    sign_in(elsewhere, anna)

    choose_anew(client, anna)

    assert not is_signed_in(elsewhere)


def test_link_for_a_new_password_works_once(client, anna):
    choose_anew(client, anna)

    again = StrictClient().get(link_in_mail(0))

    assert "werkt niet meer" in again.text


def test_link_for_a_new_password_stops_after_three_days(client, anna):
    reset(client, anna.email)
    with time_machine.travel(NOW + datetime.timedelta(days=3, minutes=1), tick=False):
        assert "werkt niet meer" in client.get(link_in_mail()).text


def test_link_of_somebody_else_ends_no_session_until_the_form_is_sent(client, anna, bram):
    reset(client, anna.email)
    sign_in(client, bram)

    form = client.get(link_in_mail(), follow=True)
    assert is_signed_in(client)
    client.post(form.redirect_chain[-1][0], {"password1": NEW})

    assert not is_signed_in(client)


@pytest.mark.parametrize("password", ["kort", "anna@linde.example", "           "])
def test_weak_password_is_refused(client, anna, password):
    reset(client, anna.email)
    form = client.get(link_in_mail(), follow=True)

    answer = client.post(form.redirect_chain[-1][0], {"password1": password})

    assert answer.status_code == 422
    anna.refresh_from_db()
    assert anna.check_password(PASSWORD)


def test_link_in_a_mail_never_names_the_host_that_somebody_asked_by(anna):
    Client(SERVER_NAME="localhost").post(reverse("account_reset_password"), {"email": anna.email})

    assert "https://aimz.example/account/wachtwoord/nieuw/" in mail.outbox[0].body
    assert "localhost" not in mail.outbox[0].body


def test_page_for_an_unknown_host_is_not_made(client):
    assert client.get(reverse("account_login"), SERVER_NAME="elders.example").status_code == 400


# --- Another address -------------------------------------------------------------------------------------------------


def test_address_changes_when_its_owner_confirms_it(client, anna):
    sign_in(client, anna)
    client.post(reverse("account_email"), {"email": "anders@linde.example", "action_add": ""})
    link = link_in_mail()

    client.get(link)
    anna.refresh_from_db()
    assert anna.email == "anna@linde.example"
    client.post(link)

    anna.refresh_from_db()
    assert anna.email == "anders@linde.example"
    assert [event.kind for event in AuditEvent.objects.filter(kind="account.address_changed")]


def test_old_address_is_told_that_it_changed(client, anna):
    sign_in(client, anna)
    client.post(reverse("account_email"), {"email": "anders@linde.example", "action_add": ""})
    client.post(link_in_mail())

    assert mail.outbox[-1].to == ["anna@linde.example"]
    assert "anders@linde.example" in mail.outbox[-1].body


def test_address_can_be_changed_with_a_second_factor_too(client, bram):
    sign_in(client, bram)
    client.post(reverse("account_email"), {"email": "anders@linde.example", "action_add": ""})
    client.post(link_in_mail())

    bram.refresh_from_db()
    assert bram.email == "anders@linde.example"


def test_link_to_confirm_ends_no_session_of_somebody_else_until_the_button(client, anna, bram):
    sign_in(client, anna)
    client.post(reverse("account_email"), {"email": "anders@linde.example", "action_add": ""})
    other = StrictClient()
    sign_in(other, bram)

    assert other.get(link_in_mail()).status_code == 200
    assert is_signed_in(other)


# --- Limits ----------------------------------------------------------------------------------------------------------


def try_wrong(client, email):
    return client.post(reverse("account_login"), {"login": email, "password": "een ander geheim"})


def test_after_five_wrong_passwords_the_right_one_has_to_wait(client, anna):
    for _try in range(5):
        try_wrong(client, anna.email)

    refused = first_step(client, anna)

    assert refused.status_code == 422
    assert "te vaak" in refused.text
    with time_machine.travel(NOW + datetime.timedelta(minutes=6), tick=False):
        first_step(client, anna)
        assert is_signed_in(client)


def test_limit_is_the_same_from_everywhere(anna):
    for number in range(5):
        try_wrong(StrictClient(REMOTE_ADDR=f"192.0.2.{number}"), anna.email)

    assert "te vaak" in first_step(StrictClient(REMOTE_ADDR="192.0.2.99"), anna).text


def test_unknown_address_meets_the_same_limit(client):
    for _try in range(5):
        try_wrong(client, "niemand@linde.example")

    assert "te vaak" in try_wrong(client, "niemand@linde.example").text


def test_wrong_codes_have_a_limit_too(client, bram):
    first_step(client, bram)
    for _try in range(5):
        second_step(client, "000000")

    assert "te vaak" in second_step(client, code_of(bram)).text


def test_one_address_cannot_be_sent_mails_without_end(client):
    answers = [client.post(reverse("account_reset_password"), {"email": "x@linde.example"}) for _try in range(6)]

    assert [answer.status_code for answer in answers] == [302] * 5 + [429]


# --- Where it leads --------------------------------------------------------------------------------------------------


ELSEWHERE = ["https://elders.example/", "//elders.example/", "/\\elders.example/", "https:/elders.example",
             "javascript:alert(1)", "http://testserver@elders.example/", "https://aimz.example.elders.example/",
             "\thttps://elders.example/", "https://localhost/", "http:///elders.example/"]  # fmt: skip


@pytest.mark.parametrize("place", ELSEWHERE)
def test_signing_in_leads_nowhere_else(client, anna, place):
    assert first_step(client, anna, next=place).headers["Location"] == "/deelname/"


@pytest.mark.parametrize("place", ELSEWHERE)
def test_signing_out_leads_nowhere_else(client, anna, place):
    sign_in(client, anna)

    assert client.post(reverse("account_logout"), {"next": place}).headers["Location"] == "/"


def test_signing_in_leads_to_the_page_that_was_asked(client, bram):
    first_step(client, bram, next="/werk/toepassingen/")

    assert second_step(client, code_of(bram)).headers["Location"] == "/werk/toepassingen/"


# --- Sessions and forms ----------------------------------------------------------------------------------------------


def test_session_has_another_key_after_signing_in(client, bram):
    client.get(reverse("account_login"))
    first_step(client, bram)
    before = client.session.session_key

    second_step(client, code_of(bram))

    assert client.session.session_key not in {None, before}


def test_key_that_somebody_planted_is_not_taken(anna):
    client = StrictClient()
    client.cookies["__Host-sessionid"] = "geplant1geplant1geplant1geplant1"

    first_step(client, anna)

    assert client.cookies["__Host-sessionid"].value != "geplant1geplant1geplant1geplant1"


def test_cookie_of_the_session_is_for_this_site_and_no_script(client, anna):
    cookie = first_step(client, anna).cookies["__Host-sessionid"]

    assert (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (
        True, True, "Lax", "/", "",
    )  # fmt: skip
    assert cookie["max-age"] == ""


@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "account_logout", "account_example"])
def test_form_without_its_token_is_refused(name):
    assert Client(enforce_csrf_checks=True).post(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "account_organisations", "account"])
def test_page_about_people_is_kept_by_nobody(client, anna, name):
    if name == "account":
        sign_in(client, anna)

    kept = client.get(reverse(name)).headers["Cache-Control"]

    assert "no-store" in kept
    assert "private" in kept


def test_session_that_lost_its_password_is_asked_to_sign_in_and_breaks_nothing(client, anna):
    sign_in(client, anna)
    anna.set_password(NEW)
    anna.save()

    assert client.get("/werk/").headers["Location"].startswith(reverse("account_login"))


def test_secret_of_the_app_is_sealed_in_the_database(bram):
    kept = Authenticator.objects.get(user=bram, type=Authenticator.Type.TOTP).data["secret"]

    assert kept.startswith("gAAAA")
