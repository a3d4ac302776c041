"""The public pages of vacancies: the list, one vacancy, the account in numbers, and the feed."""

import datetime
from xml.etree import ElementTree

import pytest
import time_machine
from django.urls import reverse

from participation.actions.vacancies import close_due_vacancies, close_vacancy, open_vacancy, withdraw_vacancy
from participation.actions.vacancy_ends import agree_outcome, propose_outcome
from participation.models import VacancyCriterion
from participation.states import CandidacyState, Influence, Phase, VacancyState
from participation.vacancy_page import in_words
from portal.audit.revision import current_revision
from portal.core.dates import long_date
from portal.organisations.models import Province
from portal.organisations.roles import Role
from tests.factories.participation import ProjectFactory
from tests.factories.people import member
from tests.factories.recruiting import (
    DAY,
    MARKER,
    MARKER_MAIL,
    MARKER_STORY,
    CandidacyFactory,
    VacancyFactory,
    withdrawn,
)
from tests.support.html import HTMX, links, main, soup, swap, words

pytestmark = pytest.mark.django_db
LIST = reverse("participation:vacancies")
ATOM = "{http://www.w3.org/2005/Atom}"


def titles(client, query=""):
    return [words(card) for card in soup(client.get(LIST + query)).select(".utrecht-card__title")]


def page_of(client, vacancy):
    return soup(client.get(reverse("participation:vacancy", args=[vacancy.slug])))


def seen(client, vacancy):
    return words(page_of(client, vacancy).select_one("main"))


# --- The list --------------------------------------------------------------------------------------------------------


def test_only_what_is_open_is_listed_and_what_closes_first_stands_on_top(client, now):
    for state in (VacancyState.DRAFT, VacancyState.IN_REVIEW, VacancyState.CLOSED, VacancyState.FILLED,
                  VacancyState.NOT_FILLED):  # fmt: skip
        VacancyFactory(state=state)
    withdrawn()
    VacancyFactory(title="Later", closes_on=now.date() + 9 * DAY)
    VacancyFactory(title="Voorbeeld", closes_on=now.date() + DAY, project__organisation__is_example=True)
    VacancyFactory(title="Vandaag", closes_on=now.date())
    VacancyFactory(title="Gisteren", closes_on=now.date() - DAY)

    assert titles(client) == ["Vandaag", "Later", "Voorbeeld"]


@pytest.mark.parametrize("query", [
    "?fase=DEVELOP", "?rol=PARTNER", "?organisatie=de-wilg", "?provincie=ZEELAND", "?q=huid", "?q=Mensen+huid",
    "?fase=DEVELOP&rol=PARTNER&organisatie=de-wilg&provincie=ZEELAND&q=donkere",
])  # fmt: skip
def test_filter_leaves_what_fits(client, query):
    VacancyFactory(title="Ander", phases=[Phase.IDEA.value])
    VacancyFactory(
        title="Gezocht", phases=[Phase.DEVELOP.value], influence=Influence.PARTNER,
        perspectives=["mensen met een donkere huid"], project__organisation__slug="de-wilg",
        project__organisation__province=Province.ZEELAND,
    )  # fmt: skip

    assert titles(client, query) == ["Gezocht"]


def test_vacancy_for_all_phases_fits_each(client):
    VacancyFactory(title="Alles", phases=[])

    assert titles(client, "?fase=IN_USE") == ["Alles"]


def test_filter_that_nothing_fits_says_so_and_leads_back(client):
    VacancyFactory()

    page = soup(client.get(LIST + "?q=xqxqxq"))

    assert "Er is geen vacature die hierbij past." in words(page.select_one(".empty"))
    assert LIST in links(page.select_one(".empty"))


def test_empty_list_says_that_nobody_is_sought_now(client):
    assert "Er zoekt nu geen project mensen." in words(soup(client.get(LIST)).select_one(".empty"))


def test_list_tells_patient_organisations_what_they_can_do_and_how_to_begin(client, settings):
    part = soup(client.get(LIST)).select_one("section[aria-labelledby=patientenorganisatie]")

    assert "Zo begint u: mail ons" in words(part)
    assert links(part) == [f"mailto:{settings.CONTACT_EMAIL}", reverse("participation:put-forward-list")]


def test_answer_of_htmx_gives_the_same_page(client):
    VacancyFactory(title="Idee", phases=["IDEA"])
    VacancyFactory(title="Ontwikkelen", phases=["DEVELOP"])
    before, asked = soup(client.get(LIST)), LIST + "?fase=DEVELOP"

    swapped = swap(before, client.get(asked, headers=HTMX), "#resultaten")

    assert main(swapped).split('id="resultaten"')[1] == main(soup(client.get(asked))).split('id="resultaten"')[1]


def test_list_asks_few_questions_of_the_database(client, django_assert_max_num_queries):
    for _number in range(12):
        VacancyFactory()

    with django_assert_max_num_queries(4):
        client.get(LIST)


# --- One vacancy -----------------------------------------------------------------------------------------------------


def test_page_names_everything_and_who_sees_what(client):
    vacancy = VacancyFactory(perspectives=["ouders van jonge kinderen"], phases=["IDEA", "DEVELOP"], places=3)
    VacancyCriterion.objects.create(
        vacancy=vacancy, text="U hebt een kind", why="Het gaat over kinderen.", is_must=True, place=1
    )

    shown = seen(client, vacancy)

    for part in ("U leest teksten.", "2 uur per maand", "U krijgt geld voor elk uur.", "U leert wat AI is.",
                 "Een vaste persoon belt u elke maand.", "ouders van jonge kinderen", "Dit moet: U hebt een kind",
                 "Het gaat over kinderen.", "Idee, Ontwikkelen", long_date(vacancy.closes_on),
                 "Of u een vergoeding wilt, zien zij niet.", "Uw mailadres ziet niemand."):  # fmt: skip
        assert part in shown
    assert reverse("participation:candidacy-new", args=[vacancy.slug]) in links(page_of(client, vacancy))


def test_page_promises_about_numbers_only_what_is_true(client):
    shown = seen(client, VacancyFactory())

    assert "Hoeveel mensen zich meldden, staat alleen op de website bij vijf of meer." in shown
    assert "Hoeveel mensen meedoen, staat er wel." in shown  # the page of a project tells every role that is taken


def test_last_day_is_told_in_good_dutch_and_as_over_once_it_is(client):
    vacancy, closed = VacancyFactory(), VacancyFactory(state=VacancyState.CLOSED)
    day = long_date(vacancy.closes_on)

    assert f"Meld u aan tot en met {day}." in seen(client, vacancy)
    assert f"Aanmelden kan tot en met {day}" in seen(client, vacancy)
    assert f"Aanmelden kon tot en met {day}" in seen(client, closed)
    for address in (LIST, vacancy.project.get_absolute_url()):
        assert f"Meld u aan tot en met {day}." in words(soup(client.get(address)).select_one("main"))


def test_form_says_what_to_do_without_mail(client):
    vacancy, alone = VacancyFactory(), VacancyFactory(project__patient_side=None)

    for one, helper in ((vacancy, vacancy.project.patient_side.name), (alone, "een patiëntenorganisatie")):
        page = soup(client.get(reverse("participation:candidacy-new", args=[one.slug])))
        assert f"Hebt u geen mail? Gebruik het mailadres van iemand die u vertrouwt, of vraag {helper}" in words(page)


@pytest.mark.parametrize("state", [VacancyState.DRAFT, VacancyState.IN_REVIEW])
def test_vacancy_that_was_never_open_is_nowhere(client, state):
    vacancy = VacancyFactory(state=state, title="Nog geheim")

    assert client.get(reverse("participation:vacancy", args=[vacancy.slug])).status_code == 404
    assert "Nog geheim" not in client.get(vacancy.project.get_absolute_url()).text


def test_draft_that_was_withdrawn_is_nowhere(client):
    vacancy = withdrawn(opened_at=None)

    assert client.get(reverse("participation:vacancy", args=[vacancy.slug])).status_code == 404


def test_withdrawn_vacancy_says_why(client):
    assert "Het geld is op." in seen(client, withdrawn())


def test_english_page_falls_back_to_dutch_and_says_so(client):
    vacancy = VacancyFactory()

    page = soup(client.get("/en" + reverse("participation:vacancy", args=[vacancy.slug])))

    assert page.select_one("h1")["lang"] == "nl"
    assert page.select_one("#taken + div")["lang"] == "nl"


@pytest.mark.parametrize(("days", "is_open"), [(21, True), (22, False)])
def test_vacancy_is_closed_the_day_after_its_last_day_also_before_the_job_ran(client, now, days, is_open):
    vacancy = VacancyFactory(title="Bijna")

    with time_machine.travel(now + datetime.timedelta(days=days), tick=False):
        button = reverse("participation:candidacy-new", args=[vacancy.slug]) in links(page_of(client, vacancy))
        listed = titles(client) == ["Bijna"]
        seeks = "Zoekt mensen" in words(soup(client.get(reverse("participation:projects"))).select_one(".marks"))

    assert (button, listed, seeks) == (is_open, is_open, is_open)


def test_job_closes_what_is_due_once(now):
    due, later = VacancyFactory(closes_on=now.date() - DAY), VacancyFactory()
    before = current_revision()

    assert (close_due_vacancies(now), close_due_vacancies(now)) == (1, 0)

    due.refresh_from_db()
    later.refresh_from_db()
    assert (due.state, due.closed_at, later.state) == (VacancyState.CLOSED, now, VacancyState.OPEN)
    assert current_revision() > before


@pytest.mark.parametrize("step", ["open", "close", "withdraw", "agree"])
def test_every_public_change_raises_the_revision(now, step):
    project = ProjectFactory()
    coordinator = member(project.patient_side, Role.COORDINATOR)
    state = {"open": VacancyState.IN_REVIEW, "agree": VacancyState.CLOSED}.get(step, VacancyState.OPEN)
    vacancy = VacancyFactory(project=project, state=state)
    if step == "agree":
        propose_outcome(
            vacancy=vacancy, outcome="NOT_FILLED", text="Er kwam niemand.", missing=[], by=project.lead, now=now
        )
    before = current_revision()

    {
        "open": lambda: open_vacancy(vacancy=vacancy, by=coordinator, now=now),
        "close": lambda: close_vacancy(vacancy=vacancy, by=project.lead, now=now),
        "withdraw": lambda: withdraw_vacancy(vacancy=vacancy, text="Het geld is op.", by=project.lead, now=now),
        "agree": lambda: agree_outcome(vacancy=vacancy, seen=now, by=coordinator, now=now),
    }[step]()

    assert current_revision() > before


# --- The account in numbers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "told"), [(0, "niemand"), (1, "minder dan 5"), (4, "minder dan 5"), (5, "5"), (12, "12")]
)
def test_small_numbers_of_people_are_not_told(number, told):
    assert in_words(number) == told


def ended(now, declined, accepted):
    """A vacancy with its public account."""
    project = ProjectFactory(affected=["mensen met een donkere huid", "ouders"])
    vacancy = VacancyFactory(project=project, state=VacancyState.CLOSED)
    CandidacyFactory.create_batch(declined, vacancy=vacancy, state=CandidacyState.DECLINED)
    CandidacyFactory.create_batch(accepted, vacancy=vacancy, state=CandidacyState.ACCEPTED)
    CandidacyFactory(vacancy=vacancy, confirmed_at=None)  # nobody
    coordinator = member(project.patient_side, Role.COORDINATOR)
    propose_outcome(
        vacancy=vacancy, outcome="FILLED", text="Wij zoeken verder.", by=project.lead, now=now,
        missing=["mensen met een donkere huid", "iets wat niet bestaat"],
    )  # fmt: skip
    agree_outcome(vacancy=vacancy, seen=now, by=coordinator, now=now)
    vacancy.refresh_from_db()
    return vacancy


def test_account_tells_numbers_and_who_is_missing(client, now):
    vacancy = ended(now, declined=9, accepted=3)

    shown = seen(client, vacancy)

    assert "Mensen die reageerden 12" in shown
    assert "Mensen die gekozen zijn minder dan 5" in shown
    assert "Wie er nog mist: mensen met een donkere huid" in shown
    assert "iets wat niet bestaat" not in shown
    assert "Wij zoeken verder." in shown


def test_page_of_the_project_tells_the_account_too(client, now):
    vacancy = ended(now, declined=1, accepted=1)

    shown = words(soup(client.get(vacancy.project.get_absolute_url())).select_one("section[aria-labelledby=vacatures]"))

    assert "Mensen die reageerden minder dan 5" in shown
    assert "Dit project zoekt nu niemand." in shown


def test_proposed_account_is_not_public_before_the_other_side_agrees(client, now):
    vacancy = VacancyFactory(state=VacancyState.CLOSED)
    propose_outcome(
        vacancy=vacancy, outcome="NOT_FILLED", text="Nog niet openbaar.", missing=[], by=vacancy.project.lead, now=now
    )

    assert "Nog niet openbaar." not in seen(client, vacancy)


# --- Feed, and nobody in it ------------------------------------------------------------------------------------------


def feed(client):
    return ElementTree.fromstring(client.get(reverse("participation:vacancies-feed")).content)  # noqa: S314 (our own)


def test_feed_has_open_vacancies_the_newest_first_and_no_examples(client, now):
    VacancyFactory(title="Oud", opened_at=now - 3 * DAY)
    VacancyFactory(title="Nieuw", opened_at=now)
    VacancyFactory(title="Voorbeeld", project__organisation__is_example=True)
    VacancyFactory(title="Dicht", state=VacancyState.CLOSED)

    found = [entry.find(f"{ATOM}title").text for entry in feed(client).findall(f"{ATOM}entry")]

    assert [title.split(" (")[0] for title in found] == ["Nieuw", "Oud"]


@pytest.mark.parametrize("state", CandidacyState)
def test_candidate_is_on_no_public_page_in_no_feed(client, state):
    vacancy = VacancyFactory()
    CandidacyFactory(vacancy=vacancy, state=state, name=MARKER, email=MARKER_MAIL, motivation=MARKER_STORY)

    pages = [LIST, vacancy.get_absolute_url(), vacancy.project.get_absolute_url(), reverse("participation:projects"),
             reverse("participation:vacancies-feed"), reverse("sitemap"), reverse("home")]  # fmt: skip
    for address in pages:
        text = client.get(address).text
        assert not [one for one in (MARKER, MARKER_MAIL, MARKER_STORY) if one in text], address
