"""Public money: pages, API and file say the same, and together nothing about fewer than five people."""

import csv
import datetime
import io
import json
import re
import uuid

import pytest
import time_machine
from django.urls import reverse

from participation.actions.money import funds as fund_actions
from participation.figures.measuring import measured_now
from participation.models import Booking, Fund, MoneyCommand, Posting, Project
from participation.money_facts import quarter_of
from participation.money_public import money_of
from participation.money_times import payment_times
from participation.states import Account, LineKind
from tests.factories.money import key, money
from tests.factories.participation import ProjectFactory, representative
from tests.factories.people import UserFactory
from tests.participation.money.test_chain import paid
from tests.participation.money.test_privacy import attack
from tests.support.html import soup, words
from tests.transparency.test_api_schema import keys
from transparency.api.schema import published_schema

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 22)
SPRING = datetime.datetime(2026, 5, 4, 12, tzinfo=datetime.UTC)
SUMMER = datetime.datetime(2026, 8, 3, 12, tzinfo=datetime.UTC)


class Ledger:
    """Promises and payments written as the ledger keeps them, for people whose amounts are chosen."""

    def __init__(self, world):
        self.world = world

    def line(self, budget, kind=LineKind.FEE):
        return budget.lines.get_or_create(kind=kind)[0]

    def budget(self, project, cents=1_000_000, **kinds):
        world = self.world
        made = fund_actions.open_budget(
            fund=world.fund, payer=world.payer, project=project, by=world.manager, now=world.now,
            starts_on=datetime.date(2026, 4, 1), ends_on=datetime.date(2027, 3, 31),
        )  # fmt: skip
        fund_actions.earmark(budget=made, kind=LineKind.FEE, cents=cents, by=world.manager, now=world.now, key=key())
        return made

    def spends(self, budget, who, cents, at, kind=LineKind.FEE):
        """`who` (an assignment) is promised `cents` and gets them at that moment."""
        line = self.line(budget, kind)
        promise = line.commitments.create(
            assignment=who, amount=cents, claimed=cents, spent=cents, what_for="Meedenken", asked_side="PROJECT",
            asked_at=at, state="RESERVED",
        )  # fmt: skip
        claim = budget.claims.create(
            project=budget.project, assignment=who, user=who.user, regime="TAXABLE_FEE", begun_at=at, amount=cents
        )
        self.book(line, "commit", f"commitment:{promise.uuid}", Account.FREE, Account.COMMITTED, cents, at)
        self.book(line, "approve", f"moneyclaim:{claim.uuid}", Account.COMMITTED, Account.PAYABLE, cents, at)

    def book(self, line, kind, target, source, goal, cents, at):
        command = MoneyCommand.objects.create(key=uuid.uuid4(), kind="test", target=target, happened_at=at)
        booking = Booking.objects.create(command=command, kind=kind, target=target, happened_at=at)
        for account, amount in ((source, -cents), (goal, cents)):
            Posting.objects.create(
                booking=booking, account=account, fund=line.budget.fund, line=line, amount=amount
            )  # fmt: skip


@pytest.fixture
def world():
    return money(provided=10**11, now=datetime.datetime(2026, 4, 2, 12, tzinfo=datetime.UTC))


@pytest.fixture
def ledger(world):
    return Ledger(world)


def people(project, number):
    return [representative(project) for _number in range(number)]


def shown(fund):
    (found,) = money_of([Fund.objects.select_related("organisation").get(pk=fund.pk)], TODAY)
    return found


# --- What is told ----------------------------------------------------------------------------------------------------


def test_what_five_people_got_is_told_after_the_quarter(world, ledger):
    budget = ledger.budget(ProjectFactory())
    for who in people(budget.project, 5):
        ledger.spends(budget, who, 1_000, SUMMER)

    now = shown(world.fund)
    (mine,) = [one for one in now.budgets if one.budget.pk == budget.pk]
    assert (mine.promised, mine.spent, now.spent, mine.is_partial) == (5_000, 5_000, 5_000, False)
    assert [(row.quarter, row.spent) for row in mine.quarters if row.state == "told"] == [(quarter_of(SUMMER), 5_000)]
    assert now.told_until == datetime.date(2026, 9, 30)
    (before,) = money_of([world.fund], datetime.date(2026, 9, 30))
    assert before.spent == 0


def test_what_four_people_got_is_told_nowhere(client, world, ledger):
    budget = ledger.budget(ProjectFactory(slug="klein"))
    for who in people(budget.project, 4):
        ledger.spends(budget, who, 1_234_567, SUMMER)

    (mine,) = [one for one in shown(world.fund).budgets if one.budget.pk == budget.pk]
    assert (mine.promised, mine.spent, mine.is_partial, mine.earmarked) == (None, None, True, 1_000_000)
    for amounts in everything_public(client, world.fund):
        assert 4 * 1_234_567 not in amounts
    page = words(soup(client.get(reverse("participation:project", args=["klein"]))).select_one("section.money"))
    assert "het gaat om minder dan vijf mensen" in page
    assert "Nog niet te zien" in page


def test_the_same_person_in_two_roles_is_one(world, ledger):
    budget = ledger.budget(ProjectFactory())
    user = UserFactory()
    first = representative(budget.project, user=user, state="ENDED", ended_at=SPRING)
    for who in (first, representative(budget.project, user=user), *people(budget.project, 3)):
        ledger.spends(budget, who, 1_000, SUMMER)

    assert shown(world.fund).spent == 0


def test_what_a_closed_budget_did_not_use_is_told_where_nobody_got_any(client, world):
    fund_actions.close_budget(budget=world.budget, text="Er kwam niemand.", by=world.manager, now=world.now, key=key())

    now = shown(world.fund)
    assert (now.earmarked, now.went_back) == (0, 70_000)
    page = words(soup(client.get(world.fund.get_absolute_url())))
    assert "Terug naar het fonds € 700" in page
    assert "Er kwam niemand." in page


def test_end_of_a_budget_does_not_tell_what_one_person_got(client, world):
    person = world.representative()
    promise = world.promise(person, 10_000)
    paid(world, world.sent(person))
    from participation.actions.money import commitments

    commitments.release(commitment=promise, by=world.lead, now=world.now, key=key())
    fund_actions.close_budget(budget=world.budget, text="Klaar.", by=world.manager, now=world.now, key=key())

    now = shown(world.fund)
    assert (now.earmarked, now.went_back, now.spent) == (70_000, 0, 0)
    for amounts in everything_public(client, world.fund):
        assert not amounts & {1_150, 70_000 - 1_150, world.fund.amount + 10**11 - 1_150}


# --- An attack on everything together --------------------------------------------------------------------------------

_EUROS = re.compile(r"€ (\d{1,3}(?:\.\d{3})*|\d+)(?:,(\d\d))?")


def in_text(text):
    """Every amount in euros that stands in a text, in cents."""
    return {int(whole.replace(".", "")) * 100 + int(cents or 0) for whole, cents in _EUROS.findall(text)}


def numbers_in(value):
    """Every whole number in a JSON document."""
    if isinstance(value, dict | list):
        return set().union(*(numbers_in(one) for one in (value.values() if isinstance(value, dict) else value)), set())
    return {value} if isinstance(value, int) and not isinstance(value, bool) else set()


def everything_public(client, fund):
    """The amounts of every place where public money stands."""
    pages = [reverse("participation:funds"), fund.get_absolute_url(), reverse("participation:figures")]
    pages += [one.get_absolute_url() for one in Project.objects.order_by("pk")]
    for page in pages:
        yield in_text(words(soup(client.get(page))))
    yield numbers_in(client.get(reverse("participation-api:funds")).json())
    yield numbers_in(client.get(reverse("participation-api:fund", args=[fund.uuid])).json())
    yield numbers_in(client.get(reverse("participation-api:figures-json")).json())
    rows = csv.reader(io.StringIO(client.get(reverse("participation-api:money-csv")).text))
    yield {int(cell) for row in rows for cell in row if cell.isdigit()}
    rows = csv.reader(io.StringIO(client.get(reverse("participation-api:figures-csv")).text))
    yield {int(cell) for row in rows for cell in row if cell.isdigit()}


def test_pages_api_and_files_together_give_nobody_away(client, world, ledger):
    """Each person's amount is a power of four, so that every published number says whose money is in it."""
    big, small, tiny, alone = (ledger.budget(ProjectFactory(), cents=2 * 4**16) for _number in range(4))
    owners, amounts = [], {}
    for budget, number, at, kind in (
        (big, 5, SPRING, LineKind.FEE), (big, 1, SPRING, LineKind.TRAVEL), (small, 3, SPRING, LineKind.FEE),
        (tiny, 2, SPRING, LineKind.FEE), (big, 2, SUMMER, LineKind.FEE), (small, 2, SUMMER, LineKind.FEE),
        (alone, 1, SUMMER, LineKind.FEE),
    ):  # fmt: skip
        for who in people(budget.project, number):
            amounts[who.pk] = 4 ** len(owners)
            owners.append((str(who.pk), budget.pk))
            ledger.spends(budget, who, amounts[who.pk], at, kind)
    whole = sum(amounts.values())

    found = set()
    for day in (datetime.date(2026, 7, 2), datetime.date(2026, 10, 2), TODAY, datetime.date(2027, 4, 2)):
        with time_machine.travel(datetime.datetime.combine(day, datetime.time(12), tzinfo=datetime.UTC), tick=False):
            for seen in everything_public(client, world.fund):
                found |= {number for number in seen if number <= whole}
    sums = [number for number in found if set(base4(number)) <= {0, 1} and number > 4**4]

    assert sum(4**place for place in range(6)) in sums  # the big project in spring, on both lines
    assert len(sums) >= 2
    wide = [sum(digit << (24 * place) for place, digit in enumerate(base4(number))) for number in sums]
    assert attack(wide, owners) is None
    assert not found & {amount for amount in amounts.values() if amount > 4**7}


def file_of(client):
    """The rows of the file of money."""
    text = client.get(reverse("participation-api:money-csv")).text
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def base4(number):
    digits = []
    while number:
        number, digit = divmod(number, 4)
        digits.append(digit)
    return digits


# --- Where it stands -------------------------------------------------------------------------------------------------


def test_api_and_file_say_the_same_as_the_page(client, world, ledger):
    budget = ledger.budget(ProjectFactory())
    for who in people(budget.project, 5):
        ledger.spends(budget, who, 2_000, SUMMER)
    fund_actions.plan(fund=world.fund, year=2026, amounts={"FEE": 12_300}, by=world.manager, now=world.now)

    document = client.get(reverse("participation-api:fund", args=[world.fund.uuid])).json()
    assert (document["earmarked"], document["committed"], document["spent"]) == (1_070_000, 10_000, 10_000)
    assert document["plan"] == [{"year": 2026, "kind": "FEE", "amount": 12_300}]
    rows = list(
        csv.DictReader(io.StringIO(client.get(reverse("participation-api:money-csv")).text.removeprefix("\ufeff")))
    )
    (row,) = [row for row in rows if row["soort_regel"] == "fonds"]
    assert (row["apart_gezet_cent"], row["toegezegd_cent"], row["uitgegeven_cent"]) == ("1070000", "10000", "10000")
    page = words(soup(client.get(world.fund.get_absolute_url())))
    assert "Apart gezet voor patiënten € 10.700" in page
    assert "Uitgegeven € 100" in page
    assert "2026 Vergoeding voor tijd: € 123 € 123" in page
    project = words(soup(client.get(budget.project.get_absolute_url())).select_one("section.money"))
    assert "Kwartaal 3 van 2026 € 0 € 100 € 100" in project


def test_document_has_the_keys_of_its_schema(client, world, ledger):
    budget = ledger.budget(ProjectFactory())
    for who in people(budget.project, 5):
        ledger.spends(budget, who, 2_000, SUMMER)
    ledger.spends(budget, people(budget.project, 1)[0], 2_000, SUMMER + datetime.timedelta(days=80))
    fund_actions.open_budget(
        fund=world.fund, payer=world.payer, purpose="Een cursus", by=world.manager, now=world.now,
        starts_on=TODAY, ends_on=TODAY,
    )  # fmt: skip
    fund_actions.plan(fund=world.fund, year=2026, amounts={"FEE": 12_300}, by=world.manager, now=world.now)

    (item,) = client.get(reverse("participation-api:funds")).json()["items"]

    assert list(keys(published_schema("fonds"), item)) == []
    assert client.get(reverse("api:schema", args=["fonds"])).json()["title"] == "Fonds"
    assert client.get(reverse("participation-api:funds"), {"organisatie": "nergens"}).json()["total"] == 0


def test_file_cannot_run_a_formula(client, world):
    Fund.objects.filter(pk=world.fund.pk).update(slug="-1+1")

    rows = list(
        csv.DictReader(io.StringIO(client.get(reverse("participation-api:money-csv")).text.removeprefix("\ufeff")))
    )

    assert {row["fonds"] for row in rows} == {"'-1+1"}


def test_list_of_funds_is_told_page_by_page(client):
    made = [money(provided=100_000).fund for _number in range(3)]

    first = client.get(reverse("participation-api:funds"), {"aantal": 2}).json()
    rest = client.get(first["next"]).json()

    assert [one["id"] for one in (*first["items"], *rest["items"])] == [str(one.uuid) for one in reversed(made)]
    assert (first["total"], rest["next"]) == (3, None)
    answer = client.get(reverse("participation-api:funds"), {"nergens": "1"})
    assert (answer.status_code, json.loads(answer.text)["status"]) == (400, 400)


def test_list_without_a_fund_says_so(client):
    assert "Er is nog geen fonds." in words(soup(client.get(reverse("participation:funds"))))


def test_sitemap_and_footer_lead_to_the_money(client, world):
    assert reverse("participation:fund", args=[world.fund.slug]) in client.get(reverse("sitemap")).text
    assert reverse("participation:funds") in client.get(reverse("home")).text


def test_fund_never_takes_the_address_of_a_page_of_ours(world):
    made = fund_actions.begin_fund(
        organisation=world.fund.organisation, by=world.manager, now=world.now,
        fields={"name": "Bedragen", "summary": "Geld.", "starts_on": TODAY, "ends_on": TODAY},
    )  # fmt: skip

    assert made.get_absolute_url() == "/geld/bedragen-2/"


def test_number_of_queries_does_not_grow_with_budgets(client, world, ledger, django_assert_max_num_queries):
    for _number in range(4):
        budget = ledger.budget(ProjectFactory())
        for who in people(budget.project, 2):
            ledger.spends(budget, who, 1_000, SUMMER)

    with django_assert_max_num_queries(14):
        client.get(world.fund.get_absolute_url())


# --- Figures ---------------------------------------------------------------------------------------------------------


def figure(code, organisation=None):
    (one,) = [one for one in measured_now(TODAY) if one.figure.code == code]
    return {row.code: (row.numerator, row.denominator) for row in one.groups[organisation].rows}


def test_figures_count_money_by_line_and_time(world, ledger):
    budget = ledger.budget(ProjectFactory(), cents=100_000)
    for who in people(budget.project, 5):
        ledger.spends(budget, who, 1_000, SUMMER)

    mine = world.fund.organisation_id
    assert figure("money_earmarked", mine) == {"all": (170_000, 10**11)}
    spent = figure("money_spent", mine)
    assert (spent["all"], spent["FEE"], spent["TRAVEL"]) == ((5_000, 170_000), (5_000, 150_000), (0, 20_000))
    past = 100 * (TODAY - datetime.date(2026, 4, 1)).days // 365
    other = 100 * (TODAY - world.budget.starts_on).days // ((world.budget.ends_on - world.budget.starts_on).days + 1)
    assert spent["time"] == (100_000 * past // 100 + 70_000 * other // 100, 170_000)
    assert figure("money_committed")["all"] == (5_000, 170_000)


def test_money_that_went_back_is_counted(world):
    fund_actions.close_budget(budget=world.budget, text="Er kwam niemand.", by=world.manager, now=world.now, key=key())

    assert figure("money_went_back") == {"all": (70_000, 70_000)}


def test_page_of_figures_shows_euros(client, world):
    page = words(soup(client.get(reverse("participation:figures"))).select_one("[aria-labelledby=cijfer-money_spent]"))

    assert "€ 0 van € 700 apart gezet: 0%" in page


# --- How fast it is paid ---------------------------------------------------------------------------------------------


def test_payment_times_are_of_five_people_or_more(world, now):
    for days in (1, 3, 4, 8):
        _was_paid(world, now, days)
    assert payment_times(world.payer) is None
    assert figure("money_payment_days") == {"median": (None, None), "p90": (None, None)}

    _was_paid(world, now, 20)

    times = payment_times(world.payer)
    assert (times.median, times.p90, times.count) == (4, 20, 5)
    assert figure("money_payment_days") == {"median": (4, 5), "p90": (20, 5)}


def test_five_payments_of_one_person_tell_nothing(world, now):
    someone = representative(world.project)
    for days in range(5):
        _was_paid(world, now, days, someone)

    assert payment_times(world.payer) is None


def _was_paid(world, now, days, who=None):
    who = who or representative(world.project)
    batch = world.payer.batches.create(
        number=world.payer.batches.count() + 1, pay_on=now.date(), count=1, amount=1, made_at=now, state="PAID",
        paid_at=now, reference="X",
    )  # fmt: skip
    world.budget.claims.create(
        project=world.project, assignment=who, user=who.user, regime="TAXABLE_FEE", begun_at=now, amount=1,
        state="PAID", approved_at=now, submitted_at=now - datetime.timedelta(days=days), paid_at=now, batch=batch,
    )  # fmt: skip


def test_who_left_stays_the_same_person(world, ledger):
    """An account that is gone makes nobody two people: the log keeps the number of who sent a claim."""
    budget = ledger.budget(ProjectFactory())
    mine = [*people(budget.project, 4)]
    user = UserFactory()
    mine += [representative(budget.project, user=user, state="ENDED", ended_at=SPRING),
             representative(budget.project, user=user)]  # fmt: skip
    for who in mine[:3] + mine[4:]:
        ledger.spends(budget, who, 1_000, SUMMER)
    for claim in budget.claims.filter(user=user):
        MoneyCommand.objects.create(
            key=uuid.uuid4(), kind="money.claim_sent", target=f"moneyclaim:{claim.uuid}", actor_id=user.pk,
            happened_at=SUMMER,
        )  # fmt: skip
    assert shown(world.fund).spent == 0

    budget.claims.filter(user=user).update(user=None)
    for one in mine[4:]:
        type(one).objects.filter(pk=one.pk).update(user=None)

    assert shown(world.fund).spent == 0
