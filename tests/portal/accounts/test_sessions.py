"""Where somebody is signed in: seen, and ended one by one or all at once."""

import datetime

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from portal.accounts.sessions import forget_old_sessions, sessions_of
from portal.audit.models import AuditEvent
from tests.conftest import NOW, StrictClient
from tests.factories.people import UserFactory
from tests.support.html import soup, words
from tests.support.signing_in import is_signed_in, sign_in

pytestmark = pytest.mark.django_db

HERE = "/account/sessies/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
CHROME = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"


@pytest.fixture
def anna():
    return UserFactory()


@pytest.fixture
def two(anna):
    """Two browsers in which Anna is signed in."""
    desk, phone = StrictClient(HTTP_USER_AGENT=FIREFOX), StrictClient(HTTP_USER_AGENT=CHROME, REMOTE_ADDR="192.0.2.7")
    sign_in(desk, anna)
    sign_in(phone, anna)
    return desk, phone


def test_list_shows_each_browser_and_which_is_this_one(two):
    shown = [words(one) for one in soup(two[0].get(HERE)).select(".rows__row")]

    assert shown[0].startswith("Firefox, Windows")
    assert "dit apparaat" in shown[0]
    assert shown[1].startswith("Chrome, Android")
    assert "192.0.2.7" in shown[1]


def test_one_session_is_ended(two, anna):
    desk, phone = two
    button = soup(desk.get(HERE)).select_one(".rows__row button")

    desk.post(HERE, {"number": button["value"]})

    assert (is_signed_in(desk), is_signed_in(phone)) == (True, False)
    assert AuditEvent.objects.filter(kind="account.sessions_ended", actor_id=anna.pk).exists()


def test_all_others_are_ended_at_once(two):
    desk, phone = two

    desk.post(HERE)

    assert (is_signed_in(desk), is_signed_in(phone)) == (True, False)


def test_session_of_somebody_else_cannot_be_ended(two):
    other = StrictClient()
    sign_in(other, UserFactory())
    theirs = UserSession.objects.get(session_key=two[1].session.session_key)

    other.post(HERE, {"number": theirs.pk})

    assert is_signed_in(two[1])


@pytest.mark.parametrize("number", ["0", "x", "-1", "1" * 30, "²"])
def test_number_that_is_none_ends_nothing(two, number):
    answer = two[0].post(HERE, {"number": number})

    assert answer.status_code == 302
    assert is_signed_in(two[1])


def test_looking_changes_nothing_even_when_a_session_is_over(two):
    Session.objects.filter(session_key=two[1].session.session_key).delete()

    assert len(soup(two[0].get(HERE)).select(".rows__row")) == 1
    assert UserSession.objects.count() == 2


def test_session_from_before_another_password_is_not_shown(two, anna):
    anna.set_password("vier andere losse woorden")
    anna.save()

    assert sessions_of(anna, "", NOW) == []


def test_session_ends_after_twelve_hours(two):
    with time_machine.travel(NOW + datetime.timedelta(hours=12, minutes=1), tick=False):
        assert not is_signed_in(two[0])


def test_what_is_over_is_forgotten(two):
    assert forget_old_sessions(NOW + datetime.timedelta(hours=11)) == 0
    assert forget_old_sessions(NOW + datetime.timedelta(hours=13)) == 2
    assert not Session.objects.exists()
