"""The register shows from the portal whether patients took part: page, filter, card and API, never in a version."""

import json

import pytest
from django.urls import reverse

from participation.actions import gates
from participation.actions.projects import change_project, start_project
from participation.entry_summary import tell_entries, tell_every_entry
from participation.states import AdviceState, Decision, Phase
from portal.audit.revision import current_revision
from portal.organisations.roles import Role
from tests.factories.participation import ProjectFactory, given_advice, held_meeting, representative
from tests.factories.people import member
from tests.factories.transparency import published_entry
from tests.support.html import links, soup, words
from transparency.models import PublicRecord

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    return published_entry(slug="breukkijker")


@pytest.fixture
def project(entry):
    made = ProjectFactory(slug="meedenken", name="Meedenken over breuken", organisation=entry.organisation)
    made.entries.add(entry)
    return made


def part(client, prefix=""):
    return soup(client.get(prefix + reverse("transparency:entry", args=["breukkijker"]))).select_one("#participation")


def record():
    return PublicRecord.objects.get(entry__slug="breukkijker")


def document(client, entry):
    return json.loads(client.get(reverse("api:entry", args=[entry.uuid])).content)


def test_entry_without_a_project_says_so_beside_what_the_provider_says(client, entry):
    text = words(part(client))

    assert "Er is geen project bekend in dit portaal." in text
    assert "Volgens de zorgverlener" in text
    assert text.index("Er is geen project") < text.index("We vroegen het nog niet aan patiënten.")


def test_entry_tells_phases_people_and_advice(client, entry, project, now):
    people = [representative(project), representative(project)]
    held_meeting(project, *people)
    advice = given_advice(project, people[0], state=AdviceState.RESPONDED)
    advice.responses.create(number=1, decision=Decision.NOT_ADOPTED, reason="Te duur.", responded_at=now)
    given_advice(project, people[1])

    tell_entries(project, now)

    text = words(part(client))
    assert "Meedenken over breuken. Dit project loopt. Het is nu in de fase ‘Idee’." in text
    assert "In de fase ‘Idee’ dachten 2 patiëntvertegenwoordigers mee." in text
    assert "Er zijn 2 adviezen gegeven." in text
    assert "Overgenomen: 0. Deels overgenomen: 0. Niet overgenomen: 1. Nog zonder antwoord: 1." in text
    assert project.get_absolute_url() in links(part(client))


def test_english_page_tells_it_in_english(client, entry, project, now):
    tell_entries(project, now)

    assert f"/en{project.get_absolute_url()}" in links(part(client, "/en"))


def test_filter_and_card_and_document_follow(client, entry, project, now):
    held_meeting(project, representative(project))

    tell_entries(project, now)

    assert record().facets["participation"] == ["YES"]
    assert record().card["taken_part"] == "YES"
    told = document(client, entry)["participation"]
    assert (told["answer"], told["projects"][0]["slug"], told["projects"][0]["representatives"]) == (
        "YES", "meedenken", 1,
    )  # fmt: skip


def test_project_in_which_nobody_did_anything_leaves_the_word_to_the_provider(client, entry, project, now):
    tell_entries(project, now)

    assert record().facets["participation"] == ["NO"]
    assert document(client, entry)["participation"]["answer"] is None
    assert "In de fase ‘Idee’ dachten geen patiënten mee." in words(part(client))


def test_gate_passed_by_exception_makes_it_partly(client, entry, project, now):
    gate = project.gate_reviews.create(from_phase="IDEA", to_phase="EXPLORE", asked_at=now, state="PASSED")
    gate.exception = project.exceptions.create(
        from_phase="IDEA", state="GRANTED", reason="x" * 200, repair_by=now.date(), asked_at=now, decided_at=now,
        granted_for=project.patient_side,
    )  # fmt: skip
    gate.save()
    project.passages.create(phase=Phase.EXPLORE, gate=gate, entered_at=now)
    project.phase = Phase.EXPLORE
    project.save()
    held_meeting(project, representative(project))

    tell_entries(project, now)

    assert record().facets["participation"] == ["PARTLY"]
    assert "In de fase ‘Idee’ dachten geen patiënten mee. Het project mocht verder met een uitzondering." in words(
        part(client)
    )


def test_passing_a_gate_shows_at_once(client, entry, project, now):
    held_meeting(project, representative(project))
    gate = gates.ask_gate(project=project, text="Klaar.", by=project.lead, now=now)

    gates.pass_gate(gate=gate, text="Ja.", by=member(project.organisation, Role.GATE_DECIDER), now=now)

    assert "Het is nu in de fase ‘Verkennen’." in words(part(client))


def test_starting_a_project_shows_at_once(client, entry, now):
    lead = member(entry.organisation, Role.PROJECT_LEAD)
    entry.organisation.verified_at = now
    entry.organisation.save()

    start_project(
        organisation=entry.organisation, slug="nieuw-project", entries=[entry], by=lead, now=now,
        fields={"name": "Nieuw", "summary": "Wij maken iets.", "question": "Wat vindt u?", "starts_on": now.date()},
    )  # fmt: skip

    assert "Nieuw. Dit project loopt." in words(part(client))


def test_entry_that_a_project_lets_go_shows_nothing_of_it(client, entry, project, now):
    tell_entries(project, now)

    change_project(project=project, fields={}, entries=[], by=project.lead, now=now)

    assert "Er is geen project bekend in dit portaal." in words(part(client))


def test_telling_the_same_again_changes_nothing(entry, project, now):
    assert tell_entries(project, now) == 1
    before = current_revision()

    assert tell_entries(project, now) == 0
    assert current_revision() == before


def test_job_finds_what_no_action_told(client, entry, project, now):
    held_meeting(project, representative(project))

    assert tell_every_entry(now) == 1
    assert tell_every_entry(now) == 0
    assert "dacht 1 patiëntvertegenwoordiger mee." in words(part(client))


def test_nothing_of_it_stands_in_a_version(entry, project, now):
    held_meeting(project, representative(project))
    tell_entries(project, now)

    assert "meedenken" not in json.dumps(entry.current_version.content)


def test_no_name_of_a_representative_is_told(client, entry, project, now):
    someone = representative(project)
    held_meeting(project, someone)
    tell_entries(project, now)

    page = client.get(reverse("transparency:entry", args=["breukkijker"])).text

    assert someone.user.name not in page
    assert someone.user.email not in page
