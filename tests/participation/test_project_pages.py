"""What everybody sees of projects and programmes: the list with its filters, the line of phases, decisions in full."""

import datetime
from types import SimpleNamespace

import pytest
import time_machine
from django.urls import reverse

from participation.actions import exceptions, gates
from participation.actions.projects import end_project
from participation.models import PlannedRole
from participation.states import AdviceState, AssignmentState, Decision, Influence, Phase
from portal.audit.revision import current_revision
from portal.core.dates import long_date
from portal.organisations.models import OrganisationKind, Province
from portal.organisations.roles import Role
from tests.factories.organisations import OrganisationFactory
from tests.factories.participation import (
    LONG_REASON,
    ProgrammeFactory,
    ProjectFactory,
    given_advice,
    held_meeting,
    representative,
)
from tests.factories.people import UserFactory, member
from tests.factories.recruiting import VacancyFactory
from tests.factories.transparency import published_entry, published_system
from tests.support.html import HTMX, links, main, soup, swap, words

pytestmark = pytest.mark.django_db

LIST = reverse("participation:projects")


@pytest.fixture
def world(now):
    project = ProjectFactory(slug="breukkijker", name="Breukkijker")
    return SimpleNamespace(
        project=project,
        lead=project.lead,
        decider=member(project.organisation, Role.GATE_DECIDER),
        manager=member(OrganisationFactory(kind=OrganisationKind.FUND, name="Fonds Noord", verified_at=now),
                       Role.FUND_MANAGER),
    )  # fmt: skip


def page_of(client, project):
    return soup(client.get(reverse("participation:project", args=[project.slug])))


def seen(client, project):
    return words(page_of(client, project).select_one("main"))


def excepted(world, now, days=30):
    made = exceptions.ask_exception(
        project=world.project, reason=LONG_REASON, missing="Ouders van jonge kinderen", repair="Wij zoeken op scholen.",
        repair_by=(now + datetime.timedelta(days=days)).date(), by=world.lead, now=now,
    )  # fmt: skip
    exceptions.grant_exception(exception=made, text="Voor één keer.", by=world.manager, now=now)
    return made


# --- The list --------------------------------------------------------------------------------------------------------


def names(client, query=""):
    return [words(card) for card in soup(client.get(LIST + query)).select(".utrecht-card__title")]


def test_running_projects_come_first_and_examples_last(client):
    ended = {"state": "STOPPED", "ended_at": datetime.datetime(2026, 5, 1, tzinfo=datetime.UTC), "ending_reason": "Op."}
    ProjectFactory(name="Gestopt", **ended)
    ProjectFactory(name="Voorbeeld", organisation__is_example=True)
    ProjectFactory(name="Oud", starts_on=datetime.date(2025, 1, 1))
    ProjectFactory(name="Nieuw", starts_on=datetime.date(2026, 1, 1))

    assert names(client) == ["Nieuw", "Oud", "Gestopt", "Voorbeeld"]


def test_example_is_marked(client):
    ProjectFactory(organisation__is_example=True)

    assert "Voorbeeld" in words(soup(client.get(LIST)).select_one(".utrecht-card .marks"))


@pytest.mark.parametrize(
    "query",
    ["?fase=DEVELOP", "?organisatie=de-wilg", "?soort=GP_GROUP", "?provincie=ZEELAND",
     "?fase=DEVELOP&organisatie=de-wilg&soort=GP_GROUP&provincie=ZEELAND"],
)  # fmt: skip
def test_filter_leaves_what_fits(client, query):
    ProjectFactory(name="Ander")
    ProjectFactory(
        name="Gezocht", phase=Phase.DEVELOP, entry_phase=Phase.DEVELOP, organisation__slug="de-wilg",
        organisation__kind=OrganisationKind.GP_GROUP, organisation__province=Province.ZEELAND,
    )  # fmt: skip

    assert names(client, query) == ["Gezocht"]


def test_project_seeks_people_when_it_has_an_open_vacancy(client):
    planning, seeking = ProjectFactory(name="Plant"), ProjectFactory(name="Zoekt")
    PlannedRole.objects.create(project=planning, phase=planning.phase, influence="ADVISER", places=1, task="Lezen")
    VacancyFactory(project=planning, state="IN_REVIEW")
    VacancyFactory(project=seeking)

    assert names(client, "?zoekt=ja") == ["Zoekt"]


def test_filter_that_nothing_fits_says_so_and_leads_back(client):
    ProjectFactory()

    page = soup(client.get(LIST + "?fase=IN_USE"))

    assert "Er is geen project dat hierbij past." in words(page.select_one(".empty"))
    assert LIST in links(page.select_one(".empty"))


def test_empty_list_says_that_there_is_nothing_yet(client):
    assert "Er is nog geen project." in words(soup(client.get(LIST)).select_one(".empty"))


def test_unknown_filter_is_passed_over(client):
    ProjectFactory(name="Breukkijker")

    assert names(client, "?fase=OUD&soort=x&provincie=y") == ["Breukkijker"]


def test_answer_of_htmx_gives_the_same_page(client):
    ProjectFactory(name="Idee")
    ProjectFactory(name="Ontwikkelen", phase=Phase.DEVELOP, entry_phase=Phase.DEVELOP)
    before, asked = soup(client.get(LIST)), LIST + "?fase=DEVELOP"

    swapped = swap(before, client.get(asked, headers=HTMX), "#resultaten")

    assert main(swapped).split('id="resultaten"')[1] == main(soup(client.get(asked))).split('id="resultaten"')[1]


# --- The page of a project -------------------------------------------------------------------------------------------


def test_question_for_patients_stands_on_top(client, world):
    headings = [words(one) for one in page_of(client, world.project).select("main h2")]

    assert headings[0] == "Wat wij van patiënten willen weten"


def test_phase_tells_what_happened_in_it(client, world, now):
    held_meeting(world.project, representative(world.project), representative(world.project))
    given_advice(world.project, world.project.assignments.first())
    gate = gates.ask_gate(project=world.project, text="Wij zijn klaar.", by=world.lead, now=now)
    gates.pass_gate(gate=gate, text="Ouders dachten mee.", by=world.decider, now=now)

    idea, explore, *_later = page_of(client, world.project).select(".phases__one")

    assert "2 patiëntvertegenwoordigers dachten mee. Gesprekken: 1. Adviezen: 1." in words(idea)
    assert "Hier begon het project." in words(idea)
    assert f"Sinds {long_date(now)}. Patiënten deden mee." in words(explore)
    assert explore["aria-current"] == "step"


def test_phases_before_the_beginning_are_skipped_with_the_reason(client):
    project = ProjectFactory(
        phase=Phase.PILOT_WORKS, entry_phase=Phase.PILOT_WORKS, entry_reason="Wij kochten deze AI."
    )

    shown = page_of(client, project).select(".phases__one")

    assert [one["class"][1].rpartition("--")[2] for one in shown] == ["before"] * 3 + ["now"] + ["later"] * 3
    assert "Wij kochten deze AI." in words(shown[3])


def test_decision_is_told_with_its_reasons_and_what_lay_there(client, world, now):
    given_advice(world.project, representative(world.project), weight="MUST")
    gate = gates.ask_gate(project=world.project, text="Wij zijn klaar.", by=world.lead, now=now)
    gates.refuse_gate(gate=gate, text="Geef eerst antwoord.", by=world.decider, now=now)

    text = words(page_of(client, world.project).select_one(f"#besluit-{gate.pk}"))

    assert "Nog niet" in text
    assert "Wij zijn klaar." in text
    assert "Geef eerst antwoord." in text
    assert "Patiëntvertegenwoordigers die meedachten: 1." in text
    assert "Advies dat moet, zonder antwoord: 1." in text


def test_question_that_was_taken_back_is_not_shown(client, world, now):
    gate = gates.ask_gate(project=world.project, text="Wij zijn klaar.", by=world.lead, now=now)
    gates.withdraw_gate(gate=gate, by=world.lead, now=now)

    assert "Wij zijn klaar." not in seen(client, world.project)


def test_exception_is_shown_in_full_with_who_granted_it(client, world, now):
    exception = excepted(world, now)

    text = words(page_of(client, world.project).select_one(f"#uitzondering-{exception.pk}"))

    for part in (LONG_REASON.strip(), "Ouders van jonge kinderen", "Wij zoeken op scholen.", "Fonds Noord",
                 "Voor één keer.", long_date(exception.repair_by)):  # fmt: skip
        assert " ".join(part.split()) in text


@pytest.mark.parametrize(("days", "is_late"), [(30, False), (31, True)])
def test_exception_is_too_late_the_day_after_its_day(client, world, now, days, is_late):
    excepted(world, now, days=30)

    with time_machine.travel(now + datetime.timedelta(days=days), tick=False):
        page, card = seen(client, world.project), words(soup(client.get(LIST)).select_one(".utrecht-card"))

    assert (("Te laat met patiënten" in page), ("Te laat met patiënten" in card)) == (is_late, is_late)


def test_project_that_ended_in_time_is_not_too_late(client, world, now):
    excepted(world, now, days=30)
    end_project(project=world.project, name="stop", reason="Het geld is op.", by=world.lead, now=now)

    with time_machine.travel(now + datetime.timedelta(days=90), tick=False):
        assert "Te laat" not in seen(client, world.project)


def test_ended_project_says_why(client, world, now):
    end_project(project=world.project, name="stop", reason="Het geld is op.", by=world.lead, now=now)

    assert "Dit project is gestopt" in seen(client, world.project)
    assert "Het geld is op." in seen(client, world.project)


def test_people_are_numbers_and_roles(client, world):
    representative(world.project, user=UserFactory(name="Geheime Naam", email="geheim@thuis.example"))
    representative(world.project, influence=Influence.PARTNER, state=AssignmentState.ENDED)
    representative(world.project, state=AssignmentState.PROPOSED, active_since=None)

    text = client.get(reverse("participation:project", args=["breukkijker"])).text

    assert "Adviseur: nu 1" in seen(client, world.project)
    assert "Partner: nu 0, eerder 1" in seen(client, world.project)
    assert "Geheime Naam" not in text
    assert "geheim@thuis.example" not in text
    assert world.lead.name not in text


def test_advice_is_told_in_three_parts(client, world, now):
    someone = representative(world.project)
    for decision in (Decision.ADOPTED, Decision.ADOPTED, Decision.PARTLY, Decision.NOT_ADOPTED):
        advice = given_advice(world.project, someone, state=AdviceState.RESPONDED)
        advice.responses.create(
            number=1, decision=decision, reason="Daarom.", promise="Folder", promised_by="arts",
            promised_for=now.date(), responded_at=now,
        )  # fmt: skip
    given_advice(world.project, someone)
    given_advice(world.project, someone, state=AdviceState.WAITING)

    shown = seen(client, world.project)

    assert "Adviezen 5 Overgenomen 2 Deels overgenomen 1 Niet overgenomen 1 Nog zonder antwoord 1" in shown


def test_page_leads_to_the_entry_and_the_product(client, world):
    entry, system = published_entry(organisation=world.project.organisation), published_system(slug="bonefinder")
    world.project.entries.add(entry)
    world.project.systems.add(system)

    found = links(page_of(client, world.project).select_one("main"))

    assert entry.get_absolute_url() in found
    assert system.get_absolute_url() in found


def test_english_page_falls_back_to_dutch_and_says_so(client, world):
    page = soup(client.get("/en" + reverse("participation:project", args=["breukkijker"])))

    assert page.select_one("h1")["lang"] == "nl"
    assert page.select_one(".project-question > div")["lang"] == "nl"
    assert "How far is the project?" in words(page.select_one("main"))


def test_english_page_names_whom_it_touches_in_english(client, world):
    world.project.affected, world.project.affected_en = ["ouders"], ["parents"]
    world.project.save()

    shown = [
        words(soup(client.get(prefix + world.project.get_absolute_url())).select_one("main")) for prefix in ("", "/en")
    ]

    assert ["ouders" in text for text in shown] == [True, False]
    assert ["parents" in text for text in shown] == [False, True]


def test_number_of_queries_does_not_grow_with_what_happened(client, world, now, django_assert_max_num_queries):
    for _number in range(5):
        someone = representative(world.project)
        held_meeting(world.project, someone)
        given_advice(world.project, someone)

    with django_assert_max_num_queries(28):
        client.get(reverse("participation:project", args=["breukkijker"]))


@pytest.mark.parametrize("step", ["ask", "refuse", "pass", "end"])
def test_every_public_change_raises_the_revision(world, now, step):
    held_meeting(world.project, representative(world.project))
    gate = gates.ask_gate(project=world.project, text="Klaar.", by=world.lead, now=now) if step != "ask" else None
    before = current_revision()

    {
        "ask": lambda: gates.ask_gate(project=world.project, text="Klaar.", by=world.lead, now=now),
        "refuse": lambda: gates.refuse_gate(gate=gate, text="Nee.", by=world.decider, now=now),
        "pass": lambda: gates.pass_gate(gate=gate, text="Ja.", by=world.decider, now=now),
        "end": lambda: end_project(project=world.project, name="close", reason="Klaar.", by=world.lead, now=now),
    }[step]()

    assert current_revision() > before


# --- Programmes ------------------------------------------------------------------------------------------------------


def test_programme_tells_partners_policy_and_projects_apart(client, now):
    programme = ProgrammeFactory(slug="samen")
    programme.partners.add(OrganisationFactory(name="Longvereniging", kind=OrganisationKind.PATIENT_ORGANISATION))
    ProjectFactory(name="Beleid", programme=programme, is_policy=True)
    ProjectFactory(name="Breukkijker", programme=programme)

    page = soup(client.get(reverse("participation:programme", args=["samen"])))

    sections = {section["aria-labelledby"]: words(section) for section in page.select("section")}
    assert "Longvereniging" in sections["partners"]
    assert ("Beleid" in sections["beleid"], "Breukkijker" in sections["beleid"]) == (True, False)
    assert ("Beleid" in sections["projecten"], "Breukkijker" in sections["projecten"]) == (False, True)


def test_list_of_programmes_counts_partners_and_projects(client):
    programme = ProgrammeFactory(name="Samen")
    ProjectFactory(programme=programme)

    text = words(soup(client.get(reverse("participation:programmes"))).select_one(".utrecht-card"))

    assert "Patiëntenorganisaties: 0. Projecten: 1." in text
