"""What ends with a project: nothing stays open, everybody who waits is told, and promises stay to be judged."""

import datetime

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse

from participation.actions import advice_jobs, candidacies, joining_candidates, responses
from participation.actions.advice import give, release
from participation.actions.assignments import propose
from participation.actions.erasing import erase_due
from participation.actions.exceptions import ask_exception
from participation.actions.gates import ask_gate
from participation.actions.interests import declare
from participation.actions.offers import offer_role
from participation.actions.projects import end_project
from participation.actions.tasks import ask_task
from participation.actions.vacancies import withdraw_vacancy
from participation.actions.welcome import ask_buddy
from participation.models import AdviceDraft, Candidacy, Erasure, Project, RoleOffer, SigningLink
from participation.states import AdviceState, AssignmentState, Influence, MeetingState, VacancyState
from portal.core.workflow import StepNotAllowed
from portal.organisations.models import OrganisationKind
from portal.organisations.roles import Role
from tests.factories.advice import FIELDS, answer, make_advice_world
from tests.factories.meetings import planned_meeting
from tests.factories.organisations import OrganisationFactory
from tests.factories.participation import LONG_REASON, representative
from tests.factories.people import UserFactory, member
from tests.factories.recruiting import CandidacyFactory, VacancyFactory, linked
from tests.support.html import soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sends_at_once")]

DAY = datetime.timedelta(days=1)
WHY = "Het geld is op."


@pytest.fixture
def world(now):
    """A project on which everything goes on: one of each thing that somebody waits for."""
    made = make_advice_world()
    project, lead = made.project, made.lead
    made.buddy = representative(project).user
    made.asked = propose(project=project, user=UserFactory(), influence=Influence.ADVISER, by=lead, now=now)
    made.paused = representative(project, state=AssignmentState.PAUSED)
    side = OrganisationFactory(kind=OrganisationKind.PATIENT_ORGANISATION, verified_at=now)
    made.of_organisation = representative(project, organisation=side)
    type(made.of_organisation).objects.filter(pk=made.of_organisation.pk).update(user=None)
    made.their_coordinator = member(side, Role.COORDINATOR)
    ask_buddy(assignment=made.one, buddy=made.buddy, by=made.coordinator, now=now)
    offer_role(project=project, email="gevraagd@thuis.example", influence="ADVISER", by=lead, now=now)
    declare(project=project, has_none=True, text="", by=made.rep, now=now)
    ask_gate(project=project, text="Wij zijn klaar.", by=lead, now=now)
    fund = OrganisationFactory(kind=OrganisationKind.FUND, verified_at=now)
    made.manager = member(fund, Role.FUND_MANAGER)
    ask_exception(
        project=project, reason=LONG_REASON, missing="Ouders", repair="Via scholen", repair_by=(now + 30 * DAY).date(),
        by=lead, now=now,
    )  # fmt: skip
    ask_task(project=project, what="Lees de folder", doer=made.rep, due=now.date(), by=lead, now=now)
    made.meeting = planned_meeting(project, made.one)
    made.vacancies = {state: VacancyFactory(project=project, state=state) for state in ("DRAFT", "IN_REVIEW", "OPEN")}
    for state in ("CLOSED", "FILLED"):
        ended = {"ended_at": now} if state == "FILLED" else {}
        made.vacancies[state] = VacancyFactory(project=project, state=state, closed_at=now, **ended)
    made.candidates = {
        (vacancy, state): CandidacyFactory(vacancy=made.vacancies[vacancy], state=state, name=f"Iemand {state.lower()}")
        for vacancy, state in (
            ("OPEN", "SUBMITTED"), ("OPEN", "SHORTLISTED"), ("CLOSED", "SUBMITTED"), ("CLOSED", "SHORTLISTED"),
            ("CLOSED", "RESERVE"), ("FILLED", "RESERVE"), ("CLOSED", "ACCEPTED"),
        )
    }  # fmt: skip
    mail.outbox.clear()
    return made


def ended(world, now, name="stop"):
    end_project(project=world.project, name=name, reason=WHY, by=world.lead, now=now)
    return Project.objects.get(pk=world.project.pk)


def told(address):
    return [message for message in mail.outbox if message.to == [address]]


# --- Nothing stays open ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["stop", "close"])
def test_nothing_that_goes_on_stays_open(world, now, name):
    project = ended(world, now, name)

    assert set(project.assignments.values_list("state", "ended_at", "reason")) == {("ENDED", now, WHY)}
    assert not SigningLink.objects.exists()
    assert not RoleOffer.objects.exists()
    assert not project.interests.filter(state="DECLARED").exists()
    assert project.gate_reviews.get().state == "WITHDRAWN"
    assert (project.exceptions.get().state, project.exceptions.get().withdrawn_at) == ("WITHDRAWN", now)
    assert project.tasks.get().state == "CANCELLED"
    meeting = project.meetings.get()
    assert (meeting.state, meeting.cancel_reason) == (MeetingState.CANCELLED, WHY)
    states = {state: project.vacancies.get(pk=one.pk).state for state, one in world.vacancies.items()}
    assert states == dict.fromkeys(("DRAFT", "IN_REVIEW", "OPEN", "CLOSED"), "WITHDRAWN") | {"FILLED": "FILLED"}
    assert not Candidacy.objects.live().exists()


def test_interest_on_which_nobody_decides_any_more_is_erased_and_logged(world, now):
    ended(world, now)

    assert Erasure.objects.filter(kind="interest").count() == 1


def test_meeting_of_which_nobody_told_what_was_said_comes_first(world, now):
    begun = planned_meeting(world.project, world.one, starts_at=now - DAY)

    with pytest.raises(ValidationError, match="Er was een gesprek waarvan nog niet staat"):
        ended(world, now)

    assert Project.objects.get(pk=world.project.pk).state == "RUNNING"
    type(begun).objects.filter(pk=begun.pk).update(state="CANCELLED", cancel_reason="Ging niet door.")
    assert ended(world, now).state == "STOPPED"


def test_page_says_what_happens_and_what_is_in_the_way(client, world, now):
    planned_meeting(world.project, world.one, starts_at=now - DAY)
    client.force_login(world.lead)
    address = reverse("participation:project-end", args=[world.project.slug])

    page = words(soup(client.get(address)).select_one("main"))
    answer_ = client.post(address, {"how": "stop", "reason": WHY})

    assert "Alle rollen zijn voorbij." in page
    assert answer_.status_code == 422
    assert "Schrijf dat eerst op, of zeg het af." in words(soup(answer_).select_one("main"))


# --- Nobody waits without a word -------------------------------------------------------------------------------------


def test_everybody_who_waits_gets_a_mail_with_the_reason(world, now):
    ended(world, now)

    waiting = [
        world.rep, world.other_rep, world.buddy, world.asked.user, world.paused.user, world.their_coordinator,
        world.lead, world.coordinator, world.decider, world.manager,
    ]  # fmt: skip
    addresses = [user.email for user in waiting if user != world.lead] + ["gevraagd@thuis.example"]
    addresses += [one.email for one in world.candidates.values()]
    assert [address for address in addresses if not any(WHY in one.body for one in told(address))] == []
    assert sorted(one.subject for one in told(world.rep.email)) == [
        "Breukkijker is gestopt", "Het gesprek over Breukkijker gaat niet door",
    ]  # fmt: skip


def test_mail_to_who_takes_part_says_what_stays_and_to_who_did_not_start_that_nothing_is_asked(world, now):
    ended(world, now, "close")

    assert "Uw rol is nu ook voorbij." in told(world.rep.email)[-1].body
    assert "U hoeft niets meer te tekenen of te doen." in told(world.asked.user.email)[0].body
    assert told("gevraagd@thuis.example")[0].subject == "Breukkijker is klaar"


def test_who_has_two_reasons_to_be_told_gets_one_mail(world, now):
    ended(world, now)

    assert len(told(world.buddy.email)) == 1


# --- Who was chosen --------------------------------------------------------------------------------------------------


def test_who_was_chosen_cannot_start_any_more_and_is_erased_after_four_weeks(client, world, now):
    chosen = world.candidates["CLOSED", "ACCEPTED"]
    token = linked(chosen, "t0ken")
    ended(world, now)

    page = words(soup(client.get(reverse("participation:candidacy-link", args=[token]))).select_one("main"))
    assert "Dit project is voorbij. U hoeft niets te doen." in page
    assert "Zo gaat u verder" not in page
    with pytest.raises(StepNotAllowed):
        joining_candidates.join_anew(token=token, name="Noor", password=None, now=now)
    erase_due(now + 27 * DAY)
    assert Candidacy.objects.get(pk=chosen.pk).name
    erase_due(now + 28 * DAY)
    assert not Candidacy.objects.get(pk=chosen.pk).name


def test_link_that_was_never_clicked_confirms_nothing_afterwards(world, now):
    silent = CandidacyFactory(vacancy=world.vacancies["OPEN"], confirmed_at=None)
    token = linked(silent, "t0ken")
    ended(world, now)

    with pytest.raises(StepNotAllowed):
        candidacies.confirm(token=token, now=now)


def test_vacancy_that_closed_is_taken_back_by_the_end_only(world, now):
    with pytest.raises(StepNotAllowed):
        withdraw_vacancy(vacancy=world.vacancies["CLOSED"], text=WHY, by=world.lead, now=now)

    ended(world, now)
    closed = world.project.vacancies.get(pk=world.vacancies["CLOSED"].pk)
    assert (closed.state, closed.ending_reason, closed.ended_at) == (VacancyState.WITHDRAWN, WHY, now)


# --- What patients said stays ----------------------------------------------------------------------------------------


def a_draft(world, now, text="Leg het uit."):
    made = give(project=world.project, fields={**FIELDS, "text": text}, by=world.rep, now=now)
    return AdviceDraft.objects.get(advice=made)


def test_advice_that_was_given_is_let_through_answered_and_judged_after_the_end(world, now):
    draft = a_draft(world, now)
    ended(world, now)

    later = now + DAY
    release(draft=draft, revision=1, nobody_recognised=True, by=world.coordinator, now=later)
    advice = world.project.advice.get()
    responses.respond(advice=advice, fields=answer(later), by=world.lead, now=later)
    responses.finish(advice=advice, text="De folder ligt er.", by=world.lead, now=later)
    responses.judge(advice=advice, judgement="CONFIRMED", text="", by=world.rep, now=later)

    assert advice.state == AdviceState.JUDGED


def test_promise_that_runs_stays_late_and_the_lead_is_still_told(world, now):
    draft = a_draft(world, now)
    release(draft=draft, revision=1, nobody_recognised=True, by=world.coordinator, now=now)
    advice = world.project.advice.get()
    responses.respond(advice=advice, fields=answer(now), by=world.lead, now=now)
    ended(world, now)
    mail.outbox.clear()

    assert advice_jobs.tell_late_advice(now + 40 * DAY) == 1
    assert mail.outbox[0].to == [world.lead.email]


def test_text_that_nobody_let_through_is_taken_back_with_a_mail_after_sixty_days(world, now):
    a_draft(world, now, "Bel mensen na een week.")
    ended(world, now)
    mail.outbox.clear()

    assert advice_jobs.take_back_forgotten_drafts(now + 59 * DAY) == 0
    assert advice_jobs.take_back_forgotten_drafts(now + 60 * DAY) == 1

    assert not AdviceDraft.objects.exists()
    assert world.project.advice.get().state == AdviceState.WITHDRAWN
    assert {message.to[0] for message in mail.outbox} == {world.rep.email, world.coordinator.email}
    assert "Bel mensen" not in "".join(message.body for message in mail.outbox)


def test_text_of_a_project_that_runs_is_never_forgotten(world, now):
    a_draft(world, now)

    assert advice_jobs.take_back_forgotten_drafts(now + 400 * DAY) == 0


def test_role_counts_as_one_that_was(client, world, now):
    ended(world, now)

    page = client.get(world.project.get_absolute_url())
    document = client.get(reverse("participation-api:project", args=[world.project.uuid])).json()

    assert page.status_code == 200
    assert {role["now"] for role in document["roles"]} == {0}
    assert document["ended"]["reason"] == WHY
