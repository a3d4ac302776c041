"""The pages of funds, budgets and promises: what they show, that they ask once more, and that a click counts once."""

import datetime

import pytest
from django.core import mail
from django.urls import reverse

from participation.actions.money import checking, commitments
from participation.fund_page import elapsed, funds_of_manager
from participation.models import Budget, Commitment, Fund, FundPlan, MoneyCommand
from participation.promise_tasks import promise_tasks
from participation.promises import without_promise
from participation.states import CommitmentState, LineKind
from portal.audit.models import AuditEvent
from portal.audit.owners import owner_of
from portal.organisations.models import Membership, OrganisationKind
from portal.organisations.roles import Role
from tests.factories.money import key, money
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import member
from tests.support.html import soup, words

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def world():
    return money()


def at(world, name, *more):
    return reverse(f"participation:{name}", args=[world.fund.slug, *more])


def of_budget(world, step):
    return at(world, "budget-step", world.budget.uuid, step)


def seen(client, address):
    return words(soup(client.get(address)).select_one("main"))


def asked(world, cents=5_000):
    return commitments.ask_commitment(
        line=world.line(), cents=cents, what_for="Vier gesprekken", assignment=world.person, by=world.lead,
        now=world.now,
    )  # fmt: skip


# --- Fund and budget -------------------------------------------------------------------------------------------------


def test_fund_is_begun_and_shown(client, world):
    client.force_login(world.manager)
    fields = {"organisation": world.fund.organisation.slug, "name": "Samen", "summary": "Geld voor patiënten.",
              "starts_on": "2026-01-01", "ends_on": "2028-12-31"}  # fmt: skip
    page = client.post(reverse("participation:fund-new"), fields, follow=True)
    assert "Het fonds staat erop." in page.text
    assert [one["year"] for one in page.context["years"]] == [2026, 2027, 2028]
    assert "Samen" in seen(client, reverse("participation:work-funds"))


def test_language_of_the_text_is_checked_without_keeping_it(client, world):
    client.force_login(world.manager)
    hard = "De operationalisering van participatieve besluitvormingsprocessen impliceert implementatietrajecten."
    page = client.post(at(world, "fund-edit"), {"name": "x", "summary": hard, "controleer": "ja"})
    assert page.status_code == 200
    assert page.context["told"] is not None
    assert Fund.objects.get().summary == "Geld voor patiënten."


def test_amount_is_asked_once_more_and_a_double_click_is_one_booking(client, world):
    client.force_login(world.manager)
    one, address = str(key()), of_budget(world, "apart")
    first = client.post(address, {"key": one, "kind": "SUPPORT", "amount": "1.250,50"})
    assert "U zet € 1.250,50 apart voor “Hulp om mee te kunnen doen”. Klopt dat?" in first.text
    assert not world.budget.lines.filter(kind="SUPPORT").exists()
    sure = {name: soup(first).select_one(f"main input[name={name}]")["value"] for name in
            ("key", "kind", "amount", "bevestigd")}  # fmt: skip
    for _click in range(3):
        assert client.post(address, sure).status_code == 302
    assert world.line(LineKind.SUPPORT).earmarked == 125_050
    assert MoneyCommand.objects.filter(key=one).count() == 1


def test_form_without_a_key_moves_nothing(client, world):
    client.force_login(world.manager)
    page = client.post(of_budget(world, "apart"), {"kind": "SUPPORT", "amount": "10", "bevestigd": "ja"})
    assert page.status_code == 422
    assert "Open deze bladzijde opnieuw" in page.text


def test_key_of_another_amount_is_refused_with_the_words_of_what_happened(client, world):
    client.force_login(world.manager)
    told = {"key": str(key()), "bevestigd": "ja", "kind": "SUPPORT"}
    client.post(of_budget(world, "apart"), {**told, "amount": "10"})
    page = client.post(of_budget(world, "apart"), {**told, "amount": "20"})
    assert page.status_code == 409
    assert "Dit formulier is al verstuurd." in page.text
    assert world.line(LineKind.SUPPORT).earmarked == 1_000


@pytest.mark.parametrize("amount", ["0", "", "-5", "99999999", "tien"])
def test_amount_that_cannot_be_is_refused_in_words(client, world, amount):
    client.force_login(world.manager)
    told = {"key": str(key()), "bevestigd": "ja", "kind": "SUPPORT", "amount": amount}
    assert client.post(of_budget(world, "apart"), told).status_code == 422
    assert list(checking.faults()) == []


def test_whole_road_of_a_budget_on_its_pages(client, world):
    client.force_login(world.manager)
    fields = {"purpose": "Cursus AI", "payer": world.payer.pk, "starts_on": "2026-12-01", "ends_on": "2027-12-01"}
    client.post(at(world, "budget-new"), fields)
    made = Budget.objects.get(purpose="Cursus AI")

    def step(name, **told):
        address = reverse("participation:budget-step", args=[world.fund.slug, made.uuid, name])
        return client.post(address, {"key": str(key()), "bevestigd": "ja", **told}, follow=True)

    step("apart", kind="TRAINING", amount="500")
    step("schuif", line="TRAINING", kind="SUPPORT", amount="200")
    step("terug", line="TRAINING", amount="100")
    assert {line.kind: line.earmarked for line in made.lines.all()} == {"TRAINING": 20_000, "SUPPORT": 20_000}
    page = step("sluiten", text="De cursus ging niet door.")
    made.refresh_from_db()
    assert (made.went_back, made.closing_text) == (40_000, "De cursus ging niet door.")
    assert "De cursus ging niet door." in page.text
    assert list(checking.faults()) == []


def test_plan_of_a_year_is_written_again_and_no_money_moves(client, world):
    client.force_login(world.manager)
    for amounts in ({"FEE": "1.000", "TRAVEL": "250,50"}, {"FEE": "900", "TRAVEL": ""}):
        client.post(at(world, "fund-plan", 2027), amounts)
    assert list(FundPlan.objects.values_list("year", "kind", "amount")) == [(2027, "FEE", 90_000)]
    assert soup(client.get(at(world, "fund-plan", 2027))).select_one("#id_FEE")["value"] == "900"
    assert not MoneyCommand.objects.filter(kind="money.planned").exists()


def test_budget_for_a_project_that_has_one_is_refused(client, world):
    client.force_login(world.manager)
    fields = {"project": world.project.slug, "payer": world.payer.pk, "starts_on": "2026-12-01",
              "ends_on": "2027-12-01"}  # fmt: skip
    page = client.post(at(world, "budget-new"), fields)
    assert page.status_code == 422
    assert "al een budget van uw fonds" in page.text


def test_stand_in_sees_the_funds_that_nobody_manages(world):
    centre = OrganisationFactory(kind=OrganisationKind.EXPERTISE_CENTRE, verified_at=world.now)
    helper = member(centre, Role.FUND_MANAGER)
    assert funds_of_manager(helper) == []
    Membership.objects.filter(role=Role.FUND_MANAGER, organisation=world.fund.organisation).delete()
    assert funds_of_manager(helper) == [world.fund]


# --- Warnings --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "share"), [("2025-12-31", 0), ("2026-01-01", 0), ("2026-07-02", 49),
                                            ("2026-12-31", 99), ("2027-06-01", 100)])  # fmt: skip
def test_share_of_the_time_that_has_gone(day, share):
    first, last = datetime.date(2026, 1, 1), datetime.date(2026, 12, 31)
    assert elapsed(first, last, datetime.date.fromisoformat(day)) == share


def test_money_that_goes_unused_is_told_to_who_manages_and_who_leads(client, world):
    assert [one for one in promise_tasks(world.manager) if "blijft liggen" in str(one.what)] == []
    Budget.objects.update(starts_on=world.now.date() - 90 * DAY, ends_on=world.now.date() + 90 * DAY)
    for user in (world.manager, world.lead):
        found = [one for one in promise_tasks(user) if "blijft liggen" in str(one.what)]
        assert [one.title for one in found] == [world.project.name]
    client.force_login(world.manager)
    assert "Van de tijd is 49% voorbij. Van het geld is 0% toegezegd of uitgegeven." in seen(
        client, at(world, "work-budget", world.budget.uuid)
    )


def test_line_that_is_exhausted_and_people_who_are_missing_are_told(client, world):
    world.person = world.representative()
    world.promise(world.person, 50_000)
    client.force_login(world.manager)
    assert "Het geld voor “Vergoeding voor tijd” is op." in seen(client, at(world, "work-budget", world.budget.uuid))
    assert "maar één beheerder" not in seen(client, at(world, "work-fund"))
    Membership.objects.filter(user__in=[world.second_manager, world.officer]).delete()
    told = seen(client, at(world, "work-fund"))
    assert "Er is maar één beheerder van dit fonds." in told
    assert "Uw organisatie heeft geen financiële medewerker." in told


def test_budget_about_to_end_is_asked_of_who_manages_alone(world):
    Budget.objects.update(starts_on=world.now.date() - 9 * DAY, ends_on=world.now.date() + 30 * DAY)
    assert ["loopt af" in str(one.what) for one in promise_tasks(world.manager)] == [True]
    assert [one for one in promise_tasks(world.lead) if "loopt af" in str(one.what)] == []
    Budget.objects.update(ends_on=world.now.date() + 31 * DAY)
    assert list(promise_tasks(world.manager)) == []


# --- Promises --------------------------------------------------------------------------------------------------------


def test_both_sides_promise_money_on_the_pages_of_the_project(client, world, sends_at_once):
    world.person = world.representative()
    address = reverse("participation:commitments", args=[world.project.slug])
    client.force_login(world.lead)
    assert "Nog geen toezegging" in seen(client, address)
    mail.outbox.clear()
    form = {"key": str(key()), "bevestigd": "ja", "receiver": f"deelnemer-{world.person.uuid}",
            "line": str(world.line().uuid), "amount": "50", "what_for": "Vier gesprekken"}  # fmt: skip
    for _click in range(2):
        client.post(reverse("participation:commitment-ask", args=[world.project.slug]), form)
    made = Commitment.objects.get()
    assert [one.to for one in mail.outbox] == [[world.coordinator.email]]
    assert "Wacht op de coördinator van de patiënten." in seen(client, address)

    client.force_login(world.coordinator)
    step = reverse("participation:commitment-step", args=[world.project.slug, made.uuid, "akkoord"])
    mail.outbox.clear()
    first = client.post(step, {"key": str(key())})
    assert "U zegt € 50 toe" in first.text
    sure = {"key": str(key()), "bevestigd": "ja"}
    assert [client.post(step, sure).status_code for _click in range(2)] == [302, 302]
    made.refresh_from_db()
    assert made.state == CommitmentState.RESERVED
    assert {one.to[0] for one in mail.outbox} == {world.lead.email, world.person.user.email}
    assert without_promise(world.project) == []


def test_question_that_the_fund_decides_waits_there(client, world):
    world.person = world.representative()
    world.earmark(LineKind.FEE, 200_000)
    asked(world, 150_000)
    client.force_login(world.coordinator)
    address = reverse("participation:commitments", args=[world.project.slug])
    assert "Wacht op de beheerder van het fonds." in seen(client, address)
    assert [one.url for one in promise_tasks(world.coordinator) if "Beslis" in str(one.what)] == []
    assert [one.url for one in promise_tasks(world.manager) if "Beslis" in str(one.what)] == [
        at(world, "work-budget", world.budget.uuid)
    ]
    client.force_login(world.manager)
    told = seen(client, at(world, "work-budget", world.budget.uuid))
    assert "patiëntvertegenwoordiger 1: € 1.500" in told
    assert world.person.user.name not in told


def test_reason_of_a_no_stands_with_the_question_and_in_the_mail(client, world, sends_at_once):
    world.person = world.representative()
    made = asked(world)
    client.force_login(world.coordinator)
    step = reverse("participation:commitment-step", args=[world.project.slug, made.uuid, "weigeren"])
    mail.outbox.clear()
    client.post(step, {"key": str(key()), "bevestigd": "ja", "reason": "Eerst tekenen."})
    assert [(one.to, "Eerst tekenen." in one.body) for one in mail.outbox] == [([world.lead.email], True)]
    client.force_login(world.lead)
    assert "Eerst tekenen." in seen(client, reverse("participation:commitments", args=[world.project.slug]))


def test_who_is_about_to_start_sees_what_is_promised_and_nobody_else_does(client, world):
    world.person = world.representative()
    world.promise(world.person, 5_000)
    address = reverse("participation:assignment", args=[world.person.uuid])
    client.force_login(world.person.user)
    assert "Dit is voor u toegezegd" in seen(client, address)
    assert "€ 50: Meedenken (Vergoeding voor tijd)" in seen(client, address)
    type(world.person).objects.filter(pk=world.person.pk).update(state="PROPOSED")
    assert "Vóór u begint: dit is voor u toegezegd" in seen(client, address)


def test_page_says_in_english_what_it_says_in_dutch(client, world):
    world.person = world.representative()
    asked(world)
    client.force_login(world.coordinator)
    page = client.get("/en" + reverse("participation:commitments", args=[world.project.slug]))
    assert "Money for patients" in page.text
    assert "Promise" in page.text
    client.force_login(world.manager)
    assert "How the fund stands" in client.get("/en" + at(world, "work-fund")).text


# --- The log ---------------------------------------------------------------------------------------------------------


def test_every_event_of_money_stands_in_the_log_of_an_organisation(world):
    world.person = world.representative()
    world.promise(world.person, 5_000)
    claim = world.sent(world.person)
    own = world.fund.organisation.pk
    for target in (f"fund:{world.fund.uuid}", f"budget:{world.budget.uuid}", f"moneyclaim:{claim.uuid}"):
        assert owner_of(target) == own
    found = AuditEvent.objects.filter(kind__startswith="money.").values_list("target", flat=True)
    assert {target.partition(":")[0] for target in found} <= {"fund", "project", "moneyclaim"}
