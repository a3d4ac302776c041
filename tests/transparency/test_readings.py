"""Patients read a text: asked by a publisher, sent by a coordinator, answered without a name, told to everybody."""

import datetime
import re
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from portal.core.workflow import StepNotAllowed
from portal.organisations.models import OrganisationKind
from portal.organisations.roles import Role
from tests.factories.claims import silent_about
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import member
from tests.factories.transparency import COMPLETE, published_entry, published_system
from tests.support.html import soup, words
from transparency.actions import readings as actions
from transparency.actions.drafts import start_correction
from transparency.actions.publishing import publish_entry
from transparency.models import Reading, ReadingAnswer, ReadingLink
from transparency.readers import QUESTIONS, outcome_of, reason_to_publish, text_hash
from transparency.states import READING, ReadingState

pytestmark = pytest.mark.django_db

YES = dict.fromkeys(QUESTIONS, "YES")
NO = dict.fromkeys(QUESTIONS, "NO")
# Good sentences, but long enough to be orange: what a panel may find clear all the same.
ORANGE = (
    "De cardioloog beoordeelt het hartfilmpje en vergelijkt de uitslag met eerdere onderzoeken van dezelfde patiënt. "
    "De software berekent vooraf een risicoscore voor hartritmestoornissen. "
    "Bij een verhoogde score krijgt de verpleegkundig specialist een signaal in het patiëntendossier. "
    "De behandelend arts bespreekt de uitslag met de patiënt tijdens het eerstvolgende consult. "
    "Daarna volgt eventueel aanvullend onderzoek op de polikliniek. "
    "De software heeft geen invloed op de wachttijd voor dat onderzoek."
)


@pytest.fixture
def world(now):
    hospital = OrganisationFactory(verified_at=now)
    patients = OrganisationFactory(
        kind=OrganisationKind.PATIENT_ORGANISATION, name="Patiënten Samen", slug="patienten-samen", verified_at=now
    )
    return SimpleNamespace(
        entry=published_entry(slug="breukkijker", organisation=hospital),
        patients=patients,
        publisher=member(hospital, Role.PUBLISHER),
        editor=member(hospital, Role.EDITOR),
        coordinator=member(patients, Role.COORDINATOR),
    )


def asked(world, now, **more):
    values = {"entry": world.entry, "draft": None, "organisation": world.patients, "note": "", "by": world.publisher}
    return actions.ask_readers(**{**values, **more}, now=now)


def tokens():
    return [re.search(r"/lezen/([^/]+)/", message.body)[1] for message in mail.outbox if "/lezen/" in message.body]


def read_by(reading, world, now, *answers):
    """The reading with these answers typed out, and closed."""
    for answer in answers:
        actions.add_from_paper(reading=reading, answers=answer, remarks="", by=world.coordinator, now=now)
    actions.close(reading=reading, reply="", by=world.coordinator, now=now)
    return reading


# --- Asking ----------------------------------------------------------------------------------------------------------


def test_coordinator_gets_a_mail_when_asked(world, now, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        reading = asked(world, now, note="De tekst is voor ouders.")

    assert [message.to for message in mail.outbox] == [[world.coordinator.email]]
    assert f"https://aimz.example/werk/lezers/{reading.uuid}/" in mail.outbox[0].body


def test_readers_read_the_text_as_it_was_when_asked(world, now):
    draft = start_correction(entry=world.entry, by=world.editor, now=now)

    reading = asked(world, now, draft=draft)

    assert reading.content == draft.content


def test_editor_cannot_ask(world, now):
    with pytest.raises(PermissionDenied):
        asked(world, now, by=world.editor)


def test_same_organisation_is_not_asked_twice_at_once(world, now):
    asked(world, now)

    with pytest.raises(ValidationError, match="vroeg het deze organisatie al"):
        asked(world, now)


@pytest.mark.parametrize(
    "fields", [{"verified_at": None}, {"kind": OrganisationKind.HOSPITAL}], ids=["not verified", "no patients"]
)
def test_only_a_verified_patient_organisation_can_be_asked(world, now, fields):
    for name, value in fields.items():
        setattr(world.patients, name, value)
    world.patients.save()

    with pytest.raises(ValidationError, match="Kies een patiëntenorganisatie"):
        asked(world, now)


# --- Sending and answering -------------------------------------------------------------------------------------------


def test_each_reader_gets_a_link_of_their_own_and_no_address_is_kept(world, now, django_capture_on_commit_callbacks):
    reading = asked(world, now)
    with django_capture_on_commit_callbacks(execute=True):
        number = actions.send_links(
            reading=reading, addresses=["Anna@lezer.example", "bo@lezer.example", " anna@lezer.example "],
            by=world.coordinator, now=now,
        )  # fmt: skip

    sent = tokens()
    assert (number, len(set(sent))) == (2, 2)
    assert {link.token_hash for link in ReadingLink.objects.all()} == {actions.hash_of(token) for token in sent}
    assert not any("lezer.example" in str(value) for row in ReadingLink.objects.values() for value in row.values())
    assert reading.state == ReadingState.OPEN


def test_every_wrong_address_is_named_and_nothing_is_sent(world, now, django_capture_on_commit_callbacks):
    reading = asked(world, now)

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ValidationError) as error:
        actions.send_links(
            reading=reading, addresses=["anna@lezer.example", "bo", "cees@"], by=world.coordinator, now=now
        )

    assert error.value.messages == ["bo is geen mailadres. Verbeter het.", "cees@ is geen mailadres. Verbeter het."]
    assert (tokens(), ReadingLink.objects.count()) == ([], 0)


def test_coordinator_of_another_organisation_cannot_send(world, now):
    other = member(OrganisationFactory(kind=OrganisationKind.PATIENT_ORGANISATION, verified_at=now), Role.COORDINATOR)

    with pytest.raises(PermissionDenied):
        actions.send_links(reading=asked(world, now), addresses=["a@b.example"], by=other, now=now)


@pytest.fixture
def token(world, now, django_capture_on_commit_callbacks):
    reading = asked(world, now)
    with django_capture_on_commit_callbacks(execute=True):
        actions.send_links(reading=reading, addresses=["a@lezer.example"], by=world.coordinator, now=now)
    return tokens()[0]


def test_reader_answers_with_the_link_alone(client, token):
    response = client.post(reverse("transparency:read", args=[token]), {**YES, "opmerking": "Wat is een scan?"})

    answer = ReadingAnswer.objects.get()
    assert response.status_code == 200
    assert (answer.what_it_does, answer.remarks) == ("YES", "Wat is een scan?")


def test_link_works_once(client, token):
    client.post(reverse("transparency:read", args=[token]), YES)

    again = client.post(reverse("transparency:read", args=[token]), NO)

    assert (again.status_code, ReadingAnswer.objects.count()) == (410, 1)


def test_looking_at_the_text_does_not_use_up_the_link(client, token):
    client.get(reverse("transparency:read", args=[token]))

    assert client.get(reverse("transparency:read", args=[token])).status_code == 200


def test_open_question_is_told_and_what_was_typed_stays(client, token):
    response = client.post(reverse("transparency:read", args=[token]), {"what_it_does": "NO", "opmerking": "Te lang."})

    page = soup(response)
    assert response.status_code == 422
    assert "Ik weet wat het voor mij betekent" in words(page.select_one(".utrecht-alert--error"))
    assert page.select_one("#what_it_does-NO").has_attr("checked")
    assert page.select_one("#opmerking").text == "Te lang."
    assert ReadingAnswer.objects.count() == 0


def test_link_does_not_work_after_30_days(token, now):
    assert actions.link_of(token, now + datetime.timedelta(days=29)) is not None
    assert actions.link_of(token, now + datetime.timedelta(days=30)) is None


@pytest.mark.parametrize("step", ["close", "withdraw"])
def test_link_does_not_work_when_the_reading_is_over(world, token, now, step):
    reading = Reading.objects.get()
    if step == "close":
        read_by(reading, world, now, YES)
    else:
        actions.withdraw(reading=reading, by=world.publisher, now=now)

    assert actions.link_of(token, now) is None


def test_another_token_leads_nowhere(client, token):
    assert client.get(reverse("transparency:read", args=[token[:-1] + "x"])).status_code == 410


def test_page_of_a_reader_is_not_stored(client, token):
    assert "no-store" in client.get(reverse("transparency:read", args=[token]))["Cache-Control"]


def test_reader_of_a_text_reads_what_it_takes_over_from_its_product(
    client, world, now, django_capture_on_commit_callbacks
):
    system = published_system(content={"risks": "Soms mist het een scheur."})
    entry = published_entry(
        slug="met-product", organisation=world.entry.organisation, system=system,
        content=silent_about("risks"),
    )  # fmt: skip
    reading = asked(world, now, entry=entry)
    with django_capture_on_commit_callbacks(execute=True):
        actions.send_links(reading=reading, addresses=["a@lezer.example"], by=world.coordinator, now=now)

    page = client.get(reverse("transparency:read", args=[tokens()[0]]))

    assert "Soms mist het een scheur." in page.text


# --- What everybody sees ---------------------------------------------------------------------------------------------


def test_entry_tells_how_many_read_it_and_understood(world, now, client):
    read_by(asked(world, now), world, now, YES, YES, YES, YES, NO)

    text = words(soup(client.get(reverse("transparency:entry", args=["breukkijker"]))).select_one("main"))

    assert "5 mensen van Patiënten Samen lazen de tekst." in text
    assert "Ik begrijp wat de AI doet: 4 van de 5 zeiden ja" in text


def test_answers_of_fewer_than_five_are_not_shown(world, now, client):
    read_by(asked(world, now), world, now, YES, YES, YES, NO)

    text = words(soup(client.get(reverse("transparency:entry", args=["breukkijker"]))).select_one("main"))

    assert "Een paar mensen van Patiënten Samen lazen de tekst." in text
    assert "zeiden ja" not in text


def test_remarks_are_not_public(world, now, client):
    reading = asked(world, now)
    actions.add_from_paper(reading=reading, answers=YES, remarks="Geheim oordeel", by=world.coordinator, now=now)
    read_by(reading, world, now, YES, YES, YES, YES)

    assert "Geheim oordeel" not in client.get(reverse("transparency:entry", args=["breukkijker"])).text


def test_everybody_reads_what_was_changed(world, now, client):
    reading = read_by(asked(world, now), world, now, YES)

    actions.tell_changes(reading=reading, changed="We legden scan uit.", by=world.publisher, now=now)

    assert "We legden scan uit." in client.get(reverse("transparency:entry", args=["breukkijker"])).text


def test_a_text_that_changed_after_it_was_read_says_so(world, now):
    read_by(asked(world, now), world, now, YES)
    assert outcome_of(world.entry).is_of_this_text

    publish_entry(
        entry=world.entry, content={**COMPLETE, "purpose": "Zo zien we meer breuken."}, reason="Beter.",
        responsible="x", by=None, now=now,
    )  # fmt: skip

    assert not outcome_of(world.entry).is_of_this_text


def test_what_experts_read_does_not_change_what_patients_read():
    assert text_hash(COMPLETE) == text_hash({**COMPLETE, "technical": "Een CNN."})


# --- The gate --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "is_clear"),
    [([YES] * 5, True), ([YES] * 4, False), ([YES] * 4 + [NO], True), ([YES] * 3 + [NO] * 2, False)],
    ids=["all", "too few", "four of five", "three of five"],
)
def test_text_counts_as_clear_from_five_readers_and_80_percent(world, now, answers, is_clear):
    read_by(asked(world, now), world, now, *answers)

    assert bool(reason_to_publish(world.entry, world.entry.current_version.content)) is is_clear


def test_orange_text_that_patients_found_clear_may_be_published(world, now):
    content = {**COMPLETE, "purpose": ORANGE}
    values = {"entry": world.entry, "content": content, "reason": "Nieuw.", "responsible": "x", "by": None, "now": now}
    with pytest.raises(ValidationError, match="nog moeilijk"):
        publish_entry(**values)
    reading = asked(world, now)
    Reading.objects.filter(pk=reading.pk).update(content=content, content_hash=text_hash(content))
    reading.refresh_from_db()
    read_by(reading, world, now, *[YES] * 5)

    version = publish_entry(**values)

    assert version.readability.reason == "Patiënten van Patiënten Samen lazen deze tekst en vonden hem duidelijk."


# --- Every state and step --------------------------------------------------------------------------------------------

ALLOWED = {
    ("ASKED", "open"), ("ASKED", "decline"), ("ASKED", "withdraw"), ("OPEN", "close"), ("OPEN", "withdraw"),
}  # fmt: skip


@pytest.mark.parametrize("state", ["ASKED", "OPEN", "CLOSED", "DECLINED", "WITHDRAWN"])
@pytest.mark.parametrize("name", ["open", "decline", "withdraw", "close"])
def test_step_is_allowed_as_the_table_says(state, name):
    if (state, name) in ALLOWED:
        assert READING.step(state, name).source == state
    else:
        with pytest.raises(StepNotAllowed):
            READING.step(state, name)


def test_closing_needs_an_answer(world, now):
    reading = asked(world, now)
    actions.send_links(reading=reading, addresses=["a@b.example"], by=world.coordinator, now=now)

    with pytest.raises(ValidationError, match="nog geen antwoord"):
        actions.close(reading=reading, reply="", by=world.coordinator, now=now)


def test_who_asked_hears_why_it_cannot_be_done(world, now, django_capture_on_commit_callbacks):
    reading = asked(world, now)

    with django_capture_on_commit_callbacks(execute=True):
        actions.decline(reading=reading, reply="Wij hebben geen lezers.", by=world.coordinator, now=now)

    assert (reading.state, mail.outbox[-1].to) == (ReadingState.DECLINED, [world.publisher.email])
