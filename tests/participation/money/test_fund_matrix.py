"""Who may do what with a fund, its budgets and the promises out of them: by hand, also that nobody else may."""

import datetime
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from participation.actions.money import checking, commitments, funds
from participation.models import Booking, Commitment, Fund, MoneyCommand
from participation.states import BUDGET, COMMITMENT, BudgetState, CommitmentState, LineKind
from portal.accounts.models import PortalRole
from portal.core.workflow import StepNotAllowed
from portal.organisations.models import OrganisationKind
from portal.organisations.roles import Role
from tests.factories.money import key, money
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory, member, on_duty

pytestmark = pytest.mark.django_db
FIELDS = {
    "name": "Fonds", "summary": "Geld.", "starts_on": datetime.date(2026, 1, 1), "ends_on": datetime.date(2028, 1, 1),
}  # fmt: skip


def people_around(world, person):
    """One of each, each alone in their role but for the second manager."""
    fund = world.fund.organisation
    above = OrganisationFactory(kind=OrganisationKind.FUND, verified_at=world.now)
    fund.parent = above
    fund.save()
    centre = OrganisationFactory(kind=OrganisationKind.EXPERTISE_CENTRE, verified_at=world.now)
    return {
        "FM": world.manager,
        "FM2": world.second_manager,
        "FA": world.officer,
        "FM elsewhere": member(OrganisationFactory(kind=OrganisationKind.FUND, verified_at=world.now), *Role),
        "FM above": member(above, Role.FUND_MANAGER, Role.FINANCE_OFFICER, Role.ADMINISTRATOR),
        "FM of the centre": member(centre, Role.FUND_MANAGER),
        "PC of the centre": member(centre, Role.COORDINATOR),
        "PL": world.lead,
        "PC": world.coordinator,
        "R": person.user,
        "administrator of the fund": member(fund, Role.ADMINISTRATOR),
        "administrator of the project": member(world.project.organisation, Role.ADMINISTRATOR),
        "administrator of the portal": on_duty(PortalRole.ADMINISTRATOR, PortalRole.EDITORIAL),
        "somebody": UserFactory(),
    }  # fmt: skip


@pytest.fixture
def around():
    world = money()
    person = world.representative()
    return SimpleNamespace(world=world, person=person, people=people_around(world, person))


def worked(act):
    try:
        act()
    except PermissionDenied:
        return False
    return True


# --- Fund and budget -------------------------------------------------------------------------------------------------

ACTS = {
    "begin": lambda w, by: funds.begin_fund(organisation=w.fund.organisation, fields=FIELDS, by=by, now=w.now),
    "change": lambda w, by: funds.change_fund(fund=w.fund, fields=FIELDS, by=by, now=w.now),
    "provide": lambda w, by: funds.provide(fund=w.fund, cents=100, by=by, now=w.now, key=key()),
    "take out": lambda w, by: funds.take_out(fund=w.fund, cents=100, by=by, now=w.now, key=key()),
    "plan": lambda w, by: funds.plan(fund=w.fund, year=2026, amounts={"FEE": 100}, by=by, now=w.now),
    "open": lambda w, by: funds.open_budget(
        fund=w.fund, payer=w.payer, purpose="Cursus", starts_on=w.now.date(), ends_on=w.now.date(), by=by, now=w.now
    ),
    "earmark": lambda w, by: funds.earmark(
        budget=w.budget, kind=LineKind.SUPPORT, cents=100, by=by, now=w.now, key=key()
    ),
    "lower": lambda w, by: funds.lower(line=w.line(), cents=100, by=by, now=w.now, key=key()),
    "move": lambda w, by: funds.move(line=w.line(), kind=LineKind.SUPPORT, cents=100, by=by, now=w.now, key=key()),
    "close": lambda w, by: funds.close_budget(budget=w.budget, text="Minder.", by=by, now=w.now, key=key()),
}  # fmt: skip
MANAGERS = ["FM", "FM2"]


@pytest.mark.parametrize("name", ACTS)
def test_only_who_manages_the_fund_moves_its_money(around, name):
    before = MoneyCommand.objects.count()
    allowed = []
    for who, user in around.people.items():
        world = around.world
        world.budget.refresh_from_db()
        try:
            if worked(lambda user=user, world=world: ACTS[name](world, user)):
                allowed.append(who)
        except StepNotAllowed:  # the second manager may close it, and it is closed
            allowed.append(who)
    assert allowed == MANAGERS
    assert list(checking.faults()) == []
    assert MoneyCommand.objects.count() - before <= len(MANAGERS)


@pytest.mark.parametrize("name", [one for one in ACTS if one != "begin"])
def test_stand_in_manages_a_fund_that_nobody_manages(around, name):
    for one in (around.world.manager, around.world.second_manager):
        one.memberships.all().delete()
    allowed = [who for who, user in around.people.items() if worked(lambda user=user: ACTS[name](around.world, user))]
    assert allowed == ["FM of the centre"]


# --- Promises --------------------------------------------------------------------------------------------------------


def ask(around, by, cents=5_000):
    return commitments.ask_commitment(
        line=around.world.line(), cents=cents, what_for="Meedenken", assignment=around.person, by=by,
        now=around.world.now,
    )  # fmt: skip


def fresh(made):
    whole = (
        "line__budget__fund__organisation", "line__budget__project__organisation",
        "line__budget__project__patient_side", "assignment",
    )  # fmt: skip
    return Commitment.objects.select_related(*whole).get(pk=made.pk)


def test_only_both_sides_ask_for_a_promise(around):
    allowed = [who for who, user in around.people.items() if worked(lambda user=user: ask(around, user))]
    assert allowed == ["PL", "PC"]


DECIDES = {
    # (asked by, cents, working days that it waits): who may decide
    ("PL", 5_000, 0): ["PC"],
    ("PC", 5_000, 0): ["PL"],
    ("PL", 100_000, 0): ["PC"],
    ("PL", 100_001, 0): ["FM", "FM2"],
    ("PC", 100_001, 0): ["FM", "FM2"],
    ("PL", 5_000, 11): ["PC of the centre", "PC"],
    ("PL", 100_001, 10): ["FM", "FM2"],
    ("PL", 100_001, 11): ["FM", "FM2", "FM of the centre"],
}


@pytest.mark.parametrize("which", DECIDES, ids=str)
@pytest.mark.parametrize("step", ["agree", "refuse"])
def test_who_decides_on_a_promise(around, which, step):
    by, cents, days = which
    around.world.earmark(LineKind.FEE, 1_000_000)
    made = ask(around, around.people[by], cents)
    # Working days before Sunday 22 November 2026: ten back is Monday the 9th.
    asked_at = around.world.now - datetime.timedelta(days={0: 0, 10: 13, 11: 17}[days])
    Commitment.objects.filter(pk=made.pk).update(asked_at=asked_at)
    allowed = []
    for who, user in around.people.items():
        Commitment.objects.filter(pk=made.pk).update(state=CommitmentState.ASKED)
        found = fresh(made)
        if worked(lambda user=user, found=found: decide(step, found, user)):
            allowed.append(who)
            if step == "agree":
                undo(found)
    assert sorted(allowed) == sorted(DECIDES[which])


class Undone(Exception):
    """Takes back what was agreed, so that the next finds the same."""


def decide(step, found, user):
    now = found.asked_at
    if step == "refuse":
        commitments.refuse(commitment=found, reason="Nee.", by=user, now=now, key=key())
    else:
        commitments.agree(commitment=found, by=user, now=now, key=key())


def undo(found):
    line = found.line
    type(line).objects.filter(pk=line.pk).update(committed=0)


def test_threshold_counts_everything_of_one_person_on_one_project(around):
    world = around.world
    world.earmark(LineKind.FEE, 1_000_000)
    for _turn in range(2):
        made = ask(around, world.lead, 50_000)
        commitments.agree(commitment=fresh(made), by=world.coordinator, now=world.now, key=key())
    last = ask(around, world.lead, 1)
    with pytest.raises(PermissionDenied):
        commitments.agree(commitment=fresh(last), by=world.coordinator, now=world.now, key=key())
    commitments.agree(commitment=fresh(last), by=world.manager, now=world.now, key=key())


def test_nobody_decides_on_money_for_themselves(around):
    world = around.world
    mine = world.representative(user=member(world.project.patient_side, Role.COORDINATOR))
    made = commitments.ask_commitment(
        line=world.line(), cents=5_000, what_for="Meedenken", assignment=mine, by=world.lead, now=world.now
    )
    with pytest.raises(PermissionDenied):
        commitments.agree(commitment=fresh(made), by=mine.user, now=world.now, key=key())
    with pytest.raises(ValidationError):
        commitments.ask_commitment(
            line=world.line(), cents=5_000, what_for="Meedenken", assignment=mine, by=mine.user, now=world.now
        )


def test_money_of_an_organisation_goes_to_patient_organisations_alone(around):
    world = around.world
    with pytest.raises(ValidationError):
        commitments.ask_commitment(
            line=world.line(), cents=5_000, what_for="Werk", organisation=world.project.organisation, by=world.lead,
            now=world.now,
        )  # fmt: skip


def test_only_both_sides_and_the_fund_close_a_promise(around):
    allowed = []
    for who, user in around.people.items():
        made = around.world.promise(around.person, 1_000)
        if worked(lambda user=user, made=made: commitments.release(
            commitment=fresh(made), by=user, now=around.world.now, key=key())):  # fmt: skip
            allowed.append(who)
    assert allowed == ["FM", "FM2", "PL", "PC"]
    assert list(checking.faults()) == []


# --- State × step, by hand -------------------------------------------------------------------------------------------

STEPS = {
    #            agree  refuse withdraw release
    "ASKED":     (True,  True,  True,  False),
    "RESERVED":  (False, False, False, True),
    "REFUSED":   (False, False, False, False),
    "WITHDRAWN": (False, False, False, False),
    "RELEASED":  (False, False, False, False),
}  # fmt: skip


def in_state(around, state):
    made = ask(around, around.world.lead)
    if state in {"RESERVED", "RELEASED"}:
        commitments.agree(commitment=fresh(made), by=around.world.coordinator, now=around.world.now, key=key())
    if state == "RELEASED":
        commitments.release(commitment=fresh(made), by=around.world.lead, now=around.world.now, key=key())
    if state == "REFUSED":
        decide("refuse", fresh(made), around.world.coordinator)
    if state == "WITHDRAWN":
        commitments.withdraw(commitment=fresh(made), by=around.world.lead, now=around.world.now)
    return fresh(made)


@pytest.mark.parametrize("state", STEPS)
def test_step_follows_only_the_state_that_it_may(around, state):
    world, acts = around.world, {
        "agree": lambda one: decide("agree", one, around.world.coordinator),
        "refuse": lambda one: decide("refuse", one, around.world.coordinator),
        "withdraw": lambda one: commitments.withdraw(commitment=one, by=world.lead, now=world.now),
        "release": lambda one: commitments.release(commitment=one, by=world.lead, now=world.now, key=key()),
    }  # fmt: skip
    found = []
    for act in acts.values():
        one = in_state(around, state)
        assert one.state == state
        try:
            act(one)
        except StepNotAllowed:
            found.append(False)
        else:
            found.append(True)
    assert tuple(found) == STEPS[state]
    assert set(STEPS) == set(COMMITMENT.statuses)
    assert list(checking.faults()) == []


def test_closed_budget_takes_nothing_any_more(around):
    world = around.world
    funds.close_budget(budget=world.budget, text="Minder.", by=world.manager, now=world.now, key=key())
    world.budget.refresh_from_db()
    assert world.budget.state == BudgetState.CLOSED
    assert not BUDGET.steps_from(BudgetState.CLOSED)
    for name in ("earmark", "move", "close"):
        with pytest.raises(StepNotAllowed):
            ACTS[name](world, world.manager)
    with pytest.raises(StepNotAllowed):
        ask(around, world.lead)


# --- Moving between lines, and double clicks -------------------------------------------------------------------------


def test_moving_is_one_command_with_two_bookings_and_the_fund_stays_as_it_was(around):
    world, one = around.world, key()
    before = Fund.objects.get().earmarked
    for _click in range(3):
        funds.move(line=world.line(), kind=LineKind.SUPPORT, cents=10_000, by=world.manager, now=world.now, key=one)
    assert (world.line().earmarked, world.line(LineKind.SUPPORT).earmarked) == (40_000, 10_000)
    assert Booking.objects.filter(command__key=one).count() == 2
    assert Fund.objects.get().earmarked == before
    assert list(checking.faults()) == []


def test_what_was_promised_cannot_be_moved(around):
    world = around.world
    world.promise(around.person, 45_000)
    with pytest.raises(ValidationError):
        funds.move(line=world.line(), kind=LineKind.SUPPORT, cents=5_001, by=world.manager, now=world.now, key=key())
    assert not MoneyCommand.objects.filter(kind="money.moved").exists()
    assert list(checking.faults()) == []


def test_money_does_not_move_to_where_it_is(around):
    world = around.world
    with pytest.raises(ValidationError):
        funds.move(line=world.line(), kind=LineKind.FEE, cents=1, by=world.manager, now=world.now, key=key())


def test_question_that_is_sent_twice_is_asked_once(around):
    one = key()
    made = [
        commitments.ask_commitment(
            line=around.world.line(), cents=5_000, what_for="Meedenken", assignment=around.person,
            by=around.world.lead, now=around.world.now, key=one,
        )
        for _click in range(2)
    ]  # fmt: skip
    assert made[0] == made[1]
    assert Commitment.objects.count() == 1


@pytest.mark.parametrize(("field", "text"), [("name", "n" * 151), ("summary", "n" * 1501), ("name_en", "n" * 151)])
def test_text_that_does_not_fit_is_refused_in_words(around, field, text):
    with pytest.raises(ValidationError, match="te lang"):
        funds.change_fund(
            fund=around.world.fund, fields={**FIELDS, field: text}, by=around.world.manager, now=around.world.now
        )
