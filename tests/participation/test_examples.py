"""The example projects: every state to look at, everything marked, nobody named, and told once and the same."""

import datetime
from types import SimpleNamespace

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.db.models import Sum
from django.urls import reverse

from participation import emails
from participation.actions.money.checking import faults
from participation.advice_dates import late_since
from participation.examples.loading import load_example_projects
from participation.gatekeeping import late_exceptions
from participation.models import (
    Advice,
    AdviceDraft,
    Assignment,
    Budget,
    BudgetLine,
    Candidacy,
    Claim,
    ClosingAccount,
    Commitment,
    Consent,
    ConsentKind,
    Fund,
    GateException,
    GateReview,
    Interest,
    Meeting,
    PaymentBatch,
    Programme,
    Project,
    ProjectTask,
    Response,
    Vacancy,
    Verdict,
    VolunteerRate,
)
from participation.pulse import rounds_of
from participation.rates import rate_on
from participation.states import (
    AccountState,
    AdviceDraftState,
    AdviceState,
    AssignmentState,
    BatchState,
    BudgetState,
    CandidacyState,
    ClaimState,
    CommitmentState,
    Decision,
    ExceptionState,
    GateState,
    InterestDecision,
    InterestState,
    Judgement,
    MeetingState,
    ProjectState,
    SigningSide,
    VacancyState,
)
from participation.workspace import tasks_for
from portal.accounts.backend import EXAMPLES
from portal.accounts.examples import people
from portal.accounts.models import User
from portal.audit.models import AuditEvent
from portal.audit.revision import current_revision
from portal.organisations.models import OrganisationKind
from portal.organisations.roles import Role
from portal.own_texts.projects import project_texts
from portal.own_texts.text import judge
from tests.conftest import NOW
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import member
from tests.support.html import soup, words
from tests.support.once import first_everywhere
from tests.support.standing import standing
from transparency.loading import load_examples

TODAY = NOW.date()
MARK = {"": "Voorbeeld", "/en": "Example"}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told")]


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """The examples, loaded once for all these tests and rolled back after; `hooks`: what waits for the commit."""

    def tell():
        load_examples(now=NOW)
        return load_example_projects(now=NOW)

    with standing(django_db_blocker, tell) as number:
        yield SimpleNamespace(number=number, hooks=[hook for _sids, hook, *_more in connection.run_on_commit])


def states(model):
    return set(model.objects.values_list("state", flat=True))


def project(slug):
    return Project.objects.get(slug=f"voorbeeld-{slug}")


def everything():
    """How many rows of everything there are, and what only grows."""
    models = apps.get_app_config("participation").get_models()
    rows = {model.__name__: model.objects.count() for model in models}
    return rows | {"users": User.objects.count(), "events": AuditEvent.objects.count(), "revision": current_revision()}


# --- Loading ---------------------------------------------------------------------------------------------------------


def test_six_projects_and_the_policy_of_a_programme_are_told(told):
    assert told.number == 7
    assert Project.objects.filter(is_policy=False).count() == 6
    assert [one.is_policy for one in Programme.objects.get().projects.filter(is_policy=True)] == [True]
    assert Programme.objects.get().partners.count() == 2


@pytest.mark.parametrize("days", [0, 40])
def test_loading_again_changes_nothing(days):
    before = everything()

    with time_machine.travel(NOW + datetime.timedelta(days=days), tick=False):
        assert load_example_projects(now=NOW + datetime.timedelta(days=days)) == 0

    assert everything() == before


def test_nobody_is_mailed(told):
    assert [hook for hook in told.hooks if getattr(hook, "__name__", "") == "send"] == []


def test_everything_in_them_is_of_examples():
    assert not Project.objects.filter(organisation__is_example=False).exists()
    assert not User.objects.exclude(email__endswith=EXAMPLES).exists()


def test_nothing_happened_after_it_was_loaded():
    assert not AuditEvent.objects.filter(happened_at__gt=NOW).exists()


# --- What there is to look at ----------------------------------------------------------------------------------------


def test_projects_are_in_different_phases_and_one_is_done():
    rows = list(Project.objects.values_list("phase", "state"))

    assert len({phase for phase, _state in rows}) >= 5
    assert {state for _phase, state in rows} == {ProjectState.RUNNING, ProjectState.CLOSED}


@pytest.mark.parametrize(
    ("model", "all_of_them"),
    [
        (Advice, set(AdviceState)),
        (AdviceDraft, {AdviceDraftState.TO_AGREE, AdviceDraftState.WAITING, AdviceDraftState.RETURNED}),
        (Vacancy, set(VacancyState)),
        (Candidacy, set(CandidacyState)),
        (Assignment, set(AssignmentState)),
        (Meeting, set(MeetingState)),
        (GateReview, {GateState.ASKED, GateState.PASSED, GateState.REFUSED}),
        (GateException, {ExceptionState.ASKED, ExceptionState.GRANTED}),
        (Interest, set(InterestState)),
        (ClosingAccount, {AccountState.DRAFT, AccountState.AGREED}),
        (Commitment, set(CommitmentState)),
        (Claim, set(ClaimState)),
        (Budget, set(BudgetState)),
        (PaymentBatch, {BatchState.MADE, BatchState.PAID}),
    ],
)
def test_every_state_is_there(model, all_of_them):
    assert states(model) == all_of_them


def test_six_projects_have_26300_euros_set_apart_together():
    lines = BudgetLine.objects.filter(budget__project__is_policy=False)

    assert lines.aggregate(cents=Sum("earmarked"))["cents"] == 26_300_00
    assert lines.values("budget__project").distinct().count() == 6
    assert list(faults()) == []


def test_one_budget_is_used_up_one_is_not_used_and_one_is_closed():
    exhausted, unused = project("wachten-op-de-prostaatscan"), project("uitleg-hartrisico")
    lines = BudgetLine.objects.filter(budget__project=exhausted)
    assert {(line.free, line.committed) for line in lines} == {(0, 0)}
    used = BudgetLine.objects.filter(budget__project=unused).aggregate(all=Sum("earmarked"), spent=Sum("spent"))
    assert 0 < used["spent"] * 20 < used["all"]
    closed = Budget.objects.get(state=BudgetState.CLOSED)
    assert (closed.went_back, bool(closed.closing_text)) == (1_500_00, True)


def test_one_payment_came_back_and_waits_for_another():
    assert Claim.objects.filter(state=ClaimState.APPROVED, failed_at__isnull=False).count() == 1


def test_claimant_checker_approver_and_payer_are_four_people():
    for one in Claim.objects.filter(state=ClaimState.PAID).select_related("batch"):
        people = (one.user_id, one.checked_by_id, one.approved_by_id, one.batch.made_by_id)
        assert len(set(people)) == len(people)
    assert Claim.objects.filter(reversal_asked_by__email=f"fondsbeheerder2{EXAMPLES}").count() == 1


def test_year_without_rates_is_told_and_stops_no_example(client):
    with time_machine.travel(datetime.datetime(2027, 1, 15, 12, tzinfo=datetime.UTC), tick=False):
        page = words(soup(client.get(reverse("participation:rates"))))
        found = rate_on(datetime.date(2027, 1, 15), is_example=True)

    assert "De bedragen voor 2027 ontbreken nog" in page
    assert found == VolunteerRate.objects.get(valid_from=datetime.date(2026, 1, 1))


def test_advice_has_every_answer_and_every_verdict():
    assert set(Response.objects.values_list("decision", flat=True)) == set(Decision)
    assert set(Verdict.objects.values_list("judgement", flat=True)) == set(Judgement)


def test_advice_was_typed_out_corrected_and_not_shared_by_everybody():
    assert Advice.objects.public().filter(typed_out_by__isnull=False, on_paper=True).exists()
    assert Advice.objects.public().filter(versions__number=2).exists()
    assert Advice.objects.public().exclude(versions__dissent="").exists()
    assert Advice.objects.filter(more_time_at__isnull=False, state=AdviceState.ACKNOWLEDGED).exists()


def test_one_answer_and_one_promise_are_too_late():
    late = [one.state for one in Advice.objects.order_by("state") if late_since(one, TODAY)]

    assert late == [AdviceState.ACKNOWLEDGED, AdviceState.RESPONDED]


def test_one_exception_runs_and_one_is_late():
    granted = GateException.objects.filter(state=ExceptionState.GRANTED)

    assert [one.project.slug for one in granted.filter(repair_by__gt=TODAY)] == ["voorbeeld-longaanval-voorspellen"]
    assert [one.project.slug for one in late_exceptions(TODAY)] == ["voorbeeld-wachten-op-de-prostaatscan"]


def test_filled_and_empty_vacancy_tell_how_it_went():
    for state in (VacancyState.FILLED, VacancyState.NOT_FILLED):
        one = Vacancy.objects.get(state=state)
        assert (bool(one.outcome_text), bool(one.missing)) == (True, True)


def test_who_takes_part_signed_with_the_project():
    active = Assignment.objects.active()

    assert {one.agreement.signatures.count() for one in active} == {len(SigningSide)}
    assert active.filter(buddy_agreed_at__isnull=False).count() == 1
    assert Interest.objects.filter(decision=InterestDecision.PUBLISH).count() == 1


def test_one_pulse_is_shown_and_one_is_of_too_few():
    shown = rounds_of(project("breuken-bij-kinderen"))["pulses"]
    hidden = rounds_of(project("meeschrijven-met-toestemming"))["pulses"]

    assert [one.has_any for one in (*shown, *hidden)] == [True, False]


def test_figures_of_months_before_are_kept(client):
    page = soup(client.get(reverse("participation:figures"), {"voorbeelden": "ja"}))

    months = [words(row.th) for row in page.select("#cijfer-in_time ~ details")[-1].select("tbody tr")]
    assert months == ["augustus 2026", "september 2026", "oktober 2026", "november 2026"]


# --- Public pages ----------------------------------------------------------------------------------------------------


def public_pages():
    """Every public page of the examples."""
    yield reverse("participation:projects")
    yield reverse("participation:vacancies")
    yield reverse("participation:programmes")
    yield reverse("participation:funds")
    yield Fund.objects.get().get_absolute_url()
    yield f"{reverse('participation:figures')}?voorbeelden=ja"
    for one in (*Project.objects.all(), *Programme.objects.all(), *Vacancy.objects.public(), *Advice.objects.public()):
        yield one.get_absolute_url()


@pytest.mark.parametrize("language", MARK)
def test_every_public_page_answers_and_is_marked(client, language):
    pages = list(public_pages())

    assert len(pages) >= 40
    for page in pages:
        answer = client.get(language + page)
        assert answer.status_code == 200, page
        text = words(soup(answer).select_one("main")).lower()
        assert "voorbeeld" in text if not language else "example" in text or "voorbeeld" in text, page


def test_every_name_says_that_it_is_an_example():
    names = [*Project.objects.values_list("name", "name_en"), *Programme.objects.values_list("name", "name_en"),
             *Vacancy.objects.values_list("title", "title_en")]  # fmt: skip

    assert [nl for nl, _en in names if "(voorbeeld)" not in nl] == []
    assert [en for _nl, en in names if "(example)" not in en] == []


def test_page_of_a_project_is_marked(client):
    for one in Project.objects.all():
        assert soup(client.get(one.get_absolute_url())).select_one(".marks .utrecht-badge-status--example")


def test_no_representative_is_named_but_who_wants_that(client):
    wants = Consent.objects.get(kind=ConsentKind.NAME)
    place = project("breuken-bij-kinderen").get_absolute_url()
    names = set(User.objects.filter(assignments__isnull=False).values_list("name", flat=True))
    names |= {part for name in names for part in [name.split()[0]]} | {"Jolanda", "Noor"}

    pages = {page: words(soup(client.get(page))) for page in public_pages()}
    found = {(page, name) for page, text in pages.items() for name in names if f"{name} " in text}

    assert {(page, name) for page, name in found if page != place} == set()
    assert (
        {name for _page, name in found} == {wants.user.name, wants.user.name.split()[0]} == {"Hanna Voorbeeld", "Hanna"}
    )


def test_english_texts_are_there():
    assert all(all((one.name_en, one.summary_en, one.question_en)) for one in Project.objects.all())
    assert all(len(one.affected_en) == len(one.affected) > 0 for one in Project.objects.all())
    assert all(one.summary_en for one in Programme.objects.all())
    assert all(one.tasks_en for one in Vacancy.objects.all())
    assert all(one.summary_en for one in Meeting.objects.filter(state=MeetingState.HELD))


def test_every_text_passes_the_language_check():
    verdicts = [judge(text) for text in project_texts()]

    assert len(verdicts) > 400
    assert [line for one in verdicts if not one.passes for line in one.lines(2)] == []


@pytest.mark.parametrize("name", ["projects", "vacancies", "advice-list", "funds"])
def test_lists_of_the_api_leave_them_out(client, name):
    assert client.get(reverse(f"participation-api:{name}")).json()["total"] == 0


def test_file_of_money_leaves_them_out(client):
    assert client.get(reverse("participation-api:money-csv")).text.count("\n") == 1


def test_entries_tell_of_them(client):
    page = words(soup(client.get("/register/voorbeeld-botbreuken/")))

    assert "Breuken zien bij kinderen op de spoedpost (voorbeeld)" in page


# --- The people ------------------------------------------------------------------------------------------------------

BUSY = {
    "projectleider.ziekenhuis-de-linde": {"Laat weer patiënten meedoen", "Verbeter de vacature"},
    "projectleider.huisartsengroep-de-brug": {"Geef antwoord op het advies", "Doe wat is beloofd", "Nodig mensen uit",
                                              "Teken de afspraken voor het project", "Stuur de stukken"},
    "projectleider.fonds-de-brede-blik": {"Lees het advies en geef antwoord", "Doe wat is beloofd"},
    "beslisser.ziekenhuis-de-linde": {"Beslis over de volgende fase"},
    "coordinator.patientenvereniging-samen-wijzer": {"Lees het advies en geef het door", "Kijk de vacature na",
                                                     "Kijk declaraties na", "Beslis over geld"},
    "coordinator.longvereniging-de-lange-adem": {"Beslis over gemelde belangen", "Laat weer patiënten meedoen"},
    "fondsbeheerder.fonds-de-brede-blik": {"Beslis over de uitzondering", "Beslis over gemelde belangen",
                                           "Keur declaraties goed", "Zorg voor de bedragen van 2027"},
    "fondsbeheerder2": {"Keur declaraties goed", "Zorg voor de bedragen van 2027"},
    "betaler.fonds-de-brede-blik": {"Betaal declaraties", "Zeg of de bank betaalde"},
    "redactie": {"Zorg voor de bedragen van 2027"},
    "bilal": {"Verstuur uw declaratie"},
    "anja": {"Doe dit", "Zeg of u komt", "Er is een vraag over uw declaratie"},
    "corrie": {"Zeg of is gedaan wat beloofd was"},
    "desta": {"Antwoord op de vraag over uw advies"},
    "fatma": {"Kijk of u dit advies mee geeft", "Zeg of is gedaan wat beloofd was"},
    "jolanda": {"Lees en teken de afspraken"},
}  # fmt: skip


@pytest.mark.parametrize("who", first_everywhere(BUSY))
def test_each_has_something_to_do(who):
    user = User.objects.get(email=f"{who}{EXAMPLES}")

    assert BUSY[who] <= {str(task.what) for task in tasks_for(user)}


def test_sign_in_page_says_who_takes_part_as_a_patient():
    does = {one.email.removesuffix(EXAMPLES): one.does for one in people()}

    assert does["anja"] == "Doet mee als patiënt of naaste"
    assert does["projectleider.ziekenhuis-de-linde"] == "Projectleider, Voorbeeldziekenhuis De Linde"


def test_somebody_was_asked_to_do_things():
    assert ProjectTask.objects.count() >= 3


def test_real_fund_is_never_asked_about_an_example():
    real = OrganisationFactory(kind=OrganisationKind.FUND, verified_at=NOW)
    manager = member(real, Role.FUND_MANAGER)
    asked = GateException.objects.get(state=ExceptionState.ASKED)

    assert manager not in emails.granters(asked.project)
    assert {user.email for user in emails.granters(asked.project)} == {
        f"fondsbeheerder.fonds-de-brede-blik{EXAMPLES}", f"fondsbeheerder2{EXAMPLES}",
    }  # fmt: skip
    assert [str(task.what) for task in tasks_for(manager)] == ["Zorg voor de bedragen van 2027"]
