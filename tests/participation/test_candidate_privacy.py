"""What is kept of who replied, for how long, and where it never stands: logs, mails to others, the workspace."""

import logging

import pytest
from django.core import mail
from django.urls import reverse

from participation.actions import choosing, erasing_candidacies
from participation.actions.consents import give_consent
from participation.actions.erasing import erase_due
from participation.actions.leaving import erase_myself
from participation.models import Candidacy, ConsentKind, PaymentWish
from participation.states import CandidacyState, VacancyState
from portal.audit.models import AuditEvent
from tests.factories.people import UserFactory
from tests.factories.recruiting import (
    DAY,
    MARKER,
    MARKER_MAIL,
    MARKER_STORY,
    CandidacyFactory,
    weighed,
    wishing,
)
from tests.support.html import soup, words
from tests.support.replying import apply, follow, link_in, recruiting_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sends_at_once")]


@pytest.fixture
def world(now):
    return recruiting_world()


def candidate_page(client, user, candidacy):
    client.force_login(user)
    return client.get(reverse("participation:candidate", args=["breukkijker", candidacy.vacancy.uuid, candidacy.uuid]))


# --- Erased ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("fields", "days", "is_kept"), [
    ({"confirmed_at": None}, 6, True),
    ({"confirmed_at": None}, 7, False),
    ({"state": "SUBMITTED"}, 300, True),
    ({"state": "DECLINED"}, 27, True),
    ({"state": "DECLINED"}, 28, False),
    ({"state": "DECLINED", "consent": True}, 364, True),
    ({"state": "DECLINED", "consent": True}, 365, False),
    ({"state": "RESERVE"}, 364, True),
    ({"state": "RESERVE"}, 365, False),
    ({"state": "RESERVE", "ended": True}, 28, False),
    ({"state": "RESERVE", "ended": True, "consent": True}, 364, True),
    ({"state": "ACCEPTED"}, 364, True),
    ({"state": "ACCEPTED"}, 365, False),
])  # fmt: skip
@pytest.mark.parametrize("has_account", [False, True])
def test_candidacy_is_kept_as_long_as_the_terms_say(world, now, fields, days, is_kept, has_account):
    fields = dict(fields)
    consent, ended = fields.pop("consent", False), fields.pop("ended", False)
    user = UserFactory() if has_account else None
    made = CandidacyFactory(vacancy=world.vacancy, user=user, name=MARKER, motivation=MARKER_STORY, **fields)
    wishing(made)
    if ended:
        type(world.vacancy).objects.update(state=VacancyState.NOT_FILLED, ended_at=now)
    if consent and has_account:
        give_consent(kind=ConsentKind.KEEP_CANDIDACY, by=user, now=now, about=f"candidacy:{made.uuid}")
    elif consent:
        Candidacy.objects.update(keep_consent_at=now)
    later = now + days * DAY
    dry = erasing_candidacies.expired_candidacies(later).count()

    erase_due(later)

    left = Candidacy.objects.filter(pk=made.pk, name=MARKER, motivation=MARKER_STORY).exists()
    assert (left, dry) == (is_kept, not is_kept)
    assert PaymentWish.objects.exists() == is_kept
    assert erasing_candidacies.expired_candidacies(later).count() == 0


def test_count_of_who_replied_outlives_the_people(world, now):
    CandidacyFactory(vacancy=world.vacancy, state=CandidacyState.DECLINED)
    erase_due(now + 40 * DAY)

    made = Candidacy.objects.get()
    assert (made.state, made.name, made.email, made.erased_at) == ("DECLINED", "", "", now + 40 * DAY)


def test_everything_of_somebody_goes_when_they_ask(world, now):
    person = UserFactory()
    CandidacyFactory(vacancy=world.vacancy, user=person)

    erase_myself(by=person, now=now)
    assert not Candidacy.objects.filter(name__gt="").exists()


# --- Nowhere else ----------------------------------------------------------------------------------------------------


def test_declined_candidate_stands_in_no_log_and_no_mail_to_others(client, world, now, caplog):
    caplog.set_level(logging.DEBUG)
    apply(client)
    follow(client, link_in(mail.outbox[0]), stap="bevestigen")
    made = Candidacy.objects.get()
    choosing.shortlist(candidacy=made, by=world.lead, now=now)
    weighed(made, world.lead, world.coordinator)
    choosing.propose_choice(candidacy=made, choice="DECLINE", text="Nu niet.", by=world.lead, now=now)
    choosing.agree(candidacy=made, seen=now, by=world.coordinator, now=now)

    others = [m.subject + m.body for m in mail.outbox if m.to != [MARKER_MAIL]]
    logged = [str(event) for event in AuditEvent.objects.values()]
    assert len(others) >= 3
    for text in (*others, *logged, caplog.text):
        for marker in (MARKER, MARKER_MAIL, MARKER_STORY):
            assert marker not in text


def test_log_does_not_say_who_replied(client, world):
    person = UserFactory()
    client.force_login(person)
    apply(client)

    events = AuditEvent.objects.filter(kind__startswith="candidacy.")
    assert events.count() == 1
    assert {(event.actor_id, event.organisation_id) for event in events} == {(None, None)}


def test_erased_candidate_is_gone_from_the_workspace(client, world, now):
    made = CandidacyFactory(vacancy=world.vacancy, state=CandidacyState.DECLINED, name=MARKER)
    erase_due(now + 40 * DAY)

    assert candidate_page(client, world.lead, made).status_code == 404
    page = client.get(reverse("participation:work-vacancy", args=["breukkijker", world.vacancy.uuid]))
    assert "Nog niemand." in words(soup(page))
