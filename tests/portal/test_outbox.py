"""Mails that the mail server refuses: nobody meets a fault, the mail comes later, and nothing of it stays behind."""

import datetime

import pytest
from django.core.mail import EmailMessage
from django.urls import reverse

from portal.core.mail import send_mail
from portal.home.jobs import JOBS
from portal.outbox.actions import WAITS, send_waiting_mails, try_again
from portal.outbox.models import WaitingMail
from tests.factories.people import UserFactory
from tests.support.mail_server import mail_server

pytestmark = pytest.mark.django_db

MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def server(settings):
    with mail_server() as running:
        settings.EMAIL_BACKEND = "portal.outbox.backend.EmailBackend"
        settings.SENDING_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        yield running


def a_mail(**more):
    return EmailMessage(**{"subject": "Dag Noor", "body": "Geheime link: x\n", "to": ["noor@thuis.example"], **more})


def test_mail_that_is_taken_leaves_nothing_behind(server):
    a_mail().send()

    assert [one["To"] for one in server.mails] == ["noor@thuis.example"]
    assert not WaitingMail.objects.exists()


def test_refused_mail_comes_whole_once_the_server_takes_it(server, now):
    server.refuses = True
    headers = {"List-Unsubscribe": "<https://aimz.example/stop/>"}
    a_mail(headers=headers, attachments=[("afspraak.ics", "BEGIN:VCALENDAR\n", "text/calendar")]).send()
    assert (server.mails, WaitingMail.objects.count()) == ([], 1)

    server.refuses = False
    assert send_waiting_mails(now + WAITS[0]) == 1

    (came,) = server.mails
    text, calendar = came.iter_parts()
    assert (came["Subject"], came["To"]) == ("Dag Noor", "noor@thuis.example")
    assert came["List-Unsubscribe"] == headers["List-Unsubscribe"]
    assert text.get_content().strip() == "Geheime link: x"
    assert (calendar.get_filename(), calendar.get_content().strip()) == ("afspraak.ics", "BEGIN:VCALENDAR")
    assert not WaitingMail.objects.exists()


def test_server_that_is_not_there_is_the_same(server, settings, now):
    settings.EMAIL_PORT = 1  # nothing listens there
    a_mail().send()

    settings.EMAIL_PORT = server.port
    assert (send_waiting_mails(now + WAITS[0]), len(server.mails)) == (1, 1)


def test_mail_is_tried_seven_times_in_about_a_day_and_then_erased(server, now):
    server.refuses = True
    a_mail().send()
    tried = []
    while WaitingMail.objects.exists():
        before = WaitingMail.objects.get()
        send_waiting_mails(before.next_at - datetime.timedelta(seconds=1))
        assert WaitingMail.objects.get().tries == before.tries
        assert send_waiting_mails(before.next_at) == 0
        tried.append(before.next_at - now)

    assert len(tried) + 1 == len(WAITS) + 1 == 7
    assert tried[0] == MINUTE
    assert datetime.timedelta(hours=23) < tried[-1] < datetime.timedelta(hours=25)


def test_database_shows_neither_who_nor_what(server):
    server.refuses = True
    a_mail().send()

    kept = str(WaitingMail.objects.values().get())

    assert not [word for word in ("noor", "Noor", "Geheime", "thuis") if word in kept]


@pytest.mark.parametrize("is_last", [False, True])
def test_log_names_nobody(server, now, caplog, is_last):
    server.refuses = True
    a_mail().send()
    if is_last:
        WaitingMail.objects.update(tries=len(WAITS))
    send_waiting_mails(now + WAITS[0])

    assert "SMTPRecipientsRefused" in caplog.text
    assert "noor" not in caplog.text


def test_mail_of_another_secret_is_given_up(server, settings, now):
    server.refuses = True
    a_mail().send()
    settings.SECRET_KEY = "another"

    server.refuses = False
    assert (send_waiting_mails(now + WAITS[0]), server.mails, WaitingMail.objects.count()) == (0, [], 0)


def test_mail_that_another_worker_tries_is_left_to_it(server, now):
    server.refuses = True
    a_mail().send()
    server.refuses = False
    waiting = WaitingMail.objects.get()
    WaitingMail.objects.update(tries=2)  # another one took it since it was read

    assert not try_again(waiting, now + WAITS[0])
    assert server.mails == []


@pytest.mark.usefixtures("committed_db")
def test_mail_of_an_action_waits_too(server, now):
    server.refuses = True
    send_mail("noor@thuis.example", "organisations/removed", {"organisation": "De Linde"})

    server.refuses = False
    assert send_waiting_mails(now + WAITS[0]) == 1
    assert "De Linde" in server.mails[0].get_content()


def test_who_asks_for_a_new_password_meets_no_fault(client, server, now):
    user = UserFactory()
    server.refuses = True

    answer = client.post(reverse("account_reset_password"), {"email": user.email})

    assert answer.status_code == 302
    server.refuses = False
    assert send_waiting_mails(now + WAITS[0]) == 1
    assert server.mails[0]["To"] == user.email


def test_it_is_done_by_the_clock():
    assert send_waiting_mails in JOBS
