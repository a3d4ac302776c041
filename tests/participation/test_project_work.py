"""The workspace of projects: starting one, its text in plain words, its team, its end, what each person has to do."""

import datetime
import uuid
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from participation.actions import exceptions, gates, team
from participation.actions.projects import change_project, end_project, free_slug, start_project
from participation.models import GateException, Project, TeamMember
from participation.permissions import can_grant, granting_organisation
from participation.states import PROJECT, GateState, Phase, ProjectState
from participation.workspace import project_tasks, projects_of
from portal.core.workflow import StepNotAllowed
from portal.organisations.models import OrganisationKind
from portal.organisations.roles import Role
from tests.factories.organisations import OrganisationFactory
from tests.factories.participation import LONG_REASON, ProgrammeFactory, ProjectFactory, held_meeting, representative
from tests.factories.people import UserFactory, member
from tests.factories.transparency import published_entry
from tests.support.html import HTMX, soup, words
from tests.transparency.test_readings import ORANGE

pytestmark = pytest.mark.django_db

HARD = (
    "Middels het implementeren van deze diagnostische applicatie wordt beoogd de sensitiviteit van de "
    "radiologische beoordeling te optimaliseren, hetgeen naar verwachting resulteert in een reductie van "
    "gemiste fracturen, mits de desbetreffende protocollen adequaat worden geïmplementeerd door de "
    "verantwoordelijke professionals binnen de organisatie."
)
FIELDS = {"name": "Breukkijker", "summary": "Een computer kijkt mee naar foto’s.", "question": "Wat wilt u weten?"}


@pytest.fixture
def world(now):
    project = ProjectFactory(slug="breukkijker", name="Breukkijker")
    return SimpleNamespace(
        project=project,
        organisation=project.organisation,
        lead=project.lead,
        decider=member(project.organisation, Role.GATE_DECIDER),
        coordinator=member(project.patient_side, Role.COORDINATOR),
        manager=member(OrganisationFactory(kind=OrganisationKind.FUND, verified_at=now), Role.FUND_MANAGER),
    )


def started(world, now, **more):
    values = {"organisation": world.organisation, "slug": "nieuw-idee", "fields": {**FIELDS, "starts_on": now.date()}}
    return start_project(**{**values, **more}, by=world.lead, now=now)


def typed(world, **more):
    values = {**FIELDS, "organisation": world.organisation.slug, "entry_phase": "IDEA", "key": str(uuid.uuid4()),
              "starts_on": "1-12-2026", "affected": "Ouders\n\nKinderen\nOuders",
              "affected_en": "Parents\nChildren"}  # fmt: skip
    return {**values, **more}


def post(client, user, name, data, *args):
    client.force_login(user)
    return client.post(reverse(f"participation:{name}", args=args), data)


# --- Starting --------------------------------------------------------------------------------------------------------


def test_project_lead_starts_a_project_on_one_page(client, world):
    answer = post(client, world.lead, "project-new", typed(
        world, influence_DEVELOP="ADVISER", places_DEVELOP="2", task_DEVELOP="Teksten lezen",
        patient_side=world.project.patient_side.slug,
    ))  # fmt: skip
    member(world.project.patient_side, Role.COORDINATOR)

    made = Project.objects.get(name="Breukkijker", slug="breukkijker-2")
    role = made.planned_roles.get()
    assert answer["Location"] == reverse("participation:work-project", args=["breukkijker-2"])
    assert (made.lead, made.affected, made.starts_on) == (world.lead, ["Ouders", "Kinderen"],
                                                          datetime.date(2026, 12, 1))  # fmt: skip
    assert made.affected_en == ["Parents", "Children"]
    assert (role.phase, role.influence, role.places) == (Phase.DEVELOP, "ADVISER", 2)
    assert [passage.phase for passage in made.passages.all()] == [Phase.IDEA]


def test_double_click_makes_one_project(client, world):
    data = typed(world)

    first, second = (post(client, world.lead, "project-new", data) for _click in range(2))

    assert first["Location"] == second["Location"]
    assert Project.objects.count() == 2


def test_faults_are_told_at_their_fields_and_what_was_typed_stays(client, world):
    answer = post(client, world.lead, "project-new", typed(world, question="", summary="Wij maken iets."))

    page = soup(answer)
    assert answer.status_code == 422
    assert page.select_one("#id_question")["aria-invalid"] == "true"
    assert "id_question_error" in page.select_one("#id_question")["aria-describedby"]
    assert page.select_one(".utrecht-alert--error a")["href"] == "#id_question"
    assert page.select_one("#id_summary").text.strip() == "Wij maken iets."
    assert Project.objects.count() == 1


def test_question_that_patients_cannot_read_is_refused(world, now):
    with pytest.raises(ValidationError) as error:
        started(world, now, fields={**FIELDS, "question": HARD, "starts_on": now.date()})

    assert list(error.value.error_dict) == ["question"]


def test_reason_does_not_open_the_way_for_what_is_much_too_hard(world, now):
    fields = {**FIELDS, "question": HARD, "language_reason": "Het kan niet anders.", "starts_on": now.date()}

    with pytest.raises(ValidationError):
        started(world, now, fields=fields)


@pytest.mark.parametrize(("reason", "passes"), [("", False), ("Korter kan niet.", True)])
def test_text_that_is_a_little_hard_needs_a_reason_that_everybody_reads(client, world, now, reason, passes):
    fields = {**FIELDS, "summary": ORANGE, "language_reason": reason, "starts_on": now.date()}
    if not passes:
        with pytest.raises(ValidationError, match="geef een reden"):
            started(world, now, fields=fields)
        return

    started(world, now, fields=fields)

    assert reason in client.get(reverse("participation:project", args=["nieuw-idee"])).text


def test_language_can_be_checked_before_anything_is_kept(client, world):
    answer = post(client, world.lead, "project-new", typed(world, question=HARD, name="", controleer="ja"))

    page = soup(answer)
    assert answer.status_code == 200
    assert "Vervang formele woorden" in words(page.select_one("#taal-question"))
    assert page.select(".utrecht-alert--error") == []
    assert page.select_one("#id_question").text.strip() == HARD
    assert Project.objects.count() == 1


def test_language_is_told_while_typing(client, world):
    client.force_login(world.lead)

    answer = client.post(
        reverse("participation:project-language"), {"veld": "question", "question": HARD}, headers=HTMX
    )

    assert "Vervang formele woorden" in answer.text
    assert "<html" not in answer.text


@pytest.mark.parametrize(("phase", "reason", "is_right"), [
    (Phase.IDEA, "", True), (Phase.PILOT_WORKS, "", False), (Phase.PILOT_WORKS, "Wij kochten deze AI.", True),
])  # fmt: skip
def test_who_begins_later_says_why(world, now, phase, reason, is_right):
    if is_right:
        assert started(world, now, entry_phase=phase, entry_reason=reason).phase == phase
    else:
        with pytest.raises(ValidationError, match="niet met het idee begint"):
            started(world, now, entry_phase=phase, entry_reason=reason)


def test_project_is_about_entries_of_its_own_organisation_only(world, now):
    strange = published_entry(organisation=OrganisationFactory(verified_at=now))

    with pytest.raises(ValidationError, match="eigen organisatie"):
        started(world, now, entries=[strange])


@pytest.mark.parametrize("which", ["kind", "not verified", "example"])
def test_only_a_verified_patient_organisation_of_the_same_world_follows(world, now, which):
    fields = {"kind": OrganisationKind.PATIENT_ORGANISATION, "verified_at": now}
    fields |= {"kind": {"kind": OrganisationKind.HOSPITAL}, "not verified": {"verified_at": None},
               "example": {"is_example": True}}[which]  # fmt: skip

    with pytest.raises(ValidationError, match="patiëntenorganisatie"):
        started(world, now, patient_side=OrganisationFactory(**fields))


def test_policy_belongs_to_the_own_programme(world, now):
    with pytest.raises(ValidationError, match="Beleid kan alleen"):
        started(world, now, programme=ProgrammeFactory(), is_policy=True)


def test_project_of_a_fund_may_be_about_its_own_policy(now):
    programme = ProgrammeFactory()
    lead = member(programme.organisation, Role.PROJECT_LEAD)

    made = start_project(
        organisation=programme.organisation, slug="beleid", fields={**FIELDS, "starts_on": now.date()}, by=lead,
        now=now, programme=programme, is_policy=True,
    )  # fmt: skip

    assert made.is_policy


@pytest.mark.parametrize(("name", "slug"), [("Breukkijker", "breukkijker-2"), ("Nieuw", "nieuw-2"), ("Taal", "taal-2"),
                                            ("Één plan!", "een-plan"), ("???", "project")])  # fmt: skip
def test_address_comes_from_the_name_and_is_free(world, name, slug):
    assert free_slug(name) == slug


# --- Changing --------------------------------------------------------------------------------------------------------


def test_form_shows_what_is_there_and_changes_it(client, world):
    client.force_login(world.lead)
    address = reverse("participation:project-edit", args=["breukkijker"])
    assert soup(client.get(address)).select_one("#id_name")["value"] == "Breukkijker"

    client.post(address, typed(world, name="Breukzoeker"))

    world.project.refresh_from_db()
    assert (world.project.name, world.project.slug) == ("Breukzoeker", "breukkijker")


def test_project_does_not_shed_the_organisation_that_follows_it(world, now):
    other = OrganisationFactory(kind=OrganisationKind.PATIENT_ORGANISATION, verified_at=now)

    with pytest.raises(ValidationError, match="heeft al een patiëntenorganisatie"):
        change_project(project=world.project, fields={}, patient_side=other, by=world.lead, now=now)


@pytest.mark.parametrize("name", ["phase", "state", "organisation", "entry_phase", "lead"])
def test_nobody_changes_what_is_not_text(world, now, name):
    with pytest.raises(TypeError):
        change_project(project=world.project, fields={name: "IN_USE"}, by=world.lead, now=now)


@pytest.mark.parametrize("row", [
    {"influence": "", "places": 1, "task": "Lezen"}, {"influence": "ADVISER", "places": 0, "task": "Lezen"},
    {"influence": "ADVISER", "places": 100, "task": "Lezen"}, {"influence": "ADVISER", "places": 1, "task": " "},
])  # fmt: skip
def test_planned_role_is_whole_or_refused(world, now, row):
    with pytest.raises(ValidationError, match="Verkennen"):
        change_project(
            project=world.project, fields={}, roles=[{"phase": Phase.EXPLORE, **row}], by=world.lead, now=now
        )

    assert world.project.planned_roles.count() == 0


# --- The team --------------------------------------------------------------------------------------------------------


def test_colleague_joins_by_mail_address_and_hears_it(client, world):
    colleague = member(world.organisation, Role.EDITOR)

    post(client, world.lead, "project-people", {"email": f" {colleague.email.upper()} ", "function": "arts"},
         "breukkijker")  # fmt: skip

    assert TeamMember.objects.get(project=world.project, user=colleague).function == "arts"
    assert [message.to for message in mail.outbox] == [[colleague.email]]


@pytest.mark.parametrize("who", ["nobody", "somebody elsewhere"])
def test_who_is_no_colleague_does_not_join_and_is_not_told_apart(world, now, who):
    user = UserFactory() if who == "somebody elsewhere" else None

    with pytest.raises(ValidationError) as error:
        team.add_colleague(
            project=world.project, email=user.email if user else "x@y.example", function="arts", by=world.lead, now=now
        )

    assert "Wij kennen geen collega met dit mailadres." in error.value.messages[0]


def test_who_leads_the_project_stays_on_the_team_until_somebody_else_leads(world, now):
    heir = member(world.organisation, Role.PROJECT_LEAD)
    own = TeamMember.objects.create(project=world.project, user=world.lead, function="projectleider", since=now)
    with pytest.raises(ValidationError, match="leidt het project"):
        team.remove_colleague(member=own, by=world.lead, now=now)

    team.hand_over(project=world.project, email=heir.email, by=world.lead, now=now)
    own.refresh_from_db()
    team.remove_colleague(member=TeamMember.objects.get(pk=own.pk), by=heir, now=now)

    world.project.refresh_from_db()
    assert world.project.lead == heir
    assert list(world.project.team.values_list("user", flat=True)) == [heir.pk]


def test_only_a_project_lead_takes_over(world, now):
    colleague = member(world.organisation, Role.EDITOR)

    with pytest.raises(ValidationError, match="geen projectleider"):
        team.hand_over(project=world.project, email=colleague.email, by=world.lead, now=now)


# --- The end ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "state"), [("stop", ProjectState.STOPPED), ("close", ProjectState.CLOSED)])
def test_end_is_told_to_team_patients_and_coordinator(world, now, name, state, django_capture_on_commit_callbacks):
    someone = representative(world.project)
    with django_capture_on_commit_callbacks(execute=True):
        end_project(project=world.project, name=name, reason="Het geld is op.", by=world.lead, now=now)

    assert world.project.state == state
    assert {message.to[0] for message in mail.outbox} == {someone.user.email, world.coordinator.email}
    assert all("Het geld is op." in message.body for message in mail.outbox)


@pytest.mark.parametrize("state", ProjectState.values)
@pytest.mark.parametrize("name", ["stop", "close"])
def test_only_what_runs_can_end(state, name):
    if state == ProjectState.RUNNING:
        assert PROJECT.step(state, name).source == state
    else:
        with pytest.raises(StepNotAllowed):
            PROJECT.step(state, name)


def test_end_takes_back_the_gate_that_was_asked(world, now):
    gate = gates.ask_gate(project=world.project, text="Klaar.", by=world.lead, now=now)

    end_project(project=world.project, name="stop", reason="Op.", by=world.lead, now=now)

    gate.refresh_from_db()
    assert gate.state == GateState.WITHDRAWN


def test_ended_project_is_neither_changed_nor_passed_on(world, now):
    end_project(project=world.project, name="stop", reason="Op.", by=world.lead, now=now)

    with pytest.raises(StepNotAllowed):
        change_project(project=world.project, fields=FIELDS, by=world.lead, now=now)
    with pytest.raises(StepNotAllowed):
        gates.ask_gate(project=world.project, text="Klaar.", by=world.lead, now=now)


# --- The gate on its page --------------------------------------------------------------------------------------------


def gate_page(client, user):
    client.force_login(user)
    return soup(client.get(reverse("participation:project-gate", args=["breukkijker"])))


def test_page_says_exactly_what_a_shut_gate_needs(client, world):
    text = words(gate_page(client, world.lead).select_one(".utrecht-alert--error"))

    assert "Er deed in deze fase nog geen patiëntvertegenwoordiger echt mee." in text
    assert "ten minste de rol meedenker" in text
    assert "Vraag een uitzondering" in text


def test_page_tells_who_contributed_by_number(client, world):
    held_meeting(world.project, representative(world.project))
    representative(world.project)

    text = words(gate_page(client, world.lead).select_one("main"))

    assert "Patiëntvertegenwoordiger 1 deed echt mee" in text
    assert "Patiëntvertegenwoordiger 2 deed nog niets in deze fase" in text


def test_decider_cannot_pass_a_shut_gate_and_is_told_why(client, world, now):
    gate = gates.ask_gate(project=world.project, text="Klaar.", by=world.lead, now=now)

    data = {"besluit": str(gate.uuid), "goedkeuren-text": "Vooruit maar."}

    answer = post(client, world.decider, "project-gate-step", data, "breukkijker", "goedkeuren")

    assert answer.status_code == 422
    assert "Er deed in deze fase nog geen" in words(soup(answer).select_one(".utrecht-alert--error"))
    assert gate_page(client, world.decider).select("form[action$='/goedkeuren/']") == []


def test_old_page_decides_nothing_on_a_gate_that_was_asked_after_it(client, world, now):
    held_meeting(world.project, representative(world.project))
    old = gates.ask_gate(project=world.project, text="Klaar.", by=world.lead, now=now)
    gates.withdraw_gate(gate=old, by=world.lead, now=now)
    newer = gates.ask_gate(project=world.project, text="Nu echt.", by=world.lead, now=now)

    answer = post(client, world.decider, "project-gate-step",
                  {"besluit": str(old.uuid), "goedkeuren-text": "Ja."}, "breukkijker", "goedkeuren")  # fmt: skip

    newer.refresh_from_db()
    assert (answer.status_code, newer.state) == (302, GateState.ASKED)


def test_page_warns_when_nobody_may_decide(client, now):
    project = ProjectFactory(slug="breukkijker")

    assert "nog niemand die over de volgende fase mag beslissen" in words(
        gate_page(client, project.lead).select_one("main")
    )


def test_second_click_shows_how_it_stands(client, world):
    data = {"vragen-text": "Klaar."}
    first, second = (post(client, world.lead, "project-gate-step", data, "breukkijker", "vragen") for _n in range(2))

    assert (first.status_code, second.status_code) == (302, 302)
    assert world.project.gate_reviews.count() == 1


def test_who_decides_gets_a_mail_and_who_asked_hears_the_answer(world, now, django_capture_on_commit_callbacks):
    held_meeting(world.project, representative(world.project))
    with django_capture_on_commit_callbacks(execute=True):
        gate = gates.ask_gate(project=world.project, text="Klaar.", by=world.lead, now=now)
    assert [message.to for message in mail.outbox] == [[world.decider.email]]

    with django_capture_on_commit_callbacks(execute=True):
        gates.pass_gate(gate=gate, text="Ja.", by=world.decider, now=now)

    assert {message.to[0] for message in mail.outbox[1:]} == {world.lead.email, world.coordinator.email}


# --- The exception ---------------------------------------------------------------------------------------------------


def asked(world, now, **more):
    values = {"reason": LONG_REASON, "missing": "Ouders", "repair": "Via scholen",
              "repair_by": (now + datetime.timedelta(days=30)).date()}  # fmt: skip
    return exceptions.ask_exception(project=world.project, by=world.lead, now=now, **{**values, **more})


def test_exception_is_asked_on_its_page_and_faults_keep_what_was_typed(client, world):
    data = {"vragen-reason": "Te druk.", "vragen-missing": "Ouders", "vragen-repair_by": "31-12-2026"}
    answer = post(client, world.lead, "project-exception-step", data, "breukkijker", "vragen")
    page = soup(answer)
    assert answer.status_code == 422
    assert "Nu zijn het er 8." in words(page.select_one("#id_vragen-reason_error"))
    assert page.select_one("#id_vragen-missing").text.strip() == "Ouders"

    post(client, world.lead, "project-exception-step",
         {**data, "vragen-reason": LONG_REASON, "vragen-repair": "Via scholen."}, "breukkijker", "vragen")  # fmt: skip

    assert GateException.objects.get().repair_by == datetime.date(2026, 12, 31)


def test_spaces_are_no_reason(world, now):
    with pytest.raises(ValidationError, match="ten minste 200 tekens"):
        asked(world, now, reason="Te druk." + " " * 300 + "Echt.")


def test_fund_decides_on_its_page_and_both_sides_hear_it(client, world, now, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        exception = asked(world, now)
    assert [message.to for message in mail.outbox] == [[world.manager.email]]

    with django_capture_on_commit_callbacks(execute=True):
        post(client, world.manager, "project-exception-step",
             {"besluit": str(exception.uuid), "geven-text": "Voor één keer."}, "breukkijker", "geven")  # fmt: skip

    exception.refresh_from_db()
    assert (exception.state, exception.granted_for) == ("GRANTED", world.manager.memberships.get().organisation)
    assert {message.to[0] for message in mail.outbox[1:]} == {world.lead.email, world.coordinator.email}


@pytest.mark.parametrize("kind", [kind for kind in OrganisationKind if kind not in {"FUND", "INSURER", "GOVERNMENT"}])
def test_no_other_kind_of_organisation_grants_where_a_fund_is(world, now, kind):
    friend = member(OrganisationFactory(kind=kind, verified_at=now), *Role)

    assert granting_organisation(friend, world.project) is None


def test_expertise_centre_stands_in_where_no_fund_is(now):
    project = ProjectFactory()
    centre = OrganisationFactory(kind=OrganisationKind.EXPERTISE_CENTRE, verified_at=now)
    manager = member(centre, Role.FUND_MANAGER)
    assert granting_organisation(manager, project) == centre

    member(OrganisationFactory(kind=OrganisationKind.FUND, verified_at=now), Role.FUND_MANAGER)

    assert granting_organisation(manager, project) is None


@pytest.mark.parametrize("tie", ["works there too", "on the team", "a fund below the hospital"])
def test_who_is_tied_to_the_project_grants_nothing(world, now, tie):
    exception = asked(world, now)
    if tie == "works there too":
        member(world.organisation, Role.EDITOR, user=world.manager)
    elif tie == "on the team":
        TeamMember.objects.create(project=world.project, user=world.manager, function="arts", since=now)
    else:
        fund = world.manager.memberships.get().organisation
        fund.parent = world.organisation
        fund.save()

    assert not can_grant.ok(world.manager, exception)


def test_exception_that_cannot_be_used_any_more_is_not_granted(world, now):
    exception = asked(world, now)
    held_meeting(world.project, representative(world.project))
    gate = gates.ask_gate(project=world.project, text="Klaar.", by=world.lead, now=now)
    gates.pass_gate(gate=gate, text="Ja.", by=world.decider, now=now)

    with pytest.raises(StepNotAllowed):
        exceptions.grant_exception(exception=exception, text="Goed.", by=world.manager, now=now)
    exceptions.refuse_exception(exception=exception, text="Niet meer nodig.", by=world.manager, now=now)

    assert exception.state == "REFUSED"


def test_late_exception_is_told_once_to_everybody_it_concerns(world, now, django_capture_on_commit_callbacks):
    exceptions.grant_exception(exception=asked(world, now), text="Goed.", by=world.manager, now=now)
    in_time, late = now + datetime.timedelta(days=30), now + datetime.timedelta(days=31)
    assert exceptions.tell_late_exceptions(in_time) == 0

    with django_capture_on_commit_callbacks(execute=True):
        assert [exceptions.tell_late_exceptions(late) for _time in range(2)] == [1, 0]

    people = {world.lead.email, world.coordinator.email, world.manager.email}
    assert {message.to[0] for message in mail.outbox} == people
    assert len(mail.outbox) == 3


# --- What each has to do ---------------------------------------------------------------------------------------------


def tasks(user):
    return [str(task.what) for task in project_tasks(user)]


def test_each_has_their_own_tasks(world, now):
    gates.ask_gate(project=world.project, text="Klaar.", by=world.lead, now=now)
    exception = asked(world, now)
    assert tasks(world.decider) == ["Beslis over de volgende fase"]
    assert tasks(world.manager) == ["Beslis over de uitzondering"]
    assert tasks(world.lead) == tasks(world.coordinator) == []

    exceptions.grant_exception(exception=exception, text="Goed.", by=world.manager, now=now)

    assert tasks(world.lead) == tasks(world.coordinator) == ["Laat weer patiënten meedoen"]
    assert tasks(world.manager) == []


def test_projects_stand_under_what_the_person_is_to_them_each_once(world, now):
    someone = representative(world.project)
    asked(world, now)

    def groups(user):
        return [(str(label), [one.slug for one in found]) for label, _page, found in projects_of(user) if found]

    assert groups(world.lead) == [("Projecten die u leidt", ["breukkijker"])]
    assert groups(world.coordinator) == [("Projecten die u volgt voor patiënten", ["breukkijker"])]
    assert groups(world.decider) == [("Projecten waar u over beslist", ["breukkijker"])]
    assert groups(someone.user) == [("Projecten waaraan u meewerkt", ["breukkijker"])]
    assert groups(world.manager) == [("Projecten met een uitzondering waar u over beslist", ["breukkijker"])]


def test_names_of_the_team_are_for_who_works_on_the_project(client, world, now):
    TeamMember.objects.create(project=world.project, user=world.lead, function="projectleider", since=now)
    client.force_login(world.manager)

    page = client.get(reverse("participation:project-exception", args=["breukkijker"]))

    assert world.lead.name not in page.text


def test_fund_that_is_not_verified_begins_no_programme(client, now):
    manager = member(OrganisationFactory(kind=OrganisationKind.FUND), Role.FUND_MANAGER)

    assert post(client, manager, "programme-new", {"name": "Samen"}).status_code == 403


def test_fund_manager_begins_and_changes_a_programme(client, world):
    fund = world.manager.memberships.get().organisation
    data = {"organisation": fund.slug, "name": "Samen met AI", "summary": "Wij betalen projecten.",
            "partners": [world.project.patient_side.slug]}  # fmt: skip
    answer = post(client, world.manager, "programme-new", data)
    assert answer["Location"] == reverse("participation:programme-edit", args=["samen-met-ai"])

    post(client, world.manager, "programme-edit", {**data, "name": "Samen", "partners": []}, "samen-met-ai")

    programme = fund.programmes.get()
    assert (programme.name, programme.slug, programme.partners.count()) == ("Samen", "samen-met-ai", 0)


def test_strangers_do_nothing(world, now):
    stranger = member(OrganisationFactory(verified_at=now), *Role)

    for act in (
        lambda: change_project(project=world.project, fields=FIELDS, by=stranger, now=now),
        lambda: end_project(project=world.project, name="stop", reason="Op.", by=stranger, now=now),
        lambda: team.add_colleague(project=world.project, email="x", function="x", by=stranger, now=now),
        lambda: team.hand_over(project=world.project, email="x", by=stranger, now=now),
        lambda: started(SimpleNamespace(organisation=world.organisation, lead=stranger), now),
    ):
        with pytest.raises(PermissionDenied):
            act()
