"""Replying to a vacancy: without an account by a link that works once, with one signed in; weighed, decided, erased."""

import re

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from participation.actions import candidacies, choosing
from participation.actions.candidate_links import send_new_links
from participation.actions.consents import give_consent, withdraw_consent
from participation.actions.projects import end_project
from participation.actions.vacancies import withdraw_vacancy
from participation.models import Assessment, Assignment, Candidacy, Consent, ConsentKind, PaymentWish, Profile, Side
from participation.states import AssignmentState, CandidacyState, VacancyState
from participation.vacancy_permissions import about_organisation
from participation.vacancy_tasks import vacancy_tasks
from portal.accounts.models import User
from portal.core.workflow import StepNotAllowed
from portal.organisations.models import OrganisationKind
from portal.organisations.roles import Role
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import PASSWORD, UserFactory, member
from tests.factories.recruiting import (
    DAY,
    MARKER,
    MARKER_MAIL,
    MARKER_STORY,
    CandidacyFactory,
    linked,
    weighed,
    wishing,
)
from tests.participation.test_project_work import HARD
from tests.support.html import soup
from tests.support.replying import REPLY, apply, follow, link_in, recruiting_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sends_at_once")]


@pytest.fixture
def world(now):
    return recruiting_world()


# --- Without an account ----------------------------------------------------------------------------------------------


def test_reply_waits_until_the_link_of_the_mail_confirms_it(client, world):
    answer = apply(client)

    made = Candidacy.objects.get()
    assert answer["Location"] == reverse("participation:candidacy-sent")
    assert (made.confirmed_at, made.email, made.payment_wish.wish) == (None, MARKER_MAIL, "FEE")
    assert [message.to for message in mail.outbox] == [[MARKER_MAIL]]

    client.force_login(world.lead)
    page = client.get(reverse("participation:work-vacancy", args=["breukkijker", world.vacancy.uuid]))
    assert MARKER not in page.text


def test_link_shows_and_only_the_button_confirms(client, world, now):
    apply(client)
    token = link_in(mail.outbox[0])

    for _scanner in range(3):
        page = follow(client, token)
        assert (page.status_code, Candidacy.objects.get().confirmed_at) == (200, None)
    assert MARKER_STORY in page.text

    assert "Uw aanmelding is binnen" in follow(client, token, stap="bevestigen").text
    assert Candidacy.objects.get().confirmed_at == now
    assert [message.to for message in mail.outbox[1:]] == [[MARKER_MAIL], [world.lead.email]]


def test_link_works_once(client, world):
    apply(client)
    token = link_in(mail.outbox[0])
    follow(client, token, stap="bevestigen")

    assert follow(client, token).status_code == 410
    assert follow(client, token, stap="intrekken").status_code == 410
    assert Candidacy.objects.get().state == CandidacyState.SUBMITTED


def test_database_has_only_the_hash_of_a_link(client, world):
    apply(client)

    assert link_in(mail.outbox[0]) not in str(Candidacy.objects.values().get())


@pytest.mark.parametrize(("days", "status"), [(6.9, 200), (7, 410)])
def test_link_stops_after_a_week(client, world, now, days, status):
    apply(client)

    with time_machine.travel(now + days * DAY, tick=False):
        assert follow(client, link_in(mail.outbox[0])).status_code == status


def test_reply_can_be_corrected_and_taken_back_with_the_next_links(client, world):
    apply(client)
    follow(client, link_in(mail.outbox[0]), stap="bevestigen")
    follow(client, link_in(mail.outbox[1]), stap="verbeteren", name="Noor", motivation="Beter.", wish="NONE", keep="on")
    made = Candidacy.objects.get()
    assert (made.name, made.motivation, made.payment_wish.wish) == ("Noor", "Beter.", "NONE")
    assert made.keep_consent_at is not None

    follow(client, link_in(mail.outbox[-1]), stap="intrekken")

    made.refresh_from_db()
    assert (made.state, made.name, made.email, made.motivation) == (CandidacyState.WITHDRAWN, "", "", "")
    assert not PaymentWish.objects.exists()


def test_wrong_correction_keeps_the_link_and_what_was_typed(client, world):
    token = linked(CandidacyFactory(vacancy=world.vacancy), "t0ken")

    answer = follow(client, token, stap="verbeteren", name="Noor", motivation="")

    assert answer.status_code == 422
    assert soup(answer).select_one("#id_name")["value"] == "Noor"
    assert follow(client, token).status_code == 200


def test_what_others_weigh_is_not_corrected(client, world):
    token = linked(
        CandidacyFactory(vacancy=world.vacancy, state=CandidacyState.SHORTLISTED, motivation="Eerst."), "t0ken"
    )

    follow(client, token, stap="verbeteren", name="Noor", motivation="Later.")

    assert Candidacy.objects.get().motivation == "Eerst."


def test_reply_that_was_sent_in_time_may_be_confirmed_after_closing(client, world, now):
    apply(client)
    type(world.vacancy).objects.update(state=VacancyState.CLOSED)

    follow(client, link_in(mail.outbox[0]), stap="bevestigen")

    assert Candidacy.objects.get().confirmed_at == now


def test_nothing_tells_whether_an_address_is_known(client, world):
    UserFactory(email="account@thuis.example")
    CandidacyFactory(vacancy=world.vacancy, email="kandidaat@thuis.example")
    answers = []
    for n, address in enumerate(("account@thuis.example", "kandidaat@thuis.example", "niemand@thuis.example")):
        visitor = type(client)(REMOTE_ADDR=f"192.0.2.{n}")
        first = apply(visitor, email=address)
        second = visitor.post(reverse("participation:candidacy-new-link"), {"email": address})
        answers.append((first.status_code, first["Location"], second.status_code, second["Location"]))

    assert len(set(answers)) == 1


def test_second_reply_changes_nothing_of_the_first_and_mails_its_owner(client, world):
    CandidacyFactory(vacancy=world.vacancy, email=MARKER_MAIL, motivation="Van mij.")

    apply(client, motivation="Van een ander.")

    assert Candidacy.objects.get().motivation == "Van mij."
    assert "U hebt zich gemeld" in mail.outbox[0].body
    assert "Van een ander." not in mail.outbox[0].body


def test_nobody_floods_a_mailbox_through_us(client, world, now):
    for _number in range(3):
        candidacies.reply(vacancy=world.vacancy, email=MARKER_MAIL, fields=REPLY, now=now)
    send_new_links(email=MARKER_MAIL, now=now)
    assert len(mail.outbox) == 1

    send_new_links(email=MARKER_MAIL, now=now + DAY)
    assert len(mail.outbox) == 2


def test_visitor_who_has_many_mails_sent_is_asked_to_wait(client, world):
    answers = [apply(client, email=f"iemand{n}@thuis.example") for n in range(6)]

    assert [answer.status_code for answer in answers] == [302] * 5 + [422]
    assert "Wacht een minuut" in answers[-1].text


@pytest.mark.parametrize(("changes", "field"), [
    ({"name": " "}, "name"), ({"motivation": ""}, "motivation"), ({"email": "geen adres"}, "email"),
    ({"email": ""}, "email"), ({"motivation": "x" * 4001}, "motivation"), ({"wish": "RIJK"}, "wish"),
])  # fmt: skip
def test_faults_are_told_at_their_fields_and_what_was_typed_stays(client, world, changes, field):
    answer = apply(client, **changes)

    page = soup(answer)
    assert answer.status_code == 422
    assert page.select_one(".utrecht-alert--error a")["href"] == f"#id_{field}"
    assert (MARKER in answer.text) == (field != "name")
    assert not Candidacy.objects.exists()


def test_nobody_replies_to_what_is_closed(client, world, now):
    with time_machine.travel(now + 22 * DAY, tick=False):
        assert apply(client).status_code == 410
        assert client.get(reverse("participation:candidacy-new", args=["denk-mee"])).status_code == 410


# --- With an account -------------------------------------------------------------------------------------------------


def test_who_is_signed_in_replies_at_once_and_sees_it(client, world, now):
    person = UserFactory(name="Noor")
    client.force_login(person)

    answer = apply(client, keep="on")

    made = Candidacy.objects.get()
    assert answer["Location"] == reverse("participation:my-candidacy", args=[made.uuid])
    assert (made.user, made.confirmed_at, made.email) == (person, now, "")
    assert Consent.objects.get(user=person).about == f"candidacy:{made.uuid}"
    assert "Denk mee" in client.get(reverse("participation:deelname")).text


def test_nobody_replies_twice(client, world):
    client.force_login(UserFactory())
    apply(client)

    answer = apply(client)

    assert (answer.status_code, "U hebt zich hier al gemeld." in answer.text) == (422, True)


def test_reply_of_an_account_is_corrected_and_taken_back(client, world):
    client.force_login(UserFactory())
    apply(client)
    made = Candidacy.objects.get()
    address = reverse("participation:my-candidacy", args=[made.uuid])

    client.post(address, {"name": "Noor", "motivation": "Beter.", "wish": "NONE"})
    made.refresh_from_db()
    assert made.motivation == "Beter."

    client.post(address, {"stap": "intrekken"})
    made.refresh_from_db()
    assert (made.state, made.user, made.name, made.motivation) == (CandidacyState.WITHDRAWN, None, "", "")


# --- Weighed ---------------------------------------------------------------------------------------------------------


def candidate_page(client, user, candidacy):
    client.force_login(user)
    return client.get(reverse("participation:candidate", args=["breukkijker", candidacy.vacancy.uuid, candidacy.uuid]))


def test_who_chooses_never_sees_the_wish_or_the_address(client, world):
    made = CandidacyFactory(vacancy=world.vacancy, state=CandidacyState.SHORTLISTED, email=MARKER_MAIL)
    pages = {}
    for wish in ("FEE", "NONE"):
        PaymentWish.objects.filter(candidacy=made).delete()
        wishing(made, wish)
        pages[wish] = [
            re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", candidate_page(client, user, made).text)
            for user in (world.lead, world.coordinator)
        ]

    assert pages["FEE"] == pages["NONE"]
    assert MARKER_MAIL not in "".join(pages["FEE"])


def test_judgement_of_the_other_side_is_seen_after_ones_own(client, world, now):
    made = CandidacyFactory(vacancy=world.vacancy, state=CandidacyState.SHORTLISTED)
    choosing.assess(candidacy=made, side="PROJECT", judgement="NOT", text="Te druk.", by=world.lead, now=now)
    assert "Te druk." not in candidate_page(client, world.coordinator, made).text

    choosing.assess(candidacy=made, side="PATIENTS", judgement="FITS", text="Past.", by=world.coordinator, now=now)

    assert "Te druk." in candidate_page(client, world.coordinator, made).text


def test_judgement_may_be_changed_by_who_gave_it_only(world, now):
    made = CandidacyFactory(vacancy=world.vacancy, state=CandidacyState.SHORTLISTED)
    other = member(world.project.organisation, Role.PROJECT_LEAD)
    for text in ("Eerst.", "Later."):
        choosing.assess(candidacy=made, side="PROJECT", judgement="FITS", text=text, by=world.lead, now=now)

    with pytest.raises(StepNotAllowed):
        choosing.assess(candidacy=made, side="PROJECT", judgement="NOT", text="Nee.", by=other, now=now)

    assert [one.text for one in Assessment.objects.all()] == ["Later."]


@pytest.mark.parametrize("sides", [[], [Side.PROJECT], [Side.PATIENTS]])
def test_nothing_is_decided_before_both_sides_judged(world, now, sides):
    made = CandidacyFactory(vacancy=world.vacancy, state=CandidacyState.SHORTLISTED)
    for side in sides:
        made.assessments.create(side=side, judgement="FITS", text="Past.", given_at=now)

    with pytest.raises(ValidationError, match="beide kanten"):
        choosing.propose_choice(candidacy=made, choice="ACCEPT", text="U past.", by=world.lead, now=now)


# --- Decided ---------------------------------------------------------------------------------------------------------


def decided(world, now, choice, **fields):
    made = CandidacyFactory(vacancy=world.vacancy, state=CandidacyState.SHORTLISTED, **fields)
    weighed(made, world.lead, world.coordinator)
    choosing.propose_choice(candidacy=made, choice=choice, text="Uw ervaring past.", by=world.lead, now=now)
    choosing.agree(candidacy=made, seen=now, by=world.coordinator, now=now)
    return made


@pytest.mark.parametrize(("choice", "state"), [
    ("ACCEPT", CandidacyState.ACCEPTED), ("RESERVE", CandidacyState.RESERVE), ("DECLINE", CandidacyState.DECLINED),
])  # fmt: skip
def test_candidate_is_mailed_the_reason(world, now, choice, state):
    made = decided(world, now, choice, email=MARKER_MAIL)

    message = mail.outbox[-1]
    assert (made.state, made.decision_text) == (state, "Uw ervaring past.")
    assert message.to == [MARKER_MAIL]
    assert "Uw ervaring past." in message.body


def test_reason_that_patients_cannot_read_is_refused(world, now):
    made = weighed(CandidacyFactory(vacancy=world.vacancy, state=CandidacyState.SHORTLISTED), world.lead, None)

    with pytest.raises(ValidationError) as error:
        choosing.propose_choice(candidacy=made, choice="DECLINE", text=HARD, by=world.lead, now=now)

    assert list(error.value.error_dict) == ["text"]


def test_proposal_is_not_agreed_with_when_it_changed_meanwhile(world, now):
    made = weighed(CandidacyFactory(vacancy=world.vacancy, state=CandidacyState.SHORTLISTED), world.lead, None)
    choosing.propose_choice(candidacy=made, choice="ACCEPT", text="U past.", by=world.lead, now=now)
    choosing.propose_choice(candidacy=made, choice="DECLINE", text="Toch niet.", by=world.lead, now=now + DAY)

    with pytest.raises(StepNotAllowed):
        choosing.agree(candidacy=made, seen=now, by=world.coordinator, now=now + DAY)

    assert Candidacy.objects.get().state == CandidacyState.SHORTLISTED


def test_proposal_is_not_shown_to_the_candidate(client, world, now):
    person = UserFactory()
    made = CandidacyFactory(
        vacancy=world.vacancy, state=CandidacyState.RESERVE, user=person, decision_text="Wacht nog."
    )
    choosing.propose_choice(candidacy=made, choice="ACCEPT", text="Nu wel.", by=world.lead, now=now)
    client.force_login(person)

    page = client.get(reverse("participation:my-candidacy", args=[made.uuid])).text

    assert ("Wacht nog." in page, "Nu wel." in page) == (True, False)


def test_chosen_person_with_an_account_is_asked_to_sign(world, now):
    person = UserFactory()

    made = decided(world, now, "ACCEPT", user=person)

    assignment = Assignment.objects.get()
    assert (assignment.user, assignment.state, made.assignment) == (person, AssignmentState.PROPOSED, assignment)
    assert assignment.influence == world.vacancy.influence


def test_chosen_person_makes_an_account_with_the_link_and_takes_part(client, world, now):
    decided(world, now, "ACCEPT", email=MARKER_MAIL)
    assert not User.objects.filter(email=MARKER_MAIL).exists()
    assert not Assignment.objects.exists()
    token = link_in(mail.outbox[-1])
    assert follow(client, token).status_code == 200
    assert not User.objects.filter(email=MARKER_MAIL).exists()

    answer = follow(client, token, stap="account", name=MARKER, way="password", password1=PASSWORD)

    person = User.objects.get(email=MARKER_MAIL)
    assert answer["Location"] == reverse("participation:deelname")
    assert Assignment.objects.get().user == person
    assert Candidacy.objects.get().email == ""
    assert follow(client, token).status_code == 410


def test_weak_password_leaves_the_link_as_it_was(client, world, now):
    decided(world, now, "ACCEPT")
    token = link_in(mail.outbox[-1])

    assert follow(client, token, stap="account", name="Noor", way="password", password1="1234").status_code == 422
    assert follow(client, token).status_code == 200


def test_chosen_person_whose_address_has_an_account_signs_in_first(client, world, now):
    person = UserFactory(email=MARKER_MAIL)
    decided(world, now, "ACCEPT", email=MARKER_MAIL)
    token = link_in(mail.outbox[-1])
    follow(client, token, stap="account", name="Noor", way="password", password1=PASSWORD)
    assert not Assignment.objects.exists()

    client.force_login(person)
    follow(client, token, stap="account")

    assert Assignment.objects.get().user == person


def test_other_account_cannot_take_the_role(client, world, now):
    decided(world, now, "ACCEPT", email=MARKER_MAIL)
    token = link_in(mail.outbox[-1])
    client.force_login(UserFactory())

    follow(client, token, stap="account")

    assert not Assignment.objects.exists()


def test_declined_person_cannot_make_an_account(client, world, now):
    decided(world, now, "DECLINE", email=MARKER_MAIL)

    follow(client, link_in(mail.outbox[-1]), stap="account", name="Noor", way="password", password1=PASSWORD)

    assert not User.objects.filter(email=MARKER_MAIL).exists()


@pytest.mark.parametrize("how", ["vacancy", "project"])
def test_who_replied_is_told_when_the_vacancy_goes(world, now, how):
    made = CandidacyFactory(vacancy=world.vacancy, email=MARKER_MAIL)
    if how == "vacancy":
        withdraw_vacancy(vacancy=world.vacancy, text="Het geld is op.", by=world.lead, now=now)
    else:
        end_project(project=world.project, name="stop", reason="Het geld is op.", by=world.lead, now=now)

    made.refresh_from_db()
    told = [message for message in mail.outbox if message.to == [MARKER_MAIL]]
    assert made.state == CandidacyState.DECLINED
    assert "Het geld is op." in told[0].body


# --- Put forward -----------------------------------------------------------------------------------------------------


def consenting(organisation, now):
    """Somebody whom `organisation` may put forward."""
    person = UserFactory(name=MARKER)
    Profile.objects.create(user=person, organisation=organisation, used_at=now)
    about = about_organisation(organisation)
    return person, give_consent(kind=ConsentKind.PUT_FORWARD, by=person, now=now, about=about)


def test_coordinator_puts_somebody_forward_who_consented(client, world, now):
    person, _consent = consenting(world.project.patient_side, now)
    client.force_login(world.coordinator)

    client.post(reverse("participation:put-forward", args=["denk-mee"]), {"person": person.pk, "text": "Past goed."})

    made = Candidacy.objects.get()
    assert (made.user, made.put_forward_by, made.organisation) == (
        person, world.coordinator, world.project.patient_side,
    )  # fmt: skip
    assert person.email in [address for message in mail.outbox for address in message.to]


@pytest.mark.parametrize("how", ["never", "withdrawn", "other organisation", "no longer supported"])
def test_nobody_is_put_forward_without_a_running_consent(client, world, now, how):
    side = world.project.patient_side
    other = OrganisationFactory(kind=OrganisationKind.PATIENT_ORGANISATION, verified_at=now)
    person, consent = consenting(other if how == "other organisation" else side, now)
    if how == "never":
        Consent.objects.all().delete()
    if how == "withdrawn":
        withdraw_consent(consent=consent, by=person, now=now)
    if how == "no longer supported":
        Profile.objects.update(organisation=None)

    with pytest.raises(PermissionDenied):
        choosing.put_forward(
            vacancy=world.vacancy, organisation=side, person=person, text="Past.", by=world.coordinator, now=now
        )
    client.force_login(world.coordinator)
    assert MARKER not in client.get(reverse("participation:put-forward-list")).text


# --- What has to be done ---------------------------------------------------------------------------------------------


def to_do(user):
    return [str(task.what) for task in vacancy_tasks(user)]


def test_each_side_is_asked_what_it_must_do(world, now):
    made = CandidacyFactory(vacancy=world.vacancy)
    assert (to_do(world.lead), to_do(world.coordinator)) == (["Bekijk een aanmelding"], [])

    choosing.shortlist(candidacy=made, by=world.lead, now=now)
    assert to_do(world.coordinator) == ["Geef uw oordeel over een aanmelding"]

    choosing.assess(candidacy=made, side="PROJECT", judgement="FITS", text="Past.", by=world.lead, now=now)
    assert (to_do(world.lead), len(to_do(world.coordinator))) == ([], 1)

    choosing.assess(candidacy=made, side="PATIENTS", judgement="FITS", text="Past.", by=world.coordinator, now=now)
    assert to_do(world.lead) == to_do(world.coordinator) == ["Stel een besluit voor over een aanmelding"]

    choosing.propose_choice(candidacy=made, choice="ACCEPT", text="U past.", by=world.coordinator, now=now)
    assert (to_do(world.lead), to_do(world.coordinator)) == (["Beslis over een voorstel voor een aanmelding"], [])
