"""A coordinator who replies to a vacancy of the own project: somebody else of the patient side weighs and decides."""

from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from participation.actions import choosing
from participation.models import Side, Viewing
from participation.states import CandidacyState
from participation.vacancy_tasks import vacancy_tasks
from portal.organisations.models import OrganisationKind
from portal.organisations.roles import Role
from tests.factories.organisations import OrganisationFactory
from tests.factories.participation import ProjectFactory
from tests.factories.people import member
from tests.factories.recruiting import CandidacyFactory, VacancyFactory
from tests.support.html import soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sends_at_once")]


@pytest.fixture
def world(now):
    project = ProjectFactory(slug="breukkijker", name="Breukkijker")
    centre = OrganisationFactory(kind=OrganisationKind.EXPERTISE_CENTRE, verified_at=now)
    coordinator, stand_in = member(project.patient_side, Role.COORDINATOR), member(centre, Role.COORDINATOR)
    vacancy = VacancyFactory(project=project)
    made = CandidacyFactory(vacancy=vacancy, user=coordinator)
    return SimpleNamespace(
        project=project, lead=project.lead, coordinator=coordinator, stand_in=stand_in, vacancy=vacancy, made=made,
        other=CandidacyFactory(vacancy=vacancy), centre=centre, now=now,
    )  # fmt: skip


def page(world, candidacy, step=None):
    args = ["breukkijker", world.vacancy.uuid, candidacy.uuid]
    return reverse("participation:candidate-step", args=[*args, step]) if step else reverse(
        "participation:candidate", args=args
    )  # fmt: skip


def post(client, world, user, step, data):
    client.force_login(user)
    return client.post(page(world, world.made, step), data)


def to_do(user):
    return [str(task.what) for task in vacancy_tasks(user)]


def test_stand_in_weighs_and_decides_with_the_project(client, world):
    choosing.shortlist(candidacy=world.made, by=world.lead, now=world.now)
    assert [one.to for one in mail.outbox if page(world, world.made) in one.body] == [[world.stand_in.email]]
    assert to_do(world.stand_in) == ["Geef uw oordeel over een aanmelding"]

    for user, side in ((world.lead, "PROJECT"), (world.stand_in, "PATIENTS")):
        data = {"kant": side, "oordeel-judgement": "FITS", "oordeel-text": "Past goed."}
        assert post(client, world, user, "oordeel", data).status_code == 302
    assert to_do(world.stand_in) == ["Stel een besluit voor over een aanmelding"]
    mail.outbox.clear()
    choosing.propose_choice(
        candidacy=world.made, choice="DECLINE", text="Dit past nu niet.", by=world.lead, now=world.now
    )
    assert [one.to for one in mail.outbox] == [[world.stand_in.email]]
    assert to_do(world.stand_in) == ["Beslis over een voorstel voor een aanmelding"]

    world.made.refresh_from_db()
    post(client, world, world.stand_in, "akkoord", {"voorstel": world.made.proposed_at.isoformat()})
    world.made.refresh_from_db()
    assert world.made.state == CandidacyState.DECLINED
    assert to_do(world.stand_in) == []


def test_stand_in_proposes_for_the_patients(world):
    choosing.propose_choice(
        candidacy=world.made, choice="DECLINE", text="Dit past nu niet.", by=world.stand_in, now=world.now
    )
    assert world.made.proposed_side == Side.PATIENTS


def test_stand_in_sees_this_one_and_nothing_else_of_the_project(client, world):
    client.force_login(world.stand_in)

    seen = client.get(page(world, world.made))
    assert seen.status_code == 200
    assert words(soup(seen).select_one("h1")) == world.made.name
    assert client.get(page(world, world.other)).status_code == 404
    for name, args in (("project-vacancies", []), ("work-vacancy", [world.vacancy.uuid])):
        assert client.get(reverse(f"participation:{name}", args=["breukkijker", *args])).status_code == 404
    breadcrumb = [link["href"] for link in soup(seen).select("nav.utrecht-breadcrumb-nav a")]
    assert [client.get(address).status_code for address in breadcrumb] == [200] * len(breadcrumb)


def test_who_is_looked_at_reads_for_whom_the_stand_in_looked(client, world):
    client.force_login(world.stand_in)
    client.get(page(world, world.made))

    seen = Viewing.objects.get(subject=world.coordinator)
    assert (seen.role, seen.organisation) == ("COORDINATOR", world.centre)


def test_who_replied_judges_nothing_and_is_mailed_nothing_about_it(client, world):
    choosing.shortlist(candidacy=world.made, by=world.lead, now=world.now)

    assert to_do(world.coordinator) == []
    client.force_login(world.coordinator)
    assert client.get(page(world, world.made)).status_code == 403
    paths = [one.body for one in mail.outbox if one.to == [world.coordinator.email]]
    assert not [body for body in paths if page(world, world.made) in body]


def test_with_a_colleague_the_stand_in_stays_out(client, world):
    colleague = member(world.project.patient_side, Role.COORDINATOR)
    choosing.shortlist(candidacy=world.made, by=world.lead, now=world.now)

    assert (to_do(colleague), to_do(world.stand_in)) == (["Geef uw oordeel over een aanmelding"], [])
    with pytest.raises(PermissionDenied):
        choosing.assess(
            candidacy=world.made, side=Side.PATIENTS, judgement="FITS", text="Past.", by=world.stand_in, now=world.now
        )
    client.force_login(world.stand_in)
    assert client.get(page(world, world.made)).status_code == 404
