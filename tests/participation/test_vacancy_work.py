"""Vacancies in the workspace: written, checked for language, reviewed, ended by both sides; what each must do."""

import uuid
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse

from participation.actions import vacancies
from participation.models import Vacancy
from participation.project_home import groups_for
from participation.states import CandidacyState, VacancyState
from participation.vacancy_tasks import vacancy_tasks
from portal.organisations.roles import Role
from tests.factories.participation import ProjectFactory
from tests.factories.people import member
from tests.factories.recruiting import DAY, CandidacyFactory, VacancyFactory
from tests.participation.test_project_work import HARD
from tests.support.html import links, soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sends_at_once")]


@pytest.fixture
def world():
    project = ProjectFactory(slug="breukkijker", name="Breukkijker", affected=["ouders"])
    return SimpleNamespace(
        project=project, lead=project.lead, coordinator=member(project.patient_side, Role.COORDINATOR)
    )


def typed(**more):
    values = {
        "key": str(uuid.uuid4()), "title": "Denk mee over foto’s", "tasks": "U leest teksten.", "influence": "ADVISER",
        "places": "2", "hours": "2 uur per maand", "fee_offer": "U krijgt geld voor elk uur.",
        "learning_offer": "U leert wat AI is.", "support_offer": "Iemand belt u elke maand.", "phases": ["IDEA"],
        "perspectives": "ouders\n\nouders", "closes_on": "15-12-2026", "text_1": "U hebt een kind",
        "why_1": "Het gaat over kinderen.", "must_1": "on",
    }  # fmt: skip
    return {**values, **more}


def post(client, user, name, data, *args):
    client.force_login(user)
    return client.post(reverse(f"participation:{name}", args=["breukkijker", *args]), data)


def step(client, user, vacancy, name, **data):
    return post(client, user, "vacancy-step", data, vacancy.uuid, name)


def to_do(user):
    return [str(task.what) for task in vacancy_tasks(user)]


def test_vacancy_goes_from_draft_to_open(client, world):
    post(client, world.lead, "vacancy-new", typed())
    made = Vacancy.objects.get()
    assert (made.state, made.places, made.perspectives, made.phases) == (VacancyState.DRAFT, 2, ["ouders"], ["IDEA"])
    assert [(one.text, one.is_must) for one in made.criteria.all()] == [("U hebt een kind", True)]

    step(client, world.lead, made, "indienen")
    assert (to_do(world.coordinator), mail.outbox[-1].to) == (["Kijk de vacature na"], [world.coordinator.email])

    step(client, world.coordinator, made, "terug", **{"terug-text": "Zeg hoe lang het duurt."})
    assert to_do(world.lead) == ["Verbeter de vacature"]
    page = client.get(reverse("participation:work-vacancy", args=["breukkijker", made.uuid]))
    assert "Zeg hoe lang het duurt." in page.text

    post(client, world.lead, "vacancy-edit", typed(hours="2 uur per maand, tot mei"), made.uuid)
    step(client, world.lead, made, "indienen")
    step(client, world.coordinator, made, "openen")

    made.refresh_from_db()
    assert (made.state, made.hours) == (VacancyState.OPEN, "2 uur per maand, tot mei")
    assert made.get_absolute_url() in links(soup(client.get(reverse("participation:vacancies"))))


def asked(page):
    """What stands in the rows of the form: (what is asked, why, whether it must)."""
    rows = page.select("#id_criteria .role-row")
    return [
        (row.select_one("[name^=text_]").get("value", ""), row.select_one("[name^=why_]").get("value", ""),
         row.select_one("[name^=must_]").has_attr("checked"))
        for row in rows
    ]  # fmt: skip


FIRST, EMPTY = ("U hebt een kind", "Het gaat over kinderen.", True), ("", "", False)


def test_form_shows_the_criteria_of_before_and_one_empty_row(client, world):
    client.force_login(world.lead)
    new = soup(client.get(reverse("participation:vacancy-new", args=["breukkijker"])))
    post(client, world.lead, "vacancy-new", typed())
    edit = soup(client.get(reverse("participation:vacancy-edit", args=["breukkijker", Vacancy.objects.get().uuid])))

    assert asked(new) == [EMPTY]
    assert asked(edit) == [FIRST, EMPTY]


def test_one_more_row_keeps_all_that_was_typed_and_saves_nothing(client, world):
    for name, args in (("vacancy-new", ()), ("vacancy-edit", None)):
        if args is None:
            post(client, world.lead, "vacancy-new", typed(title="Eerst"))
            args = (Vacancy.objects.get().uuid,)
        data = typed(title="", text_2="", why_2="Half getypt", **{"nog-een-eis": "ja"})

        answer = post(client, world.lead, name, data, *args)

        page = soup(answer)
        assert answer.status_code == 200
        assert asked(page) == [FIRST, ("", "Half getypt", False), EMPTY]
        assert page.select_one("#id_tasks").text.strip() == "U leest teksten."
        assert not page.select(".utrecht-alert--error, .field__fault")
        assert list(Vacancy.objects.values_list("title", flat=True)) == ([] if name == "vacancy-new" else ["Eerst"])


def test_eight_criteria_are_kept_and_a_ninth_is_not_asked_for(client, world):
    eight = {f"{name}_{n}": f"{name} {n}" for n in range(1, 9) for name in ("text", "why")}

    page = soup(post(client, world.lead, "vacancy-new", typed(**eight, **{"nog-een-eis": "ja"})))
    assert [row[0] for row in asked(page)] == [f"text {n}" for n in range(1, 9)]
    assert not page.select("[name=nog-een-eis]")

    post(client, world.lead, "vacancy-new", typed(**eight))
    made = Vacancy.objects.get()
    edit = soup(client.get(reverse("participation:vacancy-edit", args=["breukkijker", made.uuid])))
    assert (made.criteria.count(), len(asked(edit))) == (8, 8)


def test_fault_leaves_as_many_rows_as_there_were(client, world):
    page = soup(post(client, world.lead, "vacancy-new", typed(title="", text_2="", text_3="")))

    assert asked(page) == [FIRST, EMPTY, EMPTY]


def test_double_click_makes_one_vacancy(client, world):
    data = typed()

    first, second = (post(client, world.lead, "vacancy-new", data) for _click in range(2))

    assert (first["Location"], Vacancy.objects.count()) == (second["Location"], 1)


def test_addresses_of_the_same_title_differ(world, now):
    for _number in range(2):
        vacancies.write_vacancy(project=world.project, fields={"title": "Feed"}, criteria=[], by=world.lead, now=now)

    assert sorted(Vacancy.objects.values_list("slug", flat=True)) == ["feed-2", "feed-3"]


@pytest.mark.parametrize(("changes", "field"), [
    ({"title": " "}, "title"), ({"places": "0"}, "places"), ({"places": "veel"}, "places"),
    ({"hours": "x" * 201}, "hours"), ({"why_1": ""}, "criteria"), ({"influence": "BAAS"}, "influence"),
])  # fmt: skip
def test_faults_are_told_at_their_fields_and_what_was_typed_stays(client, world, changes, field):
    answer = post(client, world.lead, "vacancy-new", typed(**changes))

    page = soup(answer)
    assert answer.status_code == 422
    assert f"#id_{field}" in [link["href"] for link in page.select(".utrecht-alert--error a")]
    assert page.select_one("#id_tasks").text.strip() == "U leest teksten."
    assert not Vacancy.objects.exists()


@pytest.mark.parametrize("field", ["tasks", "hours", "fee_offer", "learning_offer", "support_offer", "closes_on"])
def test_nobody_else_sees_a_vacancy_that_is_not_whole(world, now, field):
    made = VacancyFactory(project=world.project, state=VacancyState.DRAFT)
    setattr(made, field, None if field == "closes_on" else "")

    with pytest.raises(ValidationError) as error:
        vacancies.submit_vacancy(vacancy=made, by=world.lead, now=now)

    assert list(error.value.error_dict) == [field]


@pytest.mark.parametrize("field", ["tasks", "fee_offer", "learning_offer", "support_offer"])
@pytest.mark.parametrize("how", ["submit", "open"])
def test_text_that_patients_cannot_read_is_not_opened(world, now, how, field):
    state = VacancyState.DRAFT if how == "submit" else VacancyState.IN_REVIEW
    made = VacancyFactory(project=world.project, state=state, **{field: HARD})

    act, by = {
        "submit": (vacancies.submit_vacancy, world.lead), "open": (vacancies.open_vacancy, world.coordinator),
    }[how]  # fmt: skip

    with pytest.raises(ValidationError) as error:
        act(vacancy=made, by=by, now=now)

    assert list(error.value.error_dict) == [field]


def test_requirement_that_patients_cannot_read_is_not_opened(world, now):
    made = VacancyFactory(project=world.project, state=VacancyState.DRAFT)
    made.criteria.create(text=HARD[:200], why=HARD[:300], place=1)

    with pytest.raises(ValidationError) as error:
        vacancies.submit_vacancy(vacancy=made, by=world.lead, now=now)

    assert list(error.value.error_dict) == ["criteria"]


@pytest.mark.parametrize(("days", "is_right"), [(0, False), (1, True), (120, True), (121, False)])
def test_last_day_is_near_and_not_past(world, now, days, is_right):
    made = VacancyFactory(project=world.project, state=VacancyState.DRAFT, closes_on=now.date() + days * DAY)

    if is_right:
        vacancies.submit_vacancy(vacancy=made, by=world.lead, now=now)
    else:
        with pytest.raises(ValidationError, match="Kies een dag na vandaag"):
            vacancies.submit_vacancy(vacancy=made, by=world.lead, now=now)


def test_language_can_be_checked_before_anything_is_kept(client, world):
    answer = post(client, world.lead, "vacancy-new", typed(tasks=HARD, title="", controleer="ja"))

    assert (answer.status_code, Vacancy.objects.exists()) == (200, False)
    assert "Vervang formele woorden" in words(soup(answer).select_one("main"))


def test_who_wrote_it_does_not_open_it(client, world, now):
    both = member(world.project.organisation, Role.PROJECT_LEAD, user=world.coordinator)
    made = VacancyFactory(project=world.project, state=VacancyState.IN_REVIEW, submitted_by=both)

    assert step(client, both, made, "openen").status_code == 403


@pytest.mark.parametrize("name", ["nergens", "vullen"])
def test_step_that_is_none_is_not_found(client, world, name):
    assert step(client, world.lead, VacancyFactory(project=world.project), name).status_code == 404


def test_step_that_came_too_late_says_so(client, world):
    made = VacancyFactory(project=world.project, state=VacancyState.CLOSED)

    assert step(client, world.lead, made, "sluiten").status_code == 409


def test_both_sides_end_it_together(client, world):
    made = VacancyFactory(project=world.project, state=VacancyState.CLOSED, title="Denk mee")
    CandidacyFactory(vacancy=made, state=CandidacyState.ACCEPTED)
    assert to_do(world.lead) == to_do(world.coordinator) == ["Vertel hoe de vacature afliep"]

    step(client, world.coordinator, made, "afloop",
         **{"afloop-outcome": "FILLED", "afloop-text": "Het ging goed.", "afloop-missing": ["ouders"]})  # fmt: skip
    assert (to_do(world.lead), to_do(world.coordinator)) == (["Ga akkoord met hoe de vacature afliep"], [])
    client.force_login(world.lead)
    page = soup(client.get(reverse("participation:work-vacancy", args=["breukkijker", made.uuid])))
    seen = page.select_one("input[name=voorstel]")["value"]
    step(client, world.lead, made, "akkoord", voorstel=seen)

    made.refresh_from_db()
    assert (made.state, made.missing, made.numbers) == (
        VacancyState.FILLED, ["ouders"], {"responded": 1, "chosen": 1},
    )  # fmt: skip


@pytest.mark.parametrize(("states", "outcome"), [
    ([CandidacyState.SUBMITTED], "NOT_FILLED"), ([CandidacyState.SHORTLISTED], "NOT_FILLED"), ([], "FILLED"),
    ([CandidacyState.ACCEPTED], "NOT_FILLED"),
])  # fmt: skip
def test_end_fits_what_was_decided(client, world, states, outcome):
    made = VacancyFactory(project=world.project, state=VacancyState.CLOSED)
    for state in states:
        CandidacyFactory(vacancy=made, state=state)

    data = {"afloop-outcome": outcome, "afloop-text": "Het ging goed."}
    assert step(client, world.lead, made, "afloop", **data).status_code == 422


@pytest.mark.parametrize("seen", ["", "gisteren", "2026-11-22", "2026-11-21T09:00:00+00:00", "2026-99-99T09:00:00Z"])
def test_nobody_agrees_with_a_proposal_that_is_not_there(client, world, now, seen):
    made = VacancyFactory(project=world.project, state=VacancyState.CLOSED, proposed="NOT_FILLED",
                          proposed_side="PROJECT", proposed_by=world.lead, proposed_at=now)  # fmt: skip

    assert step(client, world.coordinator, made, "akkoord", voorstel=seen).status_code == 409


def test_home_of_the_project_leads_to_the_vacancies(world):
    VacancyFactory(project=world.project)

    links = [link for _label, group in groups_for(world.lead, world.project) for link in group]
    (found,) = [link for link in links if str(link.label) == "Vacatures"]

    assert (found.url, found.about) == (
        reverse("participation:project-vacancies", args=["breukkijker"]),
        "1 staat open",
    )
